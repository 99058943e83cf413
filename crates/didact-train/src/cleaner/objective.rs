//! What a label cleaner learns, and how its answer is read as probabilities.

use burn::tensor::activation::log_softmax;
use burn::tensor::{Device, Tensor, TensorData};

use super::config::CleanerVariant;

/// Share of a label that the notebook spreads over all classes.
const SMOOTHING: f32 = 0.1;

/// Labels as rows of zeros and a one, or zeros alone where there is none; smoothed as the variant does.
pub(super) fn encoded(
    labels: impl ExactSizeIterator<Item = Option<u32>>,
    num_classes: usize,
    variant: CleanerVariant,
    device: &Device,
) -> Tensor<2> {
    let (floor, one) = match variant {
        CleanerVariant::Notebook => {
            let floor = SMOOTHING / num_classes as f32;
            (floor, 1.0 - SMOOTHING + floor)
        }
        CleanerVariant::Clipped | CleanerVariant::Softmax => (0.0, 1.0),
    };
    let count = labels.len();
    let mut values = vec![floor; count * num_classes];
    for (sample, label) in labels.enumerate() {
        match label {
            Some(label) => values[sample * num_classes + label as usize] = one,
            None => values[sample * num_classes..][..num_classes].fill(0.0),
        }
    }
    Tensor::from_data(TensorData::new(values, [count, num_classes]), device)
}

/// The mean loss of a batch of answers, both `[batch_size, num_classes]`.
pub(super) fn objective(variant: CleanerVariant, answers: Tensor<2>, targets: Tensor<2>) -> Tensor<1> {
    match variant {
        CleanerVariant::Clipped => (answers - targets).powi_scalar(2).sum_dim(1).mean(),
        CleanerVariant::Softmax => (log_softmax(answers, 1) * targets).sum_dim(1).mean().neg(),
        CleanerVariant::Notebook => {
            let clipped = answers.clamp(0.0, 1.0);
            (log_softmax(clipped, 1) * targets).sum_dim(1).mean().neg()
        }
    }
}

/// An answer as probabilities that sum to 1. One that says nothing, as all of it was clipped, is the given label, or all
/// classes alike without one.
pub(super) fn probabilities(variant: CleanerVariant, answer: &[f32], given: Option<u32>) -> Vec<f64> {
    let answer = answer.iter().copied().map(f64::from);
    match variant {
        CleanerVariant::Clipped => {
            let clipped: Vec<f64> = answer.map(|value| value.clamp(0.0, 1.0)).collect();
            let sum: f64 = clipped.iter().sum();
            if sum > 0.0 {
                return clipped.into_iter().map(|value| value / sum).collect();
            }
            let alike = 1.0 / clipped.len() as f64;
            let of = |class: usize| given.map_or(alike, |given| f64::from(u8::from(given as usize == class)));
            (0..clipped.len()).map(of).collect()
        }
        CleanerVariant::Softmax => softmax(answer.collect()),
        CleanerVariant::Notebook => softmax(answer.map(|value| value.clamp(0.0, 1.0)).collect()),
    }
}

fn softmax(values: Vec<f64>) -> Vec<f64> {
    let largest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let exponentials: Vec<f64> = values.into_iter().map(|value| (value - largest).exp()).collect();
    let sum: f64 = exponentials.iter().sum();
    exponentials.into_iter().map(|value| value / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::host;

    fn loss(variant: CleanerVariant, answer: [f32; 2], target: [f32; 2]) -> f32 {
        let device = Device::flex();
        let row = |values: [f32; 2]| Tensor::<2>::from_floats([values], &device);
        host(objective(variant, row(answer), row(target)))[0]
    }

    #[test]
    fn losses_by_hand() {
        let close = |found: f32, expected: f32| assert!((found - expected).abs() < 1e-6, "{found}");
        close(loss(CleanerVariant::Clipped, [1.5, -0.5], [1.0, 0.0]), 0.5);
        close(loss(CleanerVariant::Softmax, [0.0, 0.0], [1.0, 0.0]), 2f32.ln());
        // Clipped to 1 and 0, which are then taken for logits.
        let expected = (1.0 + (-1f32).exp()).ln();
        close(loss(CleanerVariant::Notebook, [7.0, -3.0], [1.0, 0.0]), expected);
    }

    #[test]
    fn labels_are_zeros_and_a_one_and_smoothed_in_the_notebooks_variant() {
        let labels = [Some(1), None];
        let rows = |variant| host(encoded(labels.into_iter(), 2, variant, &Device::flex()));
        assert_eq!(rows(CleanerVariant::Softmax), [0.0, 1.0, 0.0, 0.0]);
        let smoothed = rows(CleanerVariant::Notebook);
        for (found, expected) in smoothed.iter().zip([0.05, 0.95, 0.0, 0.0]) {
            assert!((found - expected).abs() < 1e-6, "{smoothed:?}");
        }
    }

    #[test]
    fn answers_are_read_as_probabilities() {
        let read = |variant, answer: [f32; 2]| probabilities(variant, &answer, Some(1));
        assert_eq!(read(CleanerVariant::Clipped, [3.0, 1.0]), [0.5, 0.5]);
        assert_eq!(read(CleanerVariant::Clipped, [-1.0, -2.0]), [0.0, 1.0]);
        assert_eq!(
            probabilities(CleanerVariant::Clipped, &[-1.0, -2.0], None),
            [0.5, 0.5]
        );
        assert_eq!(read(CleanerVariant::Softmax, [800.0, 800.0]), [0.5, 0.5]);
        let notebook = read(CleanerVariant::Notebook, [9.0, -9.0]);
        assert!((notebook[0] - 1.0 / (1.0 + (-1f64).exp())).abs() < 1e-12);
    }
}
