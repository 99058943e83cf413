//! Mean and deviation of many numbers, gathered part by part.

/// Additions that run side by side: one after the other would wait four cycles for each.
const LANES: usize = 8;

/// Count, mean and sum of squared distances from the mean.
///
/// Unlike a sum of squares this keeps its digits when the mean is large, such as that of a column of times.
///
/// Source: Chan, Golub & `LeVeque`, 1983 (the pairwise update).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Moments {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Of these values.
    pub(crate) fn of(values: &[f32]) -> Self {
        let count = values.len() as f64;
        let mean = sum(values, |value| value) / count.max(1.0);
        Self {
            count,
            mean,
            squares: sum(values, |value| (value - mean) * (value - mean)),
        }
    }

    /// Takes the values of another part in.
    pub(crate) fn merge(&mut self, part: Self) {
        let count = self.count + part.count;
        if count == 0.0 {
            return;
        }
        let distance = part.mean - self.mean;
        self.squares += part.squares + distance * distance * self.count * part.count / count;
        self.mean += distance * part.count / count;
        self.count = count;
    }

    pub(crate) fn mean(self) -> f64 {
        self.mean
    }

    /// The standard deviation of the values themselves, divided by their count and not by one less.
    pub(crate) fn deviation(self) -> f64 {
        (self.squares / self.count.max(1.0)).sqrt()
    }
}

fn sum(values: &[f32], term: impl Fn(f64) -> f64) -> f64 {
    let (groups, rest) = values.as_chunks::<LANES>();
    let mut lanes = [0.0; LANES];
    for group in groups {
        for (lane, value) in lanes.iter_mut().zip(group) {
            *lane += term(f64::from(*value));
        }
    }
    rest.iter().map(|value| term(f64::from(*value))).sum::<f64>() + lanes.iter().sum::<f64>()
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "numbers chosen so that nothing is rounded")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn four_numbers_by_hand() {
        let moments = Moments::of(&[1.0, 3.0, 5.0, 7.0]);
        assert_eq!(moments.mean(), 4.0);
        assert_eq!(moments.deviation(), 5.0_f64.sqrt());
    }

    #[test]
    fn small_differences_of_large_numbers_survive() {
        let mut moments = Moments::default();
        for value in [16_000_000.0, 16_000_001.0, 16_000_002.0] {
            moments.merge(Moments::of(&[value]));
        }
        assert_eq!(moments.mean(), 16_000_001.0);
        assert!((moments.deviation() - (2.0_f64 / 3.0).sqrt()).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn parts_together_are_the_whole(values in prop::collection::vec(-1e3_f32..1e3, 1..100), cut in 0..100_usize) {
            let (first, second) = values.split_at(cut.min(values.len()));
            let (whole, mut parts) = (Moments::of(&values), Moments::of(first));
            parts.merge(Moments::of(second));
            prop_assert!((parts.mean() - whole.mean()).abs() < 1e-9);
            prop_assert!((parts.deviation() - whole.deviation()).abs() < 1e-9);
        }
    }
}
