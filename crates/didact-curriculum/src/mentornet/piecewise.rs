//! Curricula put together of formulas, one after the other.

use serde::{Deserialize, Serialize};

use super::predefined_curriculum::{MentorFeatures, PredefinedCurriculum};
use crate::error::CurriculumError;

/// Formulas that take turns as a run goes on.
///
/// In TOML a list of pieces, each with the percent of the run that it begins at:
///
/// ```
/// use didact_curriculum::{MentorFeatures, PiecewiseCurriculum};
///
/// let curriculum: PiecewiseCurriculum = toml::from_str(
///     "piece = [
///          { from = 0, name = 'baseline' },
///          { from = 20, name = 'spcl-linear', gamma = 2.0 },
///      ]",
/// )?;
/// let hard = |percent| MentorFeatures { loss: 3.0, difference: 1.0, label: 0, percent };
/// assert_eq!([19, 20].map(|percent| curriculum.weight(hard(percent))), [1.0, 0.5]);
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Pieces", into = "Pieces")]
pub struct PiecewiseCurriculum {
    pieces: Vec<Piece>,
}

/// A formula, and when it begins to hold.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Piece {
    /// The percent of the run from which it holds, `0..100`.
    pub from: u8,
    /// The formula.
    #[serde(flatten)]
    pub curriculum: PredefinedCurriculum,
}

impl PiecewiseCurriculum {
    /// Formulas that take turns.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::WrongPieces`] if there is none, if the first does not begin at 0, or if they are not in order
    /// within 100 percent; [`CurriculumError::OutOfRange`] for a formula's setting.
    pub fn new(pieces: Vec<Piece>) -> Result<Self, CurriculumError> {
        let wrong = |problem| Err(CurriculumError::WrongPieces { problem });
        match pieces.first() {
            None => return wrong("there is none"),
            Some(piece) if piece.from != 0 => return wrong("the first does not begin at 0"),
            Some(_) => {}
        }
        if !pieces.is_sorted_by(|left, right| left.from < right.from) {
            return wrong("each begins after the one before");
        }
        if pieces.iter().any(|piece| piece.from >= 100) {
            return wrong("a run has the percents 0 to 99");
        }
        pieces.iter().try_for_each(|piece| piece.curriculum.check())?;
        Ok(Self { pieces })
    }

    /// The weight of a sample, in `[0, 1]`.
    pub fn weight(&self, features: MentorFeatures) -> f64 {
        let holds = |piece: &&Piece| piece.from <= features.percent;
        let piece = self.pieces.iter().rev().find(holds);
        piece.map_or(1.0, |piece| piece.curriculum.weight(features))
    }
}

impl From<PredefinedCurriculum> for PiecewiseCurriculum {
    fn from(curriculum: PredefinedCurriculum) -> Self {
        let piece = Piece { from: 0, curriculum };
        Self { pieces: vec![piece] }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pieces {
    piece: Vec<Piece>,
}

impl TryFrom<Pieces> for PiecewiseCurriculum {
    type Error = CurriculumError;

    fn try_from(pieces: Pieces) -> Result<Self, CurriculumError> {
        Self::new(pieces.piece)
    }
}

impl From<PiecewiseCurriculum> for Pieces {
    fn from(curriculum: PiecewiseCurriculum) -> Self {
        Self {
            piece: curriculum.pieces,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(from: &[u8]) -> String {
        let piece = |&from| Piece {
            from,
            curriculum: PredefinedCurriculum::Baseline,
        };
        let pieces = from.iter().map(piece).collect();
        PiecewiseCurriculum::new(pieces).unwrap_err().to_string()
    }

    #[test]
    fn pieces_that_leave_a_gap_or_overlap_are_refused() {
        assert!(problem(&[]).contains("there is none"));
        assert!(problem(&[5]).contains("the first does not begin at 0"));
        assert!(problem(&[0, 20, 20]).contains("each begins after the one before"));
        assert!(problem(&[0, 100]).contains("0 to 99"));
    }

    #[test]
    fn the_predefined_curriculum_is_three_pieces() {
        use PredefinedCurriculum::{Baseline, Predefined, SelfPaced, SpclLinear};
        let gamma = 1.5;
        let turns = [(0, Baseline), (19, SelfPaced), (90, SpclLinear { gamma })];
        let pieces = turns.map(|(from, curriculum)| Piece { from, curriculum });
        let curriculum = PiecewiseCurriculum::new(pieces.to_vec()).unwrap();
        for percent in 0..100 {
            for difference in [-1.0, 0.0, 0.5, 2.0] {
                let features = MentorFeatures {
                    loss: 3.0,
                    difference,
                    label: 0,
                    percent,
                };
                let expected = Predefined { gamma }.weight(features);
                assert!((curriculum.weight(features) - expected).abs() < 1e-15);
            }
        }
    }
}
