//! One sample as memory keeps it.

/// Pixels as bytes, or features as numbers.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stored<'a> {
    /// `[channels, height, width]`; 255 stands for 1.
    Bytes(&'a [u8]),
    /// `[count]`
    Numbers(&'a [f32]),
}

impl Stored<'_> {
    /// Writes the values that this stands for.
    pub(crate) fn write(self, values: &mut [f32]) {
        match self {
            Self::Bytes(bytes) => {
                for (value, byte) in values.iter_mut().zip(bytes) {
                    *value = value_of(*byte);
                }
            }
            Self::Numbers(numbers) => values.copy_from_slice(numbers),
        }
    }
}

/// The value in `0..=1` that a byte stands for.
pub(crate) fn value_of(byte: u8) -> f32 {
    f32::from(byte) / 255.0
}
