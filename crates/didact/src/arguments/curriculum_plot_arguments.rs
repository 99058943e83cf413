//! `didact curriculum plot`.

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::Args;
use didact_curriculum::CurriculumConfig;

use crate::settings::{method, seed_parser};

const EXAMPLES: &str = "\
Each name is drawn in a run made up for the picture: every batch holds 241 losses, evenly spaced
from 0 to --largest-loss, with the labels going round the classes. Weights that follow the rest of
the batch are those among such losses; in training they can differ. A curriculum that changes as a
run goes on gets a curve at the first, quarter, half, three-quarter and last epoch.

Examples:
  didact curriculum plot superloss:lambda=0.25 -o superloss.svg
      also the surface it takes its value from, beside three earlier confidence-aware losses
  didact curriculum plot spl-hard spl-linear spl-logistic -o self-paced.png
      one picture, to compare
";

/// Draw how much a sample counts against its loss
///
/// One curriculum or several in one picture; where there is one, the SuperLoss value against the loss too.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct CurriculumPlotArguments {
    /// Curricula, spelt as for `didact train`, such as superloss:lambda=0.25
    #[arg(required = true, value_name = "NAME", value_parser = spelt)]
    pub(crate) curricula: Vec<SpeltCurriculum>,
    /// The picture to write, .svg or .png; both, if it has no ending; files must not exist yet
    #[arg(short, long, value_name = "FILE", required_unless_present = "json")]
    pub(crate) output: Option<PathBuf>,
    /// Number of classes
    #[arg(long, value_name = "K", default_value_t = 10, value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    pub(crate) classes: u32,
    /// Epochs of the run that is drawn
    #[arg(long, value_name = "N", default_value = "10")]
    pub(crate) epochs: NonZeroU32,
    /// The largest loss drawn
    #[arg(
        long,
        value_name = "LOSS",
        default_value_t = 5.0,
        allow_negative_numbers = true
    )]
    pub(crate) largest_loss: f32,
    /// Share of wrong labels that the run is taken to have estimated, for parameters that are `auto`
    #[arg(
        long,
        value_name = "RATE",
        default_value_t = 0.4,
        allow_negative_numbers = true
    )]
    pub(crate) noise_rate: f64,
    /// Seed of curricula that draw random numbers
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = seed_parser())]
    pub(crate) seed: u64,
    /// Print one JSON object with the points; no file is written without -o
    #[arg(long)]
    pub(crate) json: bool,
}

/// A curriculum and how it was typed, which is what pictures call it.
#[derive(Clone, Debug)]
pub(crate) struct SpeltCurriculum {
    pub(crate) name: String,
    pub(crate) config: CurriculumConfig,
}

/// Reads a curriculum for clap and keeps the spelling.
pub(super) fn spelt(text: &str) -> Result<SpeltCurriculum, String> {
    Ok(SpeltCurriculum {
        name: text.to_owned(),
        config: method(text)?,
    })
}
