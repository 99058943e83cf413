//! `didact compare`, from a file of methods to a table.
//!
//! | file | what it holds |
//! |---|---|
//! | `spec_file` | the file as it is written, with the places of its keys |
//! | `method_name`, `folder_name` | names that folders can have |
//! | `methods` | the methods, plain training first, and what they may not change |
//! | `grid` | which method on which noise, model and seed |
//! | `plan` | every run, once |
//! | `planned_run` | one of them, and how far it is |
//! | `same_data` | whether the data are those that the runs so far were made from |
//! | `shape` | the shape of the samples, which defaults depend on |
//! | `child` | a run in a process of its own |
//! | `queue` | several at once, until all are done or Ctrl-C |
//! | `outcome` | what is due, and what became of it |
//! | `pace`, `watch` | a line for each that ended, and what goes on |
//! | `occupied` | the folder belongs to one `didact compare` at a time |
//! | `results` | what is written when they have ended |
//! | `markdown`, `csv`, `terminal` | the table in three forms |

mod child;
mod csv;
mod folder_name;
mod grid;
mod markdown;
mod method_name;
mod methods;
mod occupied;
mod outcome;
mod pace;
mod plan;
mod planned_run;
mod queue;
mod results;
mod same_data;
mod shape;
mod spec_file;
mod terminal;
mod watch;

pub(crate) use occupied::occupy;
pub(crate) use outcome::{Outcome, carry_out};
pub(crate) use pace::named;
pub(crate) use plan::Plan;
pub(crate) use planned_run::State;
pub(crate) use queue::Capacity;
pub(crate) use results::{Remaking, conclude};
pub(crate) use spec_file::SpecFile;
