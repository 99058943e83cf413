//! What the command says about itself.

use insta::assert_snapshot;

use crate::support::Workplace;

fn help(command: &str) -> String {
    let outcome = Workplace::new().didact(&format!("{command} --help"));
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""));
    outcome.stdout
}

#[test]
fn alone_it_says_what_to_type_next() {
    assert_snapshot!(Workplace::new().didact("").all(), @"");
}

#[test]
fn the_commands_are_listed() {
    assert_snapshot!(help(""), @"");
}

#[test]
fn train_explains_every_option() {
    assert_snapshot!(help("train"), @"");
}

#[test]
fn evaluate_explains_itself() {
    assert_snapshot!(help("evaluate"), @"");
}

#[test]
fn predict_explains_itself() {
    assert_snapshot!(help("predict"), @"");
}

#[test]
fn quickstart_explains_itself() {
    assert_snapshot!(help("quickstart"), @"");
}

#[test]
fn report_explains_itself() {
    assert_snapshot!(help("report"), @"");
}

#[test]
fn noise_inject_lists_the_kinds() {
    assert_snapshot!(help("noise inject"), @"");
}

#[test]
fn data_info_explains_itself() {
    assert_snapshot!(help("data info"), @"");
}

#[test]
fn data_convert_explains_itself() {
    assert_snapshot!(help("data convert"), @"");
}

#[test]
fn completions_explain_themselves() {
    assert_snapshot!(help("completions"), @"");
}

#[test]
fn curricula_are_listed_with_ranges_and_defaults() {
    assert_snapshot!(Workplace::new().didact("curriculum list").stdout, @"");
    let json = Workplace::new().didact("curriculum list --json").json();
    assert_eq!(json["curricula"][1]["parameters"][0]["name"], "lambda");
}

#[test]
fn completions_name_the_options() {
    for shell in ["bash", "zsh", "fish"] {
        let outcome = Workplace::new().didact(&format!("completions {shell}"));
        assert_eq!(outcome.code, 0);
        assert!(outcome.stdout.contains("label-smoothing"), "{shell}");
    }
}
