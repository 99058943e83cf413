//! From options, a TOML file and defaults to the configuration of a run.
//!
//! All layers have the same keys and are read into the same [`TrainSettings`]; an upper layer wins.

mod clean_settings;
mod defaults;
mod file;
mod place;
mod spelling;
mod train_settings;

pub(crate) use clean_settings::CleanSettings;
pub(crate) use defaults::all_threads;
pub(crate) use file::{located, place};
pub(crate) use spelling::{
    augmentation, count, format_parser, in_words, method, seed_parser, threads, word_parser,
};
pub(crate) use train_settings::TrainSettings;
