//! Looking at data, and converting them.

use insta::assert_snapshot;

use crate::support::{Workplace, png};

#[test]
fn classes_sizes_duplicates_and_bad_items_are_counted() {
    let place = Workplace::new().with_images();
    place.write("images/light/copy.png", png(20));
    place.write("images/light/broken.png", "no image");
    assert_snapshot!(place.didact("data info images").all(), @"");
    let printed = place.didact("data info images --json").json();
    assert_eq!(printed["duplicates"]["conflicting"], 1);
    assert_eq!(printed["bad_items"].as_array().unwrap().len(), 1);
}

#[test]
fn what_is_converted_is_the_same_data() {
    let place = Workplace::new().with_images();
    assert_snapshot!(place.didact("data convert images -o images.parquet --to parquet").all(), @"");
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
    assert_snapshot!(place.didact("data convert images -o out --to class-folders").all(), @"");
    assert_eq!(place.names("out"), ["mine"]);
}

#[test]
fn an_unknown_target_is_a_wrong_command_line() {
    assert_snapshot!(Workplace::new().didact("data convert images -o out --to class-folder").all(), @"");
}
