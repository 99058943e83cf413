//! The closed forms in the catalogue.

use crate::catalogue::{Entry, Parameter};

pub(super) const SOURCE: &str = "Jiang, Zhou, Leung, Li and Fei-Fei, MentorNet: Learning Data-Driven Curriculum for Very Deep Neural Networks on Corrupted Labels, ICML 2018";

pub(crate) const PREDEFINED: Entry = Entry {
    name: "mentornet-predefined",
    idea: "everything at first, then the easy samples, at last a little of those just beyond",
    source: Some(SOURCE),
    parameters: &[
        Parameter {
            name: "gamma",
            meaning: "the loss above the percentile at which the weight has fallen to 0, in the last tenth of the run",
            range: "> 0",
            default: "1.0",
        },
        PERCENTILE,
        DECAY,
        BURN_IN,
        AFTER_BURN_IN,
        Parameter {
            default: "0.5x17x0.05x83",
            ..DROPOUT
        },
        VARIANT,
        AVERAGING,
    ],
};

pub(crate) const FOCAL: Entry = Entry {
    name: "focal",
    idea: "the less a sample is learnt, the more it counts",
    source: Some(
        "Lin, Goyal, Girshick, He and Dollar, Focal Loss for Dense Object Detection, ICCV 2017; as a weight in MentorNet",
    ),
    parameters: &[
        Parameter {
            name: "gamma",
            meaning: "how strongly what is learnt is set back",
            range: ">= 0",
            default: "2.0",
        },
        BURN_IN,
        AFTER_BURN_IN,
        DROPOUT,
        VARIANT,
        AVERAGING,
    ],
};

pub(crate) const HARD_EXAMPLE_MINING: Entry = Entry {
    name: "hard-example-mining",
    idea: "only the samples with the largest losses count",
    source: Some(SOURCE),
    parameters: &[
        HARD_PERCENTILE,
        DECAY,
        BURN_IN,
        AFTER_BURN_IN,
        DROPOUT,
        VARIANT,
        AVERAGING,
    ],
};

pub(super) const PERCENTILE: Parameter = Parameter {
    name: "percentile",
    meaning: "which percentile of a batch's losses is the limit; auto is one minus the noise rate, 0.7 until there is one",
    range: "0 < percentile <= 1, or auto",
    default: "auto",
};

/// Where hard samples count, one minus a small noise rate would leave nothing.
const HARD_PERCENTILE: Parameter = Parameter {
    default: "0.7",
    ..PERCENTILE
};

pub(super) const DECAY: Parameter = Parameter {
    name: "decay",
    meaning: "share of the past that the moving percentile keeps at each batch",
    range: "0 <= decay < 1",
    default: "0.5",
};

pub(super) const BURN_IN: Parameter = Parameter {
    name: "burn-in",
    meaning: "how many percent of the run every sample weighs 1",
    range: "0 to 100",
    default: "0",
};

pub(super) const AFTER_BURN_IN: Parameter = Parameter {
    name: "after-burn-in",
    meaning: "whether the clock that the formula sees goes on after burn-in",
    range: "advance, freeze",
    default: "advance",
};

pub(super) const DROPOUT: Parameter = Parameter {
    name: "dropout",
    meaning: "share of each batch left out at random: a rate, or rates and for how many percent of the run each",
    range: "rates in [0, 1], percents 100 together, as in 0.5x17x0.05x83",
    default: "0",
};

pub(super) const VARIANT: Parameter = Parameter {
    name: "variant",
    meaning: "burn-in and dropout as in the authors' code, bug for bug, or corrected",
    range: "compat, fixed",
    default: "fixed",
};

pub(super) const AVERAGING: Parameter = Parameter {
    name: "averaging",
    meaning: "what the weighted losses are divided by: the size of the batch, or the sum of the weights",
    range: "batch, selected",
    default: "batch",
};
