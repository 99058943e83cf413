//! The sections of the page, in the order a person wants them.

mod classes;
mod confidence;
mod configuration;
mod confusion;
mod cost;
mod curves;
mod difficulty;
mod examples;
mod facts;
mod outcome;
mod panels;
mod results;
mod treatment;

pub(crate) use classes::classes;
pub(crate) use confidence::confidence;
pub(crate) use configuration::configuration;
pub(crate) use confusion::confusions;
pub(crate) use cost::cost;
pub(crate) use curves::curves;
pub(crate) use difficulty::difficulty;
pub(crate) use examples::examples;
pub(crate) use outcome::outcome;
pub(crate) use panels::{Panels, epochs_of};
pub(crate) use treatment::treatment;
