//! Data that cannot be used: each is an error with place and hint, and nothing is written.

use std::fs::File;
use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use insta::assert_snapshot;
use parquet::arrow::ArrowWriter;

use crate::support::{Workplace, png};

/// What `didact train` says; afterwards there is no run folder.
fn refused(place: &Workplace, data: &str) -> String {
    let outcome = place.didact(&format!("train {data} -o run --batch-size 4"));
    assert!(place.lacks("run"));
    assert_eq!(outcome.stdout, "");
    format!("exit {}\n{}", outcome.code, outcome.stderr)
}

/// A folder `flat` of three images without labels.
fn flat() -> Workplace {
    let place = Workplace::new();
    for name in ["a", "b", "c"] {
        place.write(&format!("flat/{name}.png"), png(9));
    }
    place
}

/// The bytes of an IDX file of unsigned bytes.
fn idx(sides: &[u32], values: usize) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, sides.len() as u8];
    bytes.extend(sides.iter().flat_map(|side| side.to_be_bytes()));
    bytes.extend((0..values).map(|value| (value % 2) as u8));
    bytes
}

/// The bytes of an `.npy` file of version 1.
fn npy(descr: &str, shape: &str, values: &[u8]) -> Vec<u8> {
    let mut header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}");
    while (header.len() + 11) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.bytes());
    bytes.extend(values);
    bytes
}

#[test]
fn no_such_file() {
    assert_snapshot!(refused(&Workplace::new().with_table(), "tabel.csv"), @"");
}

#[test]
fn a_label_file_that_is_too_short_or_too_long() {
    let place = flat();
    place.write("labels", "x\ny\n");
    assert_snapshot!(refused(&place, "flat --labels labels"), @"");
    place.write("labels", "x\ny\nx\ny\n");
    assert_snapshot!(refused(&place, "flat --labels labels"), @"");
}

#[test]
fn a_label_file_that_lacks_a_sample() {
    let place = flat();
    place.write("labels.csv", "file,label\na.png,x\nb.png,y\nd.png,y\n");
    assert_snapshot!(refused(&place, "flat --labels labels.csv"), @"");
}

#[test]
fn images_without_labels() {
    assert_snapshot!(refused(&flat(), "flat"), @"");
}

#[test]
fn an_unknown_label_name() {
    let place = Workplace::new().with_images();
    place.write("true.csv", "dark/0.png,drak\n");
    assert_snapshot!(refused(&place, "images --true-labels true.csv"), @"");
}

#[test]
fn a_cifar_file_of_a_wrong_length() {
    let place = Workplace::new();
    place.write("cifar-10-batches-bin/data_batch_1.bin", vec![1; 3073 * 2 + 5]);
    assert_snapshot!(refused(&place, "cifar-10-batches-bin"), @"");
}

#[test]
fn a_truncated_image() {
    let place = Workplace::new().with_images();
    let whole = png(9);
    place.write("images/dark/cut.png", &whole[..whole.len() / 2]);
    place.write("images/light/empty.png", "");
    assert_snapshot!(refused(&place, "images"), @"");
}

#[test]
fn an_image_of_billions_of_pixels() {
    let place = Workplace::new().with_images();
    let mut gif = b"GIF89a".to_vec();
    gif.extend([60_000u16, 60_000].iter().flat_map(|side| side.to_le_bytes()));
    gif.extend([0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x2c, 0, 0, 0, 0]);
    gif.extend([60_000u16, 60_000].iter().flat_map(|side| side.to_le_bytes()));
    gif.extend([0, 2, 2, 0x4c, 0x01, 0, 0x3b]);
    place.write("images/dark/bomb.gif", gif);
    assert_snapshot!(refused(&place, "images"), @"");
}

#[test]
fn idx_with_a_wrong_magic_or_count() {
    let place = Workplace::new();
    place.write("data/train-images-idx3-ubyte", idx(&[4, 8, 8], 256));
    place.write("data/train-labels-idx1-ubyte", b"nonsense");
    assert_snapshot!(refused(&place, "data"), @"");
    place.write("data/train-labels-idx1-ubyte", idx(&[4], 3));
    assert_snapshot!(refused(&place, "data"), @"");
    place.write("data/train-labels-idx1-ubyte", idx(&[5], 5));
    assert_snapshot!(refused(&place, "data"), @"");
}

#[test]
fn an_array_of_a_wrong_type_or_with_nan() {
    let place = Workplace::new();
    place.write("labels", "x\ny\n");
    place.write("data.npy", npy("<U1", "(2, 1)", &[0; 8]));
    assert_snapshot!(refused(&place, "data.npy --labels labels"), @"");
    let values: Vec<u8> = [1.0f32, f32::NAN]
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect();
    place.write("data.npy", npy("<f4", "(2, 1)", &values));
    assert_snapshot!(refused(&place, "data.npy --labels labels"), @"");
}

#[test]
fn a_table_with_a_field_that_is_no_number() {
    let place = Workplace::new();
    place.write("table.csv", "a,b,label\n1,2,x\n3,four,y\n5,6\n");
    assert_snapshot!(refused(&place, "table.csv"), @"");
}

#[test]
fn a_pickle_that_is_not_cifars() {
    let place = Workplace::new();
    // os.system("touch executed"), which must not happen.
    place.write(
        "cifar-10-batches-py/data_batch_1",
        b"\x80\x02cos\nsystem\nX\x0e\x00\x00\x00touch executed\x85R.",
    );
    assert_snapshot!(refused(&place, "cifar-10-batches-py"), @"");
    assert!(place.lacks("executed"));
}

#[test]
fn parquet_without_a_column_of_images_or_labels() {
    let place = Workplace::new();
    let names: ArrayRef = Arc::new(StringArray::from(vec!["x", "y"]));
    let batch = RecordBatch::try_from_iter([("name", names)]).unwrap();
    let file = File::create(place.path("data.parquet")).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    assert_snapshot!(refused(&place, "data.parquet"), @"");
}

#[test]
fn an_empty_folder() {
    let place = Workplace::new();
    std::fs::create_dir(place.path("data")).unwrap();
    assert_snapshot!(refused(&place, "data"), @"");
}

#[test]
fn one_class_only() {
    let place = Workplace::new().with_images();
    std::fs::remove_dir_all(place.path("images/light")).unwrap();
    assert_snapshot!(refused(&place, "images"), @"");
}

#[test]
fn images_of_several_sizes() {
    let place = Workplace::new().with_images();
    let mut wide = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(9, 7)
        .write_to(&mut wide, image::ImageFormat::Png)
        .unwrap();
    place.write("images/dark/wide.png", wide.into_inner());
    assert_snapshot!(refused(&place, "images"), @"");
}
