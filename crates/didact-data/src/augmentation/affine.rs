//! Turns an image about its centre and scales its height and its width, in one pass.

use rand::{Rng, RngExt};

use super::canvas::Canvas;
use super::planes::Planes;
use super::warp::warp;

/// How far to turn and scale at most; zero for not at all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Affine {
    /// Largest angle to either side in degrees.
    pub(crate) degrees: f64,
    /// The height of what is shown lies in `[1 - height, 1 + height]` of the image's.
    pub(crate) height: f64,
    /// The same of the width.
    pub(crate) width: f64,
}

impl Affine {
    pub(crate) fn apply(self, planes: Planes, canvas: &mut Canvas, generator: &mut impl Rng) {
        let mut draw = |most: f64| {
            if most > 0.0 {
                generator.random_range(-most..=most)
            } else {
                0.0
            }
        };
        let angle = draw(self.degrees).to_radians();
        let shown = [self.height, self.width].map(|most| 1.0 + draw(most));
        let view = View::new(planes, angle, shown);
        warp(planes, canvas, |row| view.places(row));
    }
}

/// The map from a pixel of the target to the place in the source that it shows.
#[derive(Clone, Copy)]
struct View {
    /// How many rows and columns of the source a row of the target is.
    down: [f32; 2],
    /// How many rows and columns of the source a column of the target is.
    right: [f32; 2],
    /// Row and column of the centre.
    centre: [f32; 2],
    /// Height and width.
    sides: [f32; 2],
}

impl View {
    /// Of turning counter-clockwise by `angle` (radians, as seen with the rows downwards), then showing these shares of
    /// height and width.
    fn new(planes: Planes, angle: f64, [height, width]: [f64; 2]) -> Self {
        // In f64, where the libraries of different systems differ by less than an f32 can tell.
        let (sine, cosine) = angle.sin_cos();
        let sides = [planes.height, planes.width].map(|side| side as f32);
        Self {
            down: [cosine * height, -sine * height].map(|share| share as f32),
            right: [sine * width, cosine * width].map(|share| share as f32),
            centre: sides.map(|side| (side - 1.0) / 2.0),
            sides,
        }
    }

    /// Row and column of the places that the pixels of a row show.
    #[inline]
    fn places(self, row: f32) -> impl Iterator<Item = [f32; 2]> {
        let Self {
            down,
            right,
            centre,
            sides,
        } = self;
        (0_i32..).map(move |column| {
            let (rows, columns) = (row - centre[0], column as f32 - centre[1]);
            [0, 1].map(|axis| {
                let place = down[axis] * rows + right[axis] * columns + centre[axis];
                mirrored(place, sides[axis])
            })
        })
    }
}

/// The place inside a line of `length` pixels that shows outside at `place`, where mirrors stand at its outer edges:
/// `abcd` continues as `dcba|abcd|dcba`.
#[inline]
fn mirrored(place: f32, length: f32) -> f32 {
    let period = 2.0 * length;
    let from_edge = place + 0.5;
    let in_period = from_edge - period * (from_edge / period).floor();
    // Half a pixel before the first and behind the last shows nothing but those.
    (in_period.min(period - in_period) - 0.5).clamp(0.0, length - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use didact_random::{Purpose, Stream};
    use std::f64::consts::FRAC_PI_2;

    const FOUR: Planes = Planes { height: 4, width: 4 };
    const IMAGE: [f32; 16] = [
        1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11., 12., 13., 14., 15., 16.,
    ];

    fn canvas() -> Canvas {
        let mut canvas = Canvas::new(16);
        canvas.image_mut().copy_from_slice(&IMAGE);
        canvas
    }

    fn seen(angle: f64, shown: [f64; 2]) -> Vec<f32> {
        let mut canvas = canvas();
        let view = View::new(FOUR, angle, shown);
        warp(FOUR, &mut canvas, |row| view.places(row));
        canvas.image().to_vec()
    }

    fn assert_close(found: &[f32], expected: &[f32]) {
        let is_close = |(found, expected): (&f32, &f32)| (found - expected).abs() < 1e-4;
        assert!(
            found.iter().zip(expected).all(is_close),
            "{found:?} is not {expected:?}"
        );
    }

    #[test]
    fn no_angle_and_all_of_both_sides_is_the_identity() {
        assert_close(&seen(0.0, [1.0, 1.0]), &IMAGE);
    }

    #[test]
    fn a_quarter_turn_moves_the_right_column_to_the_top() {
        let expected = [
            4., 8., 12., 16., 3., 7., 11., 15., 2., 6., 10., 14., 1., 5., 9., 13.,
        ];
        assert_close(&seen(FRAC_PI_2, [1.0, 1.0]), &expected);
    }

    #[test]
    fn twice_the_width_shows_the_mirrored_sides() {
        // Columns -1.5, 0.5, 2.5 and 4.5, of which the outer ones are mirrored to 0.5 and 2.5.
        let row = [1.5, 1.5, 3.5, 3.5];
        let expected: Vec<f32> = [0.0, 4.0, 8.0, 12.0]
            .iter()
            .flat_map(|start| row.map(|value| start + value))
            .collect();
        assert_close(&seen(0.0, [1.0, 2.0]), &expected);
    }

    #[test]
    fn half_the_height_interpolates_rows() {
        let found = seen(0.0, [0.5, 1.0]);
        // Rows 0.75, 1.25, 1.75 and 2.25.
        assert_close(&[found[0], found[4], found[8], found[12]], &[4.0, 6.0, 8.0, 10.0]);
    }

    #[test]
    fn outside_places_are_mirrored_at_the_edges_again_and_again() {
        let places = [-0.5, -1.0, -4.0, -5.0, 3.5, 4.0, 7.0, 8.0, 9.0];
        let expected = [0.0, 0.0, 3.0, 3.0, 3.0, 3.0, 0.0, 0.0, 1.0];
        assert_close(&places.map(|place| mirrored(place, 4.0)), &expected);
    }

    #[test]
    fn a_flat_image_stays_as_it_is() {
        let affine = Affine {
            degrees: 180.0,
            height: 0.9,
            width: 0.9,
        };
        for sample in 0..50 {
            let mut canvas = canvas();
            canvas.image_mut().fill(3.0);
            let mut generator = Stream::new(1, Purpose::Augmentation).at([0, sample]);
            affine.apply(FOUR, &mut canvas, &mut generator);
            assert_close(canvas.image(), &[3.0; 16]);
        }
    }
}
