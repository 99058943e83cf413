//! Which samples are easy and which are hard.

use super::sample::Sample;

/// What makes a sample's loss high or low.
///
/// Source: figure 4 of the SuperLoss article of Naver Labs Europe: the evolution of the losses of easy, hard and
/// noisy samples. Differs from the article: it does not say where it parts easy from hard; here easy are the half of
/// the clean samples with the lowest mean loss over the run, hard the quarter with the highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Difficulty {
    /// A clean label and a low loss.
    Easy,
    /// A clean label and a high loss.
    Hard,
    /// A wrong label.
    Noisy,
}

/// The difficulty of each sample; none for those in between, without a loss, or of unknown truth.
pub(crate) fn difficulties(samples: &[Sample]) -> Vec<Option<Difficulty>> {
    let mut clean: Vec<(f64, usize)> = samples
        .iter()
        .enumerate()
        .filter(|(_, sample)| sample.is_noisy() == Some(false))
        .filter_map(|(position, sample)| Some((sample.loss.value()?, position)))
        .collect();
    // Ties fall by position, so that the groups repeat.
    clean.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let noisy = |sample: &Sample| (sample.is_noisy() == Some(true)).then_some(Difficulty::Noisy);
    let mut groups: Vec<Option<Difficulty>> = samples.iter().map(noisy).collect();
    for &(_, position) in &clean[..clean.len() / 2] {
        groups[position] = Some(Difficulty::Easy);
    }
    for &(_, position) in &clean[clean.len() - clean.len() / 4..] {
        groups[position] = Some(Difficulty::Hard);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::Difficulty::{Easy, Hard, Noisy};
    use super::*;
    use crate::record::sample::Mean;

    fn sample(loss: f32, true_label: Option<u32>) -> Sample {
        let mut mean = Mean::default();
        mean.add(loss);
        Sample {
            id: String::new(),
            given_label: 0,
            true_label,
            loss: mean,
            late_weight: Mean::default(),
            late_confidence: Mean::default(),
            predicted: 0,
        }
    }

    #[test]
    fn the_lower_half_of_clean_samples_is_easy_and_the_upper_quarter_hard() {
        let mut samples: Vec<Sample> = [4.0, 1.0, 3.0, 2.0].map(|loss| sample(loss, Some(0))).to_vec();
        samples.extend([sample(0.1, Some(1)), sample(0.1, None), sample(f32::NAN, Some(0))]);
        assert_eq!(
            difficulties(&samples),
            [Some(Hard), Some(Easy), None, Some(Easy), Some(Noisy), None, None]
        );
    }

    #[test]
    fn nothing_is_easy_without_samples() {
        assert!(difficulties(&[]).is_empty());
    }
}
