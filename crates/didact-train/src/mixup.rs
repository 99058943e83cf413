//! Mixup: steps see mixtures of two samples each.

use burn::tensor::{Tensor, TensorData};
use didact_data::Batch;
use didact_random::{Purpose, Stream};
use rand::seq::SliceRandom;
use rand::{Rng, RngExt};
use rand_distr::{Beta, Distribution};

use crate::loss::{LossSamples, Prediction};
use crate::number::PositiveNumber;

/// The mixtures of one batch: each sample with a partner, of which it is the larger part.
///
/// Input and target of sample `i` become `λ x_i + (1 - λ) x_j` and, as losses are linear in the target or are made so,
/// `λ loss(y_i) + (1 - λ) loss(y_j)`. Shares are drawn a sample, `λ ~ Beta(α, α)`, and the larger of `λ` and
/// `1 - λ` belongs to the sample itself, so that a mixture still has an identity: that of its larger part, under which the
/// curriculum knows it.
///
/// Source: Zhang, Cissé, Dauphin and Lopez-Paz, 2018, "mixup: Beyond Empirical Risk Minimization", section 2.
/// Differs from the authors' code, which draws one `λ` a batch and does not sort the shares; the mixtures that a batch
/// can hold are the same.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mixture {
    partners: Vec<usize>,
    shares: Vec<f32>,
}

impl Mixture {
    /// The mixtures of the batch of a step.
    pub(crate) fn draw(alpha: PositiveNumber, (seed, step): (u64, u64), batch_size: usize) -> Self {
        let mut random = Stream::new(seed, Purpose::Mixup).at([step, 0]);
        let mut partners: Vec<usize> = (0..batch_size).collect();
        partners.shuffle(&mut random);
        let shares = larger_shares(alpha, batch_size, &mut random);
        Self { partners, shares }
    }

    /// The mixtures of the batch of a step, with partners drawn in proportion to the exponential of their weights, with
    /// replacement. The larger share belongs to the sample itself, or to its partner where its own weight is below a half.
    ///
    /// Source: Jiang, Huang, Liu and Yang, 2020; `google-research`, `mentormix`.
    pub(crate) fn by_weights(alpha: PositiveNumber, (seed, step): (u64, u64), weights: &[f32]) -> Self {
        let mut random = Stream::new(seed, Purpose::Mixup).at([step, 1]);
        let shares = larger_shares(alpha, weights.len(), &mut random);
        let mut sum = 0.0;
        let bounds: Vec<f64> = weights
            .iter()
            .map(|&weight| {
                sum += f64::from(weight).exp();
                sum
            })
            .collect();
        let partner = |_| {
            let drawn = random.random::<f64>() * sum;
            bounds
                .partition_point(|bound| *bound <= drawn)
                .min(weights.len() - 1)
        };
        let partners = weights.iter().map(partner).collect();
        let shares = shares.into_iter().zip(weights);
        Self {
            partners,
            shares: shares
                .map(|(share, weight)| if *weight < 0.5 { 1.0 - share } else { share })
                .collect(),
        }
    }

    /// The mixed inputs, `[batch_size, values]` flat; samples of the batch that have no partner stay as they are.
    pub(crate) fn inputs(&self, batch: &Batch) -> Vec<f32> {
        let width = batch.values.len() / batch.rows.len().max(1);
        let sample = |position: usize| &batch.values[position * width..][..width];
        let mut mixed = Vec::with_capacity(batch.values.len());
        for (position, (&partner, &share)) in self.partners.iter().zip(&self.shares).enumerate() {
            let pairs = sample(position).iter().zip(sample(partner));
            mixed.extend(pairs.map(|(own, other)| share * own + (1.0 - share) * other));
        }
        mixed.extend_from_slice(&batch.values[mixed.len()..]);
        mixed
    }

    /// The losses of the mixtures, from what `loss` says of the samples and of their partners.
    pub(crate) fn losses(
        &self,
        samples: &LossSamples<'_>,
        mut loss: impl FnMut(&LossSamples<'_>) -> Tensor<1>,
    ) -> Tensor<1> {
        let of_partners =
            |column: &[u32]| -> Vec<u32> { self.partners.iter().map(|&partner| column[partner]).collect() };
        let (rows, labels) = (of_partners(samples.rows), of_partners(samples.labels));
        let prediction = Prediction::OfMixture;
        let own = loss(&LossSamples {
            prediction,
            ..*samples
        });
        let others = loss(&LossSamples {
            rows: &rows,
            labels: &labels,
            prediction,
            ..*samples
        });
        let shares = Tensor::from_data(
            TensorData::new(self.shares.clone(), [self.shares.len()]),
            &own.device(),
        );
        own * shares.clone() + others * (shares.neg() + 1.0)
    }
}

/// The larger parts of two, of so many mixtures.
fn larger_shares(alpha: PositiveNumber, count: usize, random: &mut impl Rng) -> Vec<f32> {
    let alpha = f64::from(alpha);
    let Ok(beta) = Beta::new(alpha, alpha) else {
        return vec![1.0; count];
    };
    let shares = std::iter::repeat_with(|| beta.sample(random)).take(count);
    shares.map(|share: f64| share.max(1.0 - share) as f32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alpha(number: f64) -> PositiveNumber {
        number.try_into().unwrap()
    }

    #[test]
    fn every_sample_is_a_partner_once_and_no_less_than_half_of_its_mixture() {
        for strength in [0.01, 0.2, 1.0, 8.0, 1e6, 1e300] {
            let mixture = Mixture::draw(alpha(strength), (3, 5), 64);
            let mut partners = mixture.partners.clone();
            partners.sort_unstable();
            assert!(partners.into_iter().eq(0..64));
            assert!(mixture.shares.iter().all(|share| (0.5..=1.0).contains(share)));
        }
    }

    #[test]
    fn mixtures_depend_on_seed_and_step_alone() {
        let draw = |seed, step| Mixture::draw(alpha(0.4), (seed, step), 16);
        assert_eq!(draw(1, 2), draw(1, 2));
        assert_ne!(draw(1, 2), draw(1, 3));
        assert_ne!(draw(1, 2), draw(2, 2));
    }

    #[test]
    fn partners_are_drawn_by_weight_and_doubted_samples_are_the_smaller_part() {
        let weights: Vec<f32> = (0..4000)
            .map(|sample| f32::from(u8::from(sample % 4 > 0)))
            .collect();
        let mixture = Mixture::by_weights(alpha(2.0), (3, 5), &weights);
        let doubted = mixture
            .partners
            .iter()
            .filter(|&&partner| partner % 4 == 0)
            .count();
        // One in four weighs e^0, the others e^1: 1 / (1 + 3 e) = 0.109.
        assert!((0.09..0.13).contains(&(doubted as f64 / 4000.0)), "{doubted}");
        for (share, weight) in mixture.shares.iter().zip(&weights) {
            assert_eq!(*share >= 0.5, *weight >= 0.5);
        }
        let again = Mixture::by_weights(alpha(2.0), (3, 5), &weights);
        assert_eq!(again, mixture);
        assert_eq!(Mixture::by_weights(alpha(2.0), (3, 5), &[]).partners, [0; 0]);
    }

    #[test]
    fn inputs_are_mixed_by_hand() {
        let mixture = Mixture {
            partners: vec![1, 0],
            shares: vec![0.75, 1.0],
        };
        let batch = Batch {
            index: 0,
            rows: vec![4, 7],
            values: vec![0.0, 4.0, 8.0, 8.0],
        };
        assert_eq!(mixture.inputs(&batch), [2.0, 5.0, 8.0, 8.0]);
        let with_another = Batch {
            rows: vec![4, 7, 2],
            values: [batch.values, vec![9.0, 1.0]].concat(),
            ..batch
        };
        assert_eq!(mixture.inputs(&with_another), [2.0, 5.0, 8.0, 8.0, 9.0, 1.0]);
    }
}
