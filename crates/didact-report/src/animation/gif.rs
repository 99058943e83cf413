//! Frames as a GIF.

use std::io::Cursor;

use image::codecs::gif::{GifEncoder, Repeat};
use image::{Delay, Frame, RgbaImage};

use super::palette::share_palette;
use crate::error::ReportError;
use crate::picture::Pixels;

/// The encoder's own search for colours, which 256 of them do not need: the fastest.
const SPEED: i32 = 30;

/// The frames as an animated GIF that starts again at its end; `milliseconds` are how long each frame stands, and how
/// long the last one does. The same frames give the same bytes.
pub(crate) fn gif(mut frames: Vec<Pixels>, milliseconds: [u32; 2]) -> Result<Vec<u8>, ReportError> {
    share_palette(&mut frames);
    let wrong = |source| ReportError::Encoding {
        format: "GIF",
        source,
    };
    let mut file = Cursor::new(Vec::new());
    let mut encoder = GifEncoder::new_with_speed(&mut file, SPEED);
    encoder.set_repeat(Repeat::Infinite).map_err(wrong)?;
    let last = frames.len().saturating_sub(1);
    for (position, Pixels { width, height, bytes }) in frames.into_iter().enumerate() {
        let stands = milliseconds[usize::from(position == last)];
        let image = RgbaImage::from_raw(width, height, bytes).ok_or(ReportError::Size { width, height })?;
        let frame = Frame::from_parts(image, 0, 0, Delay::from_numer_denom_ms(stands, 1));
        encoder.encode_frame(frame).map_err(wrong)?;
    }
    drop(encoder);
    Ok(file.into_inner())
}
