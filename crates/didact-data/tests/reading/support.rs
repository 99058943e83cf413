//! Small data sets of every format.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;

/// A file made by other people's programs; see `golden/generate.py`.
pub(crate) fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name)
}

/// The pixel that `golden/generate.py` puts there.
pub(crate) fn pixel(image: usize, channel: usize, row: usize, column: usize) -> u8 {
    ((7 * image + 50 * channel + row * 8 + column) % 256) as u8
}

pub(crate) fn write(path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) {
    fs::create_dir_all(path.as_ref().parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// A grey or colour PNG filled with one value.
pub(crate) fn png(channels: u32, width: u32, height: u32, value: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = if channels == 1 {
        image::DynamicImage::ImageLuma8(image::GrayImage::from_pixel(width, height, image::Luma([value])))
    } else {
        image::DynamicImage::ImageRgb8(image::RgbImage::from_pixel(
            width,
            height,
            image::Rgb([value, 0, 255]),
        ))
    };
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// `cat/a.png`, `cat/b.png`, `dog/a.png`, grey, 2 x 2.
pub(crate) fn class_folders(root: &Path) {
    write(root.join("cat/a.png"), png(1, 2, 2, 10));
    write(root.join("cat/b.png"), png(1, 2, 2, 20));
    write(root.join("dog/a.png"), png(1, 2, 2, 30));
}

/// `1.png` to `3.png`, grey, 2 x 2.
pub(crate) fn images(root: &Path) {
    for number in 1..=3 {
        write(root.join(format!("{number}.png")), png(1, 2, 2, number * 10));
    }
}

/// Images `[count, 2, 2]` counting up from 0.
pub(crate) fn idx_images(count: u8) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 2];
    bytes.extend(0..count * 4);
    bytes
}

pub(crate) fn idx_labels(labels: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, 1, 0, 0, 0, labels.len() as u8];
    bytes.extend(labels);
    bytes
}

pub(crate) fn idx_folder(root: &Path) {
    write(root.join("train-images-idx3-ubyte"), idx_images(3));
    write(
        root.join("train-labels-idx1-ubyte.gz"),
        gzip(&idx_labels(&[0, 1, 0])),
    );
    write(root.join("t10k-images-idx3-ubyte.gz"), gzip(&idx_images(2)));
    write(root.join("t10k-labels-idx1-ubyte"), idx_labels(&[1, 0]));
}

/// Records of a CIFAR binary file; every pixel of image `i` is `i`.
pub(crate) fn cifar(labels: &[&[u8]]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for (image, labels) in labels.iter().enumerate() {
        bytes.extend(*labels);
        bytes.extend([image as u8; 3072]);
    }
    bytes
}

pub(crate) fn npy(element: &str, shape: &str, data: &[u8]) -> Vec<u8> {
    let text = format!("{{'descr': '{element}', 'fortran_order': False, 'shape': {shape}, }}\n");
    [
        b"\x93NUMPY\x01\x00",
        &[text.len() as u8, 0][..],
        text.as_bytes(),
        data,
    ]
    .concat()
}

pub(crate) fn floats(values: &[f32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn tar_gz(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, name, *bytes).unwrap();
    }
    gzip(&archive.into_inner().unwrap())
}
