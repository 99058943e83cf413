//! Unsafe code is confined to `didact-kernels`.
//!
//! The lints of the workspace deny it, but a crate need not inherit them, and a file may lift them for itself.

use std::path::Path;

use std::fs;

use crate::console;
use crate::failure::Failure;
use crate::repository;

/// The crate that may.
const EXEMPT: &str = "crates/didact-kernels/";

/// The lint; in two parts, or this file would accuse itself.
const LINT: &str = concat!("unsafe", "_code");

/// How a crate inherits the lints of the workspace.
const INHERITED: &str = "[lints]\nworkspace = true";

pub(super) fn run() -> Result<(), Failure> {
    let files = repository::tracked_files()?;
    // A file that was deleted but not yet committed breaks no rule.
    let text = |path: &String| fs::read_to_string(repository::root().join(path)).unwrap_or_default();
    let objections: Vec<String> = files
        .iter()
        .filter(|path| is_rust(path) || path.ends_with("Cargo.toml"))
        .filter_map(|path| objection(path, &text(path)))
        .collect();
    if !objections.is_empty() {
        return Err(Failure::new(format!(
            "unsafe code could get in:\n  {}",
            objections.join("\n  ")
        )));
    }
    console::line(&format!("none outside {EXEMPT}"));
    Ok(())
}

fn objection(path: &str, text: &str) -> Option<String> {
    let is_crate = path.ends_with("Cargo.toml") && text.contains("[package]");
    if is_crate && !text.contains(INHERITED) {
        return Some(format!("{path}: does not inherit the lints of the workspace"));
    }
    let is_code = is_rust(path) && !path.starts_with(EXEMPT);
    (is_code && text.contains(LINT)).then(|| format!("{path}: lifts the lint `{LINT}`"))
}

/// Whether a path is one of Rust code.
fn is_rust(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "rs")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_kernels_lift_the_lint() {
        let text = format!("#![allow({LINT})]");
        assert_eq!(
            objection("crates/didact/src/main.rs", &text).unwrap(),
            format!("crates/didact/src/main.rs: lifts the lint `{LINT}`")
        );
        assert_eq!(objection("crates/didact-kernels/src/lib.rs", &text), None);
    }

    #[test]
    fn every_crate_inherits_the_lints() {
        let package = "[package]\nname = \"x\"\n";
        let objection = |text: &str| objection("crates/x/Cargo.toml", text);
        assert!(objection(package).unwrap().contains("does not inherit"));
        assert_eq!(objection(&format!("{package}\n{INHERITED}\n")), None);
        // The workspace itself is no crate.
        assert_eq!(objection("[workspace]\n"), None);
    }
}
