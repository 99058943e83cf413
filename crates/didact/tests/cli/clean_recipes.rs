//! The label-cleaning notebook's baseline and its recipe, from one line each.

use crate::clean::place;
use crate::support::{Workplace, lines, png};

/// `images`, and `trusted.csv` with the labels of half of them.
pub(crate) fn images() -> Workplace {
    let place = Workplace::new().with_images();
    let names =
        ["dark", "light"].map(|class| (0..4).map(move |image| format!("{class}/{image}.png,{class}")));
    place.write("trusted.csv", lines(names.into_iter().flatten()));
    place
}

#[test]
fn histograms_are_corrected_and_the_folder_answers_for_images() {
    let place = images();
    let outcome = place.didact(
        "clean images --trusted trusted.csv --trusted-split random:fit=0.5,select=0.25 --features rgb-histogram \
         --model logistic --curriculum none --learning-rate 0.1 --epochs 60 --batch-size 4 --threads 1 -o cleaned",
    );
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(
        outcome.stdout.contains("didact predict cleaned FILE..."),
        "{}",
        outcome.stdout
    );
    let predicted = place.didact("predict cleaned more/light/3.png --json").json();
    assert_eq!(predicted["predictions"][0]["label"], "light", "{predicted:#}");
}

#[test]
fn rows_of_features_are_not_to_be_predicted_from_files() {
    let place = place();
    let line = crate::clean::LINE;
    let outcome = place.didact(&format!("{line} -o cleaned"));
    assert!(
        outcome.stdout.contains("next    didact evaluate cleaned DATA\n"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn a_thousand_images_are_predicted_in_their_order() {
    let place = images();
    let line = "clean images --trusted trusted.csv --trusted-split random:fit=0.5,select=0.25 --model logistic \
                --learning-rate 0.1 --epochs 30 --batch-size 4 --augment none --threads 1 -o cleaned";
    assert_eq!(place.didact(line).code, 0);
    let brightness = |image: u32| if image.is_multiple_of(3) { 210 } else { 30 };
    let files: Vec<String> = (0..1000).map(|image| format!("new/{image}.png")).collect();
    for (image, file) in (0..).zip(&files) {
        place.write(file, png(brightness(image)));
    }
    let outcome = place.didact(&format!("predict cleaned {}", files.join(" ")));
    let expected = (0..).zip(&files).map(|(image, file)| {
        let class = if image % 3 == 0 { "light" } else { "dark" };
        format!("{file},{class}")
    });
    let answered = outcome.stdout.lines().skip(1);
    let answered = answered.map(|row| row.rsplit_once(',').unwrap().0.to_owned());
    assert_eq!(answered.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
}

/// Its four networks share everything else, so that the smallest stands for them.
#[test]
fn the_notebooks_recipe_is_one_word() {
    let place = images();
    let outcome = place.didact(
        "clean images --image-size 32 --trusted trusted.csv --trusted-split random:fit=0.5,select=0.25 --preset notebook \
         --model notebook-resnet-8 --epochs 1 --threads 1 -o cleaned --json",
    );
    let summary = outcome.json();
    let models = summary["models"].as_array().unwrap();
    let names: Vec<&str> = models.iter().map(|row| row["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(
        names[1..].iter().all(|name| name.contains("fine-tune")),
        "{names:?}"
    );
    assert!(names[2].contains("mixup=0.2"), "{names:?}");
    let settings = place.read("cleaned/cleaning.toml");
    for words in [
        "sure = 0.0",
        "variant = \"notebook\"",
        "epochs = 100\npatience = 15",
        "learning-rate = 0.0001",
        "mixup = 0.2",
        "label-smoothing = 0.1",
        "name = \"adam-w\"",
        "early-stopping = 15",
        "name = \"affine\"",
    ] {
        assert!(settings.contains(words), "{words} is not in {settings}");
    }
}
