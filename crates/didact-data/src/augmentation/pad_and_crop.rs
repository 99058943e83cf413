//! Shifts an image by a few pixels: a border around it, then a window of the original size.

use rand::{Rng, RngExt};

use super::canvas::Canvas;
use super::operation::PaddingMode;
use super::planes::Planes;

/// A border, checked to be smaller than the image, and what it shows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PadAndCrop {
    pub(crate) padding: usize,
    pub(crate) mode: PaddingMode,
}

impl PadAndCrop {
    pub(crate) fn apply(self, planes: Planes, canvas: &mut Canvas, generator: &mut impl Rng) {
        let top = generator.random_range(0..=2 * self.padding);
        let left = generator.random_range(0..=2 * self.padding);
        canvas.redraw(|source, target, _| self.crop(planes, source, target, [top, left]));
    }

    /// The window whose corner is `corner` (row, column) in the padded image, which is never built.
    fn crop(self, planes: Planes, source: &[f32], target: &mut [f32], [top, left]: [usize; 2]) {
        let area = planes.area();
        for (from, to) in source.chunks_exact(area).zip(target.chunks_exact_mut(area)) {
            for (row, to) in to.chunks_exact_mut(planes.width).enumerate() {
                match self.shown_at(row + top, planes.height) {
                    Some(row) => self.crop_row(&from[row * planes.width..][..planes.width], to, left),
                    None => to.fill(0.0),
                }
            }
        }
    }

    /// Copies what lies inside the image in one piece and fills the few border pixels one by one.
    fn crop_row(self, from: &[f32], to: &mut [f32], left: usize) {
        let width = to.len();
        let start = self.padding.saturating_sub(left);
        let end = width.min(width + self.padding - left);
        to[start..end].copy_from_slice(&from[start + left - self.padding..end + left - self.padding]);
        for column in (0..start).chain(end..width) {
            to[column] = self
                .shown_at(column + left, width)
                .map_or(0.0, |column| from[column]);
        }
    }

    /// Which of the image's `length` rows or columns the padded image shows at `position`; none where it has zeros.
    fn shown_at(self, position: usize, length: usize) -> Option<usize> {
        let end = self.padding + length;
        match self.mode {
            _ if (self.padding..end).contains(&position) => Some(position - self.padding),
            PaddingMode::Zero => None,
            PaddingMode::Reflect if position < self.padding => Some(self.padding - position),
            PaddingMode::Reflect => Some(length - 2 - (position - end)),
        }
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "pixels that are moved keep their bits")]
mod tests {
    use super::*;
    use didact_random::{Purpose, Stream};
    use proptest::prelude::*;

    const THREE: Planes = Planes { height: 3, width: 3 };
    const IMAGE: [f32; 9] = [1., 2., 3., 4., 5., 6., 7., 8., 9.];

    fn cropped(padding: usize, mode: PaddingMode, corner: [usize; 2]) -> [f32; 9] {
        let mut target = [f32::NAN; 9];
        PadAndCrop { padding, mode }.crop(THREE, &IMAGE, &mut target, corner);
        target
    }

    #[test]
    fn the_middle_window_is_the_image() {
        assert_eq!(cropped(2, PaddingMode::Zero, [2, 2]), IMAGE);
        assert_eq!(cropped(2, PaddingMode::Reflect, [2, 2]), IMAGE);
    }

    #[test]
    fn zeros_surround_the_image() {
        assert_eq!(
            cropped(1, PaddingMode::Zero, [0, 0]),
            [0., 0., 0., 0., 1., 2., 0., 4., 5.]
        );
        assert_eq!(
            cropped(1, PaddingMode::Zero, [2, 2]),
            [5., 6., 0., 8., 9., 0., 0., 0., 0.]
        );
        assert_eq!(
            cropped(2, PaddingMode::Zero, [4, 1]),
            [0., 7., 8., 0., 0., 0., 0., 0., 0.]
        );
    }

    #[test]
    fn reflection_does_not_repeat_the_border_pixel() {
        assert_eq!(
            cropped(1, PaddingMode::Reflect, [0, 0]),
            [5., 4., 5., 2., 1., 2., 5., 4., 5.]
        );
        assert_eq!(
            cropped(2, PaddingMode::Reflect, [0, 0]),
            [9., 8., 7., 6., 5., 4., 3., 2., 1.]
        );
        assert_eq!(
            cropped(2, PaddingMode::Reflect, [4, 4]),
            [9., 8., 7., 6., 5., 4., 3., 2., 1.]
        );
        assert_eq!(
            cropped(2, PaddingMode::Reflect, [2, 3]),
            [2., 3., 2., 5., 6., 5., 8., 9., 8.]
        );
    }

    /// The padded image, built the slow way.
    fn padded(planes: Planes, image: &[f32], crop: PadAndCrop) -> impl Fn(usize, usize, usize) -> f32 {
        let border = crop.padding.cast_signed();
        move |channel, row, column| {
            let [row, column] = [(row, planes.height), (column, planes.width)].map(|(position, length)| {
                let (inside, last) = (position.cast_signed() - border, length.cast_signed() - 1);
                match crop.mode {
                    PaddingMode::Zero => inside,
                    PaddingMode::Reflect => last - (last - inside.abs()).abs(),
                }
            });
            let inside = (0..planes.height.cast_signed()).contains(&row)
                && (0..planes.width.cast_signed()).contains(&column);
            if inside {
                image[(channel * planes.height + row as usize) * planes.width + column as usize]
            } else {
                0.0
            }
        }
    }

    proptest! {
        #[test]
        fn a_crop_is_a_window_of_the_padded_image(
            (height, width, padding) in (2..7_usize, 2..7_usize).prop_flat_map(|(h, w)| (Just(h), Just(w), 1..h.min(w))),
            reflect: bool,
            seed: u64,
        ) {
            let planes = Planes { height, width };
            let mode = if reflect { PaddingMode::Reflect } else { PaddingMode::Zero };
            let crop = PadAndCrop { padding, mode };
            let image: Vec<f32> = (1..=2 * planes.area()).map(|value| value as f32).collect();
            let mut canvas = Canvas::new(image.len());
            canvas.image_mut().copy_from_slice(&image);
            crop.apply(planes, &mut canvas, &mut Stream::new(seed, Purpose::Augmentation).at([0, 0]));
            let padded = padded(planes, &image, crop);
            let window = |top: usize, left: usize| {
                let rows = (0..2).flat_map(|channel| (0..height).map(move |row| (channel, row)));
                rows.flat_map(|(channel, row)| (0..width).map(move |column| (channel, row, column)))
                    .map(|(channel, row, column)| padded(channel, top + row, left + column))
                    .collect::<Vec<_>>()
            };
            let corners = (0..=2 * padding).flat_map(|top| (0..=2 * padding).map(move |left| (top, left)));
            prop_assert!(corners.into_iter().any(|(top, left)| window(top, left) == canvas.image()));
        }
    }
}
