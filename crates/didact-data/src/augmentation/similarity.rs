//! Turns and scales an image about its centre in one pass.
//!
//! A rotation next to a zoom shares its pass, because interpolating twice blurs twice.

use rand::{Rng, RngExt};

use super::canvas::Canvas;
use super::planes::Planes;
use super::warp::warp;

/// How far to turn and scale at most; zero for not at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Similarity {
    /// Largest angle to either side in degrees.
    pub(crate) degrees: f64,
    /// The factor lies in `[1 - range, 1 + range]`.
    pub(crate) range: f64,
}

impl Similarity {
    /// Both at once, if one of them only turns and the other only scales.
    pub(crate) fn joined(self, other: Self) -> Option<Self> {
        let both = Self {
            degrees: self.degrees + other.degrees,
            range: self.range + other.range,
        };
        let apart = self.degrees * other.degrees + self.range * other.range == 0.0;
        apart.then_some(both)
    }

    pub(crate) fn apply(self, planes: Planes, canvas: &mut Canvas, generator: &mut impl Rng) {
        let mut draw = |most: f64| {
            if most > 0.0 {
                generator.random_range(-most..=most)
            } else {
                0.0
            }
        };
        let angle = draw(self.degrees).to_radians();
        let factor = 1.0 + draw(self.range) as f32;
        Inverse::new(planes, angle, factor).apply(planes, canvas);
    }
}

/// The map from a pixel of the target to the place in the source that it shows.
struct Inverse {
    cosine: f32,
    sine: f32,
    /// Row and column of the centre.
    centre: [f32; 2],
}

impl Inverse {
    /// Of turning counter-clockwise by `angle` (radians, as seen with the rows downwards) and scaling by `factor`.
    fn new(planes: Planes, angle: f64, factor: f32) -> Self {
        // In f64, where the libraries of different systems differ by less than an f32 can tell.
        let [sine, cosine] = [angle.sin() as f32, angle.cos() as f32];
        let centre = [planes.height, planes.width].map(|length| (length as f32 - 1.0) / 2.0);
        Self {
            cosine: cosine / factor,
            sine: sine / factor,
            centre,
        }
    }

    fn apply(&self, planes: Planes, canvas: &mut Canvas) {
        warp(planes, canvas, |row| self.places(row));
    }

    /// Row and column of the places that the pixels of a row show.
    #[inline]
    fn places(&self, row: f32) -> impl Iterator<Item = [f32; 2]> {
        let [centre_row, centre_column] = self.centre;
        let down = row - centre_row;
        (0_i32..).map(move |column| {
            let right = column as f32 - centre_column;
            [
                self.cosine * down + self.sine * right + centre_row,
                self.cosine * right - self.sine * down + centre_column,
            ]
        })
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "pixels that are moved keep their bits")]
mod tests {
    use super::*;
    use didact_random::{Purpose, Stream};
    use proptest::prelude::*;
    use std::f64::consts::{FRAC_PI_2, PI};

    const THREE: Planes = Planes { height: 3, width: 3 };
    const IMAGE: [f32; 9] = [1., 2., 3., 4., 5., 6., 7., 8., 9.];

    fn transformed(angle: f64, factor: f32) -> [f32; 9] {
        let mut canvas = Canvas::new(9);
        canvas.image_mut().copy_from_slice(&IMAGE);
        Inverse::new(THREE, angle, factor).apply(THREE, &mut canvas);
        canvas.image().try_into().unwrap()
    }

    fn assert_close(found: [f32; 9], expected: [f32; 9]) {
        let close = found
            .iter()
            .zip(&expected)
            .all(|(found, expected)| (found - expected).abs() < 1e-5);
        assert!(close, "{found:?} is not {expected:?}");
    }

    #[test]
    fn no_angle_and_no_zoom_is_the_identity() {
        assert_eq!(transformed(0.0, 1.0), IMAGE);
    }

    #[test]
    fn a_quarter_turn_moves_the_right_column_to_the_top() {
        assert_close(transformed(FRAC_PI_2, 1.0), [3., 6., 9., 2., 5., 8., 1., 4., 7.]);
    }

    #[test]
    fn a_half_turn_reverses_the_image() {
        assert_close(transformed(PI, 1.0), [9., 8., 7., 6., 5., 4., 3., 2., 1.]);
    }

    #[test]
    fn doubling_interpolates_and_halving_leaves_zeros_outside() {
        assert_close(transformed(0.0, 2.0), [3., 3.5, 4., 4.5, 5., 5.5, 6., 6.5, 7.]);
        assert_close(transformed(0.0, 0.5), [0., 0., 0., 0., 5., 0., 0., 0., 0.]);
    }

    #[test]
    fn only_different_kinds_are_joined() {
        let (turn, zoom) = (
            Similarity {
                degrees: 10.0,
                range: 0.0,
            },
            Similarity {
                degrees: 0.0,
                range: 0.1,
            },
        );
        assert_eq!(
            turn.joined(zoom),
            Some(Similarity {
                degrees: 10.0,
                range: 0.1
            })
        );
        assert_eq!(zoom.joined(turn), turn.joined(zoom));
        assert_eq!(turn.joined(turn), None);
        assert_eq!(turn.joined(zoom).unwrap().joined(zoom), None);
    }

    /// The colour at a place of one channel, the slow way: every pixel counts by its distance, if that is below 1.
    fn interpolated(planes: Planes, plane: &[f32], [row, column]: [f32; 2]) -> f32 {
        let pixel = |position: usize| {
            let share = |place: f32, at: usize| (1.0 - (place - at as f32).abs()).max(0.0);
            share(row, position / planes.width) * share(column, position % planes.width) * plane[position]
        };
        (0..planes.area()).map(pixel).sum()
    }

    proptest! {
        #[test]
        fn every_channel_is_interpolated(
            (height, width, channels) in (1..8_usize, 1..8_usize, 1..7_usize),
            (angle, factor) in (-PI..PI, 0.3_f32..1.7),
            seed: u64,
        ) {
            let planes = Planes { height, width };
            let mut canvas = Canvas::new(channels * planes.area());
            let mut generator = Stream::new(seed, Purpose::Augmentation).at([0, 0]);
            canvas.image_mut().fill_with(|| generator.random_range(-2.0..2.0));
            let source = canvas.image().to_vec();
            let inverse = Inverse::new(planes, angle, factor);
            inverse.apply(planes, &mut canvas);
            for (from, to) in source.chunks(planes.area()).zip(canvas.image().chunks(planes.area())) {
                for (row, line) in to.chunks(width).enumerate() {
                    for (found, place) in line.iter().zip(inverse.places(row as f32)) {
                        prop_assert!((found - interpolated(planes, from, place)).abs() < 1e-5);
                    }
                }
            }
        }
    }
}
