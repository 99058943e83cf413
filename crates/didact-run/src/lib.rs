//! What is in a run folder?
//!
//! One training run is one folder. This crate is the only place that knows its file names and formats; training
//! writes through it, the report and the commands read through it.
//!
//! - [`RunFolder`]: the folder, and a path for everything in it
//! - [`Summary`]: `summary.json`, the figures
//! - [`EpochMetrics`]: `metrics.csv`, one row an epoch, reproducible to the bit
//! - [`EpochTiming`]: `timings.csv`, one row an epoch, not reproducible
//! - [`Ledger`]: `ledger/epoch-0001.parquet`, one row per sample
//! - [`Evaluation`]: `evaluation.json`, confusion matrices of the selected and the last epoch
//! - [`TensorFile`]: weights and checkpoints, as safetensors
//! - [`write_array`]: `probabilities.npy` and `features.npy`
//! - [`CleaningFolder`]: the folder of a cleaning, which holds several runs; [`CleanSummary`] its figures, [`CleanerRecord`]
//!   how a round of it learnt
//!
//! Nothing is ever half-written: files are written beside their place, synced, and renamed into it.

mod array;
mod atomic;
mod cleaner_record;
mod cleaning_folder;
mod cleaning_summary;
mod csv_rows;
mod error;
mod evaluation;
mod folder;
mod ledger;
mod ledger_parquet;
mod metrics;
mod occupancy;
mod summary;
mod tensor_file;
mod timings;

pub use array::{read_array, write_array};
pub use atomic::write_atomically;
pub use cleaner_record::{CleanerEpoch, CleanerRecord, PoolRecord, ViewRecord};
pub use cleaning_folder::CleaningFolder;
pub use cleaning_summary::{CleanSummary, LabelFigures, ModelRow, RoundSummary, Sizes};
pub use csv_rows::{read_rows, write_rows};
pub use error::RunError;
pub use evaluation::{Evaluation, SplitEvaluation};
pub use folder::RunFolder;
pub use ledger::{Ledger, Split};
pub use ledger_parquet::{read_ledger, write_ledger};
pub use metrics::{EpochMetrics, SplitMetrics};
pub use occupancy::Claim;
pub use summary::{GroupSummary, LabelGroups, NoiseSummary, Seconds, Summary, TrainSummary};
pub use tensor_file::{StoredTensor, StoredValues, TensorFile};
pub use timings::EpochTiming;
