//! The command as a person or a script meets it.

mod bad_data;
mod bad_settings;
mod data;
mod evaluate;
mod help;
mod noise;
mod predict;
mod report;
mod resume;
mod support;
mod train;
