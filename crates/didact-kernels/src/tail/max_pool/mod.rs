//! Tails that end in max pooling, whose windows do not overlap.
//!
//! The way back finds the largest value of each window again, which is cheaper than to have stored where it was.

mod first_pass;
mod forward;
mod second_pass;
mod window;

use rayon::prelude::*;

use super::Functions;
use super::affine::Affine;
use super::gradient::{self, Before};
use super::slope::WayBack;
use super::sums::{add_up, images_together};
use crate::buffer::Buffer;
use crate::simd::{InstructionSet, run};
use first_pass::FirstPass;
use forward::Forward;
use second_pass::SecondPass;
use window::Values;

/// Images and their windows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct MaxPool {
    pub(crate) height: usize,
    pub(crate) width: usize,
    pub(crate) channels: usize,
    /// Side of a window, 1 to 4, and the distance to the next.
    pub(crate) size: usize,
}

impl MaxPool {
    /// The largest window there is a kernel for.
    pub(crate) const LARGEST: usize = 4;

    fn image(self) -> usize {
        self.height * self.width * self.channels
    }

    fn pooled(self) -> usize {
        (self.height / self.size) * (self.width / self.size) * self.channels
    }
}

/// `output = largest of after(scale * before(input) + shift)` of every window; what is left at the end is dropped.
pub(crate) fn max_pool(
    set: InstructionSet,
    pool: MaxPool,
    functions: Functions,
    input: &[f32],
    affine: Option<&Affine>,
) -> Buffer {
    let images = input.len() / pool.image();
    let mut output = Buffer::any(images * pool.pooled());
    output
        .par_chunks_exact_mut(pool.pooled())
        .zip(input.par_chunks_exact(pool.image()))
        .for_each(|(output, image)| {
            let values = Values {
                pool,
                functions,
                image,
                affine,
            };
            // SAFETY: the kernel checks its sizes.
            unsafe { run(set, Forward { values, output }) };
        });
    output
}

/// The gradient of the input, from that of the output, and its sums.
pub(crate) fn max_pool_gradient(
    set: InstructionSet,
    pool: MaxPool,
    before: Before<'_>,
    output_gradient: &[f32],
) -> (Buffer, gradient::Sums) {
    let channels = pool.channels;
    let together = images_together(pool.image());
    let parts = before.input.len().div_ceil(together * pool.image());
    let affine = before.normalized.map(|normalized| &normalized.affine);
    let values = |image| Values {
        pool,
        functions: before.functions,
        image,
        affine,
    };
    let images = || {
        before
            .input
            .par_chunks(together * pool.image())
            .zip(output_gradient.par_chunks(together * pool.pooled()))
    };
    let (mut back, mut normalization) = (WayBack::plain(channels), None);
    if let Some(normalized) = before.normalized {
        let mut partial = Buffer::zeros(parts * 2 * channels);
        partial
            .par_chunks_exact_mut(2 * channels)
            .zip(images())
            .for_each(|(sums, (input, gradient))| {
                let pairs = input
                    .chunks_exact(pool.image())
                    .zip(gradient.chunks_exact(pool.pooled()));
                for (image, gradient) in pairs {
                    // SAFETY: the kernel checks its sizes.
                    unsafe {
                        run(
                            set,
                            FirstPass {
                                values: values(image),
                                normalized,
                                gradient,
                                sums: &mut *sums,
                            },
                        );
                    }
                }
            });
        let sums = add_up(&partial, 2 * channels);
        let (through, gradients) = WayBack::through(normalized, &sums, before.input.len() / channels);
        (back, normalization) = (through, Some(gradients));
    }
    let mut target = Buffer::any(before.input.len());
    let mut partial = Buffer::zeros(parts * channels);
    let targets = target.par_chunks_mut(together * pool.image());
    partial
        .par_chunks_exact_mut(channels)
        .zip(images())
        .zip(targets)
        .for_each(|((sums, (input, gradient)), target)| {
            let pairs = input
                .chunks_exact(pool.image())
                .zip(gradient.chunks_exact(pool.pooled()));
            for ((image, gradient), target) in pairs.zip(target.chunks_exact_mut(pool.image())) {
                // SAFETY: the kernel checks its sizes.
                unsafe {
                    run(
                        set,
                        SecondPass {
                            values: values(image),
                            back: &back,
                            gradient,
                            target,
                            sums: &mut *sums,
                        },
                    );
                }
            }
        });
    let bias = add_up(&partial, channels)
        .into_iter()
        .map(|sum| sum as f32)
        .collect();
    (target, gradient::Sums { bias, normalization })
}
