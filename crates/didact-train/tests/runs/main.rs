//! Whole runs.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod ensemble;
mod given_parts;
mod labels;
mod mentors;
mod mixing;
mod noise_rate;
mod partly_labelled;
mod precision;
mod reproducible;
mod robust_losses;
mod small_config;
mod strategies;
mod support;
mod transfer_teacher;
