//! One head of one sample.

use super::matrix::{Matrix, multiply};
use super::rows::{ScoreGradient, Softmax};
use crate::block::Precision;
use crate::buffer::Buffer;
use crate::dropout::Dropout;
use crate::simd::{InstructionSet, run};

/// One head of one sample.
pub(super) struct Head<'a> {
    pub(super) set: InstructionSet,
    pub(super) precision: Precision,
    pub(super) tokens: usize,
    /// Numbers of a query, of a key and of a value.
    pub(super) key: usize,
    /// From one token to the next.
    pub(super) step: usize,
    /// Where the head's numbers of a token begin.
    pub(super) first: usize,
    /// Query, key and value of the sample, with all heads.
    pub(super) operands: [&'a [f32]; 3],
    pub(super) dropout: Option<&'a Dropout>,
    /// The part of what is dropped.
    pub(super) part: u64,
}

impl Head<'_> {
    /// Writes what the head finds to its place among the sample's.
    pub(super) fn forward(&self, output: &mut [f32]) {
        let [_, _, value] = self.operands;
        let mut shares = self.shares();
        self.drop_some(&mut shares);
        self.write(self.square(&shares), self.tokens(value), output);
    }

    /// Writes the gradients of query, key and value to their places among the sample's.
    pub(super) fn backward(&self, output_gradient: &[f32], [query, key, value]: [&mut [f32]; 3]) {
        let output_gradient = self.tokens(output_gradient);
        let [queries, keys, values] = self.operands.map(|operand| self.tokens(operand));
        let shares = self.shares();
        let dropped = self.dropout.map(|_| {
            let mut dropped = Buffer::copy_of(&shares);
            self.drop_some(&mut dropped);
            dropped
        });
        let dropped = dropped.as_deref().unwrap_or(&shares);
        self.write(self.square(dropped).transposed(), output_gradient, value);
        let mut scores = Buffer::any(shares.len());
        let place = (&mut *scores, self.tokens);
        multiply(self.how(), output_gradient, values.transposed(), place);
        let kernel = ScoreGradient {
            tokens: self.tokens,
            scale: self.scale(),
            shares: &shares,
            dropped,
            gradient: &mut scores,
        };
        // SAFETY: the kernel checks its sizes.
        unsafe { run(self.set, kernel) };
        self.write(self.square(&scores), keys, query);
        self.write(self.square(&scores).transposed(), queries, key);
    }

    /// How much each token's query is told by each token: `softmax(query key^T / sqrt(key width))`.
    fn shares(&self) -> Buffer {
        let [query, key, _] = self.operands.map(|operand| self.tokens(operand));
        let mut scores = Buffer::any(self.tokens * self.tokens);
        multiply(self.how(), query, key.transposed(), (&mut *scores, self.tokens));
        let kernel = Softmax {
            tokens: self.tokens,
            scale: self.scale(),
            scores: &mut scores,
        };
        // SAFETY: the kernel is of a slice.
        unsafe { run(self.set, kernel) };
        scores
    }

    fn drop_some(&self, shares: &mut [f32]) {
        if let Some(dropout) = self.dropout {
            dropout.drop_part(self.set, self.part, shares);
        }
    }

    /// How it multiplies.
    fn how(&self) -> (InstructionSet, Precision) {
        (self.set, self.precision)
    }

    fn scale(&self) -> f32 {
        (1.0 / (self.key as f64).sqrt()) as f32
    }

    /// The head's numbers of all tokens.
    fn tokens<'b>(&self, sample: &'b [f32]) -> Matrix<'b> {
        Matrix {
            values: &sample[self.first..],
            rows: self.tokens,
            columns: self.key,
            steps: [self.step, 1],
        }
    }

    /// A number for each pair of tokens.
    fn square<'b>(&self, values: &'b [f32]) -> Matrix<'b> {
        Matrix {
            values,
            rows: self.tokens,
            columns: self.tokens,
            steps: [self.tokens, 1],
        }
    }

    /// Writes a product to the head's numbers of all tokens.
    fn write(&self, left: Matrix<'_>, right: Matrix<'_>, sample: &mut [f32]) {
        multiply(self.how(), left, right, (&mut sample[self.first..], self.step));
    }
}
