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
    assert_snapshot!(refused(&Workplace::new().with_table(), "tabel.csv"), @"
    exit 1
    error: there is no file or folder tabel.csv
    hint: did you mean `table.csv`?
    ");
}

#[test]
fn a_label_file_that_is_too_short_or_too_long() {
    let place = flat();
    place.write("labels", "x\ny\n");
    assert_snapshot!(refused(&place, "flat --labels labels"), @"
    exit 1
    error: labels should hold 3 labels, one a sample, found 2
    hint: --labels needs one row for every sample, in the order of the file names, or rows `file,label`
    ");
    place.write("labels", "x\ny\nx\ny\n");
    assert_snapshot!(refused(&place, "flat --labels labels"), @"
    exit 1
    error: labels should hold 3 labels, one a sample, found 4
    hint: --labels needs one row for every sample, in the order of the file names, or rows `file,label`
    ");
}

#[test]
fn a_label_file_that_lacks_a_sample() {
    let place = flat();
    place.write("labels.csv", "file,label\na.png,x\nb.png,y\nd.png,y\n");
    assert_snapshot!(refused(&place, "flat --labels labels.csv"), @"
    exit 1
    error: flat: 2 bad items among 3 samples:
      labels.csv: no label for `c.png`
      labels.csv, line 4: `d.png` is not in the data
    hint: repair them, or leave them out with --skip-bad
    ");
}

#[test]
fn images_without_labels() {
    assert_snapshot!(refused(&flat(), "flat"), @"
    exit 1
    error: flat has no labels
    hint: give them with --labels FILE: one label a row, or `file,label`
    ");
}

#[test]
fn an_unknown_label_name() {
    let place = Workplace::new().with_images();
    place.write("true.csv", "dark/0.png,drak\n");
    assert_snapshot!(refused(&place, "images --true-labels true.csv"), @"
    exit 1
    error: true.csv: 1 bad item among 16 samples:
      true.csv, line 1: `drak` is none of the 2 classes
    hint: did you mean `dark`? known: `dark`, `light`; repair them, or leave them out with --skip-bad
    ");
}

#[test]
fn a_cifar_file_of_a_wrong_length() {
    let place = Workplace::new();
    place.write("cifar-10-batches-bin/data_batch_1.bin", vec![1; 3073 * 2 + 5]);
    assert_snapshot!(refused(&place, "cifar-10-batches-bin"), @"
    exit 1
    error: cifar-10-batches-bin/data_batch_1.bin should hold records of 3073 bytes (CIFAR-10) or 3074 bytes (CIFAR-100), found 6151 bytes
    hint: the file may be cut off or of another format; download it again, or force a format with --format
    ");
}

#[test]
fn a_truncated_image() {
    let place = Workplace::new().with_images();
    let whole = png(9);
    place.write("images/dark/cut.png", &whole[..whole.len() / 2]);
    place.write("images/light/empty.png", "");
    assert_snapshot!(refused(&place, "images"), @"
    exit 1
    error: images: 2 bad items among 18 samples:
      images/dark/cut.png: unreadable image (unexpected end of file)
      images/light/empty.png: unreadable image (The image format could not be determined)
    hint: repair them, or leave them out with --skip-bad
    ");
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
    assert_snapshot!(refused(&place, "images"), @"
    exit 1
    error: images: 1 bad item among 17 samples:
      images/dark/bomb.gif: image of 60000 x 60000 pixels is beyond the limit
    hint: repair them, or leave them out with --skip-bad
    ");
}

#[test]
fn idx_with_a_wrong_magic_or_count() {
    let place = Workplace::new();
    place.write("data/train-images-idx3-ubyte", idx(&[4, 8, 8], 256));
    place.write("data/train-labels-idx1-ubyte", b"nonsense");
    assert_snapshot!(refused(&place, "data"), @"
    exit 1
    error: data/train-labels-idx1-ubyte should begin with 00 00 08 and the number of axes, 1 to 4, found 6e 6f 6e 73
    hint: the file may be cut off or of another format; download it again, or force a format with --format
    ");
    place.write("data/train-labels-idx1-ubyte", idx(&[4], 3));
    assert_snapshot!(refused(&place, "data"), @"
    exit 1
    error: data/train-labels-idx1-ubyte should hold 4 bytes after its header, [4] as it says, found 3
    hint: the file may be cut off or of another format; download it again, or force a format with --format
    ");
    place.write("data/train-labels-idx1-ubyte", idx(&[5], 5));
    assert_snapshot!(refused(&place, "data"), @"
    exit 1
    error: data/train-labels-idx1-ubyte should hold 4 labels, one a sample, found 5
    hint: --labels needs one row for every sample, in the order of the file names, or rows `file,label`
    ");
}

#[test]
fn an_array_of_a_wrong_type_or_with_nan() {
    let place = Workplace::new();
    place.write("labels", "x\ny\n");
    place.write("data.npy", npy("<U1", "(2, 1)", &[0; 8]));
    assert_snapshot!(refused(&place, "data.npy --labels labels"), @"
    exit 1
    error: data.npy should hold numbers, found Text(1) elements of shape [2, 1]
    hint: convert it to numbers, and save it again
    ");
    let values: Vec<u8> = [1.0f32, f32::NAN]
        .iter()
        .flat_map(|value| value.to_le_bytes())
        .collect();
    place.write("data.npy", npy("<f4", "(2, 1)", &values));
    assert_snapshot!(refused(&place, "data.npy --labels labels"), @"
    exit 1
    error: data.npy: 1 bad item among 2 samples:
      data.npy, row 1: column 0 holds `NaN`, not a finite number
    hint: repair them, or leave them out with --skip-bad
    ");
}

#[test]
fn a_table_with_a_field_that_is_no_number() {
    let place = Workplace::new();
    place.write("table.csv", "a,b,label\n1,2,x\n3,four,y\n5,6\n");
    assert_snapshot!(refused(&place, "table.csv"), @"
    exit 1
    error: table.csv: 2 bad items among 3 samples:
      table.csv, line 3: column b holds `four`, not a finite number
      table.csv, line 4: 2 fields instead of 3
    hint: repair them, or leave them out with --skip-bad
    ");
}

#[test]
fn a_pickle_that_is_not_cifars() {
    let place = Workplace::new();
    // os.system("touch executed"), which must not happen.
    place.write(
        "cifar-10-batches-py/data_batch_1",
        b"\x80\x02cos\nsystem\nX\x0e\x00\x00\x00touch executed\x85R.",
    );
    assert_snapshot!(refused(&place, "cifar-10-batches-py"), @"
    exit 1
    error: cifar-10-batches-py/data_batch_1 is not a CIFAR pickle: at byte 2: it would call `os.system`, which is not allowed and was not called
    hint: only the Python version of CIFAR is read from pickles; save other data as .npy, .csv or Parquet
    ");
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
    assert_snapshot!(refused(&place, "data.parquet"), @"
    exit 1
    error: data.parquet has no column of labels, such as `label`
    hint: the columns are `name`
    ");
}

#[test]
fn an_empty_folder() {
    let place = Workplace::new();
    std::fs::create_dir(place.path("data")).unwrap();
    assert_snapshot!(refused(&place, "data"), @"
    exit 1
    error: data holds no files
    hint: see that the path is right and that the download or copy was complete
    ");
}

#[test]
fn one_class_only() {
    let place = Workplace::new().with_images();
    std::fs::remove_dir_all(place.path("images/light")).unwrap();
    assert_snapshot!(refused(&place, "images"), @"
    exit 1
    error: images has one class only: `dark`
    hint: a classifier needs at least two; for class folders give the folder that holds them
    ");
}

#[test]
fn images_of_several_sizes() {
    let place = Workplace::new().with_images();
    let mut wide = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(9, 7)
        .write_to(&mut wide, image::ImageFormat::Png)
        .unwrap();
    place.write("images/dark/wide.png", wide.into_inner());
    assert_snapshot!(refused(&place, "images"), @"
    exit 1
    error: images: the images differ in size, from 9 x 7 to 8 x 8 pixels
    hint: resize them with --image-size SIDE, for example --image-size 64
    ");
}
