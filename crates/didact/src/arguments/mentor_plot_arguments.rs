//! `didact mentor plot`.

use std::path::PathBuf;

use clap::Args;

const EXAMPLES: &str = "\
A mentor is asked for the weight of every loss and every difference: loss minus the moving
percentile of the batches' losses. Maps show it as colour, with a line where it is 0.5; curves show
it at half the loss bound. What lies beyond a difference as large as the loss cannot occur and is
hatched.

Examples:
  didact mentor plot self-paced.safetensors -o self-paced.png
  didact mentor plot predefined.safetensors learnt.safetensors -o both.gif
      beside one another, a frame for each percent of the run
  didact mentor plot runs/learnt/mentor.safetensors --epochs 0,50,99 --loss-bound 15 -o learnt.svg
";

/// Draw how much a sample counts, by a mentor, as the run goes on
///
/// Several mentors stand below one another in a picture, and beside one another in an animation.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct MentorPlotArguments {
    /// Mentors, of `didact mentor train` or RUN/mentor.safetensors
    #[arg(required = true, value_name = "MENTOR", num_args = 1..=6)]
    pub(crate) mentors: Vec<PathBuf>,
    /// The picture to write, .svg, .png or .gif; .svg and .png, if it has no ending; files must not exist yet
    #[arg(short, long, value_name = "FILE", required_unless_present = "json")]
    pub(crate) output: Option<PathBuf>,
    /// Percents of the run to draw, 0 to 99, which MentorNet calls epochs
    #[arg(
        long,
        value_name = "PERCENTS",
        value_delimiter = ',',
        allow_negative_numbers = true,
        default_value = "0,10,18,20,30,40,50,60,70,80,90,95,99"
    )]
    pub(crate) epochs: Vec<u32>,
    /// The largest loss drawn, and the largest difference, from 0.001 to 1000
    #[arg(
        long,
        value_name = "LOSS",
        default_value_t = 5.0,
        allow_negative_numbers = true
    )]
    pub(crate) loss_bound: f64,
    /// Given label to draw, as its number from 0, for mentors that look at labels [default: 0]
    #[arg(long, value_name = "K")]
    pub(crate) label: Option<u32>,
    /// Print one JSON object with weights on a grid; no file is written without -o
    #[arg(long)]
    pub(crate) json: bool,
}
