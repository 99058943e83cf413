//! What a command is given beside a data set to train on.

mod averaged_runs;
mod label_list;
mod run;

pub(crate) use averaged_runs::AveragedRuns;
pub(crate) use label_list::read_labels;
pub(crate) use run::run_at;
