//! Turns and scales an image about its centre in one pass.
//!
//! A rotation next to a zoom shares its pass, because interpolating twice blurs twice.

use rand::{Rng, RngExt};

use super::planes::Planes;

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

    pub(crate) fn apply(self, planes: Planes, source: &[f32], target: &mut [f32], generator: &mut impl Rng) {
        let mut draw = |most: f64| {
            if most > 0.0 {
                generator.random_range(-most..=most)
            } else {
                0.0
            }
        };
        let angle = draw(self.degrees).to_radians();
        let factor = 1.0 + draw(self.range) as f32;
        Inverse::new(planes, angle, factor).transform(planes, source, target);
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

    fn transform(&self, planes: Planes, source: &[f32], target: &mut [f32]) {
        for row in 0..planes.height {
            for column in 0..planes.width {
                let taps = Taps::around(self.place(row as f32, column as f32), planes);
                let pixel = row * planes.width + column;
                for (from, to) in source
                    .chunks_exact(planes.area())
                    .zip(target.chunks_exact_mut(planes.area()))
                {
                    to[pixel] = taps.sum(from);
                }
            }
        }
    }

    fn place(&self, row: f32, column: f32) -> [f32; 2] {
        let [down, right] = [row - self.centre[0], column - self.centre[1]];
        let turned = [
            self.cosine * down + self.sine * right,
            self.cosine * right - self.sine * down,
        ];
        [turned[0] + self.centre[0], turned[1] + self.centre[1]]
    }
}

/// The four pixels around a place and how much each counts in its colour.
struct Taps {
    pixels: [usize; 4],
    weights: [f32; 4],
}

impl Taps {
    /// Linear in both directions.
    fn around(place: [f32; 2], planes: Planes) -> Self {
        let [upper, lower] = neighbours(place[0], planes.height);
        let [left, right] = neighbours(place[1], planes.width);
        let pairs = [(upper, left), (upper, right), (lower, left), (lower, right)];
        let pixels = pairs.map(|((row, _), (column, _))| row * planes.width + column);
        Self {
            pixels,
            weights: pairs.map(|((_, row), (_, column))| row * column),
        }
    }

    fn sum(&self, plane: &[f32]) -> f32 {
        self.pixels
            .iter()
            .zip(self.weights)
            .map(|(pixel, weight)| weight * plane[*pixel])
            .sum()
    }
}

/// The two rows or columns around a place and their shares; a share of zero for those outside the image.
fn neighbours(place: f32, length: usize) -> [(usize, f32); 2] {
    // Rounded by hand: `floor` is a call on processors without SSE 4.1, for which we are built.
    let toward_zero = place as isize;
    let first = if toward_zero as f32 > place {
        toward_zero - 1
    } else {
        toward_zero
    };
    let share = place - first as f32;
    [(first, 1.0 - share), (first + 1, share)].map(|(position, share)| match usize::try_from(position) {
        Ok(position) if position < length => (position, share),
        _ => (0, 0.0),
    })
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "pixels that are moved keep their bits")]
mod tests {
    use super::*;
    use std::f64::consts::{FRAC_PI_2, PI};

    const THREE: Planes = Planes { height: 3, width: 3 };
    const IMAGE: [f32; 9] = [1., 2., 3., 4., 5., 6., 7., 8., 9.];

    fn transformed(angle: f64, factor: f32) -> [f32; 9] {
        let mut target = [f32::NAN; 9];
        Inverse::new(THREE, angle, factor).transform(THREE, &IMAGE, &mut target);
        target
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
}
