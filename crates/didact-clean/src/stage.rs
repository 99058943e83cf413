//! The stages of a cleaning.

use std::fmt;

/// A stage of a cleaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A model on the given labels; of several folds, the one that leaves this fold out, counted from 1.
    First {
        /// The fold that it leaves out.
        fold: Option<u32>,
    },
    /// Learning what the true labels are, and correcting by it.
    Cleaner {
        /// The round, counted from 1.
        round: u32,
    },
    /// A model on the labels that a round corrected, for the next round.
    Relearnt {
        /// The round, counted from 1.
        round: u32,
        /// The fold that it leaves out.
        fold: Option<u32>,
    },
    /// A model on corrected and trusted labels, that may be delivered.
    Retrained {
        /// Its position among those asked for, counted from 1.
        position: usize,
    },
}

impl Stage {
    /// The folder of the stage, within that of the cleaning.
    pub fn folder(&self) -> String {
        let behind = |fold: Option<u32>| fold.map_or_else(String::new, |fold| format!("-fold-{fold}"));
        match *self {
            Self::First { fold } => format!("first{}", behind(fold)),
            Self::Cleaner { round } => format!("round-{round}"),
            Self::Relearnt { round, fold } => format!("round-{round}/relearnt{}", behind(fold)),
            Self::Retrained { position } => format!("retrained-{position}"),
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let of = |fold: Option<u32>| fold.map_or_else(String::new, |fold| format!(" without fold {fold}"));
        match *self {
            Self::First { fold } => write!(formatter, "first model, on the labels as given{}", of(fold)),
            Self::Cleaner { round } => write!(formatter, "label cleaner, round {round}"),
            Self::Relearnt { round, fold } => {
                write!(
                    formatter,
                    "model on the corrected labels of round {round}{}",
                    of(fold)
                )
            }
            Self::Retrained { position } => {
                write!(formatter, "model {position} on corrected and trusted labels")
            }
        }
    }
}
