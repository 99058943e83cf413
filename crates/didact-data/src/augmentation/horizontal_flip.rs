//! Mirrors an image left to right.

use rand::{Rng, RngExt};

use super::planes::Planes;

/// Flips with a probability that was checked to lie in `(0, 1]`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HorizontalFlip {
    pub(crate) probability: f64,
}

impl HorizontalFlip {
    pub(crate) fn apply(self, planes: Planes, image: &mut [f32], generator: &mut impl Rng) {
        if generator.random_bool(self.probability) {
            flip(planes, image);
        }
    }
}

/// Reverses every row of every channel.
fn flip(planes: Planes, image: &mut [f32]) {
    image.chunks_exact_mut(planes.width).for_each(<[f32]>::reverse);
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "pixels that are moved keep their bits")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLANES: Planes = Planes { height: 2, width: 3 };

    #[test]
    fn rows_are_reversed_in_every_channel() {
        let mut image = [1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11., 12.];
        flip(PLANES, &mut image);
        assert_eq!(image, [3., 2., 1., 6., 5., 4., 9., 8., 7., 12., 11., 10.]);
    }

    proptest! {
        #[test]
        fn twice_is_the_identity(image in prop::array::uniform12(-1e3_f32..1e3)) {
            let mut flipped = image;
            flip(PLANES, &mut flipped);
            flip(PLANES, &mut flipped);
            prop_assert_eq!(flipped, image);
        }
    }
}
