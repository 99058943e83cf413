//! From encoded images to pixels: limits, decoding, resizing, and what stays in memory.

mod decode;
mod load;
mod origin;
mod resize;
mod store;

pub(crate) use decode::{interleaved_to_planes, planes_to_interleaved};
pub(crate) use load::{LoadedPixels, PixelRequest, load_images, load_planes};
pub(crate) use origin::{ImageBytes, ImageOrigin};
pub(crate) use store::PixelStore;
