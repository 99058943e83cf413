//! Every curriculum, as `didact curriculum list` prints it.

use crate::{mentornet, no_curriculum, self_paced, small_loss, superloss, transfer_teacher};

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
/// assert!(names.starts_with(&["none", "superloss"]));
/// ```
pub fn catalogue() -> &'static [Entry] {
    &[
        no_curriculum::ENTRY,
        superloss::ENTRY,
        self_paced::HARD,
        self_paced::LINEAR,
        self_paced::LOGARITHMIC,
        self_paced::MIXTURE,
        self_paced::POLYNOMIAL,
        self_paced::LOGISTIC,
        self_paced::DIVERSITY,
        mentornet::PREDEFINED,
        mentornet::MENTORNET,
        mentornet::DATA_DRIVEN,
        mentornet::SPADE,
        mentornet::FOCAL,
        mentornet::HARD_EXAMPLE_MINING,
        small_loss::ENTRY,
        transfer_teacher::ENTRY,
    ]
}
