//! What a person or a script gets to see.
//!
//! | file | what it makes |
//! |---|---|
//! | `printer` | the only writes to standard output and standard error |
//! | `progress` | a bar and a line an epoch |
//! | `engine` | what computes, for `--verbose` |
//! | `results` | small tables of figures |
//! | `clean_table` | that of a cleaning |
//! | `aligned` | tables of plain text |
//! | `page`, `clean_page` | the reports |
//! | `picture_file` | pictures of curricula, as files |
//! | `thumbnails` | its pictures |
//! | `unlabelled` | that samples without a label are not measured |
//! | `csv_field`, `shell_word` | texts that survive their surroundings |

mod aligned;
mod bar;
mod clean_page;
mod clean_table;
mod cleaner_progress;
mod csv_field;
mod engine;
mod page;
mod picture_file;
mod printer;
mod progress;
mod results;
mod shell_word;
mod thumbnails;
mod unlabelled;

pub(crate) use aligned::aligned;
pub(crate) use clean_page::{write_clean_page, write_cleanings_page};
pub(crate) use clean_table::clean_table;
pub(crate) use cleaner_progress::CleanerProgress;
pub(crate) use csv_field::csv_field;
pub(crate) use engine::{tell_engine, tell_fallbacks};
pub(crate) use page::{Pictures, refuse_foreign, write_page};
pub(crate) use picture_file::{files_by_ending, refuse_existing, write_picture, write_pictures};
pub(crate) use printer::{OutputFormat, Printer, Verbosity};
pub(crate) use progress::Progress;
pub(crate) use results::{counted, lines, percent, run_table, thousandths};
pub(crate) use shell_word::shell_word;
pub(crate) use unlabelled::tell_unlabelled;
