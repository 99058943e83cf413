//! Convolutions of any kernel, stride and padding, by products that read the image where it lies.
//!
//! ```text
//!  padded image, [row][column][channel]            weights, [kernel row][kernel column x channel][output]
//!   . . . . . . . .
//!   . [a b c] d e .   one output pixel meets       the pixels of a kernel row are neighbours in memory, so a
//!   . [f g h] i j .   three segments of            segment of left is one run of kernel width x channels,
//!   . [k l m] n o .   3 x channels numbers         and the next output pixel's run begins one pixel later
//! ```

mod correlation;
mod data_gradient;
mod forward;
mod padded;
mod pointwise;
mod weight_gradient;
mod whole_vectors;

pub(super) use data_gradient::data_gradient;
pub(super) use forward::forward;
#[cfg(target_arch = "x86_64")]
pub(super) use weight_gradient::as_weights;
pub(super) use weight_gradient::weight_gradient;
