//! Pictures of mentors.

use insta::assert_snapshot;

use crate::support::Workplace;

/// A folder with `a.safetensors`, taught in a moment, and `aware.safetensors`, which looks at labels.
fn place() -> Workplace {
    let place = Workplace::new();
    for (name, classes, aware) in [("a", "", ""), ("aware", " --classes 3", " --label-aware")] {
        let data = format!("mentor data --curriculum self-paced --sample-size 1000{classes} -o data-{name}");
        let train = format!(
            "mentor train data-{name}/examples.parquet --steps 300 --restarts 1{aware} -o {name}.safetensors"
        );
        for command in [data, train] {
            let outcome = place.didact(&command);
            assert_eq!(outcome.code, 0, "{command}: {}", outcome.stderr);
        }
    }
    place
}

#[test]
fn mentors_are_drawn_as_the_name_ends() {
    let place = place();
    let before = place.names("").len();
    let outcome = place.didact("mentor plot a.safetensors aware.safetensors --epochs 0,99 -o both");
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (0, "wrote both.svg\nwrote both.png\n"),
        "{}",
        outcome.stderr
    );
    let svg = place.read("both.svg");
    assert!(svg.contains(">a: taught self-paced") && svg.contains(">aware: taught self-paced"));
    let image = image::open(place.path("both.png")).unwrap();
    assert!(image.width() > 800 && image.height() > 600);
    let outcome = place.didact("mentor plot a.safetensors --epochs 50,20 -o one.gif");
    assert_eq!(outcome.stdout, "wrote one.gif\n", "{}", outcome.stderr);
    assert!(
        std::fs::read(place.path("one.gif"))
            .unwrap()
            .starts_with(b"GIF89a")
    );
    assert_eq!(place.names("").len(), before + 3);
}

#[test]
fn weights_are_printed_as_json_without_a_file() {
    let place = place();
    let json = place
        .didact("mentor plot a.safetensors ./a.safetensors --epochs 50,20,50 --loss-bound 10 --json")
        .json();
    assert_eq!(json["epochs"], serde_json::json!([20, 50]));
    assert_eq!(
        (&json["files"], &json["loss_bound"]),
        (&serde_json::json!([]), &10.0.into())
    );
    assert_eq!(
        (&json["differences"][0], &json["losses"][20]),
        (&(-10.0).into(), &10.0.into())
    );
    // Two of the same name are called by their paths.
    assert_eq!(json["mentors"][1]["name"], "./a.safetensors");
    let grid = &json["mentors"][0]["grids"][1];
    assert_eq!(
        (&grid["epoch"], grid["weights"].as_array().unwrap().len()),
        (&50.into(), 21)
    );
    let weight = |difference: usize| grid["weights"][20][difference].as_f64().unwrap();
    assert!(weight(0) > weight(20), "{grid}");
}

#[test]
fn what_cannot_be_drawn_is_refused_with_a_hint_and_nothing_is_written() {
    let place = place();
    place.write("none.safetensors", "no mentor");
    place.write("there.png", "mine");
    let before = place.names("");
    let refused = |arguments: &str| {
        let outcome = place.didact(&format!("mentor plot {arguments}"));
        assert_eq!(place.names(""), before, "{arguments}");
        format!("exit {}\n{}", outcome.code, outcome.stderr)
    };
    assert_snapshot!(refused("a.safetensors --epochs 0,100 -o a.png"), @"
    exit 1
    error: an epoch is 100, expected a percent of the run from 0 to 99
    hint: --epochs takes percents of the run, such as 0,20,50,99
    ");
    assert_snapshot!(refused("a.safetensors --loss-bound -1 -o a.png"), @"
    exit 1
    error: the loss bound is -1, expected a number from 0.001 to 1000
    hint: --loss-bound takes the largest loss to draw, such as 5
    ");
    assert_snapshot!(refused("a.safetensors -o a.jpg"), @"
    exit 1
    error: a.jpg is none of .svg, .png and .gif
    hint: end the name in .svg or .png for a picture, in .gif for an animation, or in none of them for both pictures
    ");
    assert_snapshot!(refused("a.safetensors --label 1 -o a.png"), @"
    exit 1
    error: the mentor a takes no label, as it ignores labels, found label 1
    hint: --label is for mentors trained with --label-aware, and counts their classes from 0
    ");
    assert_snapshot!(refused("aware.safetensors --label 3 -o a.png"), @"
    exit 1
    error: the mentor aware takes a label from 0 to 2, found label 3
    hint: --label is for mentors trained with --label-aware, and counts their classes from 0
    ");
    let foreign = refused("none.safetensors -o a.png");
    assert!(
        foreign.contains("none.safetensors is not a mentor") && foreign.contains("\nhint: "),
        "{foreign}"
    );
    assert_snapshot!(refused("a.safetensors -o there.png"), @"
    exit 1
    error: there.png exists already
    hint: name another file with -o, or remove it first
    ");
    assert!(refused("a.safetensors").starts_with("exit 2"));
    assert!(refused("a.safetensors --epochs -1 -o a.png").starts_with("exit 2"));
    assert!(refused("missing.safetensors -o a.png").starts_with("exit 1"));
    assert!(refused("a.safetensors -o no/such/folder/a.svg").starts_with("exit 1"));
    assert_eq!(place.read("there.png"), "mine");
}

#[test]
fn the_label_is_drawn_that_was_asked_for() {
    let place = place();
    let outcome = place.didact("mentor plot aware.safetensors --label 2 --epochs 0 -o a.svg");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(place.read("a.svg").contains("here given label 2"));
}

#[test]
fn the_command_explains_its_options() {
    let outcome = Workplace::new().didact("mentor plot --help");
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""));
    assert_snapshot!(outcome.stdout, @"
    Draw how much a sample counts, by a mentor, as the run goes on

    Several mentors stand below one another in a picture, and beside one another in an animation.

    Usage: didact mentor plot [OPTIONS] <MENTOR>...

    Arguments:
      <MENTOR>...
              Mentors, of `didact mentor train` or RUN/mentor.safetensors

    Options:
      -o, --output <FILE>
              The picture to write, .svg, .png or .gif; .svg and .png, if it has no ending; files must
              not exist yet

          --epochs <PERCENTS>
              Percents of the run to draw, 0 to 99, which MentorNet calls epochs
              
              [default: 0,10,18,20,30,40,50,60,70,80,90,95,99]

          --loss-bound <LOSS>
              The largest loss drawn, and the largest difference, from 0.001 to 1000
              
              [default: 5]

          --label <K>
              Given label to draw, as its number from 0, for mentors that look at labels [default: 0]

          --json
              Print one JSON object with weights on a grid; no file is written without -o

      -h, --help
              Print help (see a summary with '-h')

    A mentor is asked for the weight of every loss and every difference: loss minus the moving
    percentile of the batches' losses. Maps show it as colour, with a line where it is 0.5; curves show
    it at half the loss bound. What lies beyond a difference as large as the loss cannot occur and is
    hatched.

    Examples:
      didact mentor plot self-paced.safetensors -o self-paced.png
      didact mentor plot predefined.safetensors learnt.safetensors -o both.gif
          beside one another, a frame for each percent of the run
      didact mentor plot runs/learnt/mentor.safetensors --epochs 0,50,99 --loss-bound 15 -o learnt.svg
    ");
}
