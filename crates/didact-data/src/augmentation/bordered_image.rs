//! An image that can be read between its pixels.

use super::planes::Planes;

/// Four channels of one pixel: what one vector instruction takes.
pub(super) type Colour = [f32; CHANNELS];

/// The channels of a colour.
pub(super) const CHANNELS: usize = 4;

/// Rows above the image and columns before it.
const BEFORE: usize = 1;
/// Rows below and columns behind: a place on the last row or column of zeros still has a neighbour, whose share is 0.
const BEHIND: usize = 2;

/// Up to four channels, side by side in each pixel, in a border of zeros.
///
/// So no place has to be asked whether its neighbours are inside, and all channels are interpolated at once.
#[derive(Debug, Default)]
pub(super) struct BorderedImage {
    pixels: Vec<Colour>,
    stride: usize,
    line: Line,
}

impl BorderedImage {
    /// Takes in an image of at most four channels, of the same height and width every time.
    pub(super) fn fill(&mut self, planes: Planes, channels: &[f32]) {
        self.stride = BEFORE + planes.width + BEHIND;
        // The border is written here, the first time, and never again.
        let height = BEFORE + planes.height + BEHIND;
        self.pixels.resize(height * self.stride, [0.0; CHANNELS]);
        self.line.resize(planes.width);
        let present = channels.len() / planes.area();
        let inside = self.pixels.chunks_exact_mut(self.stride).skip(BEFORE);
        for (row, pixels) in inside.take(planes.height).enumerate() {
            // Where there are fewer, others stand in for them, which nobody reads.
            let line = |channel| {
                let start = (channel % present) * planes.area() + row * planes.width;
                channels[start..start + planes.width].iter()
            };
            let lines = line(0).zip(line(1)).zip(line(2)).zip(line(3));
            for (pixel, (((first, second), third), fourth)) in pixels[BEFORE..].iter_mut().zip(lines) {
                *pixel = [*first, *second, *third, *fourth];
            }
        }
    }

    /// The colours along a line of places (row, column), linear in both directions; zero outside.
    ///
    /// Two passes, because only the first can be vectorised over the places; the second is over the channels.
    #[inline]
    pub(super) fn along(&mut self, planes: Planes, places: impl Iterator<Item = [f32; 2]>) -> &[Colour] {
        self.line.find(planes, self.stride, places);
        self.line.mix(&self.pixels, self.stride);
        &self.line.colours
    }
}

/// The places along one line, and the colours there.
#[derive(Debug, Default)]
struct Line {
    /// The first of the four neighbours.
    starts: Vec<u32>,
    /// How much the lower two count.
    below: Vec<f32>,
    /// How much the two on the right count.
    beyond: Vec<f32>,
    colours: Vec<Colour>,
}

impl Line {
    fn resize(&mut self, width: usize) {
        self.starts.resize(width, 0);
        self.below.resize(width, 0.0);
        self.beyond.resize(width, 0.0);
        self.colours.resize(width, [0.0; CHANNELS]);
    }

    #[inline]
    fn find(&mut self, planes: Planes, stride: usize, places: impl Iterator<Item = [f32; 2]>) {
        let [height, width] = [planes.height as f32, planes.width as f32];
        let shares = self.below.iter_mut().zip(&mut self.beyond);
        for ((start, (below, beyond)), [row, column]) in self.starts.iter_mut().zip(shares).zip(places) {
            let (row, column) = (Between::of(row, height), Between::of(column, width));
            *start = row.before * stride as u32 + column.before;
            (*below, *beyond) = (row.share, column.share);
        }
    }

    fn mix(&mut self, pixels: &[Colour], stride: usize) {
        let shares = self.below.iter().zip(&self.beyond);
        for ((colour, start), (below, beyond)) in self.colours.iter_mut().zip(&self.starts).zip(shares) {
            let start = *start as usize;
            let [upper, lower] = [start, start + stride].map(|start| &pixels[start..start + 2]);
            // Not written in place, where the compiler would have to fear for the pixels.
            let mut mixed = [0.0; CHANNELS];
            for channel in 0..CHANNELS {
                let across =
                    |pair: &[Colour]| pair[0][channel] + beyond * (pair[1][channel] - pair[0][channel]);
                let (above, under) = (across(upper), across(lower));
                mixed[channel] = above + below * (under - above);
            }
            *colour = mixed;
        }
    }
}

/// A place between two rows, or two columns.
struct Between {
    /// The one before it, counted from the edge of the border.
    before: u32,
    /// How much the one behind it counts.
    share: f32,
}

impl Between {
    /// Numbers of this size have no fractions: adding it rounds to the nearest whole number, and leaves that number in
    /// the last bits. Unlike `floor` and `as`, this is vectorised on every processor we are built for.
    const ROUNDER: f32 = 12_582_912.0;

    #[inline]
    fn of(place: f32, length: f32) -> Self {
        let place = place.max(-(BEFORE as f32)).min(length);
        let nearest = (place + Self::ROUNDER) - Self::ROUNDER;
        let before = if nearest > place { nearest - 1.0 } else { nearest };
        Self {
            before: (before + BEFORE as f32 + Self::ROUNDER).to_bits() - Self::ROUNDER.to_bits(),
            share: place - before,
        }
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "shares chosen so that nothing is rounded")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLANES: Planes = Planes { height: 2, width: 3 };

    fn filled(channels: &[f32]) -> BorderedImage {
        let mut image = BorderedImage::default();
        image.fill(PLANES, channels);
        image
    }

    #[test]
    fn colours_between_pixels_by_hand() {
        let mut image = filled(&[0., 1., 2., 4., 5., 6., 10., 11., 12., 14., 15., 16.]);
        let places = [[0.0, 0.0], [0.5, 0.25], [1.0, 2.0]];
        let colours = image.along(PLANES, places.into_iter());
        let pairs: Vec<[f32; 2]> = colours.iter().map(|colour| [colour[0], colour[1]]).collect();
        assert_eq!(pairs, [[0.0, 10.0], [2.25, 12.25], [6.0, 16.0]]);
    }

    #[test]
    fn outside_there_is_zero_and_at_the_edge_a_mixture_with_it() {
        let mut image = filled(&[8.0; 6]);
        let mut at = |place| image.along(PLANES, std::iter::repeat(place))[0][0];
        for outside in [
            [-1.0, 0.0],
            [0.0, -1.0],
            [2.0, 0.0],
            [0.0, 3.0],
            [-1e9, 1e9],
            [1e9, -1e9],
        ] {
            assert_eq!(at(outside), 0.0, "{outside:?}");
        }
        assert_eq!(
            (at([-0.25, 0.0]), at([1.5, 2.75]), at([0.0, -0.5])),
            (6.0, 1.0, 4.0)
        );
    }

    #[test]
    fn the_border_stays_zero_from_image_to_image() {
        let mut image = filled(&[7.0; 6]);
        image.fill(PLANES, &[9.0; 24]);
        let sum: f32 = image.pixels.iter().flatten().sum();
        assert_eq!(sum, 9.0 * 24.0);
    }

    proptest! {
        #[test]
        fn rounding_downwards_is_floor(place in -1.0_f32..70_000.0) {
            let between = Between::of(place, 70_000.0);
            prop_assert_eq!(between.before, (place.floor() + 1.0) as u32);
            prop_assert_eq!(between.share, place - place.floor());
        }
    }
}
