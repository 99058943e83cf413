//! Whatever the bytes, opening ends with data or an error.

use std::path::Path;
use std::sync::LazyLock;

use crate::support::{self, cifar, floats, golden, gzip, npy, png, write};
use didact_data::{Dataset, OpenOptions, read_partial_labels};
use proptest::prelude::*;

/// A small valid file of each format, by the name it needs.
static FILES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let mut files = vec![
        ("images-idx3-ubyte".to_owned(), support::idx_images(3)),
        ("images-idx3-ubyte.gz".to_owned(), gzip(&support::idx_images(3))),
        ("test_batch.bin".to_owned(), cifar(&[&[1], &[2]])),
        ("x.npy".to_owned(), npy("<f4", "(2, 3)", &floats(&[0.0; 6]))),
        ("x.csv".to_owned(), b"a,b,label\n1,2,0\n2,3,1\n".to_vec()),
        ("cat/x.png".to_owned(), png(3, 9, 7, 100)),
        (
            "x.tar.gz".to_owned(),
            support::tar_gz(&[("x/test_batch.bin", &cifar(&[&[1], &[2]]))]),
        ),
    ];
    for name in [
        "python2_cifar10",
        "python3_cifar100_protocol4",
        "images.parquet",
        "numbers.parquet",
        "train_and_test.npz",
    ] {
        files.push((name.to_owned(), std::fs::read(golden(name)).unwrap()));
    }
    for (name, format) in [
        ("jpeg", image::ImageFormat::Jpeg),
        ("webp", image::ImageFormat::WebP),
        ("gif", image::ImageFormat::Gif),
    ] {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::from_pixel(9, 7, image::Rgb([1, 2, 3]))
            .write_to(&mut bytes, format)
            .unwrap();
        files.push((format!("cat/x.{name}"), bytes.into_inner()));
    }
    files
});

/// Opens the file, or for an image the class folders it stands in; reads what could be opened.
fn open(name: &str, bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    write(&file, bytes);
    write(folder.path().join("dog/y.png"), png(3, 9, 7, 0));
    let labels = folder.path().join("labels.txt");
    write(&labels, "0\n1\n0\n");
    let path = if name.contains('/') { folder.path() } else { &file };
    for labels in [None, Some(labels)] {
        read_all(
            path,
            &OpenOptions {
                labels,
                ..OpenOptions::default()
            },
        );
    }
}

fn read_all(path: &Path, options: &OpenOptions) {
    if let Ok(data) = Dataset::open(path, options) {
        let mut values = vec![0.0; data.shape().len()];
        for row in 0..data.len() {
            data.read(row, &mut values).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_file_that_breaks_off_never_panics(which in any::<prop::sample::Index>(), end in any::<prop::sample::Index>()) {
        let (name, bytes) = which.get(&FILES);
        open(name, &bytes[..end.index(bytes.len())]);
    }

    #[test]
    fn flipped_bytes_never_panic(
        which in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        in_header in any::<bool>(),
    ) {
        let (name, bytes) = which.get(&FILES);
        let mut bytes = bytes.clone();
        // Most of a file is pixels; half of the cases break what stands before them.
        let length = if in_header { bytes.len().min(200) } else { bytes.len() };
        for (at, byte) in flips {
            bytes[at.index(length)] = byte;
        }
        open(name, &bytes);
    }

    #[test]
    fn any_bytes_as_labels_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("labels");
        write(&file, bytes);
        let data = Dataset::from_features(vec![0.0, 1.0], 1, vec![0, 1]).unwrap();
        let _ = read_partial_labels(&file, &data);
    }

    #[test]
    fn any_text_as_labels_never_panics(text in "[0-9a-c,\"\n\r\t;. ]{0,40}") {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("labels");
        write(&file, text);
        let data = Dataset::from_features(vec![0.0, 1.0], 1, vec![0, 1]).unwrap();
        let _ = read_partial_labels(&file, &data);
    }
}
