//! Which examples a mentor learns from, and which measure it.

use rand::RngExt;

use didact_random::{Purpose, Stream};

use super::super::mentor_schedule::MentornetVariant;
use super::MentorExample;

/// Examples of which a mentor sees four fifths; the others measure it and choose among restarts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MentorExamples {
    /// Those it learns from.
    pub training: Vec<MentorExample>,
    /// Those that measure it.
    pub held_out: Vec<MentorExample>,
}

impl MentorExamples {
    /// Shuffles and splits, the same way for the same seed.
    ///
    /// Four fifths are for training, rounded down, of targets below a half as of the others. [`MentornetVariant::Compat`] lets
    /// chance decide, and loses the example after the four fifths, as the authors' code does.
    pub fn split(mut examples: Vec<MentorExample>, variant: MentornetVariant, seed: u64) -> Self {
        let mut random = Stream::new(seed, Purpose::MentorExamples).at([0, 0]);
        for position in (1..examples.len()).rev() {
            examples.swap(position, random.random_range(0..=position));
        }
        let count = examples.len() * 4 / 5;
        if variant == MentornetVariant::Fixed {
            examples = apportioned(&examples, count);
        }
        let lost = usize::from(variant == MentornetVariant::Compat).min(examples.len() - count);
        let held_out = examples.split_off(count).split_off(lost);
        Self {
            training: examples,
            held_out,
        }
    }

    /// All examples, those for training first.
    pub fn all(&self) -> impl Iterator<Item = &MentorExample> {
        self.training.iter().chain(&self.held_out)
    }
}

/// The same examples, of which the first `count` hold their share of small targets.
fn apportioned(examples: &[MentorExample], count: usize) -> Vec<MentorExample> {
    let (small, large): (Vec<_>, Vec<_>) = examples.iter().copied().partition(|example| example.target < 0.5);
    let of_small = small.len() * 4 / 5;
    let of_large = count - of_small;
    let first = small[..of_small].iter().chain(&large[..of_large]);
    let second = small[of_small..].iter().chain(&large[of_large..]);
    first.chain(second).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples(count: u32) -> Vec<MentorExample> {
        let example = |label| MentorExample {
            features: crate::MentorFeatures {
                label,
                ..crate::MentorFeatures::default()
            },
            target: 1.0,
        };
        (0..count).map(example).collect()
    }

    #[test]
    fn every_example_is_in_one_part_and_the_compatible_variant_loses_one() {
        let fixed = MentorExamples::split(examples(100), MentornetVariant::Fixed, 1);
        assert_eq!([fixed.training.len(), fixed.held_out.len()], [80, 20]);
        let mut labels: Vec<u32> = fixed.all().map(|example| example.features.label).collect();
        assert_ne!(labels, (0..100).collect::<Vec<_>>());
        labels.sort_unstable();
        assert!(labels.into_iter().eq(0..100));
        let compat = MentorExamples::split(examples(100), MentornetVariant::Compat, 1);
        assert_eq!([compat.training.len(), compat.held_out.len()], [80, 19]);
    }

    #[test]
    fn few_wrong_labels_are_in_both_parts() {
        let mut all = examples(100);
        for example in &mut all[..5] {
            example.target = 0.0;
        }
        for seed in 0..20 {
            let split = MentorExamples::split(all.clone(), MentornetVariant::Fixed, seed);
            let zeros = |part: &[MentorExample]| part.iter().filter(|example| example.target < 0.5).count();
            assert_eq!([zeros(&split.training), zeros(&split.held_out)], [4, 1]);
            assert_eq!([split.training.len(), split.held_out.len()], [80, 20]);
        }
    }

    #[test]
    fn the_split_is_that_of_the_seed() {
        let split = |seed| MentorExamples::split(examples(10), MentornetVariant::Fixed, seed);
        assert_eq!(split(1), split(1));
        assert_ne!(split(1), split(2));
        assert_eq!(
            MentorExamples::split(Vec::new(), MentornetVariant::Compat, 1),
            MentorExamples::default()
        );
    }
}
