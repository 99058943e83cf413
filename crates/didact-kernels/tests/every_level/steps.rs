//! Optimizer steps against plain loops in `f64`.

use burn::tensor::{Device, Tensor, TensorData};
use didact_kernels::{AdamStep, Decay, Momentum, SgdStep, adam, sgd};

use super::case::{assert_close, random_numbers};
use super::level::at_level;

/// Around the widths of vectors.
const LENGTHS: [usize; 6] = [1, 7, 8, 16, 33, 1000];
const STEPS: u64 = 5;

fn tensor(numbers: &[f32]) -> Tensor<1> {
    Tensor::from_data(
        TensorData::new(numbers.to_vec(), [numbers.len()]),
        &Device::flex(),
    )
}

fn numbers(tensor: &Tensor<1>) -> Vec<f32> {
    tensor.to_data().iter::<f32>().collect()
}

fn rounded(numbers: &[f64]) -> Vec<f32> {
    numbers.iter().map(|&number| number as f32).collect()
}

fn exact(numbers: &[f32]) -> Vec<f64> {
    numbers.iter().map(|&number| f64::from(number)).collect()
}

#[test]
fn adam_follows_its_definition() {
    at_level(|| {
        for decay in [
            Decay::InGradient(0.0),
            Decay::InGradient(0.1),
            Decay::Apart(0.0),
            Decay::Apart(0.1),
        ] {
            for length in LENGTHS {
                assert_adam(length, decay);
            }
        }
    });
}

fn assert_adam(length: usize, decay: Decay) {
    let start = random_numbers(1, length);
    let (mut values, mut expected) = (tensor(&start), exact(&start));
    let [mut first, mut second] = [0.0f32; 2].map(|zero| tensor(&vec![zero; length]));
    let mut moments = vec![[0.0f64; 2]; length];
    for step in 1..=STEPS {
        let gradient = random_numbers(1 + step, length);
        let step = AdamStep {
            step,
            learning_rate: 0.01,
            betas: [0.9, 0.99],
            epsilon: 1e-8,
            decay,
        };
        values = adam(&values, &tensor(&gradient), [&mut first, &mut second], step).unwrap();
        for ((value, moments), gradient) in expected.iter_mut().zip(&mut moments).zip(exact(&gradient)) {
            adam_of_one(value, moments, gradient, step);
        }
    }
    assert_close(&numbers(&values), &rounded(&expected), 1e-6, "the values");
    for (index, moment) in [first, second].iter().enumerate() {
        let expected: Vec<f32> = moments.iter().map(|moments| moments[index] as f32).collect();
        assert_close(&numbers(moment), &expected, 1e-6, "a moment");
    }
}

/// Kingma and Ba, 2015, algorithm 1.
fn adam_of_one(value: &mut f64, [first, second]: &mut [f64; 2], mut gradient: f64, step: AdamStep) {
    let [beta1, beta2] = step.betas;
    match step.decay {
        Decay::InGradient(decay) => gradient += decay * *value,
        Decay::Apart(decay) => *value -= step.learning_rate * decay * *value,
    }
    *first = beta1 * *first + (1.0 - beta1) * gradient;
    *second = beta2 * *second + (1.0 - beta2) * gradient * gradient;
    let power = |beta: f64| (1..=step.step).fold(1.0, |power, _| power * beta);
    let (mean, square) = (*first / (1.0 - power(beta1)), *second / (1.0 - power(beta2)));
    *value -= step.learning_rate * mean / (square.sqrt() + step.epsilon);
}

#[test]
fn sgd_follows_its_definition() {
    at_level(|| {
        for (momentum, follows) in [
            (0.0, Momentum::Velocity),
            (0.9, Momentum::Velocity),
            (0.9, Momentum::Nesterov),
        ] {
            for (weight_decay, length) in [0.0, 0.1]
                .into_iter()
                .zip(LENGTHS)
                .chain([0.1; 6].into_iter().zip(LENGTHS))
            {
                let step = SgdStep {
                    learning_rate: 0.05,
                    momentum,
                    follows,
                    weight_decay,
                };
                assert_sgd(length, step);
            }
        }
    });
}

fn assert_sgd(length: usize, step: SgdStep) {
    let start = random_numbers(1, length);
    let (mut values, mut expected) = (tensor(&start), exact(&start));
    let mut velocity = tensor(&vec![0.0; length]);
    let mut velocities = vec![0.0; length];
    for index in 0..STEPS {
        let gradient = random_numbers(2 + index, length);
        values = sgd(&values, &tensor(&gradient), &mut velocity, step).unwrap();
        for ((value, velocity), gradient) in expected.iter_mut().zip(&mut velocities).zip(exact(&gradient)) {
            let gradient = gradient + step.weight_decay * *value;
            *velocity = step.momentum * *velocity + gradient;
            *value -= step.learning_rate
                * match step.follows {
                    Momentum::Velocity => *velocity,
                    Momentum::Nesterov => gradient + step.momentum * *velocity,
                };
        }
    }
    assert_close(&numbers(&values), &rounded(&expected), 1e-6, "the values");
    assert_close(&numbers(&velocity), &rounded(&velocities), 1e-6, "the velocity");
}

#[test]
fn a_step_leaves_alone_what_others_hold() {
    at_level(|| {
        let step = SgdStep {
            learning_rate: 0.5,
            momentum: 0.5,
            follows: Momentum::Velocity,
            weight_decay: 0.0,
        };
        let (values, gradient, mut velocity) =
            (tensor(&[1.0, 2.0]), tensor(&[2.0, 4.0]), tensor(&[8.0, 8.0]));
        let held = velocity.clone();
        let new = sgd(&values, &gradient, &mut velocity, step).unwrap();
        assert_eq!(
            (numbers(&new), numbers(&velocity)),
            (vec![-2.0, -2.0], vec![6.0, 8.0])
        );
        assert_eq!(
            (numbers(&values), numbers(&gradient), numbers(&held)),
            (vec![1.0, 2.0], vec![2.0, 4.0], vec![8.0; 2])
        );
    });
}

#[test]
fn nothing_is_done_to_tensors_that_record_a_graph() {
    at_level(|| {
        let values = Tensor::<1>::ones([3], &Device::flex().autodiff());
        let gradient = tensor(&[1.0; 3]);
        let mut velocity = tensor(&[4.0; 3]);
        let step = SgdStep {
            learning_rate: 1.0,
            momentum: 0.5,
            follows: Momentum::Velocity,
            weight_decay: 0.0,
        };
        assert!(sgd(&values, &gradient, &mut velocity, step).is_none());
        assert_eq!(numbers(&velocity), [4.0; 3]);
    });
}
