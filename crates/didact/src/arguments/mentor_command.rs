//! `didact mentor`.

use clap::Subcommand;

use super::mentor_data_arguments::MentorDataArguments;
use super::mentor_evaluate_arguments::MentorEvaluateArguments;
use super::mentor_plot_arguments::MentorPlotArguments;
use super::mentor_train_arguments::MentorTrainArguments;

/// Mentors: small networks that learn which weights to give (MentorNet)
#[derive(Debug, Subcommand)]
pub(crate) enum MentorCommand {
    Data(MentorDataArguments),
    Train(MentorTrainArguments),
    Evaluate(MentorEvaluateArguments),
    Plot(MentorPlotArguments),
}

impl MentorCommand {
    /// Whether standard output is for one JSON object.
    pub(crate) fn is_json(&self) -> bool {
        match self {
            Self::Data(arguments) => arguments.json,
            Self::Train(arguments) => arguments.json,
            Self::Evaluate(arguments) => arguments.json,
            Self::Plot(arguments) => arguments.json,
        }
    }
}
