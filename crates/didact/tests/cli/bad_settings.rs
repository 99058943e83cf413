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
    assert_snapshot!(Workplace::new().didact("trian").all(), @"
    exit 2
    --- stdout
    --- stderr
    error: unrecognized subcommand 'trian'

      tip: a similar subcommand exists: 'train'

    Usage: didact [COMMAND]

    For more information, try '--help'.
    ");
}

#[test]
fn an_unknown_option() {
    assert_snapshot!(refused("--learning-rat 0.1"), @"
    exit 2
    error: unexpected argument '--learning-rat' found

      tip: a similar argument exists: '--learning-rate'

    Usage: didact train --output <RUN> --learning-rate <RATE> <DATA>

    For more information, try '--help'.
    ");
}

#[test]
fn a_missing_output() {
    assert_snapshot!(Workplace::new().didact("train table.csv").all(), @"
    exit 2
    --- stdout
    --- stderr
    error: the following required arguments were not provided:
      --output <RUN>

    Usage: didact train --output <RUN> <DATA>

    For more information, try '--help'.
    ");
}

#[test]
fn missing_data() {
    assert_snapshot!(Workplace::new().didact("train -o run").all(), @"
    exit 2
    --- stdout
    --- stderr
    error: the following required arguments were not provided:
      <DATA>

    Usage: didact train --output <RUN> <DATA>

    For more information, try '--help'.
    ");
}

#[test]
fn an_unknown_method() {
    assert_snapshot!(refused("--model big-lenett"), @"
    exit 2
    error: invalid value 'big-lenett' for '--model <MODEL>': unknown name `big-lenett`, expected one of `logistic`, `mlp`, `big-lenet`, `vgg`, `resnet-20`, `resnet-32`, `resnet-44`, `resnet-56`, `cct`, `notebook-resnet-8`, `notebook-resnet-44`

      tip: did you mean `big-lenet`?

    For more information, try '--help'.
    ");
    assert_snapshot!(refused("--curriculum superlos"), @"
    exit 2
    error: invalid value 'superlos' for '--curriculum <CURRICULUM>': unknown name `superlos`, expected one of `none`, `superloss`, `mentornet-predefined`, `mentornet`, `mentornet-data-driven`, `spade`, `focal`, `hard-example-mining`, `small-loss`, `transfer-teacher`, `spl-hard`, `spl-linear`, `spl-logarithmic`, `spl-mixture`, `spl-polynomial`, `spl-logistic`, `spld`

      tip: did you mean `superloss`?

    For more information, try '--help'.
    ");
    assert_snapshot!(refused("--augment tutorail"), @"
    exit 2
    error: invalid value 'tutorail' for '--augment <PRESET>': unknown augmentation `tutorail`

      tip: did you mean `tutorial`? known: `none`, `shift`, `standard`, `tutorial`, `notebook`

    For more information, try '--help'.
    ");
    assert_snapshot!(refused("--format cvs"), @"
    exit 2
    error: invalid value 'cvs' for '--format <FORMAT>'
      [possible values: class-folders, image-folder, cifar-10, cifar-100, cifar-100-coarse, idx, parquet, csv, numpy]

    For more information, try '--help'.
    ");
    assert_snapshot!(refused("--select-metric acuracy"), @"
    exit 2
    error: invalid value 'acuracy' for '--select-metric <METRIC>'
      [possible values: accuracy, top5-accuracy, mcc, loss]

      tip: a similar value exists: 'accuracy'

    For more information, try '--help'.
    ");
}

#[test]
fn an_unknown_parameter() {
    assert_snapshot!(refused("--curriculum superloss:lamda=0.25"), @"
    exit 2
    error: invalid value 'superloss:lamda=0.25' for '--curriculum <CURRICULUM>': unknown parameter `lamda`, expected one of `lambda`, `expectation`, `value`, `decay`, `window`, `smoothing`, `smoothing-decay`, `trend`, `trend-losses`, `preset`

      tip: did you mean `lambda`?

    For more information, try '--help'.
    ");
    assert_snapshot!(refused("--schedule cosine:warmpu=2"), @"
    exit 2
    error: invalid value 'cosine:warmpu=2' for '--schedule <SCHEDULE>': unknown parameter `warmpu`, expected one of `minimum`, `cycle`, `multiplier`, `warmup`

      tip: did you mean `warmup`?

    For more information, try '--help'.
    ");
}

#[test]
fn a_value_out_of_range() {
    assert_snapshot!(refused("--noise symmetric:1.4"), @r#"
    exit 2
    error: invalid value 'symmetric:1.4' for '--noise <KIND:RATE>': noise "symmetric:1.4": rate must be in [0, 1), found 1.4

    For more information, try '--help'.
    "#);
    assert_snapshot!(refused("--learning-rate -1"), @"
    exit 2
    error: invalid value '-1' for '--learning-rate <RATE>': -1 is not above 0

    For more information, try '--help'.
    ");
    assert_snapshot!(refused("--curriculum superloss:lambda=0"), @"
    exit 2
    error: invalid value 'superloss:lambda=0' for '--curriculum <CURRICULUM>': `lambda` is 0, expected a finite number above 0

    For more information, try '--help'.
    ");
    assert_snapshot!(refused("--validation 1.5"), @"
    exit 2
    error: invalid value '1.5' for '--validation <SHARE|DATA>': validation fraction is 1.5, expected a value in (0, 1) (a path that looks like a number is spelt ./1.5)

    For more information, try '--help'.
    ");
    assert_snapshot!(refused("--epochs 0"), @"
    exit 2
    error: invalid value '0' for '--epochs <N>': not a whole number above 0

    For more information, try '--help'.
    ");
}

#[test]
fn every_number_has_its_range() {
    for options in [
        "--label-smoothing 1",
        "--label-smoothing -0.1",
        "--learning-rate 0",
        "--learning-rate inf",
        "--weight-decay -0.1",
        "--gradient-clip 0",
        "--batch-size 0",
        "--batch-size 1.5",
        "--epochs -1",
        "--epochs 4294967296",
        "--early-stopping 0",
        "--threads 0",
        "--threads 257",
        "--seed -1",
        "--seed 9223372036854775808",
        "--noise-seed x",
        "--image-size 0",
        "--memory-budget -1",
        "--validation 0",
        "--validation -0.5",
        "--model mlp:hidden=0",
        "--model mlp:dropout=1",
        "--optimizer sgd:momentum=1",
        "--schedule step:every=0",
    ] {
        let said = refused(options);
        let option = options.split(' ').next().unwrap();
        let expected = said.starts_with("exit 2\nerror: invalid value") && said.contains(option);
        assert!(expected, "{options}: {said}");
    }
}

#[test]
fn a_normalisation_that_cannot_be() {
    for (options, expected) in [
        (
            "given:mean=0x0x0,deviation=1x1x1",
            "expected a value of 2, one a channel",
        ),
        (
            "given:mean=0x0,deviation=1x-1",
            "deviation of a channel is -1, expected a value above 0",
        ),
    ] {
        let said = refused(&format!("--normalize {options} --batch-size 16"));
        assert!(said.starts_with("exit 1\n") && said.contains(expected), "{said}");
    }
}

#[test]
fn an_unknown_noise() {
    assert_snapshot!(refused("--noise symetric:0.4"), @r#"
    exit 2
    error: invalid value 'symetric:0.4' for '--noise <KIND:RATE>': unknown noise kind "symetric", did you mean "symmetric"?; known kinds: symmetric, symmetric-inclusive, exact-per-class, pair, asymmetric, transition

    For more information, try '--help'.
    "#);
}

#[test]
fn an_unknown_key_in_a_file() {
    assert_snapshot!(refused_file("epochs = 3\n\nlearning-rat = 0.1\n"), @"
    exit 1
    error: settings.toml:3:1: unknown key `learning-rat`
    hint: did you mean `learning-rate`?
    ");
}

#[test]
fn an_unknown_method_or_parameter_in_a_file() {
    assert_snapshot!(refused_file("model = 'big-lenett'\n"), @"
    exit 1
    error: settings.toml:1:9: unknown name `big-lenett`, expected one of `logistic`, `mlp`, `big-lenet`, `vgg`, `resnet-20`, `resnet-32`, `resnet-44`, `resnet-56`, `cct`, `notebook-resnet-8`, `notebook-resnet-44`
    hint: did you mean `big-lenet`?
    ");
    assert_snapshot!(refused_file("epochs = 3\n[curriculum]\nname = 'superloss'\nlamda = 0.25\n"), @"
    exit 1
    error: settings.toml:2:1: unknown parameter `lamda`, expected one of `lambda`, `expectation`, `value`, `decay`, `window`, `smoothing`, `smoothing-decay`, `trend`, `trend-losses`, `preset`
    hint: did you mean `lambda`?
    ");
    assert_snapshot!(refused_file("augment = 'tutorail'\n"), @"
    exit 1
    error: settings.toml:1:11: unknown augmentation `tutorail`: did you mean `tutorial`? known: `none`, `shift`, `standard`, `tutorial`, `notebook`
    ");
}

#[test]
fn a_wrong_value_in_a_file() {
    assert_snapshot!(refused_file("noise = 'symmetric:1.4'\n"), @r#"
    exit 1
    error: settings.toml:1:9: noise "symmetric:1.4": rate must be in [0, 1), found 1.4
    "#);
    assert_snapshot!(refused_file("epochs = 'three'\n"), @r#"
    exit 1
    error: settings.toml:1:10: invalid type: string "three", expected a whole number from 1
    "#);
    assert_snapshot!(refused_file("epochs = \n"), @"
    exit 1
    error: settings.toml:1:10: string values must be quoted, expected literal string
    ");
}

#[test]
fn a_file_of_settings_that_is_not_there() {
    assert_snapshot!(refused("--config missing.toml"), @"
    exit 1
    error: cannot read missing.toml
      because: No such file or directory (os error 2)
    ");
}

#[test]
fn a_batch_larger_than_the_data() {
    assert_snapshot!(refused("--batch-size 1000"), @"
    exit 1
    error: a batch of 1000 is larger than the 58 training samples
    hint: give --batch-size 58 or less
    ");
}

#[test]
fn what_does_not_suit_the_samples() {
    assert_snapshot!(refused("--model big-lenet --batch-size 16"), @"
    exit 1
    data: 64 samples of 2 features, 2 classes, csv; 58 to train on, 6 to choose the epoch
    error: model big-lenet needs images, and the samples are 2 features
    hint: choose another --model, or other --image-size; `mlp` and `logistic` take any shape
    ");
    assert_snapshot!(refused("--augment standard --batch-size 16"), @"
    exit 1
    data: 64 samples of 2 features, 2 classes, csv; 58 to train on, 6 to choose the epoch
    error: augmentation needs images, but the samples are rows of 2 features
    hint: train on features with --augment none
    ");
}

#[test]
fn a_device_that_is_not_there() {
    assert_snapshot!(refused("--device gpu"), @"
    exit 2
    error: invalid value 'gpu' for '--device <DEVICE>': device gpu is not available: expected cpu, cuda:0 or wgpu

    For more information, try '--help'.
    ");
}

#[test]
fn test_data_that_are_trained_on() {
    assert_snapshot!(refused("--batch-size 16 --test table.csv#60..64"), @"
    exit 1
    error: 4 test samples are also used for training: 60, 61, 62, 63
    hint: give --test data that the run has not seen
    ");
}

#[test]
fn a_run_that_exists() {
    let place = Workplace::new().with_table();
    place.write("run/mine", "");
    assert_snapshot!(place.didact("train table.csv -o run").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: run exists already
    hint: name another folder with -o, or go on with a stopped run by --resume
    ");
    assert_eq!(place.names("run"), ["mine"]);
}

#[test]
fn a_quickstart_folder_that_exists() {
    let place = Workplace::new();
    place.write("didact-quickstart/mine", "");
    assert_snapshot!(place.didact("quickstart").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: didact-quickstart exists already
    hint: name another folder with -o, or remove it first
    ");
}

#[test]
fn a_place_that_cannot_be_written_to() {
    let place = Workplace::new().with_table();
    // A file where a folder should be refuses everyone, also the superuser that tests may run as.
    let outcome = place.didact("train table.csv -o table.csv/run --batch-size 16");
    assert_snapshot!(outcome.all(), @"
    exit 1
    --- stdout
    --- stderr
    error: cannot write table.csv/run
      because: Not a directory (os error 20)
    hint: check that the folder is there and may be written to
    ");
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
    assert!(
        outcome
            .stderr
            .contains("go on with: didact train --resume -o run"),
        "{}",
        outcome.stderr
    );
    for folder in ["run", "run/checkpoints"] {
        let halves: Vec<_> = place
            .names(folder)
            .into_iter()
            .filter(|name| name.starts_with('.'))
            .collect();
        assert_eq!(halves, [] as [&str; 0], "{folder}");
    }
    assert_eq!(place.didact("train --resume -o run").code, 0);
}

/// Nobody is left to read: no error. A full disk behind standard output: one.
#[cfg(target_os = "linux")]
#[test]
fn standard_output_that_takes_nothing() {
    let place = Workplace::new();
    assert_snapshot!(place.shell("$DIDACT curriculum list > /dev/full").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: cannot write to standard output
      because: No space left on device (os error 28)
    ");
    let outcome = place.shell("{ $DIDACT completions bash; echo exit $? >&2; } | true");
    assert_eq!(outcome.stderr, "exit 0\n");
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
