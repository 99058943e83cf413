//! The command as a person or a script meets it.
#![expect(clippy::unwrap_used, reason = "a test whose stage cannot be set should stop")]

mod bad_data;
mod bad_settings;
mod bench;
mod clean;
mod clean_kill;
mod clean_recipes;
mod clean_report;
mod combinations;
mod compare;
mod curriculum;
mod data;
mod evaluate;
mod help;
mod kill;
mod mentor;
mod mentor_plot;
mod noise;
mod partly_labelled;
mod predict;
mod quickstart;
mod report;
mod resume;
mod support;
mod train;
