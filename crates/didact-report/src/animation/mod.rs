//! A linear model that learns two Gaussian classes with a curriculum, epoch by epoch.
//!
//! | file | what it holds |
//! |---|---|
//! | `gaussians` | the samples, one of them with its label flipped |
//! | `linear_classifier` | the model and its steps |
//! | `self_paced_run` | the training, and a snapshot of every epoch |
//! | `frame` | an epoch as a picture |
//! | `half_plane` | the side of the boundary that a class gets |
//! | `palette` | the colours that all frames share |
//! | `gif` | frames as a GIF |
//! | `animate` | the run as one |

mod animate;
mod frame;
mod gaussians;
mod gif;
mod half_plane;
mod linear_classifier;
mod palette;
mod self_paced_run;

pub use animate::animate;
pub(crate) use gif::gif;
pub use self_paced_run::{DemonstrationConfig, EpochSnapshot, SelfPacedRun};
