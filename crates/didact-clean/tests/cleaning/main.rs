//! Whole cleanings of a share of the embedded images.

mod leak;
mod recovery;
mod resume;
mod settings;
mod support;
