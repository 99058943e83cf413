//! What was a mentor taught, and what is it worth?
//!
//! Mentors themselves, how they learn and how they weigh, are in [`didact_curriculum`]; here is what lies in files about
//! them.
//!
//! - [`read_dump`]: what a student observed on samples whose labels are known, from a table
//! - [`observe_run`]: the same from the ledger of a run
//! - [`write_examples`], [`read_examples`]: examples for a mentor, as Parquet
//! - [`write_mentor`], [`read_mentor`]: a mentor, as safetensors
//! - [`read_piecewise`]: a curriculum of one's own, from TOML
//! - [`judge`]: how well a mentor's weights tell wrong labels from right ones in a run

mod dump;
mod error;
mod examples_file;
mod judgement;
mod mentor_file;
mod observe_run;
mod piecewise_file;

pub use dump::{Dump, Duplicates, read_dump};
pub use error::MentorFileError;
pub use examples_file::{ExamplesOrigin, read_examples, write_examples};
pub use judgement::{EpochJudgement, judge};
pub use mentor_file::{read_mentor, write_mentor};
pub use observe_run::{RunObservations, observe_run};
pub use piecewise_file::read_piecewise;
