//! Mentors: examples, training, judgement, and a student that asks one.

use insta::assert_snapshot;

use crate::support::{Workplace, lines};

/// Losses of 300 samples: wrong labels have large ones.
fn dump() -> String {
    lines((0..300).map(|row| {
        let (is_wrong, class) = (row % 3 == 0, row % 4);
        let given = if is_wrong { (class + 1) % 4 } else { class };
        let loss = f64::from(row % 10) / 10.0 + if is_wrong { 3.0 } else { 0.0 };
        format!("{row} 20 {given} {class} {loss}")
    }))
}

#[test]
fn a_written_curriculum_becomes_a_mentor() {
    let place = Workplace::new();
    let outcome = place.didact("mentor data --curriculum spcl-linear:gamma=2 --sample-size 1000 -o spcl");
    assert_snapshot!(outcome.all(), @"
    exit 0
    --- stdout
    wrote 800 examples to learn from and 200 to measure by to spcl/examples.parquet, mean target 0.630
    --- stderr
    ");
    let outcome = place
        .didact("mentor train spcl/examples.parquet --steps 2000 --restarts 2 -o mentor.safetensors --json");
    assert_eq!(outcome.code, 0, "{}", outcome.all());
    let trained = outcome.json();
    assert_eq!(trained["mentor"]["curriculum"], "spcl-linear:gamma=2");
    assert_eq!(trained["parameters"], 757);
    assert_eq!(trained["restarts"].as_array().unwrap().len(), 2);
    assert!(trained["mentor"]["error"]["mean-squared-error"].as_f64().unwrap() < 0.05);
    let again = place.didact("mentor train spcl/examples.parquet -o mentor.safetensors");
    assert_eq!(again.code, 1);
    assert!(again.stderr.contains("exists already"), "{}", again.stderr);
}

#[test]
fn a_dump_becomes_examples_for_each_percentile() {
    let place = Workplace::new();
    place.write("dump.csv", dump());
    let outcome = place.didact("mentor data --dump dump.csv --percentiles 50,90 -o examples --json");
    assert_eq!(outcome.code, 0, "{}", outcome.all());
    let made = outcome.json();
    for (file, percentile) in made["files"].as_array().unwrap().iter().zip([0.5, 0.9]) {
        assert_eq!(file["percentile"], percentile);
        assert_eq!((&file["training"], &file["held_out"]), (&240.into(), &60.into()));
        assert!((file["mean_target"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9);
    }
    let compat = place
        .didact("mentor data --dump dump.csv --percentiles 90 --compat -o compat --json")
        .json();
    assert_eq!(compat["files"][0]["held_out"], 59);
    let aware = place.didact("mentor train examples/percentile-90.parquet --label-aware --steps 500 --restarts 1 -o aware.safetensors --json");
    assert_eq!(
        aware.json()["mentor"]["training"]["labels"]["aware"]["classes"],
        4
    );
}

#[test]
fn bad_input_is_named() {
    let place = Workplace::new();
    place.write("dump.csv", "1 18 3 3 0.5\n2 18 3 0.25\n");
    assert_snapshot!(place.didact("mentor data --dump dump.csv -o examples").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: dump.csv:2: expected five fields, the clean label among them, found `2 18 3 0.25`
    hint: a dump has rows `sample_id epoch noisy_label clean_label loss`, parted by spaces, commas or tabs
    ");
    assert!(!place.path("examples").exists());
    assert_snapshot!(place.didact("mentor data --dump dump.csv --percentiles 0 -o examples").all(), @"
    exit 2
    --- stdout
    --- stderr
    error: invalid value '0' for '--percentiles <P,P>': 0 is not above 0 and below 100

    For more information, try '--help'.
    ");
    place.write("own.toml", "[[piece]]\nfrom = 0\nname = \"baselin\"\n");
    assert_snapshot!(place.didact("mentor data --piecewise own.toml -o examples").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: own.toml: TOML parse error at line 1, column 1
      |
    1 | [[piece]]
      | ^^^^^^^^^
    unknown variant `baselin`, expected one of `baseline`, `self-paced`, `hard-example-mining`, `focal`, `spcl-linear`, `mentornet-predefined`
    hint: a piece is a table [[piece]] with `from`, `name` and its settings
    ");
    assert_snapshot!(place.didact("mentor evaluate dump.csv runs/none").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: dump.csv is not a mentor: expected a safetensors file of f32 and i64, found header too large
    hint: a mentor is what `didact mentor train` writes, or RUN/mentor.safetensors of a run with --curriculum mentornet-data-driven
    ");
    assert_snapshot!(place.didact("mentor train dump.csv -o mentor.safetensors").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: dump.csv does not hold a mentor's examples: Parquet error: Invalid Parquet file. Corrupt footer
    hint: examples are what `didact mentor data` writes
    ");
    assert_snapshot!(
        place.didact("train embedded:fashion-mnist#0..200 --curriculum mentornet:mentor=dump.csv -o run").all(), @"
    exit 1
    --- stdout
    --- stderr
    data: 200 samples of 1x28x28, 10 classes, idx; 180 to train on, 20 to choose the epoch
    error: dump.csv is not a mentor: expected a safetensors file of f32 and i64, found header too large
    hint: a mentor is what `didact mentor train` writes, or RUN/mentor.safetensors of a run with --curriculum mentornet-data-driven
    "
    );
    assert_snapshot!(
        place.didact("train embedded:fashion-mnist#0..200 --curriculum mentornet-data-driven -o run").all(), @"
    exit 1
    --- stdout
    --- stderr
    data: 200 samples of 1x28x28, 10 classes, idx; 180 to train on, 20 to choose the epoch
    error: --curriculum mentornet-data-driven without --trusted: the mentor learns from samples whose labels someone checked
    "
    );
    place.write("few.txt", "9\n2\n");
    assert_snapshot!(
        place.didact("train embedded:fashion-mnist#0..200 --curriculum mentornet-data-driven --trusted few.txt -o run").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: 2 of the training samples have trusted labels, and a mentor needs at least one for each of the 10 classes
    hint: check more labels, some of each class, and name them with --trusted
    "
    );
    assert!(!place.path("run").exists());
    assert_snapshot!(place.didact("curriculum plot mentornet-data-driven -o picture.svg").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: mentornet-data-driven has no weights before it has learnt from a run
    hint: draw what a run taught it: `didact mentor plot RUN/mentor.safetensors`
    ");
}

#[test]
fn a_run_teaches_a_mentor_that_another_run_asks() {
    let place = Workplace::new();
    let train = "train embedded:fashion-mnist#0..600 --test none --noise symmetric:0.4 --model mlp:hidden=32 --epochs 4 --batch-size 60";
    let first = place.didact(&format!("{train} --curriculum none -o first"));
    assert_eq!(first.code, 0, "{}", first.all());
    let made = place
        .didact("mentor data --run first --percentiles 60 --epochs 2,3 -o examples --json")
        .json();
    let count = |key: &str| made["files"][0][key].as_u64().unwrap();
    assert_eq!(count("training") + count("held_out"), 2 * 540);
    let refused = place.didact("mentor data --run first --epochs 5 -o others");
    assert!(refused.stderr.contains("no epoch 5"), "{}", refused.stderr);
    let trained = place.didact(
        "mentor train examples/percentile-60.parquet --steps 2000 --restarts 1 -o mentor.safetensors",
    );
    assert_eq!(trained.code, 0, "{}", trained.all());
    let judged = place
        .didact("mentor evaluate mentor.safetensors first --json")
        .json();
    assert_eq!(judged["epochs"].as_array().unwrap().len(), 4);
    assert!((judged["percentile"].as_f64().unwrap() - 0.6).abs() < 1e-9);
    assert!(judged["epochs"][2]["area_under_roc"].as_f64().unwrap() > 0.6);
    let second = place.didact(&format!(
        "{train} --curriculum mentornet:mentor=mentor.safetensors,percentile=0.6 -o second"
    ));
    assert_eq!(second.code, 0, "{}", second.all());
}
