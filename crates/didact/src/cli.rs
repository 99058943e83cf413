//! The command line: which commands there are, and what becomes of their result.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::arguments::{
    BenchCommand, CleanArguments, CompareArguments, CompletionsArguments, CurriculumCommand, DataCommand,
    EvaluateArguments, MentorCommand, NoiseCommand, PredictArguments, QuickstartArguments, ReportArguments,
    TrainArguments,
};
use crate::commands;
use crate::error::{Result, Status};
use crate::output::{OutputFormat, Printer, Verbosity};

const WELCOME: &str = "\
didact trains networks on labels you cannot trust.

  didact quickstart                  plain training against SuperLoss on embedded data, in about a minute
  didact train DATA -o runs/first    on your own data: class folders, CIFAR, IDX, Parquet, CSV or NumPy
  didact clean DATA --trusted FILE   correct labels with a trusted few, and train on them
  didact help train                  every option, with examples
";

const EXIT_CODES: &str = "\
Exit codes: 0 done; 1 the input or the data is wrong; 2 the command line is wrong; 130 stopped by Ctrl-C.
";

/// Train on labels you cannot trust.
///
/// A curriculum weighs every sample while the network trains, so that wrong labels count less; a ledger remembers
/// what happened to every sample; a report shows it.
#[derive(Debug, Parser)]
#[command(name = "didact", version, disable_help_subcommand = false, after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Quickstart(QuickstartArguments),
    Train(Box<TrainArguments>),
    Evaluate(EvaluateArguments),
    Predict(PredictArguments),
    #[command(subcommand)]
    Noise(NoiseCommand),
    #[command(subcommand)]
    Data(DataCommand),
    #[command(subcommand)]
    Curriculum(CurriculumCommand),
    #[command(subcommand)]
    Mentor(MentorCommand),
    Clean(Box<CleanArguments>),
    Compare(CompareArguments),
    Report(ReportArguments),
    #[command(subcommand)]
    Bench(BenchCommand),
    Completions(CompletionsArguments),
}

/// Reads the command line, does what it says, and tells how it went.
pub(crate) fn run() -> ExitCode {
    let command = Cli::parse().command;
    let format = command.as_ref().map_or_else(Default::default, Command::output);
    let verbosity = command.as_ref().map_or_else(Default::default, Command::verbosity);
    let printer = Printer::new(format, verbosity);
    let result = command.map_or_else(
        || printer.result(WELCOME).map(|()| Status::Done),
        |command| command.run(printer),
    );
    match result {
        Ok(status) => status.into(),
        Err(error) => printer.error(&error).into(),
    }
}

impl Command {
    fn output(&self) -> OutputFormat {
        OutputFormat::from_flag(match self {
            Self::Quickstart(arguments) => arguments.json,
            Self::Train(arguments) => arguments.json,
            Self::Evaluate(arguments) => arguments.json,
            Self::Predict(arguments) => arguments.json,
            Self::Noise(NoiseCommand::Inject(arguments)) => arguments.json,
            Self::Data(DataCommand::Info(arguments)) => arguments.json,
            Self::Data(DataCommand::Convert(arguments)) => arguments.json,
            Self::Curriculum(command) => command.is_json(),
            Self::Mentor(command) => command.is_json(),
            Self::Clean(arguments) => arguments.json,
            Self::Compare(arguments) => arguments.json,
            Self::Report(arguments) => arguments.json,
            Self::Bench(command) => is_json(command),
            Self::Completions(_) => false,
        })
    }

    fn verbosity(&self) -> Verbosity {
        Verbosity::from_flag(match self {
            Self::Train(arguments) => arguments.verbose,
            Self::Clean(arguments) => arguments.verbose,
            Self::Evaluate(arguments) => arguments.verbose,
            Self::Predict(arguments) => arguments.verbose,
            _ => false,
        })
    }

    fn run(self, printer: Printer) -> Result<Status> {
        match self {
            Self::Quickstart(arguments) => commands::quickstart(&arguments, printer),
            Self::Train(arguments) => commands::train(*arguments, printer),
            Self::Evaluate(arguments) => commands::evaluate(&arguments, printer),
            Self::Predict(arguments) => commands::predict(&arguments, printer),
            Self::Noise(NoiseCommand::Inject(arguments)) => commands::noise_inject(&arguments, printer),
            Self::Data(DataCommand::Info(arguments)) => commands::data_info(&arguments, printer),
            Self::Data(DataCommand::Convert(arguments)) => commands::data_convert(arguments, printer),
            Self::Curriculum(command) => curriculum(&command, printer),
            Self::Mentor(command) => mentor(&command, printer),
            Self::Clean(arguments) => commands::clean(*arguments, printer),
            Self::Compare(arguments) => commands::compare(&arguments, printer),
            Self::Report(arguments) => commands::report(arguments, printer),
            Self::Bench(command) => bench(&command, printer),
            Self::Completions(arguments) => commands::completions(&arguments, printer),
        }
    }
}

fn curriculum(command: &CurriculumCommand, printer: Printer) -> Result<Status> {
    match command {
        CurriculumCommand::List(arguments) => commands::curriculum_list(arguments, printer),
        CurriculumCommand::Plot(arguments) => commands::curriculum_plot(arguments, printer),
        CurriculumCommand::Animate(arguments) => commands::curriculum_animate(arguments, printer),
    }
}

fn mentor(command: &MentorCommand, printer: Printer) -> Result<Status> {
    match command {
        MentorCommand::Data(arguments) => commands::mentor_data(arguments, printer),
        MentorCommand::Train(arguments) => commands::mentor_train(arguments, printer),
        MentorCommand::Evaluate(arguments) => commands::mentor_evaluate(arguments, printer),
        MentorCommand::Plot(arguments) => commands::mentor_plot(arguments, printer),
    }
}

fn is_json(command: &BenchCommand) -> bool {
    match command {
        BenchCommand::Step(arguments) => arguments.json,
        BenchCommand::StepSide(_) => false,
        BenchCommand::Epoch(arguments) => arguments.json,
        BenchCommand::Loader(arguments) => arguments.json,
        BenchCommand::Kernels(arguments) => arguments.json,
        BenchCommand::Curricula(arguments) => arguments.json,
    }
}

fn bench(command: &BenchCommand, printer: Printer) -> Result<Status> {
    match command {
        BenchCommand::Step(arguments) => commands::bench_step(arguments, printer),
        BenchCommand::StepSide(arguments) => commands::bench_step_side(arguments, printer),
        BenchCommand::Epoch(arguments) => commands::bench_epoch(arguments, printer),
        BenchCommand::Loader(arguments) => commands::bench_loader(arguments, printer),
        BenchCommand::Kernels(arguments) => commands::bench_kernels(arguments, printer),
        BenchCommand::Curricula(arguments) => commands::bench_curricula(arguments, printer),
    }
}
