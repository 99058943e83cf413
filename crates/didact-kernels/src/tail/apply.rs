//! The way forward, without pooling.

use rayon::prelude::*;

use super::affine::Affine;
use super::sums::images_together;
use super::{Functions, activation};
use crate::block::Activation;
use crate::simd::{InstructionSet, Kernel, Vector, run};

/// `output = after(scale * before(input) + shift + residual)`; `output` may have been any numbers.
pub(crate) fn apply(
    set: InstructionSet,
    functions: Functions,
    input: &[f32],
    affine: Option<&Affine>,
    residual: Option<&[f32]>,
    (output, channels): (&mut [f32], usize),
) {
    assert_eq!(input.len(), output.len());
    let part = images_together(channels) * channels;
    output
        .par_chunks_mut(part)
        .enumerate()
        .for_each(|(index, output)| {
            let range = index * part..index * part + output.len();
            let residual = residual.map(|residual| &residual[range.clone()]);
            let (len, input) = (output.len(), input[range].as_ptr());
            // SAFETY: the input has as many numbers as the output, and the kernel checks the others.
            unsafe {
                run(
                    set,
                    Apply {
                        functions,
                        channels,
                        len,
                        input,
                        affine,
                        residual,
                        output: output.as_mut_ptr(),
                    },
                );
            }
        });
}

/// An activation in place.
pub(crate) fn activate(set: InstructionSet, activation: Activation, values: &mut [f32]) {
    let functions = Functions {
        before: activation,
        after: Activation::Identity,
    };
    values.par_chunks_mut(images_together(1)).for_each(|values| {
        let (len, values) = (values.len(), values.as_mut_ptr());
        let kernel = Apply {
            functions,
            channels: len,
            len,
            input: values,
            affine: None,
            residual: None,
            output: values,
        };
        // SAFETY: the numbers are this thread's, and each is read before it is written.
        unsafe { run(set, kernel) };
    });
}

/// The kernel, for some pixels.
struct Apply<'a> {
    functions: Functions,
    channels: usize,
    /// Numbers in input, residual and output.
    len: usize,
    input: *const f32,
    affine: Option<&'a Affine>,
    residual: Option<&'a [f32]>,
    /// May be the input's place.
    output: *mut f32,
}

impl Kernel for Apply<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        let channels = self.channels;
        assert!(self.len.is_multiple_of(channels));
        assert!(self.residual.is_none_or(|residual| residual.len() == self.len));
        assert!(
            self.affine
                .is_none_or(|map| map.scale.len() == channels && map.shift.len() == channels)
        );
        let Functions { before, after } = self.functions;
        for pixel in (0..self.len).step_by(channels) {
            for channel in (0..channels).step_by(V::LANES) {
                let count = (channels - channel).min(V::LANES);
                // SAFETY: `count` channels from `channel` on are within every pixel and map.
                unsafe {
                    let place = pixel + channel;
                    let mut x = activation::value(before, V::load_first(self.input.add(place), count));
                    if let Some(map) = self.affine {
                        let scale = V::load_first(map.scale.as_ptr().add(channel), count);
                        x = x.multiply_add(scale, V::load_first(map.shift.as_ptr().add(channel), count));
                    }
                    if let Some(residual) = self.residual {
                        x = x.add(V::load_first(residual.as_ptr().add(place), count));
                    }
                    activation::value(after, x).store_first(self.output.add(place), count);
                }
            }
        }
    }
}
