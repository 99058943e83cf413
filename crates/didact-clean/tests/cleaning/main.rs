//! Whole cleanings of a share of the embedded images.
#![expect(clippy::unwrap_used, reason = "a test whose stage cannot be set should stop")]

mod leak;
mod recovery;
mod resume;
mod settings;
mod support;
