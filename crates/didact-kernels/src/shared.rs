//! An output that several threads write, each its own part.

/// A pointer to numbers that may go to other threads.
#[derive(Clone, Copy)]
pub(crate) struct Shared(*mut f32);

// SAFETY: it is a pointer; who writes through it promises that no two threads write the same number.
unsafe impl Send for Shared {}
// SAFETY: the same.
unsafe impl Sync for Shared {}

impl Shared {
    /// Shares numbers. They stay borrowed by the caller, who must keep them until all threads are done.
    pub(crate) fn new(values: &mut [f32]) -> Self {
        Self(values.as_mut_ptr())
    }

    /// The number at an offset.
    ///
    /// # Safety
    ///
    /// The offset is within the numbers that are shared, or one beyond.
    pub(crate) unsafe fn at(self, offset: usize) -> *mut f32 {
        // SAFETY: the caller's.
        unsafe { self.0.add(offset) }
    }
}
