//! Is the given label the true one?

use serde::{Deserialize, Serialize};

/// Whether a sample's given label is its true label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabelState {
    /// The given label is the true label.
    Clean,
    /// The given label is another class.
    Corrupted,
}

impl LabelState {
    /// The state of a sample of which both labels are known.
    pub fn of(given_label: u32, true_label: u32) -> Self {
        if given_label == true_label {
            Self::Clean
        } else {
            Self::Corrupted
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_clean_where_it_is_the_true_one() {
        assert_eq!(LabelState::of(3, 3), LabelState::Clean);
        assert_eq!(LabelState::of(5, 3), LabelState::Corrupted);
        assert!(LabelState::Clean < LabelState::Corrupted);
    }
}
