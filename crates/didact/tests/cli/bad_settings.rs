//! Settings that cannot be: each is an error with place and hint, and nothing is written.

use insta::assert_snapshot;

use crate::support::Workplace;

/// What `didact train` says; afterwards there is no run folder.
fn refused(options: &str) -> String {
    let place = Workplace::new().with_table();
    let outcome = place.didact(&format!("train table.csv -o run {options}"));
    assert!(place.lacks("run"));
    assert_eq!(outcome.stdout, "");
    format!("exit {}\n{}", outcome.code, outcome.stderr)
}

/// The same with a file of settings.
fn refused_file(settings: &str) -> String {
    let place = Workplace::new().with_table();
    place.write("settings.toml", settings);
    let outcome = place.didact("train table.csv -o run --config settings.toml");
    assert!(place.lacks("run"));
    format!("exit {}\n{}", outcome.code, outcome.stderr)
}

#[test]
fn an_unknown_command() {
    assert_snapshot!(Workplace::new().didact("trian").all(), @"");
}

#[test]
fn an_unknown_option() {
    assert_snapshot!(refused("--learning-rat 0.1"), @"");
}

#[test]
fn a_missing_output() {
    assert_snapshot!(Workplace::new().didact("train table.csv").all(), @"");
}

#[test]
fn missing_data() {
    assert_snapshot!(Workplace::new().didact("train -o run").all(), @"");
}

#[test]
fn an_unknown_method() {
    assert_snapshot!(refused("--model big-lenett"), @"");
    assert_snapshot!(refused("--curriculum superlos"), @"");
    assert_snapshot!(refused("--augment tutorail"), @"");
    assert_snapshot!(refused("--format cvs"), @"");
    assert_snapshot!(refused("--select-metric acuracy"), @"");
}

#[test]
fn an_unknown_parameter() {
    assert_snapshot!(refused("--curriculum superloss:lamda=0.25"), @"");
    assert_snapshot!(refused("--schedule cosine:warmpu=2"), @"");
}

#[test]
fn a_value_out_of_range() {
    assert_snapshot!(refused("--noise symmetric:1.4"), @"");
    assert_snapshot!(refused("--learning-rate -1"), @"");
    assert_snapshot!(refused("--curriculum superloss:lambda=0"), @"");
    assert_snapshot!(refused("--validation 1.5"), @"");
    assert_snapshot!(refused("--epochs 0"), @"");
}

#[test]
fn an_unknown_noise() {
    assert_snapshot!(refused("--noise symetric:0.4"), @"");
}

#[test]
fn an_unknown_key_in_a_file() {
    assert_snapshot!(refused_file("epochs = 3\n\nlearning-rat = 0.1\n"), @"");
}

#[test]
fn an_unknown_method_or_parameter_in_a_file() {
    assert_snapshot!(refused_file("model = 'big-lenett'\n"), @"");
    assert_snapshot!(refused_file("epochs = 3\n[curriculum]\nname = 'superloss'\nlamda = 0.25\n"), @"");
    assert_snapshot!(refused_file("augment = 'tutorail'\n"), @"");
}

#[test]
fn a_wrong_value_in_a_file() {
    assert_snapshot!(refused_file("noise = 'symmetric:1.4'\n"), @"");
    assert_snapshot!(refused_file("epochs = 'three'\n"), @"");
    assert_snapshot!(refused_file("epochs = \n"), @"");
}

#[test]
fn a_file_of_settings_that_is_not_there() {
    assert_snapshot!(refused("--config missing.toml"), @"");
}

#[test]
fn a_batch_larger_than_the_data() {
    assert_snapshot!(refused("--batch-size 1000"), @"");
}

#[test]
fn what_does_not_suit_the_samples() {
    assert_snapshot!(refused("--model big-lenet --batch-size 16"), @"");
    assert_snapshot!(refused("--augment standard --batch-size 16"), @"");
}

#[test]
fn a_device_that_is_not_there() {
    assert_snapshot!(refused("--device gpu"), @"");
}

#[test]
fn test_data_that_are_trained_on() {
    assert_snapshot!(refused("--batch-size 16 --test table.csv#60..64"), @"");
}

#[test]
fn a_run_that_exists() {
    let place = Workplace::new().with_table();
    place.write("run/mine", "");
    assert_snapshot!(place.didact("train table.csv -o run").all(), @"");
    assert_eq!(place.names("run"), ["mine"]);
}

#[test]
fn a_quickstart_folder_that_exists() {
    let place = Workplace::new();
    place.write("didact-quickstart/mine", "");
    assert_snapshot!(place.didact("quickstart").all(), @"");
}

#[test]
fn a_place_that_cannot_be_written_to() {
    let place = Workplace::new().with_table();
    // A file where a folder should be refuses everyone, also the superuser that tests may run as.
    let outcome = place.didact("train table.csv -o table.csv/run --batch-size 16");
    assert_snapshot!(outcome.all(), @"");
}

/// A full disk, as near as one comes without a disk: files may not grow beyond a limit.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_whole_files_only() {
    let place = Workplace::new().with_table();
    let line = "trap '' XFSZ; ulimit -f 16; exec $DIDACT train table.csv -o run --model mlp:hidden=4096 \
                --epochs 1 --batch-size 16 --threads 1";
    let outcome = place.shell(line);
    assert_eq!(outcome.code, 1, "{}", outcome.stderr);
    assert!(
        outcome.stderr.contains("error: cannot write run/"),
        "{}",
        outcome.stderr
    );
    assert!(
        outcome.stderr.contains("because: File too large"),
        "{}",
        outcome.stderr
    );
    assert!(place.lacks("run/summary.json") && place.lacks("run/model.safetensors"));
    for folder in ["run", "run/checkpoints"] {
        let halves: Vec<_> = place
            .names(folder)
            .into_iter()
            .filter(|name| name.starts_with('.'))
            .collect();
        assert_eq!(halves, [] as [&str; 0], "{folder}");
    }
}

#[test]
fn losses_that_become_infinite_stop_the_run() {
    let place = Workplace::new().with_table();
    place.write("huge.csv", "a,label\n1e38,x\n-1e38,y\n3e38,x\n-3e38,y\n");
    let line = "train huge.csv -o run --model mlp:hidden=4 --learning-rate 1e30 --optimizer sgd --batch-size 2 --epochs 9 \
                --validation none --threads 1";
    let outcome = place.didact(line);
    assert_eq!(outcome.code, 1, "{}", outcome.stderr);
    assert!(
        outcome.stderr.contains("error: the loss became"),
        "{}",
        outcome.stderr
    );
    assert!(
        outcome.stderr.contains("hint: lower --learning-rate"),
        "{}",
        outcome.stderr
    );
}
