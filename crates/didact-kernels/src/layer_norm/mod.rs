//! Layer normalisation.

mod kernels;

use burn::tensor::Tensor;
use burn::tensor::module::layer_norm;
use rayon::prelude::*;

use crate::buffer::Buffer;
use crate::operation::{self, Operation, is_at_home};
use crate::simd::{InstructionSet, run};
use crate::tail::{add_up, images_together};
use kernels::{Backward, Forward};

/// Normalises the last axis to mean 0 and variance 1, then scales and shifts it, as `torch.nn.LayerNorm`.
///
/// Source: Ba, Kiros and Hinton, 2016.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use didact_kernels::LayerNorm;
///
/// let device = Device::flex();
/// let norm = LayerNorm {
///     scale: Tensor::ones([2], &device),
///     shift: Tensor::ones([2], &device),
///     epsilon: 1e-12,
/// };
/// let found = norm.apply(Tensor::<2>::from_floats([[1.0, 5.0]], &device));
/// assert_eq!(found.into_data().iter::<f32>().collect::<Vec<_>>(), [0.0, 2.0]);
/// ```
#[derive(Clone, Debug)]
pub struct LayerNorm {
    /// `[width]`.
    pub scale: Tensor<1>,
    /// `[width]`.
    pub shift: Tensor<1>,
    /// Added to the variance, `> 0`.
    pub epsilon: f64,
}

impl LayerNorm {
    /// Normalises.
    ///
    /// # Shapes
    ///
    /// - `input`: `[..., width]`
    /// - output: the same
    ///
    /// # Panics
    ///
    /// If the widths differ.
    pub fn apply<const RANK: usize>(self, input: Tensor<RANK>) -> Tensor<RANK> {
        let shape = input.dims();
        if !is_at_home(&input) || shape.contains(&0) {
            return self.apply_stock(input);
        }
        let width = shape[RANK - 1];
        assert!(
            self.scale.dims() == [width] && self.shift.dims() == [width],
            "the widths of a normalisation"
        );
        let rows = Rows {
            width,
            epsilon: self.epsilon as f32,
        };
        operation::apply(rows, shape, input, [self.scale, self.shift])
    }

    /// Normalises by Burn's own operations, as on devices that the kernels do not know.
    ///
    /// # Panics
    ///
    /// If the widths differ.
    pub fn apply_stock<const RANK: usize>(self, input: Tensor<RANK>) -> Tensor<RANK> {
        layer_norm(input, self.scale, Some(self.shift), self.epsilon)
    }
}

/// Rows that are normalised.
#[derive(Clone, Copy, Debug)]
struct Rows {
    width: usize,
    epsilon: f32,
}

impl Rows {
    /// Numbers of some rows, as many as are summed in `f32`.
    fn part(self) -> usize {
        images_together(self.width) * self.width
    }
}

impl Operation for Rows {
    fn forward(&self, [input, scale, shift]: [&[f32]; 3]) -> Buffer {
        let set = InstructionSet::in_use();
        let mut output = Buffer::any(input.len());
        output
            .par_chunks_mut(self.part())
            .zip(input.par_chunks(self.part()))
            .for_each(|(output, input)| {
                let kernel = Forward {
                    epsilon: self.epsilon,
                    input,
                    scale,
                    shift,
                    output,
                };
                // SAFETY: the kernel checks its sizes.
                unsafe { run(set, kernel) };
            });
        output
    }

    fn is_read_backward(&self, operand: usize) -> bool {
        operand < 2
    }

    fn backward(&self, [input, scale, _]: [&[f32]; 3], mut gradient: Buffer) -> [Option<Buffer>; 3] {
        let set = InstructionSet::in_use();
        let sums = 2 * self.width;
        let mut partial = Buffer::zeros(input.len().div_ceil(self.part()) * sums);
        partial
            .par_chunks_exact_mut(sums)
            .zip(gradient.par_chunks_mut(self.part()))
            .zip(input.par_chunks(self.part()))
            .for_each(|((sums, gradient), input)| {
                let kernel = Backward {
                    epsilon: self.epsilon,
                    input,
                    scale,
                    gradient,
                    sums,
                };
                // SAFETY: the kernel checks its sizes.
                unsafe { run(set, kernel) };
            });
        let sums: Vec<f32> = add_up(&partial, sums).into_iter().map(|sum| sum as f32).collect();
        let (of_scale, of_shift) = sums.split_at(self.width);
        [
            Some(gradient),
            Some(Buffer::copy_of(of_scale)),
            Some(Buffer::copy_of(of_shift)),
        ]
    }
}
