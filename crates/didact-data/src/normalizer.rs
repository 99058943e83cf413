//! Normalisation of samples as they are read.

use crate::normalization::Normalization;
use crate::shape::SampleShape;
use crate::stored::{Stored, value_of};

/// Normalises what is kept on its way to a batch, in one pass.
///
/// A byte has 256 values: each channel's normalised ones are worked out once, which saves two divisions a pixel and
/// gives the same bits.
#[derive(Clone, Debug)]
pub(crate) struct Normalizer {
    normalization: Normalization,
    /// The normalised value of each byte, by channel; empty for features.
    channels: Vec<[f32; 256]>,
}

impl Normalizer {
    /// For samples of a shape, whose channels the normalisation was checked to have.
    pub(crate) fn new(normalization: Normalization, shape: SampleShape) -> Self {
        let mut channels = Vec::new();
        if let SampleShape::Image { .. } = shape {
            channels = vec![[0.0; 256]; normalization.mean().len()];
            for byte in 0..=u8::MAX {
                let mut pixel = vec![value_of(byte); channels.len()];
                normalization.apply(&mut pixel);
                for (channel, value) in channels.iter_mut().zip(pixel) {
                    channel[usize::from(byte)] = value;
                }
            }
        }
        Self {
            normalization,
            channels,
        }
    }

    /// Writes a sample, normalised.
    pub(crate) fn write(&self, stored: Stored<'_>, values: &mut [f32]) {
        let Stored::Bytes(bytes) = stored else {
            stored.write(values);
            return self.normalization.apply(values);
        };
        let area = bytes.len() / self.channels.len();
        let planes = bytes.chunks_exact(area).zip(values.chunks_exact_mut(area));
        for (table, (bytes, values)) in self.channels.iter().zip(planes) {
            look_up(table, bytes, values);
        }
    }
}

/// Writes the value of each byte.
fn look_up(table: &[f32; 256], bytes: &[u8], values: &mut [f32]) {
    let (words, last_bytes) = bytes.as_chunks::<8>();
    let (eights, last_values) = values.as_chunks_mut::<8>();
    for (word, eight) in words.iter().zip(eights) {
        // One load for eight bytes: loads are what bounds this loop.
        let word = u64::from_le_bytes(*word);
        for (lane, value) in eight.iter_mut().enumerate() {
            *value = table[usize::from((word >> (8 * lane)) as u8)];
        }
    }
    for (byte, value) in last_bytes.iter().zip(last_values) {
        *value = table[usize::from(*byte)];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_gets_the_bits_of_reading_it_and_normalising_then() {
        let normalization = Normalization::given(vec![0.4914, 0.5], vec![0.2471, 0.3]).unwrap();
        let shape = SampleShape::Image {
            channels: 2,
            height: 15,
            width: 19,
        };
        // Every byte in both channels, and an area that eight does not divide.
        let bytes: Vec<u8> = (0..=255).cycle().take(shape.len()).collect();
        let (mut expected, mut found) = (vec![f32::NAN; shape.len()], vec![f32::NAN; shape.len()]);
        Stored::Bytes(&bytes).write(&mut expected);
        normalization.apply(&mut expected);
        Normalizer::new(normalization, shape).write(Stored::Bytes(&bytes), &mut found);
        assert_eq!(found, expected);
    }
}
