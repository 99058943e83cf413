//! Runs the checks one after another and times them.

use std::fmt::Write;
use std::time::{Duration, Instant};

use super::{CHECKS, Check};
use crate::console;
use crate::failure::Failure;

/// Prints the checks.
pub(crate) fn list() {
    for check in &CHECKS {
        console::line(&format!("{:<15} {}", check.name, check.promise));
    }
}

/// Runs the named checks, or all of them, stopping at the first that fails.
pub(crate) fn run(names: &[&str]) -> Result<(), Failure> {
    let checks = selected(names)?;
    let mut times = Vec::new();
    for check in checks {
        console::line(&format!("\n=== {}", check.name));
        let start = Instant::now();
        (check.run)().map_err(|failure| explained(check, start.elapsed(), &failure))?;
        times.push((check, start.elapsed()));
    }
    console::line(&summary(&times));
    Ok(())
}

fn selected(names: &[&str]) -> Result<Vec<&'static Check>, Failure> {
    if names.is_empty() {
        return Ok(CHECKS.iter().collect());
    }
    names.iter().map(|name| named(name)).collect()
}

fn named(name: &str) -> Result<&'static Check, Failure> {
    let unknown = || {
        Failure::new(format!(
            "no check is called `{name}`; `cargo xtask check --list` names them"
        ))
    };
    CHECKS.iter().find(|check| check.name == name).ok_or_else(unknown)
}

fn explained(check: &Check, elapsed: Duration, failure: &Failure) -> Failure {
    let (name, seconds) = (check.name, elapsed.as_secs_f64());
    Failure::new(format!(
        "check `{name}` failed after {seconds:.1} s: {failure}\nrun it alone: cargo xtask check {name}"
    ))
}

fn summary(times: &[(&Check, Duration)]) -> String {
    let mut text = format!("\n{} of {} checks passed\n", times.len(), CHECKS.len());
    for (check, elapsed) in times {
        let _ = writeln!(
            text,
            "{:>8.1} s  {:<15} {}",
            elapsed.as_secs_f64(),
            check.name,
            check.promise
        );
    }
    let total: Duration = times.iter().map(|(_, elapsed)| *elapsed).sum();
    let _ = write!(text, "{:>8.1} s  in all", total.as_secs_f64());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_selects_every_check_with_the_tests_last() {
        let checks = selected(&[]).unwrap();
        assert_eq!(checks.len(), CHECKS.len());
        assert_eq!(checks.last().unwrap().name, "tests");
    }

    #[test]
    fn names_select_in_the_order_given() {
        let names: Vec<&str> = selected(&["licences", "formatting"])
            .unwrap()
            .iter()
            .map(|check| check.name)
            .collect();
        assert_eq!(names, ["licences", "formatting"]);
    }

    #[test]
    fn an_unknown_name_is_an_error_that_repeats_it() {
        assert!(selected(&["lint"]).err().unwrap().to_string().contains("`lint`"));
    }

    #[test]
    fn a_failure_names_the_check_and_how_to_repeat_it() {
        let message = explained(&CHECKS[0], Duration::from_millis(1500), &Failure::new("reason")).to_string();
        assert_eq!(
            message,
            "check `formatting` failed after 1.5 s: reason\nrun it alone: cargo xtask check formatting"
        );
    }
}
