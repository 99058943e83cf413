//! Every crate that ends up in a build, on any platform and with any feature, has a licence from the list.
//!
//! `cargo tree` rather than `cargo metadata`: the latter also lists optional dependencies that no feature enables.

use std::collections::BTreeSet;

use crate::cargo;
use crate::console;
use crate::failure::Failure;
use crate::spdx::Expression;

/// Licences that allow what MIT OR Apache-2.0 promises our users.
const ALLOWED: [&str; 14] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    // Certificates as data; asks only that its text go along with the data.
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    // Asks only that changes to the crate's own files be published; we change none.
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

const TREE: [&str; 12] = [
    "tree",
    "--workspace",
    "--locked",
    "--all-features",
    "--target",
    "all",
    "--edges",
    "normal,build",
    "--prefix",
    "none",
    "--format",
    "{p}|{l}",
];

pub(super) fn run() -> Result<(), Failure> {
    let tree = cargo::output(&TREE)?;
    let packages = packages(&tree);
    let offenders: Vec<String> = packages
        .iter()
        .filter_map(|(name, licence)| objection(name, licence))
        .collect();
    if !offenders.is_empty() {
        return Err(Failure::new(format!(
            "licences that are not on the list:\n  {}",
            offenders.join("\n  ")
        )));
    }
    console::line(&format!("{} crates", packages.len()));
    Ok(())
}

/// Name and version, and licence expression, of every crate of the tree, once each.
fn packages(tree: &str) -> BTreeSet<(String, String)> {
    tree.lines()
        .filter_map(|line| line.split_once('|'))
        .map(|(package, licence)| named(package, licence))
        .collect()
}

fn named(package: &str, licence: &str) -> (String, String) {
    // `name v1.2.3 (path or proc-macro)`, and `(*)` after the licence of a crate shown before.
    let name = package.split(" (").next().unwrap_or(package);
    (name.to_owned(), licence.trim_end_matches(" (*)").to_owned())
}

fn objection(name: &str, licence: &str) -> Option<String> {
    if licence.is_empty() {
        return Some(format!("{name}: states no licence expression"));
    }
    match Expression::parse(licence) {
        Err(error) => Some(format!("{name}: cannot read `{licence}`: {error}")),
        Ok(expression) if expression.is_satisfied(&|licence| ALLOWED.contains(&licence)) => None,
        Ok(_) => Some(format!("{name}: {licence}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_listed_twice_counts_once() {
        let tree = "didact v0.1.0 (/somewhere)|MIT OR Apache-2.0\nlog v0.4.1|MIT\n\nlog v0.4.1|MIT (*)\n";
        let names: Vec<String> = packages(tree).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["didact v0.1.0", "log v0.4.1"]);
    }

    #[test]
    fn a_permissive_choice_is_enough() {
        assert_eq!(objection("self_cell v1.0.0", "Apache-2.0 OR GPL-2.0-only"), None);
    }

    #[test]
    fn the_offender_is_named_with_its_licence() {
        assert_eq!(
            objection("evil v1.0.0", "AGPL-3.0-only").unwrap(),
            "evil v1.0.0: AGPL-3.0-only"
        );
    }

    #[test]
    fn a_missing_or_unreadable_licence_is_an_objection() {
        assert!(objection("bare v1.0.0", "").unwrap().contains("no licence"));
        assert!(objection("odd v1.0.0", "MIT AND").unwrap().contains("MIT AND"));
    }
}
