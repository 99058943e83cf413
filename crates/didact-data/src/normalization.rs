//! Bringing every channel to mean 0 and deviation 1.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::Dataset;
use crate::error::DataError;
use crate::moments::Moments;
use crate::samples::{Samples, check_rows};
use crate::shape::SampleShape;

/// Samples measured by one task at a time. The sums depend on it, so it must not depend on the machine.
const ROWS_A_TASK: usize = 256;

/// Mean and standard deviation of every channel of images, or of every column of features.
///
/// ```
/// use didact_data::Normalization;
///
/// let cifar = Normalization::given(vec![0.4914, 0.4822, 0.4465], vec![0.2471, 0.2435, 0.2616])?;
/// let mut pixel = [0.4914, 0.4822, 1.0];
/// cifar.apply(&mut pixel);
/// assert_eq!(pixel[..2], [0.0, 0.0]);
/// # Ok::<(), didact_data::DataError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Normalization {
    mean: Vec<f32>,
    deviation: Vec<f32>,
}

/// A normalisation as it stands in a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unchecked {
    mean: Vec<f32>,
    deviation: Vec<f32>,
}

impl TryFrom<Unchecked> for Normalization {
    type Error = DataError;

    fn try_from(values: Unchecked) -> Result<Self, DataError> {
        Self::given(values.mean, values.deviation)
    }
}

impl Normalization {
    /// These values.
    ///
    /// # Shapes
    ///
    /// - `mean`: `[channels]`, finite
    /// - `deviation`: `[channels]`, finite and above 0
    ///
    /// # Errors
    ///
    /// [`DataError::OutOfRange`] if a value or the number of values is wrong.
    pub fn given(mean: Vec<f32>, deviation: Vec<f32>) -> Result<Self, DataError> {
        let wrong = |what, expected: String, found: String| {
            Err(DataError::OutOfRange {
                what,
                expected,
                found,
            })
        };
        if mean.is_empty() || mean.len() != deviation.len() {
            let expected = format!("that matches the {} means and is at least 1", mean.len());
            return wrong("number of deviations", expected, deviation.len().to_string());
        }
        if let Some(found) = mean.iter().find(|value| !value.is_finite()) {
            return wrong("mean of a channel", "that is finite".into(), found.to_string());
        }
        if let Some(found) = deviation
            .iter()
            .find(|value| !(value.is_finite() && **value > 0.0))
        {
            return wrong("deviation of a channel", "above 0".into(), found.to_string());
        }
        Ok(Self { mean, deviation })
    }

    /// The values that `rows` have: of each channel over all pixels, of features each column's.
    ///
    /// A channel that never varies gets deviation 1. Summed in f64 in an order that does not depend on the number
    /// of threads, so the result is the same to the bit on any machine with the same floating point.
    ///
    /// # Errors
    ///
    /// [`DataError::OutOfRange`] if `rows` is empty or names a row that is not there; what reading a sample says.
    pub fn measured(dataset: &Dataset, rows: &[u32]) -> Result<Self, DataError> {
        Self::measured_on(dataset, rows)
    }

    /// [`Normalization::measured`] for anything that has samples.
    pub(crate) fn measured_on(samples: &impl Samples, rows: &[u32]) -> Result<Self, DataError> {
        check_rows(rows, samples.len())?;
        let tasks = rows.par_chunks(ROWS_A_TASK).map(|rows| measure(samples, rows));
        let parts = tasks.collect::<Result<Vec<_>, DataError>>()?;
        let mut moments = vec![Moments::default(); channels(samples.shape())];
        for part in parts {
            moments
                .iter_mut()
                .zip(part)
                .for_each(|(channel, part)| channel.merge(part));
        }
        let mean = moments.iter().map(|channel| channel.mean() as f32).collect();
        let deviation = moments.iter().map(|channel| channel.deviation() as f32);
        Self::given(
            mean,
            deviation
                .map(|value| if value > 0.0 { value } else { 1.0 })
                .collect(),
        )
    }

    /// The values that leave samples of this shape as they are.
    pub fn identity(shape: SampleShape) -> Self {
        Self {
            mean: vec![0.0; channels(shape)],
            deviation: vec![1.0; channels(shape)],
        }
    }

    /// The mean of each channel.
    pub fn mean(&self) -> &[f32] {
        &self.mean
    }

    /// The standard deviation of each channel.
    pub fn deviation(&self) -> &[f32] {
        &self.deviation
    }

    /// Normalises one sample where it lies: `(value - mean) / deviation`.
    ///
    /// # Shapes
    ///
    /// - `sample`: `[channels, ...]`, the length a multiple of the number of channels
    ///
    /// # Panics
    ///
    /// If the length is not such a multiple.
    pub fn apply(&self, sample: &mut [f32]) {
        assert!(
            sample.len().is_multiple_of(self.mean.len()),
            "a sample holds whole channels"
        );
        let channels = self.mean.iter().zip(&self.deviation);
        for (values, (mean, deviation)) in sample
            .chunks_exact_mut(sample.len() / self.mean.len())
            .zip(channels)
        {
            for value in values {
                *value = (*value - mean) / deviation;
            }
        }
    }
}

/// How many means and deviations samples of a shape have.
pub(crate) fn channels(shape: SampleShape) -> usize {
    match shape {
        SampleShape::Image { channels, .. } => channels,
        SampleShape::Features { count } => count,
    }
}

/// The moments of each channel over these rows, one after the other.
fn measure(samples: &impl Samples, rows: &[u32]) -> Result<Vec<Moments>, DataError> {
    let mut sample = vec![0.0; samples.shape().len()];
    let mut moments = vec![Moments::default(); channels(samples.shape())];
    let values_a_channel = sample.len() / moments.len();
    for row in rows {
        samples.read(*row as usize, &mut sample)?;
        for (moments, values) in moments.iter_mut().zip(sample.chunks_exact(values_a_channel)) {
            moments.merge(Moments::of(values));
        }
    }
    Ok(moments)
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "numbers chosen so that nothing is rounded")]
mod tests {
    use super::*;
    use crate::samples::fake::Fake;

    #[test]
    fn normalising_by_hand() {
        let normalization = Normalization::given(vec![1.0, 10.0], vec![2.0, 5.0]).unwrap();
        let mut sample = [1.0, 3.0, 5.0, 10.0, 15.0, 0.0];
        normalization.apply(&mut sample);
        assert_eq!(sample, [0.0, 1.0, 2.0, 0.0, 1.0, -2.0]);
    }

    #[test]
    fn measured_values_bring_every_channel_to_mean_0_and_deviation_1() {
        let samples = Fake::images(700);
        let rows: Vec<u32> = (0..700).step_by(2).collect();
        let normalization = Normalization::measured_on(&samples, &rows).unwrap();
        let mut moments = [Moments::default(); 3];
        let mut image = vec![0.0; samples.shape().len()];
        for row in rows {
            samples.read(row as usize, &mut image).unwrap();
            normalization.apply(&mut image);
            for (moments, values) in moments.iter_mut().zip(image.chunks_exact(image.len() / 3)) {
                moments.merge(Moments::of(values));
            }
        }
        assert!(
            moments
                .iter()
                .all(|channel| channel.mean().abs() < 1e-6 && (channel.deviation() - 1.0).abs() < 1e-6)
        );
    }

    #[test]
    fn features_are_measured_by_column() {
        let samples = Fake::features(vec![vec![1.0, 7.0], vec![3.0, 7.0]]);
        let normalization = Normalization::measured_on(&samples, &[0, 1]).unwrap();
        // The second column never varies.
        assert_eq!(
            normalization,
            Normalization::given(vec![2.0, 7.0], vec![1.0, 1.0]).unwrap()
        );
    }

    #[test]
    fn the_number_of_threads_does_not_change_a_bit() {
        let samples = Fake::images(2000);
        let rows: Vec<u32> = (0..2000).rev().collect();
        let measured = |threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .unwrap();
            pool.install(|| Normalization::measured_on(&samples, &rows).unwrap())
        };
        assert_eq!(measured(1), measured(3));
    }

    #[test]
    fn values_that_cannot_normalise_are_refused() {
        for (mean, deviation) in [
            (vec![], vec![]),
            (vec![0.0], vec![1.0, 1.0]),
            (vec![f32::NAN], vec![1.0]),
            (vec![0.0], vec![0.0]),
            (vec![0.0], vec![f32::INFINITY]),
        ] {
            assert!(Normalization::given(mean, deviation).is_err());
        }
        assert!(toml::from_str::<Normalization>("mean = [0.0]\ndeviation = [-1.0]").is_err());
        assert!(Normalization::measured_on(&Fake::images(3), &[]).is_err());
        assert!(Normalization::measured_on(&Fake::images(3), &[3]).is_err());
    }

    #[test]
    fn it_survives_being_written_and_read() {
        let normalization = Normalization::given(vec![0.4914, 0.1], vec![0.2471, 1.0]).unwrap();
        let text = toml::to_string(&normalization).unwrap();
        assert_eq!(toml::from_str::<Normalization>(&text).unwrap(), normalization);
    }
}
