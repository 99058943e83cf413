//! Run folders that no training made: deterministic, tiny, with the shapes that real ones have.

mod dynamics;
mod folder;
mod thumbnails;

pub(crate) use dynamics::{Curriculum, SyntheticRun, Truth};
pub(crate) use folder::{State, write_run};
pub(crate) use thumbnails::Gradients;
