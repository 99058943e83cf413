//! How is a training image varied from epoch to epoch?
//!
//! An [`Augmentation`] is data: a list of [`Operation`]s, written in a configuration file or chosen by name.
//! Operations happen in the order of the list, on the normalised image, so that a padding or hole of zeros has the
//! mean colour.
//!
//! | operation | idea | file |
//! |---|---|---|
//! | `pad-and-crop` | shift the image by a few pixels | `pad_and_crop.rs` |
//! | `horizontal-flip` | mirror it left to right | `horizontal_flip.rs` |
//! | `coarse-dropout` | hide squares of it | `coarse_dropout.rs` |
//! | `rotation`, `zoom` | turn and scale it about its centre | `similarity.rs`, `bordered_image.rs` |
//! | `affine` | turn it, and scale height and width by themselves, between mirrors | `affine.rs`, `bordered_image.rs` |

mod affine;
mod bordered_image;
mod canvas;
mod coarse_dropout;
mod horizontal_flip;
mod operation;
mod pad_and_crop;
mod plan;
mod planes;
mod sequence;
mod similarity;
mod warp;

pub use operation::{Operation, PaddingMode};
pub use sequence::Augmentation;

pub(crate) use canvas::Canvas;
pub(crate) use plan::Plan;
