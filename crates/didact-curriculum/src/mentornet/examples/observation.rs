//! Examples from samples whose labels are known to be right or wrong.

use serde::{Deserialize, Serialize};

use super::super::predefined_curriculum::MentorFeatures;
use super::MentorExample;
use crate::error::CurriculumError;

/// What a student made of a sample of which both labels are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MentorObservation {
    /// When, in percent of the run, `0..100`.
    pub percent: u8,
    /// The given label.
    pub given_label: u32,
    /// Whether the given label is right.
    pub is_right: bool,
    /// The loss against the given label.
    pub loss: f64,
}

/// Which losses the percentile is taken of, that differences count from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ObservedCut {
    /// Those of the same percent of the run: the nearest to what a student's moving percentile will be.
    #[default]
    EachPercent,
    /// All together, as published.
    All,
}

/// Examples of what a student observed: a sample should weigh 1 where its given label is right, else 0.
///
/// `share` is the percentile that differences count from, in `[0, 1]`, interpolated linearly between neighbours. Labels
/// enter the features; a mentor that ignores them does not look.
///
/// # Errors
///
/// [`CurriculumError::WrongObservations`] if there is none, or a loss is not finite.
///
/// ```
/// use didact_curriculum::{MentorObservation, ObservedCut, data_driven_examples};
///
/// let observe = |loss, is_right| MentorObservation { percent: 20, given_label: 0, is_right, loss };
/// let examples = data_driven_examples(&[observe(1.0, true), observe(3.0, false)], 0.5, ObservedCut::All)?;
/// assert_eq!([examples[0].features.difference, examples[0].target], [-1.0, 1.0]);
/// # Ok::<(), didact_curriculum::CurriculumError>(())
/// ```
///
/// Source: `google/mentornet`, `training_mentornet/data_generator.py`. Differs from it by default: one percentile for each
/// percent of the run, as losses fall while a student learns.
pub fn data_driven_examples(
    observations: &[MentorObservation],
    share: f64,
    cut: ObservedCut,
) -> Result<Vec<MentorExample>, CurriculumError> {
    let wrong = |problem| CurriculumError::WrongObservations { problem };
    if observations.is_empty() {
        return Err(wrong("there is none"));
    }
    if observations
        .iter()
        .any(|observation| !(observation.loss as f32).is_finite())
    {
        return Err(wrong("a loss is not a finite number of single precision"));
    }
    let percentile_of = |percent: Option<u8>| {
        let counts = |found: &&MentorObservation| percent.is_none_or(|percent| found.percent == percent);
        let losses = observations.iter().filter(counts).map(|found| found.loss);
        linear_percentile(losses.collect(), share)
    };
    let cuts: Vec<f64> = match cut {
        ObservedCut::All => vec![percentile_of(None); 256],
        ObservedCut::EachPercent => (0..=u8::MAX)
            .map(|percent| percentile_of(Some(percent)))
            .collect(),
    };
    let example = |found: &MentorObservation| MentorExample {
        features: MentorFeatures {
            loss: found.loss,
            difference: found.loss - cuts[usize::from(found.percent)],
            label: found.given_label,
            percent: found.percent,
        },
        target: f64::from(u8::from(found.is_right)),
    };
    Ok(observations.iter().map(example).collect())
}

/// The percentile that lies `share` of the way up, interpolated between its neighbours; 0 of nothing.
fn linear_percentile(mut numbers: Vec<f64>, share: f64) -> f64 {
    if numbers.is_empty() {
        return 0.0;
    }
    numbers.sort_unstable_by(f64::total_cmp);
    let position = share.clamp(0.0, 1.0) * (numbers.len() - 1) as f64;
    let (below, above) = (
        numbers[position.floor() as usize],
        numbers[position.ceil() as usize],
    );
    below + (above - below) * position.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn observe(percent: u8, loss: f64) -> MentorObservation {
        MentorObservation {
            percent,
            given_label: 3,
            is_right: loss < 2.0,
            loss,
        }
    }

    #[test]
    fn percentiles_are_interpolated() {
        let numbers = vec![4.0, 1.0, 2.0, 3.0];
        for (share, expected) in [(0.0, 1.0), (0.4, 2.2), (0.5, 2.5), (0.9, 3.7), (1.0, 4.0)] {
            assert!((linear_percentile(numbers.clone(), share) - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn each_percent_of_the_run_has_a_cut_of_its_own_unless_asked_otherwise() {
        let observations = [observe(10, 3.0), observe(10, 5.0), observe(60, 1.0)];
        let differences = |cut| {
            let examples = data_driven_examples(&observations, 1.0, cut).unwrap();
            examples
                .iter()
                .map(|example| example.features.difference)
                .collect::<Vec<_>>()
        };
        assert_eq!(differences(ObservedCut::EachPercent), [-2.0, 0.0, 0.0]);
        assert_eq!(differences(ObservedCut::All), [-2.0, 0.0, -4.0]);
    }

    #[test]
    fn nothing_and_no_number_are_refused() {
        assert!(data_driven_examples(&[], 0.5, ObservedCut::All).is_err());
        assert!(data_driven_examples(&[observe(1, f64::NAN)], 0.5, ObservedCut::All).is_err());
    }
}
