//! `didact quickstart`.

use std::path::PathBuf;

use clap::Args;

/// Plain training against SuperLoss on embedded data, ending in a report
///
/// Takes the 10,000 images of Fashion-MNIST that travel inside the program, makes 40 % of the training labels wrong,
/// and trains the same network twice from the same seed: without a curriculum, and with SuperLoss. Prints how well
/// each does on clean test labels, how it weighed clean and wrong labels, and where the report is.
#[derive(Debug, Args)]
pub(crate) struct QuickstartArguments {
    /// The folder to write; a quickstart that was stopped in it goes on
    #[arg(short, long, value_name = "DIR", default_value = "didact-quickstart")]
    pub(crate) output: PathBuf,
    /// Print one JSON object: the summaries of both runs, the path of the report, and the seconds it took
    #[arg(long)]
    pub(crate) json: bool,
}
