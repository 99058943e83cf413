//! The page about runs.

use insta::assert_snapshot;

use crate::support::Workplace;

fn two_runs() -> Workplace {
    let place = Workplace::new().with_table();
    for run in ["one", "two"] {
        let outcome = place.didact(&format!(
            "train table.csv -o {run} --model logistic --epochs 1 --batch-size 16"
        ));
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    }
    place
}

#[test]
fn one_run_has_its_page_inside() {
    let place = two_runs();
    std::fs::remove_file(place.path("one/report.html")).unwrap();
    assert_eq!(place.didact("report one").stdout, "wrote one/report.html\n");
    assert!(place.read("one/report.html").contains("</html>"));
}

#[test]
fn several_runs_need_a_file() {
    let place = two_runs();
    assert_snapshot!(place.didact("report one one -o both.html").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: one is named twice
    hint: name every run once
    ");
    assert_snapshot!(place.didact("report one two").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: 2 runs need a file to be written to
    hint: name it with -o, for example -o both.html
    ");
    assert_eq!(
        place.didact("report one two -o both.html --json").json()["report"],
        "both.html"
    );
    let page = place.read("both.html");
    assert!(page.contains("one") && page.contains("two"));
}

#[test]
fn data_that_are_gone_leave_a_page_without_pictures() {
    let place = two_runs();
    std::fs::remove_file(place.path("table.csv")).unwrap();
    let outcome = place.didact("report one");
    assert_eq!(outcome.code, 0);
    assert_eq!(
        outcome.stderr,
        "the report has no pictures of samples: there is no file or folder table.csv\n"
    );
}

#[test]
fn a_folder_that_is_no_run_is_refused() {
    let place = Workplace::new();
    place.write("folder/file", "");
    assert_snapshot!(place.didact("report folder").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: folder is not a run folder: it has no config.toml
    hint: a run folder is what `didact train DATA -o RUN` writes
    ");
}

#[test]
fn only_a_report_is_replaced() {
    let place = two_runs();
    place.write("mine.html", "<p>mine</p>");
    assert_snapshot!(place.didact("report one -o mine.html").all(), @"
    exit 1
    --- stdout
    --- stderr
    error: mine.html exists already and is no report of didact's
    hint: name another file with -o
    ");
    assert_eq!(place.read("mine.html"), "<p>mine</p>");
    assert_eq!(place.didact("report one -o .").code, 1);
    assert_eq!(place.didact("report two -o one/report.html").code, 0);
}
