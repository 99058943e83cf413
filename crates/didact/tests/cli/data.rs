//! Looking at data, and converting them.

use insta::assert_snapshot;

use crate::support::{Workplace, png};

#[test]
fn classes_sizes_duplicates_and_bad_items_are_counted() {
    let place = Workplace::new().with_images();
    place.write("images/light/copy.png", png(20));
    place.write("images/light/broken.png", "no image");
    assert_snapshot!(place.didact("data info images").all(), @"
    exit 0
    --- stdout
    17 samples of 1x8x8 in 2 classes, read as class-folders

    classes
            8   47.1 %  dark
            9   52.9 %  light

    image sizes before resizing
           17  8 x 8

    duplicates: 1 sample equal to another; 1 group of them with different labels
      dark/0.png (dark) = light/copy.png (light)

    bad items: 1
      images/light/broken.png: unreadable image (The image format could not be determined)
    --- stderr
    ");
    let printed = place.didact("data info images --json").json();
    assert_eq!(printed["duplicates"]["conflicting"], 1);
    assert_eq!(printed["bad_items"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_converted_is_the_same_data() {
    let place = Workplace::new().with_images();
    assert_snapshot!(place.didact("data convert images -o images.parquet --to parquet").all(), @"
    exit 0
    --- stdout
    wrote 16 samples to images.parquet
    --- stderr
    ");
    assert_eq!(
        place
            .didact("data convert images.parquet -o folders --to class-folders")
            .code,
        0
    );
    let samples = |data: &str| place.didact(&format!("data info {data} --json")).json()["classes"].clone();
    assert_eq!(samples("images"), samples("folders"));
    assert_eq!(samples("images"), samples("images.parquet"));
}

#[test]
fn nothing_is_overwritten() {
    let place = Workplace::new().with_images();
    place.write("out/mine", "");
    assert_snapshot!(place.didact("data convert images -o out --to class-folders").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: out exists already
    hint: choose another path, or remove it first
    ");
    assert_eq!(place.names("out"), ["mine"]);
}

#[test]
fn an_unknown_target_is_a_wrong_command_line() {
    assert_snapshot!(Workplace::new().didact("data convert images -o out --to class-folder").all(), @"
    exit 2
    --- stdout
    --- stderr
    error: invalid value 'class-folder' for '--to <FORMAT>'
      [possible values: class-folders, parquet]

      tip: a similar value exists: 'class-folders'

    For more information, try '--help'.
    ");
}
