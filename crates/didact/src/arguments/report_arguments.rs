//! `didact report`.

use std::path::PathBuf;

use clap::Args;

const EXAMPLES: &str = "\
Examples:
  didact report runs/first                           writes runs/first/report.html
  didact report runs/plain runs/superloss -o both.html
  didact report cleaned                              the page about a cleaning, anew
  didact report cleaned-vgg cleaned-cct -o both.html cleanings side by side
";

/// Write one self-contained HTML page about one run, or several side by side
///
/// Also of a run that still goes on, as far as it is. An older report is replaced.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ReportArguments {
    /// Run folders that `didact train` wrote, or folders of `didact clean`
    #[arg(required = true, value_name = "RUN")]
    pub(crate) runs: Vec<PathBuf>,
    /// The page to write [default: RUN/report.html of a single run]
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Print one JSON object with the path of the page
    #[arg(long)]
    pub(crate) json: bool,
}
