//! Training, from data to a complete run folder.

use didact_kernels::InstructionSet;
use insta::assert_snapshot;

use crate::support::Workplace;

const QUICK: &str = "--model logistic --epochs 2 --batch-size 16 --threads 1";

#[test]
fn a_run_folder_holds_everything() {
    let place = Workplace::new().with_table();
    let outcome = place.didact(&format!(
        "train table.csv -o run {QUICK} --noise symmetric:0.25 --test more.csv"
    ));
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert_eq!(
        place.names("run"),
        [
            "checkpoints",
            "config.toml",
            "evaluation.json",
            "last.safetensors",
            "ledger",
            "metrics.csv",
            "model.safetensors",
            "probabilities.npy",
            "report.html",
            "summary.json",
            "timings.csv"
        ]
    );
    assert_eq!(
        place.names("run/ledger"),
        ["epoch-0001.parquet", "epoch-0002.parquet"]
    );
    assert!(
        outcome.stdout.contains("report  run/report.html"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn json_is_the_summary_and_nothing_else_is_on_standard_output() {
    let place = Workplace::new().with_table();
    let outcome = place.didact(&format!(
        "train table.csv -o run {QUICK} --noise symmetric:0.25 --test more.csv --json"
    ));
    let printed = outcome.json();
    assert_eq!(
        printed,
        serde_json::from_str::<serde_json::Value>(&place.read("run/summary.json")).unwrap()
    );
    let mut keys: Vec<&str> = printed.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_snapshot!(keys.join(" "), @"curriculum device epochs_run estimated_noise_rate loss model noise parameters peak_rss_bytes samples_per_second seconds seed selected_by selected_epoch strategy task test test_last train validation version");
    assert_eq!(printed["noise"]["kind"], "symmetric");
    assert_eq!(printed["test"]["n"], 32);
    assert!(outcome.stderr.contains("epoch 2/2"), "{}", outcome.stderr);
}

#[test]
fn the_same_seed_gives_the_same_bytes_for_one_thread_or_two() {
    let place = Workplace::new().with_table();
    for (run, threads) in [("one", 1), ("two", 2)] {
        let line =
            format!("train table.csv -o {run} --model mlp:hidden=8,dropout=0.5 --epochs 2 --batch-size 16");
        assert_eq!(place.didact(&format!("{line} --threads {threads}")).code, 0);
    }
    assert_eq!(place.read("one/metrics.csv"), place.read("two/metrics.csv"));
    let bytes = |name: &str| std::fs::read(place.path(name)).unwrap();
    assert!(bytes("one/model.safetensors") == bytes("two/model.safetensors"));
    assert!(bytes("one/ledger/epoch-0002.parquet") == bytes("two/ledger/epoch-0002.parquet"));
}

#[test]
fn everything_a_run_needs_is_in_its_configuration() {
    let place = Workplace::new().with_table();
    assert_eq!(
        place
            .didact(&format!("train table.csv -o run {QUICK} --noise pair:0.1"))
            .code,
        0
    );
    let folder = std::fs::canonicalize(place.path("")).unwrap();
    let config = place
        .read("run/config.toml")
        .replace(&format!("{}/", folder.display()), "PLACE/");
    let config = config.replace(&format!("{}/", place.path("").display()), "PLACE/");
    assert_snapshot!(config.replace("PLACE//", "PLACE/"), @r#"
    version = "0.1.0"
    data = "PLACE/table.csv"
    skip-bad = false
    memory-budget = 2048
    noise = "pair:0.1"
    noise-seed = 0
    validation = "0.1"
    label-smoothing = 0.0
    learning-rate = 0.001
    weight-decay = 0.0
    augment = []
    epochs = 2
    batch-size = 16
    select = "best"
    select-metric = "accuracy"
    seed = 0
    threads = 1
    precision = "f32"
    device = "cpu"

    [normalize]
    name = "measured"

    [model]
    name = "logistic"

    [loss]
    name = "cross-entropy"

    [strategy]
    name = "none"

    [curriculum]
    name = "superloss"
    lambda = 1.0
    expectation = "constant"

    [confidence]
    name = "superloss"
    lambda = 1.0
    expectation = "constant"

    [optimizer]
    name = "adam"
    beta1 = 0.9
    beta2 = 0.999
    epsilon = 0.00000001

    [schedule]
    name = "constant"
    warmup = 0.0
    "#);
}

#[test]
fn a_configuration_makes_another_run_and_options_win() {
    let place = Workplace::new().with_table();
    assert_eq!(place.didact(&format!("train table.csv -o first {QUICK}")).code, 0);
    assert_eq!(place.didact("train --config first/config.toml -o same").code, 0);
    assert_eq!(
        place
            .didact("train --config first/config.toml -o other --seed 1")
            .code,
        0
    );
    assert_eq!(place.read("first/metrics.csv"), place.read("same/metrics.csv"));
    assert_ne!(place.read("first/metrics.csv"), place.read("other/metrics.csv"));
}

#[test]
fn a_file_may_spell_methods_as_tables_or_strings() {
    let place = Workplace::new().with_table();
    let strings =
        "model = 'mlp:hidden=4'\nnoise = 'pair:0.1'\nvalidation = '0.25'\nepochs = 1\nbatch-size = 16";
    let tables = "validation = 0.25\nepochs = 1\nbatch-size = 16\n[model]\nname = 'mlp'\nhidden = 4\n\
                  [noise]\nname = 'pair'\nrate = 0.1";
    place.write("strings.toml", strings);
    place.write("tables.toml", tables);
    for name in ["strings", "tables"] {
        let outcome = place.didact(&format!("train table.csv --config {name}.toml -o {name}"));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    }
    assert_eq!(
        place.read("strings/config.toml"),
        place.read("tables/config.toml")
    );
}

#[test]
fn images_get_a_network_for_images_by_default() {
    let place = Workplace::new().with_images();
    let outcome = place.didact("train images -o run --epochs 1 --batch-size 8 --json");
    assert_eq!(outcome.json()["model"], "big-lenet:padding=same");
    assert!(place.read("run/report.html").contains("data:image/png;base64,"));
}

#[test]
fn bad_items_are_left_out_and_listed_if_asked() {
    let place = Workplace::new().with_images();
    place.write("images/dark/broken.png", "no image");
    let outcome = place.didact("train images -o run --skip-bad --model logistic --epochs 1 --batch-size 8");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(place.read("run/skipped.csv").contains("broken.png"));
}

#[test]
fn the_test_part_of_the_data_reports_unless_it_is_refused() {
    let place = Workplace::new();
    for (file, start) in [("data_batch_1.bin", 0), ("test_batch.bin", 100)] {
        let record = |row: u8| {
            std::iter::once(row % 10)
                .chain((0..3072).map(move |pixel| (start + i32::from(row) + pixel) as u8))
        };
        place.write(
            &format!("cifar/{file}"),
            (0..20).flat_map(record).collect::<Vec<u8>>(),
        );
    }
    let tested = place
        .didact(&format!("train cifar -o tested {QUICK} --json"))
        .json();
    assert_eq!(tested["test"]["n"], 20);
    let untested = place
        .didact(&format!("train cifar -o untested {QUICK} --test none --json"))
        .json();
    assert!(untested["test"].is_null(), "{untested:#}");
    assert!(place.read("untested/config.toml").contains("test = \"none\""));
}

#[test]
fn inputs_are_normalised_as_asked() {
    let place = Workplace::new().with_table();
    for (run, normalize) in [
        ("measured", "measured"),
        ("raw", "none"),
        ("same", "given:mean=0x0,deviation=1x1"),
        ("given", "given:mean=8x6,deviation=4x3"),
    ] {
        let outcome = place.didact(&format!(
            "train table.csv -o {run} {QUICK} --normalize {normalize}"
        ));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    }
    let metrics = ["measured", "raw", "same", "given"].map(|run| place.read(&format!("{run}/metrics.csv")));
    assert_eq!(metrics[1], metrics[2]);
    assert!(metrics[0] != metrics[1] && metrics[1] != metrics[3] && metrics[0] != metrics[3]);
}

#[test]
fn images_are_told_by_their_histograms_wherever_the_model_is_used() {
    let place = Workplace::new().with_images();
    let train =
        "train images -o run --epochs 60 --batch-size 4 --learning-rate 0.1 --validation none --threads 1";
    let line = format!("{train} --features rgb-histogram --model logistic --curriculum none --json");
    let summary = place.didact(&line).json();
    let config = place.read("run/config.toml");
    assert!(
        config.contains("[features]\nname = \"rgb-histogram\"\nbins = 5\n"),
        "{config}"
    );
    assert!(config.contains("augment = []"), "{config}");
    // Five ranges of one channel and a bias, for each of two classes.
    assert_eq!(summary["parameters"], 12, "{summary:#}");
    let measured = place.didact("evaluate run more --json").json();
    // Some of the dark ones have pixels in a range that no image of the training data has.
    assert_eq!(measured["test"]["accuracy"], 0.875, "{measured:#}");
    let predicted = place.didact("predict run more/light/3.png --json").json();
    assert_eq!(predicted["predictions"][0]["label"], "light", "{predicted:#}");
    let features = place
        .with_table()
        .didact("train table.csv -o table --features rgb-histogram");
    assert_eq!(features.code, 1);
    let expected = "rgb-histogram needs images, but the samples are rows of 2 features";
    assert!(features.stderr.contains(expected), "{}", features.stderr);
}

#[test]
fn grey_images_are_shifted_and_not_mirrored_by_default() {
    let place = Workplace::new().with_images();
    assert_eq!(
        place
            .didact("train images -o run --model logistic --epochs 1 --batch-size 8")
            .code,
        0
    );
    let config = place.read("run/config.toml");
    assert!(
        config.contains("pad-and-crop") && !config.contains("horizontal-flip"),
        "{config}"
    );
}

#[test]
fn verbose_names_the_instruction_set_and_the_threads() {
    let place = Workplace::new().with_images();
    let kernels = format!("kernels: {}, ", InstructionSet::in_use());
    let train = "train images -o run --epochs 1 --batch-size 8 --threads 1";
    let outcome = place.didact(&format!("{train} --verbose"));
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(
        outcome.stderr.starts_with(&format!("{kernels}1 thread\n")),
        "{}",
        outcome.stderr
    );
    for command in ["evaluate run more", "predict run more/dark/0.png"] {
        let outcome = place.didact(&format!("{command} --verbose"));
        assert!(outcome.stderr.starts_with(&kernels), "{}", outcome.stderr);
        assert_eq!(outcome.stderr.lines().count(), 1, "{}", outcome.stderr);
        assert_eq!(place.didact(command).stderr, "");
    }
}
