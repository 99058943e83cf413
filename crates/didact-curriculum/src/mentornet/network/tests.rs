//! The way back against differences of the way forward.

use super::layout::{HIDDEN_BIAS, OUTPUT_BIAS, PERCENT_EMBEDDING};
use super::*;

const FEATURES: MentorFeatures = MentorFeatures {
    loss: 1.7,
    difference: -0.4,
    label: 2,
    percent: 31,
};

fn networks() -> [MentorNetwork; 3] {
    let aware = MentorLabels::Aware { classes: 4 };
    [
        MentorNetwork::new(MentornetVariant::Fixed, MentorLabels::Ignored, 1),
        MentorNetwork::new(MentornetVariant::Compat, MentorLabels::Ignored, 2),
        MentorNetwork::new(MentornetVariant::Fixed, aware, 3),
    ]
}

#[test]
fn gradients_are_those_of_small_steps() {
    for network in networks() {
        let mut gradient = vec![0.0; network.parameters().len()];
        network.add_gradient(&network.activations(FEATURES), 1.0, &mut gradient);
        for (position, &slope) in gradient.iter().enumerate() {
            if network.variant == MentornetVariant::Compat && PERCENT_EMBEDDING.contains(&position) {
                assert!(
                    slope.abs() < f32::MIN_POSITIVE,
                    "the table of percents is to stay"
                );
                continue;
            }
            let at = |step: f32| {
                let mut moved = network.clone();
                moved.parameters[position] += step;
                f64::from(moved.logit(FEATURES))
            };
            let difference = (at(1e-2) - at(-1e-2)) / 2e-2;
            let tolerance = 2e-3 * (1.0 + difference.abs());
            assert!(
                (difference - f64::from(slope)).abs() < tolerance,
                "{position}: {difference}, {slope}"
            );
        }
        let count = gradient.iter().filter(|slope| slope.abs() > 0.0).count();
        assert!(count > 200, "{count} of {}", gradient.len());
    }
}

#[test]
fn an_output_by_hand() {
    let [mut fixed, mut compat, _] = networks();
    for network in [&mut fixed, &mut compat] {
        network.parameters.fill(0.0);
        network.parameters[HIDDEN_BIAS].fill(0.5);
        network.parameters[OUTPUT_BIAS.start] = 0.25;
    }
    assert!((fixed.logit(FEATURES) - 0.25).abs() < 1e-6);
    // Twenty units of tanh 0.5, each weighed by the bias.
    assert!((compat.logit(FEATURES) - 20.0 * 0.5f32.tanh() * 0.25).abs() < 1e-6);
}

#[test]
fn a_label_matters_only_to_a_network_that_knows_labels() {
    let [ignoring, _, aware] = networks();
    let other = MentorFeatures { label: 3, ..FEATURES };
    assert!(ignoring.logit(FEATURES).to_bits() == ignoring.logit(other).to_bits());
    assert!((aware.logit(FEATURES) - aware.logit(other)).abs() > 1e-6);
    assert_eq!(
        [ignoring.parameters().len(), aware.parameters().len()],
        [757, 761]
    );
}

#[test]
fn parameters_of_another_number_or_no_number_are_refused() {
    let load = |parameters| {
        MentorNetwork::from_parameters(MentornetVariant::Fixed, MentorLabels::Ignored, parameters)
    };
    assert!(load(vec![0.0; 757]).is_ok());
    assert!(load(vec![0.0; 756]).is_err());
    assert!(load(vec![f32::NAN; 757]).is_err());
}
