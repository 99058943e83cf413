//! Losses on the command line.

use didact_train::{LossConfig, LossSetting, method_spelling, parse_method};

fn reason(spelling: &str) -> String {
    parse_method::<LossConfig>(spelling).unwrap_err().reason
}

#[test]
fn defaults_are_the_published_numbers_and_spellings_read_back() {
    for (short, full) in [
        ("cross-entropy", "cross-entropy"),
        ("generalized-cross-entropy", "generalized-cross-entropy:q=0.7"),
        (
            "generalized-cross-entropy:warmup=3,k=0.5",
            "generalized-cross-entropy:q=0.7,k=0.5,warmup=3",
        ),
        (
            "symmetric-cross-entropy",
            "symmetric-cross-entropy:alpha=0.1,beta=1",
        ),
        ("early-learning", "early-learning:beta=0.7,lambda=3"),
        ("active-passive", "active-passive:alpha=1,beta=1"),
        ("bootstrap", "bootstrap:variant=soft"),
        ("bootstrap:beta=1,variant=hard", "bootstrap:variant=hard,beta=1"),
        ("self-adaptive", "self-adaptive:alpha=0.9"),
        ("self-adaptive:warmup=0", "self-adaptive:alpha=0.9,warmup=0"),
        ("forward-corrected", "forward-corrected"),
        (
            "forward-corrected:anchor=1,warmup=2",
            "forward-corrected:warmup=2,anchor=1",
        ),
        (
            "forward-corrected:transition=a.csv",
            "forward-corrected:transition=a.csv",
        ),
    ] {
        let config: LossConfig = parse_method(short).unwrap();
        assert_eq!(method_spelling(&config), full);
        assert_eq!(parse_method::<LossConfig>(full).unwrap(), config);
    }
}

#[test]
fn parameters_are_checked() {
    for (spelling, expected) in [
        ("generalized-cross-entropy:q=0", "0 is not in [0.01, 1]"),
        ("generalized-cross-entropy:q=nan", "NaN is not in [0.01, 1]"),
        ("generalized-cross-entropy:k=1", "1 is not in [0, 1)"),
        ("symmetric-cross-entropy:alpha=-1", "-1 is not at least 0"),
        ("early-learning:beta=1", "1 is not in [0, 1)"),
        ("self-adaptive:alpha=1", "1 is not in [0, 1)"),
        ("forward-corrected:anchor=1.5", "1.5 is not in [0, 1]"),
        ("early-learning:lambda=inf", "inf is not at least 0"),
    ] {
        assert_eq!(reason(spelling), expected, "{spelling}");
    }
    let error = parse_method::<LossConfig>("early-learning:lamda=3").unwrap_err();
    assert_eq!(error.hint().unwrap(), "did you mean `lambda`?");
    let error = parse_method::<LossConfig>("generalised-cross-entropy").unwrap_err();
    assert_eq!(error.hint().unwrap(), "did you mean `generalized-cross-entropy`?");
}

#[test]
fn parameters_without_meaning_together_are_refused() {
    let setting = LossSetting {
        num_samples: 1,
        class_names: &["a".to_owned(), "b".to_owned()],
        label_smoothing: 0.0.try_into().unwrap(),
        soft_labels: None,
    };
    let refusal = |spelling: &str| {
        let config: LossConfig = parse_method(spelling).unwrap();
        config.init(&setting).err().unwrap().to_string()
    };
    for (spelling, expected) in [
        ("generalized-cross-entropy:warmup=2", "warmup and without k"),
        (
            "forward-corrected:transition=a.csv,warmup=2",
            "with transition and with warmup",
        ),
        (
            "forward-corrected:transition=a.csv,anchor=1",
            "with transition and with warmup or anchor",
        ),
        (
            "forward-corrected:transition=no-such-file.csv",
            "cannot read no-such-file.csv",
        ),
    ] {
        assert!(
            refusal(spelling).contains(expected),
            "{spelling}: {}",
            refusal(spelling)
        );
    }
}
