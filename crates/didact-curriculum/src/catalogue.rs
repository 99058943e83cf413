//! Every curriculum, as `didact curriculum list` prints it.

/// One curriculum of the [`catalogue`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Name on the command line and in files.
    pub name: &'static str,
    /// The idea in one line.
    pub idea: &'static str,
    /// Where the method was published, if it was.
    pub source: Option<&'static str>,
    /// Its parameters.
    pub parameters: &'static [Parameter],
}

/// One parameter of an [`Entry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parameter {
    /// Name on the command line and in files.
    pub name: &'static str,
    /// What it sets, in one line.
    pub meaning: &'static str,
    /// Values allowed.
    pub range: &'static str,
    /// Value where none is given.
    pub default: &'static str,
}

/// Every curriculum with its parameters, their ranges and defaults.
///
/// ```
/// let names: Vec<&str> = didact_curriculum::catalogue().iter().map(|entry| entry.name).collect();
/// assert_eq!(names, ["none", "superloss"]);
/// ```
pub fn catalogue() -> &'static [Entry] {
    &[
        Entry {
            name: "none",
            idea: "plain training, every sample counts alike",
            source: None,
            parameters: &[],
        },
        Entry {
            name: "superloss",
            idea: "samples with less loss than expected count more, those with more count less",
            source: Some(
                "Castells, Weinzaepfel and Revaud, SuperLoss: A Generic Loss for Robust Curriculum Learning, NeurIPS 2020",
            ),
            parameters: SUPERLOSS,
        },
    ]
}

const SUPERLOSS: &[Parameter] = &[
    Parameter {
        name: "lambda",
        meaning: "how gently weights depart from 1, in the unit of the loss; smaller separates more sharply",
        range: "> 0",
        default: "1.0",
    },
    Parameter {
        name: "expectation",
        meaning: "which loss is expected of a sample, and so gets weight 1",
        range: "constant, exponential, global, window",
        default: "constant",
    },
    Parameter {
        name: "value",
        meaning: "the expected loss itself, with expectation=constant",
        range: "any number",
        default: "ln K for K classes; required for a task without classes",
    },
    Parameter {
        name: "decay",
        meaning: "share of the past kept at each batch, with expectation=exponential",
        range: "0 <= decay < 1",
        default: "0.9",
    },
    Parameter {
        name: "window",
        meaning: "number of batches averaged over, with expectation=window",
        range: ">= 1",
        default: "20",
    },
    Parameter {
        name: "preset",
        meaning: "settings from the literature, which the other parameters then change",
        range: "cifar-10, cifar-100, mnist, fast-estimator",
        default: "none of them",
    },
];
