//! The grid that a pre-defined curriculum is sampled on.

use rand::RngExt;

use didact_random::{Purpose, Stream};

use super::super::piecewise::PiecewiseCurriculum;
use super::super::predefined_curriculum::MentorFeatures;
use super::MentorExample;

/// Losses up to here lie a tenth apart, those above by one.
const FINE_LOSSES: u32 = 100;
/// Losses in all: 0, 0.1, ... 9.9, 10, 11, ... 29.
const LOSSES: u32 = 120;
/// Differences: -5, -4.9, ... 4.9.
const DIFFERENCES: u32 = 100;
/// Percents of the run.
const PERCENTS: u32 = 100;

/// Examples of a curriculum that is written down: `sample_size` points of the grid over loss, difference and percent, each
/// at most once, with the weight that the curriculum gives there.
///
/// The grid has 1,200,000 points: 120 losses from 0 to 29, 100 differences from -5 to 4.9, and every percent of the run. For
/// a mentor that is to tell classes apart, the label is drawn with each point, from `labels`.
///
/// Source: `google/mentornet`, `training_mentornet/data_generator.py`. Differs from it: the steps of a tenth are whole
/// numbers divided by ten, so that 0 is 0; and settings of the curriculum take effect.
pub fn predefined_examples(
    curriculum: &PiecewiseCurriculum,
    sample_size: usize,
    labels: u32,
    seed: u64,
) -> Vec<MentorExample> {
    let mut points: Vec<u32> = (0..LOSSES * DIFFERENCES * PERCENTS).collect();
    let mut random = Stream::new(seed, Purpose::MentorExamples).at([1, 0]);
    let count = sample_size.min(points.len());
    let mut draw = |position: usize| {
        let chosen = random.random_range(position..points.len());
        points.swap(position, chosen);
        let label = if labels > 1 {
            random.random_range(0..labels)
        } else {
            0
        };
        let features = MentorFeatures {
            label,
            ..point(points[position])
        };
        MentorExample {
            features,
            target: curriculum.weight(features),
        }
    };
    (0..count).map(&mut draw).collect()
}

fn point(number: u32) -> MentorFeatures {
    let (rest, percent) = (number / PERCENTS, number % PERCENTS);
    let (loss, difference) = (rest / DIFFERENCES, rest % DIFFERENCES);
    let loss = match loss {
        0..FINE_LOSSES => f64::from(loss) / 10.0,
        _ => f64::from(loss - FINE_LOSSES + 10),
    };
    MentorFeatures {
        loss,
        difference: (f64::from(difference) - 50.0) / 10.0,
        label: 0,
        percent: percent as u8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PredefinedCurriculum;

    /// The mean weight of the whole grid, by `google/mentornet`'s rules computed apart from this program. Only mining differs: on
    /// that code's grid the difference 0 is -1.8e-14 and not mined, which makes 0.49.
    #[test]
    fn means_over_the_whole_grid_are_the_known_ones() {
        for (curriculum, expected) in [
            (PredefinedCurriculum::Baseline, 1.0),
            (PredefinedCurriculum::SelfPaced, 0.51),
            (PredefinedCurriculum::HardExampleMining, 0.5),
            (PredefinedCurriculum::Focal { gamma: 2.0 }, 0.8708),
            (PredefinedCurriculum::SpclLinear { gamma: 1.0 }, 0.555),
            (PredefinedCurriculum::Predefined { gamma: 1.0 }, 0.6076),
        ] {
            let examples = predefined_examples(&curriculum.into(), usize::MAX, 1, 0);
            assert_eq!(examples.len(), 1_200_000);
            let mean = examples.iter().map(|example| example.target).sum::<f64>() / 1.2e6;
            assert!((mean - expected).abs() < 5e-5, "{curriculum:?}: {mean}");
        }
    }

    #[test]
    fn the_first_and_the_last_point_are_the_corners() {
        let corner = |number| {
            let features = point(number);
            (features.loss, features.difference, features.percent)
        };
        assert_eq!(corner(0), (0.0, -5.0, 0));
        assert_eq!(corner(LOSSES * DIFFERENCES * PERCENTS - 1), (29.0, 4.9, 99));
        assert_eq!(corner(99 * DIFFERENCES * PERCENTS + 50 * PERCENTS), (9.9, 0.0, 0));
    }
}
