//! Attention of the tokens of a sample to each other.
//!
//! What every token thinks of every other is a matrix a head; it is made in the second cache, and never reaches memory.
//! The way back makes it again.

mod head;
mod matrix;
mod rows;
mod stock;

use burn::tensor::Tensor;
use rayon::prelude::*;

use crate::block::Precision;
use crate::buffer::Buffer;
use crate::dropout::Dropout;
use crate::operation::{self, Operation, is_at_home};
use crate::simd::InstructionSet;
use head::Head;

/// `dropout(softmax(query key^T / sqrt(key width))) value` of each head.
///
/// Source: Vaswani et al., 2017, "Attention Is All You Need", section 3.2.
///
/// ```
/// use burn::tensor::{Device, Tensor};
/// use didact_kernels::{Attention, Precision};
///
/// // Two tokens of one number each. The first, 0, thinks of both alike; the second tells them apart.
/// let tokens = |numbers: [f32; 2]| Tensor::<1>::from_floats(numbers, &Device::flex()).reshape([1, 1, 2, 1]);
/// let attention = Attention { heads: 1, dropout: None, precision: Precision::F32 };
/// let found = attention.apply([tokens([0.0, 100.0]), tokens([0.0, 1.0]), tokens([2.0, 4.0])]);
/// assert_eq!(found.into_data().iter::<f32>().collect::<Vec<_>>(), [3.0, 4.0]);
/// ```
#[derive(Clone, Debug)]
pub struct Attention {
    /// Number of heads, of which each has an equal share of the numbers of a token.
    pub heads: usize,
    /// What is dropped of the attention; the tokens of a head that are asked are one part.
    pub dropout: Option<Dropout>,
    /// `Bf16`: both sides of every product are rounded to `bf16` where the processor has a unit for matrices, or its
    /// vectors multiply `bf16` and both the tokens and the numbers of a head are at least 64; softmax and sums stay `f32`.
    pub precision: Precision,
}

impl Attention {
    /// Applies it to queries, keys and values.
    ///
    /// # Shapes
    ///
    /// - each: `[batch_size, 1, tokens, heads * key width]`
    /// - output: the same
    ///
    /// # Panics
    ///
    /// If shapes differ, or the heads have no equal shares.
    pub fn apply(self, [query, key, value]: [Tensor<4>; 3]) -> Tensor<4> {
        let shape = query.dims();
        assert!(
            key.dims() == shape && value.dims() == shape,
            "the shapes of query, key and value"
        );
        assert!(shape[1] == 1 && self.heads > 0 && shape[3].is_multiple_of(self.heads));
        if !is_at_home(&query) || shape.contains(&0) {
            return stock::apply(self, [query, key, value]);
        }
        let heads = Heads {
            set: InstructionSet::in_use(),
            tokens: shape[2],
            width: shape[3],
            attention: self,
        };
        operation::apply(heads, shape, query, [key, value])
    }

    /// Applies it by Burn's own operations, as on devices that the kernels do not know.
    ///
    /// # Shapes
    ///
    /// As [`apply`](Self::apply).
    ///
    /// # Panics
    ///
    /// If shapes do not fit each other.
    pub fn apply_stock(self, operands: [Tensor<4>; 3]) -> Tensor<4> {
        stock::apply(self, operands)
    }
}

/// The heads of all samples.
#[derive(Debug)]
struct Heads {
    set: InstructionSet,
    attention: Attention,
    tokens: usize,
    /// Numbers of a token, of all heads.
    width: usize,
}

impl Heads {
    /// Numbers of a sample.
    fn sample(&self) -> usize {
        self.tokens * self.width
    }

    /// The heads of a sample, by its index and its part of the operands.
    fn of_sample<'a>(&'a self, index: usize, operands: [&'a [f32]; 3]) -> impl Iterator<Item = Head<'a>> {
        let (heads, sample) = (self.attention.heads, self.sample());
        let key = self.width / heads;
        (0..heads).map(move |head| Head {
            set: self.set,
            precision: self.attention.precision,
            tokens: self.tokens,
            key,
            step: self.width,
            first: head * key,
            operands: operands.map(|operand| &operand[index * sample..][..sample]),
            dropout: self.attention.dropout.as_ref(),
            part: (index * heads + head) as u64,
        })
    }
}

impl Operation for Heads {
    fn forward(&self, operands: [&[f32]; 3]) -> Buffer {
        let mut output = Buffer::any(operands[0].len());
        output
            .par_chunks_exact_mut(self.sample())
            .enumerate()
            .for_each(|(index, output)| {
                for head in self.of_sample(index, operands) {
                    head.forward(output);
                }
            });
        output
    }

    fn is_read_backward(&self, _: usize) -> bool {
        true
    }

    fn backward(&self, operands: [&[f32]; 3], output_gradient: Buffer) -> [Option<Buffer>; 3] {
        let mut found = [(); 3].map(|()| Buffer::any(output_gradient.len()));
        let [query, key, value] = found
            .each_mut()
            .map(|found| found.par_chunks_exact_mut(self.sample()));
        output_gradient
            .par_chunks_exact(self.sample())
            .zip(query.zip(key).zip(value))
            .enumerate()
            .for_each(|(index, (output_gradient, ((query, key), value)))| {
                for head in self.of_sample(index, operands) {
                    head.backward(output_gradient, [&mut *query, &mut *key, &mut *value]);
                }
            });
        found.map(Some)
    }
}
