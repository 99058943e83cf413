//! Features that images are told by instead of their pixels.

use std::num::NonZeroU8;

use serde::{Deserialize, Serialize};

use crate::shape::SampleShape;

/// What stands for an image instead of its pixels; see [`Dataset::with_extraction`](crate::Dataset::with_extraction).
///
/// In TOML it is a table with `name`:
///
/// ```
/// use didact_data::{FeatureExtraction, SampleShape};
///
/// let extraction: FeatureExtraction = toml::from_str("name = 'rgb-histogram'")?;
/// let image = SampleShape::Image { channels: 3, height: 32, width: 32 };
/// assert_eq!(extraction.shape(image), SampleShape::Features { count: 15 });
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub enum FeatureExtraction {
    /// How many pixels of a channel have a value in each of some ranges of equal width, channel by channel.
    ///
    /// Source: the baseline of a notebook on cleaning labels with a trusted subset, `np.histogram` over the 5 ranges of
    /// `np.linspace(0, 255, 6)`. The last range includes 255.
    RgbHistogram {
        /// Ranges of a channel.
        #[serde(default = "five")]
        bins: NonZeroU8,
    },
}

fn five() -> NonZeroU8 {
    const { NonZeroU8::new(5).unwrap() }
}

impl FeatureExtraction {
    /// The shape of what stands for samples of a shape; features stay what they are.
    pub fn shape(self, samples: SampleShape) -> SampleShape {
        match (self, samples) {
            (Self::RgbHistogram { bins }, SampleShape::Image { channels, .. }) => SampleShape::Features {
                count: channels * usize::from(bins.get()),
            },
            (_, features @ SampleShape::Features { .. }) => features,
        }
    }

    /// What stands for the pixels of an image.
    ///
    /// # Shapes
    ///
    /// - `pixels`: `[channels, height, width]`
    /// - output: `[channels, bins]`
    pub(crate) fn features(self, pixels: &[u8], channels: usize) -> Vec<f32> {
        let Self::RgbHistogram { bins } = self;
        let bins = usize::from(bins.get());
        let mut counts = vec![0.0; channels * bins];
        let planes = pixels.chunks_exact(pixels.len() / channels);
        for (plane, counts) in planes.zip(counts.chunks_exact_mut(bins)) {
            for pixel in plane {
                let bin = usize::from(*pixel) * bins / 255;
                counts[bin.min(bins - 1)] += 1.0;
            }
        }
        counts
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "small counts, which are exact")]
mod tests {
    use super::*;
    use crate::dataset::Dataset;
    use crate::normalization::Normalization;

    const SHAPE: SampleShape = SampleShape::Image {
        channels: 2,
        height: 2,
        width: 3,
    };
    /// Both sides of every edge.
    const IMAGE: [u8; 12] = [0, 50, 51, 101, 102, 152, 153, 203, 204, 254, 255, 255];

    fn data(pixels: Vec<u8>) -> Dataset {
        let labels = (0..pixels.len() as u32 / 12).collect();
        Dataset::from_pixels(pixels, SHAPE, labels).unwrap()
    }

    fn histogram(bins: u8) -> FeatureExtraction {
        FeatureExtraction::RgbHistogram {
            bins: NonZeroU8::new(bins).unwrap(),
        }
    }

    #[test]
    fn pixels_are_counted_in_the_ranges_of_the_notebook() {
        let data = data(IMAGE.repeat(2)).with_extraction(histogram(5)).unwrap();
        assert_eq!(data.shape(), SampleShape::Features { count: 10 });
        let mut counts = [f32::NAN; 10];
        data.read(1, &mut counts).unwrap();
        assert_eq!(counts, [2.0, 2.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0, 4.0]);
    }

    #[test]
    fn one_range_counts_all_pixels_and_255_ranges_all_values() {
        assert_eq!(histogram(1).features(&IMAGE, 2), [6.0, 6.0]);
        let every_value: Vec<u8> = (0..=255).collect();
        let counts = histogram(255).features(&every_value, 1);
        assert!(counts[..254].iter().all(|count| *count == 1.0));
        assert_eq!(counts[254], 2.0);
    }

    #[test]
    fn pixels_stay_to_be_looked_at_and_data_are_told_apart() {
        let images = data(IMAGE.repeat(2));
        let histograms = images.clone().with_extraction(histogram(5)).unwrap();
        assert_eq!(histograms.source_shape(), SHAPE);
        assert_eq!(histograms.read_pixels(0).unwrap(), images.read_pixels(0).unwrap());
        assert_eq!(histograms.content_hashes(), images.content_hashes());
        assert_ne!(histograms.fingerprint(), images.fingerprint());
        let normalization = Normalization::measured(&histograms, &[0, 1]).unwrap();
        assert_eq!(normalization.mean().len(), 10);
    }

    #[test]
    fn features_have_no_histogram() {
        let data = Dataset::from_features(vec![0.0; 6], 3, vec![0, 1]).unwrap();
        let error = data.with_extraction(histogram(5)).unwrap_err();
        let expected = "rgb-histogram needs images, but the samples are rows of 3 features";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn no_range_at_all_is_refused() {
        assert!(toml::from_str::<FeatureExtraction>("name = 'rgb-histogram'\nbins = 0").is_err());
        assert!(toml::from_str::<FeatureExtraction>("name = 'rgb-histogram'\nbin = 5").is_err());
    }
}
