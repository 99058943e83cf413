//! Pictures of curricula.

use insta::assert_snapshot;

use crate::support::Workplace;

#[test]
fn a_picture_is_written_as_its_name_ends() {
    let place = Workplace::new();
    let outcome = place.didact("curriculum plot superloss:lambda=0.25 -o one.svg");
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (0, "wrote one.svg\n"),
        "{}",
        outcome.stderr
    );
    assert!(
        place
            .read("one.svg")
            .contains("How much a sample counts: superloss:lambda=0.25")
    );
    let outcome = place.didact("curriculum plot none superloss -o both");
    assert_eq!(outcome.stdout, "wrote both.svg\nwrote both.png\n");
    let image = image::open(place.path("both.png")).unwrap();
    assert!(image.width() > 800 && image.height() > 600);
    assert_eq!(place.names(""), ["both.png", "both.svg", "one.svg"]);
}

#[test]
fn the_points_are_printed_as_json_without_a_file() {
    let place = Workplace::new();
    let json = place
        .didact("curriculum plot none superloss:value=2 --epochs 4 --json")
        .json();
    assert_eq!(json["losses"].as_array().unwrap().len(), 241);
    assert_eq!(json["curricula"][0]["stages"][0]["weights"][240], 1.0);
    let superloss = &json["curricula"][1];
    assert_eq!(superloss["name"], "superloss:value=2");
    // 2 = 96 steps of 5/240: the expected loss.
    assert_eq!(superloss["stages"][3]["weights"][96], 1.0);
    assert_eq!(superloss["stages"][3]["values"][96], 0.0);
    assert_eq!(superloss["stages"][3]["epoch"], 4);
    assert!(place.names("").is_empty());
}

#[test]
fn what_cannot_be_drawn_is_refused_and_nothing_is_written() {
    let place = Workplace::new();
    let refused = |arguments: &str| {
        let outcome = place.didact(&format!("curriculum {arguments}"));
        assert!(place.names("").is_empty(), "{arguments}");
        format!("exit {}\n{}", outcome.code, outcome.stderr)
    };
    assert!(refused("plot superlos -o a.svg").contains("did you mean `superloss`?"));
    assert!(refused("plot superloss:lamda=1 -o a.svg").contains("did you mean `lambda`?"));
    assert!(refused("plot superloss").starts_with("exit 2"));
    assert!(refused("animate --curriculum spl-hrad -o a.gif").contains("did you mean `spl-hard`?"));
    assert!(refused("animate --samples 9 -o a.gif").starts_with("exit 2"));
    assert_snapshot!(refused("plot superloss -o a.jpg"), @"
    exit 1
    error: a.jpg is neither .svg nor .png
    hint: end the name of the picture in .svg or .png, or in neither for both
    ");
    assert_snapshot!(refused("plot superloss --largest-loss 0 -o a.svg"), @"
    exit 1
    error: the largest loss is 0, expected a finite number above 0
    ");
    assert!(
        refused("plot superloss --largest-loss -1 -o a.svg").contains("the largest loss is -1, expected")
    );
    assert!(refused("plot superloss --noise-rate -0.5 -o a.svg").starts_with("exit 1"));
    assert_snapshot!(refused("animate -o a.png"), @"
    exit 1
    error: a.png does not end in .gif
    hint: an animation is written as GIF: name it so with -o
    ");
    assert!(refused("plot superloss -o no/such/folder/a.svg").starts_with("exit 1"));
}

#[test]
fn a_file_that_is_there_is_left_alone() {
    let place = Workplace::new();
    for (file, command) in [("a.png", "plot superloss -o a"), ("b.gif", "animate -o b.gif")] {
        place.write(file, "mine");
        let outcome = place.didact(&format!("curriculum {command}"));
        assert_eq!(outcome.code, 1);
        assert_eq!(place.read(file), "mine");
        assert_eq!(
            outcome.stderr.lines().next().unwrap(),
            format!("error: {file} exists already")
        );
    }
    assert_eq!(place.names(""), ["a.png", "b.gif"]);
}

#[test]
fn an_animation_ends_in_the_flipped_label() {
    let place = Workplace::new();
    let outcome = place.didact("curriculum animate --samples 200 --seed 3 -o one.gif");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(
        outcome.stdout.contains("its label was flipped"),
        "{}",
        outcome.stdout
    );
    let json = place
        .didact("curriculum animate --samples 200 --seed 3 -o two.gif --json")
        .json();
    assert_eq!(json["found"], true);
    assert_eq!(json["anomalies"][0]["sample"], json["flipped"]);
    let bytes = |name: &str| std::fs::read(place.path(name)).unwrap();
    assert_eq!(bytes("one.gif"), bytes("two.gif"));
}
