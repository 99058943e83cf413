//! What can go wrong in a curriculum.

use std::path::PathBuf;

/// An error of a curriculum: its settings, a batch, or a saved state.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum CurriculumError {
    /// A setting lies outside its range.
    #[error("`{parameter}` is {found}, expected {expected}")]
    OutOfRange {
        /// Name of the setting.
        parameter: &'static str,
        /// The value given.
        found: f64,
        /// The range allowed, in words.
        expected: &'static str,
    },
    /// A setting was given that belongs to another choice than the one in force.
    #[error("`{parameter}` belongs to {choice}={expected}, but the {choice} is {found}")]
    MisplacedParameter {
        /// Name of the setting.
        parameter: &'static str,
        /// What there is a choice of, such as the expectation.
        choice: &'static str,
        /// The choice that the setting belongs to.
        expected: &'static str,
        /// The choice in force.
        found: &'static str,
    },
    /// A constant expectation has neither a value nor a number of classes to take it from.
    #[error(
        "a constant expectation needs `value` where the task has no classes; give value=NUMBER or another expectation, such as expectation=exponential"
    )]
    MissingExpectation,
    /// A curriculum that follows an earlier run was not told which.
    #[error(
        "the curriculum orders samples by the losses of an earlier run; name its folder with teacher=RUN"
    )]
    MissingTeacher,
    /// The earlier run has no loss of any sample, or it was not read.
    #[error("no losses of the training samples were found in the earlier run `{}`", teacher.display())]
    MissingDifficulties {
        /// Folder of the earlier run.
        teacher: PathBuf,
    },
    /// The losses of the earlier run are not those of this data set.
    #[error("the earlier run has losses for {found} rows, but the data set has {expected}")]
    WrongDifficulties {
        /// Number of samples of the data set.
        expected: usize,
        /// Number of losses.
        found: usize,
    },
    /// A curriculum that asks a mentor was not told which.
    #[error("the curriculum asks a mentor for its weights; name its file with mentor=FILE")]
    MissingMentor,
    /// A mentor is not one that can be asked here.
    #[error("the mentor does not fit: expected {expected}, found {found}")]
    WrongMentor {
        /// What would fit.
        expected: String,
        /// What it is.
        found: String,
    },
    /// Formulas do not make a curriculum of a whole run.
    #[error("the pieces of the curriculum do not make a run: {problem}")]
    WrongPieces {
        /// What is wrong with them, or should hold, in words.
        problem: &'static str,
    },
    /// A mentor cannot learn from these examples.
    #[error("a mentor cannot learn from these examples: {problem}")]
    WrongObservations {
        /// What is wrong with them, in words.
        problem: &'static str,
    },
    /// A schedule of example dropout cannot be read.
    #[error(
        "dropout `{found}`: {problem}; expected a rate, or rates and percents of the run as in 0.5x17x0.05x83"
    )]
    WrongDropout {
        /// The schedule as it is spelt.
        found: String,
        /// What is wrong with it, in words.
        problem: &'static str,
    },
    /// A setting was given whose meaning depends on one that was not.
    #[error("`{parameter}` has a meaning only with {companion}")]
    MissingCompanion {
        /// Name of the setting.
        parameter: &'static str,
        /// What it needs, as it is spelt.
        companion: &'static str,
    },
    /// A setting follows from the number of classes, of which the task has none.
    #[error("`{parameter}` follows from the number of classes, which this task does not have; give {remedy}")]
    NeedsClasses {
        /// Name of the setting.
        parameter: &'static str,
        /// What to give instead.
        remedy: &'static str,
    },
    /// The batch holds no sample.
    #[error("the batch is empty, expected at least one sample")]
    EmptyBatch,
    /// A column of the batch has another length than its losses.
    #[error("a batch of {expected} losses has {found} {column}")]
    UnequalLengths {
        /// Which column.
        column: &'static str,
        /// Number of losses.
        expected: usize,
        /// Length of the column.
        found: usize,
    },
    /// A loss is NaN or infinite.
    #[error("the loss at position {position} of the batch is {found}, expected a finite number")]
    NonFiniteLoss {
        /// Position in the batch, 0-based.
        position: usize,
        /// The loss.
        found: f32,
    },
    /// A row lies outside the data set.
    #[error("the row at position {position} of the batch is {found}, expected one below {num_samples}")]
    UnknownRow {
        /// Position in the batch, 0-based.
        position: usize,
        /// The row.
        found: u32,
        /// Number of samples of the data set.
        num_samples: usize,
    },
    /// A saved state does not fit the curriculum.
    #[error("saved curriculum state does not fit: expected {expected}, found {found}")]
    WrongState {
        /// What the curriculum can continue from.
        expected: String,
        /// What was saved.
        found: String,
    },
}

impl CurriculumError {
    /// Refuses a setting that does not hold.
    pub(crate) fn require(
        holds: bool,
        parameter: &'static str,
        found: f64,
        expected: &'static str,
    ) -> Result<(), Self> {
        holds.then_some(()).ok_or(Self::OutOfRange {
            parameter,
            found,
            expected,
        })
    }
}
