//! The block: convolution, activation, normalisation, residual addition, activation and pooling as one operation.

mod backward;
mod extension;
mod fallback;
mod forward;
mod kernels;
mod operands;
mod plan;
mod stock;

use burn::tensor::Tensor;

pub use fallback::fallbacks;
pub use operands::{
    Activation, Applied, BatchStatistics, Convolution, InputUse, Normalization, Pooling, Precision,
    Statistics,
};

use crate::operation::is_at_home;

/// `output = pooling(after(normalization(before(convolution(input))) + residual))`, where every part may be absent.
///
/// Images lie as `[batch_size, height, width, channels]`, so that the channels of a pixel are neighbours in memory.
/// A linear layer is a 1x1 convolution of images of one pixel.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// The convolution, with its weights.
    pub convolution: Option<Convolution>,
    /// What follows the convolution.
    pub before: Activation,
    /// The normalisation, with its scale and shift.
    pub normalization: Option<Normalization>,
    /// What is added to the normalised values; of their shape.
    pub residual: Option<Tensor<4>>,
    /// What follows the addition.
    pub after: Activation,
    /// What makes the image smaller.
    pub pooling: Option<Pooling>,
    /// What else the input is used for.
    pub input_use: InputUse,
}

impl Block {
    /// Applies the block.
    ///
    /// # Shapes
    ///
    /// - `input`: `[batch_size, height, width, channels]`
    /// - output: `[batch_size, height', width', channels']`
    ///
    /// # Panics
    ///
    /// If shapes do not fit each other.
    pub fn apply(self, input: Tensor<4>) -> Applied {
        if !is_at_home(&input) {
            return stock::apply(self, input);
        }
        let plan = kernels::plan(&self, &input);
        if !plan.is_covered() {
            fallback::note(&plan);
            return stock::apply(self, input);
        }
        kernels::apply(self, plan, input)
    }

    /// Applies the block by Burn's own operations, as on devices that the kernels do not know.
    ///
    /// # Panics
    ///
    /// If shapes do not fit each other.
    pub fn apply_stock(self, input: Tensor<4>) -> Applied {
        stock::apply(self, input)
    }
}
