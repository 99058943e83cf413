//! Hides squares of an image.
//!
//! Source: `DeVries` & Taylor, 2017 (Cutout); positions as in albumentations' `CoarseDropout`.
//! Differs from Cutout: a square never sticks out of the image, so its full size is always hidden.

use rand::{Rng, RngExt};

use super::planes::Planes;

/// A number of square holes, checked to fit into the image.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CoarseDropout {
    pub(crate) holes: usize,
    pub(crate) size: usize,
}

impl CoarseDropout {
    pub(crate) fn apply(self, planes: Planes, image: &mut [f32], generator: &mut impl Rng) {
        for _ in 0..self.holes {
            let top = generator.random_range(0..=planes.height - self.size);
            let left = generator.random_range(0..=planes.width - self.size);
            self.hide(planes, image, [top, left]);
        }
    }

    fn hide(self, planes: Planes, image: &mut [f32], [top, left]: [usize; 2]) {
        for plane in image.chunks_exact_mut(planes.area()) {
            for row in plane.chunks_exact_mut(planes.width).skip(top).take(self.size) {
                row[left..left + self.size].fill(0.0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use didact_random::{Purpose, Stream};

    #[test]
    fn a_square_is_zero_in_every_channel() {
        let planes = Planes { height: 3, width: 4 };
        let mut image = [1.0; 24];
        CoarseDropout { holes: 1, size: 2 }.hide(planes, &mut image, [1, 2]);
        let plane = [1., 1., 1., 1., 1., 1., 0., 0., 1., 1., 0., 0.];
        assert_eq!(image[..12], plane);
        assert_eq!(image[12..], plane);
    }

    #[test]
    fn every_position_inside_comes_up_about_equally_often() {
        let planes = Planes { height: 3, width: 4 };
        let mut seen = [0; 6];
        for sample in 0..6000 {
            let mut image = [1.0; 12];
            let mut generator = Stream::new(1, Purpose::Augmentation).at([1, sample]);
            CoarseDropout { holes: 1, size: 2 }.apply(planes, &mut image, &mut generator);
            assert_eq!(image.iter().filter(|value| **value == 0.0).count(), 4);
            let corner = image.iter().position(|value| *value == 0.0).unwrap();
            seen[corner / 4 * 3 + corner % 4] += 1;
        }
        // 1000 each on average with a standard deviation of 29: five of them to either side.
        assert!(seen.iter().all(|count| (855..1145).contains(count)), "{seen:?}");
    }
}
