//! What each command is told. The comments are the help texts.

mod bench;
mod clean_arguments;
mod compare_arguments;
mod completions_arguments;
mod curriculum_animate_arguments;
mod curriculum_command;
mod curriculum_plot_arguments;
mod data_command;
mod evaluate_arguments;
mod mentor_command;
mod mentor_data_arguments;
mod mentor_evaluate_arguments;
mod mentor_plot_arguments;
mod mentor_train_arguments;
mod noise_command;
mod opening_arguments;
mod predict_arguments;
mod quickstart_arguments;
mod report_arguments;
mod train_arguments;

pub(crate) use bench::{
    BenchCommand, BenchCurriculaArguments, BenchEpochArguments, BenchKernelsArguments, BenchLoaderArguments,
    BenchStepArguments, BenchStepSideArguments, LoaderAugmentation, Peer, StepArguments,
};
pub(crate) use clean_arguments::CleanArguments;
pub(crate) use compare_arguments::CompareArguments;
pub(crate) use completions_arguments::CompletionsArguments;
pub(crate) use curriculum_animate_arguments::CurriculumAnimateArguments;
pub(crate) use curriculum_command::{CurriculumCommand, CurriculumListArguments};
pub(crate) use curriculum_plot_arguments::{CurriculumPlotArguments, SpeltCurriculum};
pub(crate) use data_command::{DataCommand, DataConvertArguments, DataInfoArguments};
pub(crate) use evaluate_arguments::EvaluateArguments;
pub(crate) use mentor_command::MentorCommand;
pub(crate) use mentor_data_arguments::MentorDataArguments;
pub(crate) use mentor_evaluate_arguments::MentorEvaluateArguments;
pub(crate) use mentor_plot_arguments::MentorPlotArguments;
pub(crate) use mentor_train_arguments::MentorTrainArguments;
pub(crate) use noise_command::{NoiseCommand, NoiseInjectArguments};
pub(crate) use opening_arguments::{OpeningArguments, bad_items};
pub(crate) use predict_arguments::PredictArguments;
pub(crate) use quickstart_arguments::QuickstartArguments;
pub(crate) use report_arguments::ReportArguments;
pub(crate) use train_arguments::TrainArguments;
