//! What a user should know before a run, though it can be run.

use std::fmt;

/// Something about settings that is allowed and probably not meant.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Warning {
    /// Nothing can be selected at first, so that the first epochs teach nothing.
    ColdStart {
        /// The loss of guessing, which every sample has at first, in nats.
        guessing: f64,
        /// The threshold of the first epoch, in nats.
        threshold: f64,
        /// The first epoch, counted from 1, whose threshold is above the loss of guessing; none within the run.
        first_epoch: Option<u32>,
    },
    /// Burn-in lasts to the end, or the clock stops where the formula still weighs everything 1.
    EverySampleAlike,
    /// Example dropout leaves out whole batches for a part of the run, which teaches nothing then.
    EverythingLeftOut {
        /// The percent of the run at which it begins.
        from: u8,
        /// The percent at which it ends.
        to: u8,
    },
    /// Many of an epoch's samples have losses that the mentor was never taught, so that its weights are guesses.
    OutsideTheMentorsRange {
        /// Share of the epoch's samples, in `[0, 1]`.
        share: f64,
        /// Share of the epoch's samples whose weight is another than at the edge of what it was taught, in `[0, 1]`.
        guessed: f64,
        /// Smallest and largest loss that it was taught.
        losses: [f32; 2],
        /// Smallest and largest difference that it was taught.
        differences: [f32; 2],
    },
    /// The trusted labels do not tell right given labels from wrong ones, so that a mentor cannot learn to.
    NothingToTellApart {
        /// Number of trusted samples.
        trusted: usize,
        /// How many of their given labels are right.
        right: usize,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ColdStart {
                guessing,
                threshold,
                first_epoch,
            } => {
                write!(
                    formatter,
                    "a network begins by guessing, at a loss of {guessing:.2}, but the threshold begins at \
                     {threshold:.2}: nothing is selected, and nothing learnt, "
                )?;
                match first_epoch {
                    Some(epoch) => write!(formatter, "before epoch {epoch}"),
                    None => formatter.write_str("in the whole run"),
                }
            }
            Self::EverySampleAlike => formatter.write_str(
                "every sample weighs 1 in the whole run, whatever its loss: a longer burn-in before the clock stops, or a \
                 shorter one that leaves a part of the run, would let the curriculum act",
            ),
            Self::EverythingLeftOut { from, to } => write!(
                formatter,
                "dropout leaves out every sample from {from} % to {to} % of the run: nothing is learnt there"
            ),
            Self::OutsideTheMentorsRange {
                share,
                guessed,
                losses: [least, most],
                differences: [below, above],
            } => write!(
                formatter,
                "{:.0} % of the epoch's samples have losses that the mentor was not taught, and the weights of {:.0} % are \
                 guesses (it knows losses from {least:.2} to {most:.2}, and {below:.2} to {above:.2} from the moving \
                 percentile); a mentor taught on this data, or another percentile, would know them",
                100.0 * share,
                100.0 * guessed
            ),
            Self::NothingToTellApart { trusted, right } => write!(
                formatter,
                "{right} of {trusted} trusted samples were given a right label: a mentor learns only where some labels are \
                 right and some are wrong, and so all samples go on counting as before"
            ),
        }
    }
}
