//! Memory that is used again.
//!
//! A freshly mapped page costs the system a fault and a clearing, 7 to 20 % of a training step where every operation
//! allocates. Buffers go back to a pool when they are dropped; a step takes what the step before left.

use std::collections::BTreeMap;
use std::mem::{MaybeUninit, take};
use std::ops::{Deref, DerefMut};
use std::sync::{LazyLock, Mutex, PoisonError};

use burn::tensor::{AllocationProperty, Bytes, DType, Shape};
use burn_flex::{FlexTensor, Layout};
use burn_std::{AccessError, AccessPolicy, AllocationController};

static POOL: LazyLock<Mutex<BTreeMap<usize, Vec<Vec<Line>>>>> = LazyLock::new(Mutex::default);

/// A line of the cache. Numbers begin with one: a vector that lies across two lines costs two accesses, and stores of
/// such are slower still.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
struct Line([f32; LINE]);

const LINE: usize = 16;

/// Numbers in memory that nobody else uses.
#[derive(Debug)]
pub(crate) struct Buffer(Memory);

#[derive(Debug)]
enum Memory {
    /// From the pool, and the first so many numbers are used.
    Pooled(Pooled, usize),
    /// A tensor that nobody else holds.
    Tensor(FlexTensor),
}

impl Buffer {
    /// `len` numbers, whatever they are: zeros, or those of an earlier use.
    pub(crate) fn any(len: usize) -> Self {
        let lines = bucket(len) / LINE;
        let free = {
            let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
            // One that is up to twice as large will do: the last batch of an epoch takes what the others left.
            let mut fitting = pool.range_mut(lines..=2 * lines).map(|(_, free)| free);
            fitting.find_map(Vec::pop)
        };
        Self(Memory::Pooled(
            Pooled(free.unwrap_or_else(|| vec![Line([0.0; LINE]); lines])),
            len,
        ))
    }

    /// `len` zeros.
    pub(crate) fn zeros(len: usize) -> Self {
        let mut buffer = Self::any(len);
        buffer.fill(0.0);
        buffer
    }

    /// The same numbers in memory of their own.
    pub(crate) fn copy_of(values: &[f32]) -> Self {
        let mut buffer = Self::any(values.len());
        buffer.copy_from_slice(values);
        buffer
    }

    /// The numbers of a tensor: its own memory if nobody else holds it, else a copy.
    pub(crate) fn from_tensor(mut tensor: FlexTensor) -> Self {
        let is_whole = tensor.layout().contiguous_offsets() == Some((0, tensor.layout().num_elements()));
        if is_whole && tensor.try_storage_mut::<f32>().is_some() {
            return Self(Memory::Tensor(tensor));
        }
        let tensor = tensor.to_contiguous();
        Self::copy_of(tensor.as_slice().unwrap_or_default())
    }

    /// A tensor of these numbers.
    pub(crate) fn into_tensor(self, shape: &[usize]) -> FlexTensor {
        let layout = Layout::contiguous(Shape::from(shape.to_vec()));
        match self.0 {
            Memory::Tensor(tensor) => tensor.with_layout(layout),
            Memory::Pooled(memory, len) => {
                // SAFETY: the memory is initialised, all of it.
                let bytes = unsafe { Bytes::from_controller(Box::new(memory), len * size_of::<f32>()) };
                FlexTensor::new(bytes, layout, DType::F32)
            }
        }
    }
}

/// Sizes are rounded up to whole lines, and to one of eight steps between powers of two, so that nearly equal needs share
/// buffers.
fn bucket(len: usize) -> usize {
    let step = (len.next_power_of_two() / 16).max(LINE);
    len.max(LINE).next_multiple_of(step)
}

impl Deref for Buffer {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        match &self.0 {
            Memory::Pooled(memory, len) => &memory.numbers()[..*len],
            Memory::Tensor(tensor) => &tensor.storage::<f32>()[..tensor.layout().num_elements()],
        }
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        match &mut self.0 {
            Memory::Pooled(memory, len) => &mut memory.numbers_mut()[..*len],
            Memory::Tensor(tensor) => {
                let len = tensor.layout().num_elements();
                &mut tensor.storage_mut::<f32>()[..len]
            }
        }
    }
}

/// Memory that returns to the pool, whoever holds it last.
#[derive(Debug)]
struct Pooled(Vec<Line>);

impl Pooled {
    fn numbers(&self) -> &[f32] {
        // SAFETY: a line is an array of numbers and nothing else.
        unsafe { std::slice::from_raw_parts(self.0.as_ptr().cast(), self.0.len() * LINE) }
    }

    fn numbers_mut(&mut self) -> &mut [f32] {
        // SAFETY: the same.
        unsafe { std::slice::from_raw_parts_mut(self.0.as_mut_ptr().cast(), self.0.len() * LINE) }
    }
}

impl Drop for Pooled {
    fn drop(&mut self) {
        let values = take(&mut self.0);
        let mut pool = POOL.lock().unwrap_or_else(PoisonError::into_inner);
        pool.entry(values.len()).or_default().push(values);
    }
}

impl AllocationController for Pooled {
    fn alloc_align(&self) -> usize {
        align_of::<Line>()
    }

    fn property(&self) -> AllocationProperty {
        AllocationProperty::Other
    }

    unsafe fn memory_mut(&mut self, _policy: AccessPolicy) -> Result<&mut [MaybeUninit<u8>], AccessError> {
        let len = size_of_val::<[Line]>(&self.0);
        // SAFETY: these are the bytes of the numbers; any bytes are a number, and the caller writes none uninitialised.
        Ok(unsafe { std::slice::from_raw_parts_mut(self.0.as_mut_ptr().cast(), len) })
    }

    fn memory(&self, _policy: AccessPolicy) -> Result<&[MaybeUninit<u8>], AccessError> {
        let len = size_of_val::<[Line]>(&self.0);
        // SAFETY: these are the bytes of the numbers.
        Ok(unsafe { std::slice::from_raw_parts(self.0.as_ptr().cast(), len) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_whole_lines_and_an_eighth_too_large_at_most() {
        assert_eq!([0, 1, 16, 17, 256, 257].map(bucket), [16, 16, 16, 32, 256, 288]);
        for len in (1..100_000).chain([1 << 30, (1 << 30) + 1]) {
            let bucket = bucket(len);
            assert!(
                bucket >= len && bucket.is_multiple_of(LINE) && bucket - len < LINE.max(len.div_ceil(8)),
                "{len}"
            );
        }
    }

    #[test]
    fn numbers_begin_with_a_line_of_the_cache_and_are_as_many_as_asked() {
        for len in [0, 1, 15, 16, 17, 1000] {
            let mut buffer = Buffer::zeros(len);
            assert!(buffer.len() == len && buffer.as_ptr().addr().is_multiple_of(align_of::<Line>()));
            buffer.fill(1.0);
            assert!(Buffer::zeros(len).iter().all(|&number| number == 0.0));
        }
    }

    #[test]
    fn memory_is_used_again_when_its_tensor_is_dropped() {
        // A size that no other test asks for.
        let len = 1_234_567;
        let tensor = Buffer::copy_of(&vec![2.0; len]).into_tensor(&[len]);
        let place = tensor.as_slice::<f32>().unwrap().as_ptr();
        let other = Buffer::any(len);
        assert_ne!(other.as_ptr(), place, "it is in use");
        drop(tensor);
        assert_eq!(Buffer::any(len).as_ptr(), place);
    }

    #[test]
    fn a_tensor_that_others_hold_is_copied() {
        let tensor = Buffer::copy_of(&[1.0, 2.0, 3.0]).into_tensor(&[3]);
        let held = tensor.clone();
        let mut copy = Buffer::from_tensor(tensor);
        copy.fill(0.0);
        assert_eq!(held.as_slice::<f32>(), Some([1.0, 2.0, 3.0].as_slice()));
        let place = held.as_slice::<f32>().unwrap().as_ptr();
        let own = Buffer::from_tensor(held);
        assert!(own.as_ptr() == place && *own == [1.0, 2.0, 3.0]);
    }
}
