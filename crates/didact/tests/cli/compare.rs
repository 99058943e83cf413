//! Methods side by side.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Outcome, Workplace};

const SHARED: &str = "\
[shared]
data = 'embedded:fashion-mnist#0..600'
test = 'embedded:fashion-mnist#9000..9200'
model = 'mlp:hidden=16'
augment = 'none'
epochs = 2
threads = 1
";

const TWO_METHODS: &str = "\
[methods.superloss]
curriculum = 'superloss'
[methods.plain]
curriculum = 'none'
[[grid]]
noise = ['symmetric:0.4']
seeds = [0, 1]
";

fn place_with(methods: &str) -> Workplace {
    let place = Workplace::new();
    place.write("spec.toml", format!("{SHARED}{methods}"));
    place
}

/// What a comparison that cannot be says; nothing is written.
fn refused(spec: &str) -> String {
    let place = Workplace::new();
    place.write("spec.toml", spec);
    let outcome = place.didact("compare spec.toml -o out");
    assert!(place.lacks("out"), "{}", outcome.stderr);
    assert_eq!(
        (outcome.code, outcome.stdout.as_str()),
        (1, ""),
        "{}",
        outcome.stderr
    );
    outcome.stderr
}

fn refused_grid(grid: &str) -> String {
    refused(&format!(
        "{SHARED}[methods.plain]\ncurriculum = 'none'\n[[grid]]\n{grid}\n"
    ))
}

fn summary(place: &Workplace, method: &str, seed: u64) -> Value {
    let path = format!("out/runs/{method}/symmetric-0.4/mlp-hidden-16/seed-{seed}/summary.json");
    serde_json::from_str(&place.read(&path)).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn the_table_has_mean_and_deviation_of_the_runs() {
    let place = place_with(TWO_METHODS);
    let outcome = place.didact("compare spec.toml -o out --jobs 2 --json");
    let printed = outcome.json();
    assert_eq!(
        printed,
        serde_json::from_str::<Value>(&place.read("out/comparison.json")).unwrap()
    );
    let rows = printed["rows"].as_array().unwrap();
    let methods: Vec<&str> = rows.iter().map(|row| row["method"].as_str().unwrap()).collect();
    assert_eq!(methods, ["plain", "superloss"]);
    for row in rows {
        let method = row["method"].as_str().unwrap();
        let [one, other] = [0, 1].map(|seed| number(&summary(&place, method, seed)["test"]["accuracy"]));
        let accuracy = &row["test_accuracy"];
        assert!((number(&accuracy["mean"]) - f64::midpoint(one, other)).abs() < 1e-12);
        let deviation = (one - other).abs() / 2.0_f64.sqrt();
        assert!((number(&accuracy["deviation"]) - deviation).abs() < 1e-12);
        assert_eq!(accuracy["n"], 2);
        assert_eq!(row["seeds"], serde_json::json!([0, 1]));
    }
    let mut keys: Vec<&str> = rows[0].as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_snapshot!(keys.join(" "), @"clean_fitted clean_weight method missing_seeds model noise noisy_fitted noisy_weight peak_memory_mb seconds seconds_per_epoch seeds selected_epoch test_accuracy test_accuracy_last test_mcc test_mcc_last validation_accuracy");
    assert_eq!(
        place.names("out"),
        [
            ".compare.lock",
            "comparison.json",
            "report.html",
            "runs",
            "table.csv",
            "table.md"
        ]
    );
    the_same_noise(&place);
    done_already(&place);
    another_configuration(&place);
}

/// At the same seed, methods have the same noise; at another, another.
fn the_same_noise(place: &Workplace) {
    let realised = |method, seed| number(&summary(place, method, seed)["noise"]["realised"]);
    assert_eq!(realised("plain", 0).to_bits(), realised("superloss", 0).to_bits());
    assert_eq!(realised("plain", 1).to_bits(), realised("superloss", 1).to_bits());
    assert_ne!(realised("plain", 0).to_bits(), realised("plain", 1).to_bits());
}

fn done_already(place: &Workplace) {
    let summary = "out/runs/plain/symmetric-0.4/mlp-hidden-16/seed-0/summary.json";
    let written = || fs::metadata(place.path(summary)).unwrap().modified().unwrap();
    let (before, table) = (written(), place.read("out/table.csv"));
    let outcome = place.didact("compare spec.toml -o out");
    assert_eq!(
        (outcome.code, outcome.stderr.as_str()),
        (0, "4 runs, 4 of them done\n")
    );
    assert_eq!((written(), place.read("out/table.csv")), (before, table));
}

fn another_configuration(place: &Workplace) {
    place.write("spec.toml", format!("{SHARED}weight-decay = 0.5\n{TWO_METHODS}"));
    assert_snapshot!(place.didact("compare spec.toml -o out").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: out/runs/plain/symmetric-0.4/mlp-hidden-16/seed-0 was begun with weight-decay = 0.0, and now weight-decay = 0.5 is asked for
    hint: restore the setting, name another folder with -o, or remove that run
    ");
}

#[test]
fn the_text_forms_show_the_same_rows() {
    let place = place_with("[methods.superloss]\n[[grid]]\nseeds = [3]\n");
    let outcome = place.didact("compare spec.toml -o out");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(
        outcome
            .stderr
            .contains("plain · noise none · mlp:hidden=16 · seed 3: test "),
        "{}",
        outcome.stderr
    );
    assert!(
        outcome.stderr.contains("[1 of 2, 1 at once, one in "),
        "{}",
        outcome.stderr
    );
    let csv = place.read("out/table.csv");
    let cells: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(cells.len(), 3);
    assert!(cells.iter().all(|row| row.len() == 4 + 3 * 13));
    assert_eq!(cells[1][..4], ["plain", "none", "mlp:hidden=16", "3"]);
    assert_eq!((cells[1][5], cells[1][6]), ("", "1"));
    let markdown = place.read("out/table.md");
    assert!(
        markdown.contains("| plain | none | mlp:hidden=16 | 1 |"),
        "{markdown}"
    );
    assert!(markdown.contains("didact compare spec.toml -o out"), "{markdown}");
    let heads: Vec<&str> = outcome
        .stdout
        .lines()
        .filter(|line| line.contains("method"))
        .collect();
    assert_snapshot!(heads.join("\n"), @"
    method                     n  accuracy %  last epoch %     MCC  MCC last  epoch
    method                     n  seconds  an epoch  memory MB
    ");
    let page = place.read("out/report.html");
    assert!(page.contains("superloss") && page.contains("didact compare spec.toml -o out"));
}

#[test]
fn a_dry_run_lists_what_is_to_do_and_does_nothing() {
    let place = place_with(TWO_METHODS);
    assert_snapshot!(place.didact("compare spec.toml -o out --dry-run").all(), @"
    exit 0
    --- stdout
    to do  plain · noise symmetric:0.4 · mlp:hidden=16 · seed 0
    to do  superloss · noise symmetric:0.4 · mlp:hidden=16 · seed 0
    to do  plain · noise symmetric:0.4 · mlp:hidden=16 · seed 1
    to do  superloss · noise symmetric:0.4 · mlp:hidden=16 · seed 1
    4 runs, 0 of them done
    --- stderr
    ");
    assert!(place.lacks("out"));
    let listed = place.didact("compare spec.toml -o out --dry-run --json").json();
    assert_snapshot!(listed["runs"][0], @r#"{"method":"plain","noise":"symmetric:0.4","model":"mlp:hidden=16","seed":0,"state":"to do","run":"runs/plain/symmetric-0.4/mlp-hidden-16/seed-0"}"#);
}

#[test]
fn a_run_that_fails_does_not_stop_the_others() {
    let place = place_with("[methods.plain]\ncurriculum = 'none'\n[methods.greedy]\nbatch-size = 100000\n");
    let outcome = place.didact("compare spec.toml -o out");
    assert_eq!(outcome.code, 1, "{}", outcome.stderr);
    assert!(
        outcome
            .stderr
            .contains("error: a batch of 100000 is larger than the 540 training samples"),
        "{}",
        outcome.stderr
    );
    assert!(
        outcome
            .stderr
            .contains("1 run failed; try again with: didact compare spec.toml -o out")
    );
    assert!(
        outcome
            .stdout
            .contains("none, mlp:hidden=16: n=1 of plain; n=0 of greedy (without seed 0)")
    );
    let written: Value = serde_json::from_str(&place.read("out/comparison.json")).unwrap();
    assert_eq!(
        written["runs"]["failed"][0]["run"],
        "runs/greedy/none/mlp-hidden-16/seed-0"
    );
    assert_eq!(written["rows"][1]["test_accuracy"]["n"], 0);
}

/// A comparison under way, once its first run has finished an epoch.
fn begun(place: &Workplace) -> Child {
    let child = Command::new(env!("CARGO_BIN_EXE_didact"))
        .args(["compare", "spec.toml", "-o", "out"])
        .current_dir(place.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let metrics = place.path("out/runs/plain/none/mlp-hidden-16/seed-0/metrics.csv");
    let begun = Instant::now();
    while !metrics.is_file() {
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "the first run does not begin"
        );
        sleep(Duration::from_millis(5));
    }
    child
}

fn long(methods: &str) -> Workplace {
    let place = Workplace::new();
    place.write(
        "spec.toml",
        format!("{}{methods}", SHARED.replace("epochs = 2", "epochs = 40")),
    );
    place
}

const PLAIN_ONLY: &str = "[methods.plain]\ncurriculum = 'none'\n";

/// Goes on with a comparison that was stopped, to the same figures as one that was not.
fn goes_on(place: &Workplace) -> Outcome {
    let outcome = place.didact("compare spec.toml -o out");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert_eq!(place.didact("compare spec.toml -o undisturbed").code, 0);
    let metrics = |output| {
        place.read(&format!(
            "{output}/runs/plain/none/mlp-hidden-16/seed-0/metrics.csv"
        ))
    };
    assert_eq!(metrics("out"), metrics("undisturbed"));
    outcome
}

#[cfg(unix)]
#[test]
fn ctrl_c_lets_the_runs_save_and_the_same_command_goes_on() {
    let place = long(PLAIN_ONLY);
    let child = begun(&place);
    let told = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(told.success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("seed 0: stopped and saved"), "{said}");
    assert!(
        said.contains("1 run left; go on with: didact compare spec.toml -o out"),
        "{said}"
    );
    goes_on(&place);
}

#[test]
fn a_comparison_that_was_killed_goes_on() {
    let place = long(PLAIN_ONLY);
    let mut child = begun(&place);
    child.kill().unwrap();
    child.wait().unwrap();
    goes_on(&place);
}

#[test]
fn a_folder_of_something_else_is_refused() {
    let place = place_with(TWO_METHODS);
    place.write("out/mine.txt", "mine");
    assert_snapshot!(place.didact("compare spec.toml -o out").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: out exists already and is no comparison
    hint: name another folder with -o
    ");
    assert_eq!(place.names("out"), ["mine.txt"]);
}

#[test]
fn unknown_keys_have_their_place_and_the_nearest_known_one() {
    assert_snapshot!(refused("[shared]\ndata = 'd'\nepohcs = 3\n"), @"
    error: spec.toml:3:1: unknown key `epohcs`
    hint: did you mean `epochs`?
    ");
    assert_snapshot!(refused("[shared]\ndata = 'd'\n[methods.a]\ncuriculum = 'none'\n"), @"
    error: spec.toml:4:1: unknown key `curiculum`
    hint: did you mean `curriculum`?
    ");
    assert_snapshot!(refused("[shared]\ndata = 'd'\n[method.a]\n"), @"
    error: spec.toml:3:2: unknown key `method`, expected one of `shared`, `methods`, `grid`
    hint: did you mean `methods`?
    ");
    assert_snapshot!(refused_grid("seed = [0]"), @"
    error: spec.toml:11:1: unknown key `seed`, expected one of `methods`, `noise`, `models`, `seeds`
    hint: did you mean `seeds`?
    ");
    let misspelt = refused("[shared]\ndata = 'd'\n[methods.a]\ncurriculum = 'superlos'\n");
    assert!(
        misspelt.starts_with("error: spec.toml:4:14: unknown name `superlos`"),
        "{misspelt}"
    );
    assert!(
        misspelt.ends_with("hint: did you mean `superloss`?\n"),
        "{misspelt}"
    );
}

#[test]
fn what_a_grid_names_must_be_there() {
    assert_snapshot!(refused_grid("methods = ['plain', 'plian']"), @"
    error: spec.toml:11:21: unknown name `plian`, expected one of `plain`
    hint: did you mean `plain`?
    ");
    assert_snapshot!(refused_grid("noise = ['none', 'symetric:0.4']"), @r#"error: spec.toml:11:18: unknown noise kind "symetric", did you mean "symmetric"?; known kinds: symmetric, symmetric-inclusive, exact-per-class, pair, asymmetric, transition"#);
    assert_snapshot!(refused_grid("noise = ['symmetric:1.4']"), @r#"error: spec.toml:11:10: noise "symmetric:1.4": rate must be in [0, 1), found 1.4"#);
    assert_snapshot!(refused_grid("models = ['big-lent']"), @"
    error: spec.toml:11:11: `big-lent`: unknown name `big-lent`, expected one of `logistic`, `mlp`, `big-lenet`, `vgg`, `resnet-20`, `resnet-32`, `resnet-44`, `resnet-56`, `cct`, `notebook-resnet-8`, `notebook-resnet-44`
    hint: did you mean `big-lenet`?
    ");
    assert_snapshot!(refused_grid("seeds = [-1]"), @"error: spec.toml:11:10: -1 is no seed: seeds begin at 0");
    assert_snapshot!(refused_grid("seeds = []"), @"
    error: spec.toml:11:9: an empty list leaves nothing to run
    hint: leave it out for the default
    ");
}

#[test]
fn methods_may_not_change_what_is_learnt_from() {
    let method = |settings: &str| refused(&format!("[shared]\ndata = 'd'\n[methods.a]\n{settings}\n"));
    assert_snapshot!(method("epochs = 3\ndata = 'other'"), @"
    error: spec.toml:5:1: a method may not set `data`: all methods get the same data, noise, split and seeds
    hint: say `data` under [shared]
    ");
    assert_snapshot!(method("noise = 'pair:0.2'"), @"
    error: spec.toml:4:1: a method may not set `noise`: all methods get the same data, noise, split and seeds
    hint: say noise = [...] under [[grid]], or `noise` under [shared]
    ");
    assert_snapshot!(method("seed = 1"), @"
    error: spec.toml:4:1: a method may not set `seed`: all methods get the same data, noise, split and seeds
    hint: say seeds = [...] under [[grid]]
    ");
    assert_snapshot!(refused("[shared]\nseed = 1\ndata = 'd'\n"), @"
    error: spec.toml:2:1: `seed` is not shared: every grid has its seeds, and the noise follows them
    hint: say seeds = [0, 1, 2] under [[grid]]
    ");
    assert_snapshot!(refused("[shared]\nepochs = 1\n"), @r#"
    error: spec.toml: [shared] does not say `data`
    hint: add data = "PATH" under [shared]
    "#);
}

#[test]
fn methods_need_names_that_folders_can_have() {
    assert_snapshot!(refused("[shared]\ndata = 'd'\n[methods.'a/b']\n"), @"
    error: spec.toml:3:10: `a/b` cannot be the name of a folder: it holds '/'
    hint: letters, digits, `-`, `_`, `.` and `+` make a name
    ");
}

#[test]
fn plain_training_must_be_possible() {
    assert_snapshot!(refused("[shared]\ndata = 'd'\nmixup = 1\n[methods.a]\ncurriculum = 'none'\n"), @"
    error: spec.toml:1:2: [shared] leaves no method to be plain training, which the others are held against
    hint: move what is not plain, such as mixup, from [shared] to the methods
    ");
    assert_snapshot!(refused("[shared]\ndata = 'd'\n[methods.plain]\ncurriculum = 'superloss'\n"), @r#"
    error: spec.toml:3:10: the method `plain` is not plain training
    hint: call it otherwise, or give it curriculum = "none" and nothing else
    "#);
}

/// Two classes in the plane; `label` is that of the first of 40 samples.
fn points(label: &str) -> String {
    let rows = (1..40).map(|sample| {
        let class = sample % 2;
        let x = f64::from(2 * class - 1) + f64::from(sample * 7 % 10) / 20.0;
        format!("{x},{},{}\n", sample % 5, ["left", "right"][class as usize])
    });
    std::iter::once(format!("x,y,label\n-1,0.5,{label}\n"))
        .chain(rows)
        .collect()
}

fn on_points() -> Workplace {
    let place = Workplace::new();
    place.write("points.csv", points("left"));
    let shared = "[shared]\ndata = 'points.csv'\nmodel = 'logistic'\naugment = 'none'\nepochs = 1\nbatch-size = 8\nthreads = 1\n";
    place.write(
        "spec.toml",
        format!(
            "{shared}[methods.plain]\ncurriculum = 'none'\n[methods.superloss]\n[[grid]]\nseeds = [0, 1]\n"
        ),
    );
    place
}

#[test]
fn data_that_changed_between_two_calls_are_noticed() {
    let place = on_points();
    assert_eq!(place.didact("compare spec.toml -o out").code, 0);
    let done = place.didact("compare spec.toml -o out");
    assert_eq!((done.code, done.stderr.as_str()), (0, "4 runs, 4 of them done\n"));
    let table = place.read("out/table.csv");

    place.write("points.csv", points("right"));
    assert_snapshot!(place.didact("compare spec.toml -o out").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: out/runs/plain/none/logistic/seed-0 was begun with other data, labels or another split than there are now
    hint: restore the data, name another folder with -o, or remove the runs on the old data
    ");
    // Also where only one of another seed is left.
    for method in ["plain", "superloss"] {
        fs::remove_dir_all(place.path(&format!("out/runs/{method}/none/logistic/seed-1"))).unwrap();
    }
    assert_eq!(place.didact("compare spec.toml -o out").code, 1);
    assert_eq!(place.read("out/table.csv"), table);

    place.write("points.csv", points("left"));
    let outcome = place.didact("compare spec.toml -o out");
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
}

#[test]
fn a_run_that_cannot_be_read_counts_as_failed_and_stops_no_other() {
    let place = on_points();
    assert_eq!(place.didact("compare spec.toml -o out").code, 0);
    let run = |method: &str, file: &str| format!("out/runs/{method}/none/logistic/seed-0/{file}");
    place.write(&run("superloss", "summary.json"), "{\"version\": ");
    place.write(&run("plain", "config.toml"), "model = ");
    let outcome = place.didact("compare spec.toml -o out");
    assert_eq!(outcome.code, 1);
    let reasons: Vec<&str> = outcome
        .stderr
        .lines()
        .filter(|line| line.contains("failed") || line.starts_with("hint"))
        .collect();
    assert_snapshot!(reasons.join("\n"), @"
    plain · noise none · logistic · seed 0: failed
    hint: remove out/runs/plain/none/logistic/seed-0 and the same command does the run again
    superloss · noise none · logistic · seed 0: failed
    hint: remove out/runs/superloss/none/logistic/seed-0 and the same command does the run again
    2 runs failed; try again with: didact compare spec.toml -o out
    ");
    let written: Value = serde_json::from_str(&place.read("out/comparison.json")).unwrap();
    let failed = written["runs"]["failed"].as_array().unwrap();
    assert_eq!(failed.len(), 2, "{written}");
    assert!(
        failed
            .iter()
            .any(|run| run["error"].as_str().unwrap().contains("summary.json"))
    );
    assert_eq!(written["runs"]["done"], 2);
    for row in written["rows"].as_array().unwrap() {
        assert_eq!(row["missing_seeds"], serde_json::json!([0]));
    }
    let listed = place.didact("compare spec.toml -o out --dry-run");
    assert_eq!(listed.stdout.matches("broken").count(), 2, "{}", listed.stdout);
}

#[test]
fn a_grid_does_not_replace_the_model_of_a_method() {
    let spec = |grid: &str| {
        format!(
            "{SHARED}[methods.plain]\ncurriculum = 'none'\n[methods.wide]\nmodel = 'mlp:hidden=64'\n[[grid]]\n{grid}\n"
        )
    };
    assert_snapshot!(refused(&spec("models = ['logistic']")), @"
    error: spec.toml:13:10: the method `wide` has a model of its own, which these would replace
    hint: leave the method out of this grid, or its model out of the method
    ");
    let place = Workplace::new();
    place.write("spec.toml", spec("models = ['logistic']\nmethods = ['plain']"));
    assert_eq!(place.didact("compare spec.toml -o out --dry-run").code, 0);
}

#[test]
fn what_a_run_was_asked_for_stays_beside_it() {
    let place = on_points();
    assert_eq!(place.didact("compare spec.toml -o out").code, 0);
    let asked = place.read("out/runs/plain/none/logistic/seed-1.toml");
    assert!(
        asked.contains("points.csv\"") && asked.contains("seed = 1"),
        "{asked}"
    );
}
