//! Dropout.

mod kernel;

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;

use burn::tensor::{Tensor, TensorData};
use rayon::prelude::*;

use crate::buffer::Buffer;
use crate::operation::{self, Operation, is_at_home};
use crate::simd::{InstructionSet, run};
use kernel::DropSome;

/// Fills numbers with random bits, which are a function of the number of the part.
type Random = dyn Fn(u64, &mut [u16]) + Send + Sync;

/// Sets a share of the numbers to zero and scales the others up, as `torch.nn.Dropout`.
///
/// What is dropped of a part of the numbers is a function of the part's number alone, so that threads share the work, and
/// that the way back draws again what a mask would have to store.
///
/// Source: Srivastava et al., 2014.
#[derive(Clone)]
pub struct Dropout {
    /// Numbers of 65,536 that are dropped.
    dropped: u16,
    random: Arc<Random>,
}

impl Debug for Dropout {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Dropout")
            .field("dropped", &self.dropped)
            .finish_non_exhaustive()
    }
}

/// Values of a part of a tensor.
const PART: usize = 16_384;

impl Dropout {
    /// Drops a share in `[0, 1)`, rounded to 16 bits (less than 1/131,072 is none). `random` fills numbers with random
    /// bits, which must be a function of the number that it is given, that of the part.
    ///
    /// ```
    /// use burn::tensor::{Device, Tensor};
    /// use didact_kernels::Dropout;
    ///
    /// // What is less than half of 65,536 is dropped.
    /// let half = Dropout::new(0.5, |_part, numbers| numbers.copy_from_slice(&[0, 40_000]));
    /// let found = half.apply(Tensor::<1>::ones([2], &Device::flex()));
    /// assert_eq!(found.into_data().iter::<f32>().collect::<Vec<_>>(), [0.0, 2.0]);
    /// ```
    ///
    /// # Panics
    ///
    /// If the share is outside its range.
    pub fn new(share: f64, random: impl Fn(u64, &mut [u16]) + Send + Sync + 'static) -> Self {
        assert!((0.0..1.0).contains(&share), "the share that is dropped");
        Self {
            dropped: (share * ALL).round() as u16,
            random: Arc::new(random),
        }
    }

    /// Drops values of a tensor.
    ///
    /// # Shapes
    ///
    /// - `input`: any
    /// - output: the same
    pub fn apply<const RANK: usize>(self, input: Tensor<RANK>) -> Tensor<RANK> {
        if is_at_home(&input) {
            let shape = input.dims();
            operation::apply_to_one(self, shape, input)
        } else {
            self.apply_stock(input)
        }
    }

    /// Drops values of a tensor by Burn's own operations, as on devices that the kernels do not know: the same values. The
    /// mask is made on the host.
    pub fn apply_stock<const RANK: usize>(self, input: Tensor<RANK>) -> Tensor<RANK> {
        let shape = input.dims();
        let mask = TensorData::new(self.mask(shape.iter().product(), PART), shape);
        let mask = Tensor::from_data(mask, &input.device());
        input * mask
    }

    /// The factors of `count` numbers in parts of `part`.
    pub(crate) fn mask(&self, count: usize, part: usize) -> Vec<f32> {
        let mut mask = vec![1.0; count];
        if count > 0 {
            self.drop_parts(part, &mut mask);
        }
        mask
    }

    /// Drops some numbers of one part.
    pub(crate) fn drop_part(&self, set: InstructionSet, part: u64, values: &mut [f32]) {
        let mut random = vec![0; values.len()];
        (self.random)(part, &mut random);
        let kernel = DropSome {
            random: &random,
            dropped: self.dropped,
            // Of the share as it was rounded, so that the mean stays what it is.
            kept: (ALL / (ALL - f64::from(self.dropped))) as f32,
            values,
        };
        // SAFETY: the kernel is of slices.
        unsafe { run(set, kernel) };
    }

    fn drop_parts(&self, part: usize, values: &mut [f32]) {
        let set = InstructionSet::in_use();
        values
            .par_chunks_mut(part)
            .enumerate()
            .for_each(|(index, values)| self.drop_part(set, index as u64, values));
    }
}

/// As many as 16 bits count.
const ALL: f64 = 65_536.0;

impl Operation for Dropout {
    fn forward(&self, [input, ..]: [&[f32]; 3]) -> Buffer {
        let mut output = Buffer::copy_of(input);
        self.drop_parts(PART, &mut output);
        output
    }

    fn is_read_backward(&self, _: usize) -> bool {
        false
    }

    fn backward(&self, _: [&[f32]; 3], mut gradient: Buffer) -> [Option<Buffer>; 3] {
        self.drop_parts(PART, &mut gradient);
        [Some(gradient), None, None]
    }
}
