//! Nothing tracked by git names a folder of somebody's machine or is too large to review.

use std::fs;
use std::io::ErrorKind;

use crate::console;
use crate::failure::Failure;
use crate::repository;

/// Largest tracked file, in bytes.
const LARGEST: u64 = 5_000_000;

/// Beginnings of absolute paths; in two parts, or this file would accuse itself.
const MACHINE_PATHS: [&str; 7] = [
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/ro", "ot/"),
    concat!("/tm", "p/"),
    concat!("/wo", "rk/"),
    concat!("/var", "/folders/"),
    concat!("C:\\", "Users\\"),
];

pub(super) fn run() -> Result<(), Failure> {
    let files = repository::tracked_files()?;
    let mut objections = Vec::new();
    for path in &files {
        objections.extend(examined(path)?);
    }
    if !objections.is_empty() {
        return Err(Failure::new(format!(
            "text or files that do not belong here:\n  {}",
            objections.join("\n  ")
        )));
    }
    console::line(&format!("{} tracked files", files.len()));
    Ok(())
}

fn examined(path: &str) -> Result<Vec<String>, Failure> {
    let content = match fs::read(repository::root().join(path)) {
        Ok(content) => content,
        // Deleted but not yet committed, or a submodule's folder.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::IsADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(Failure::new(format!("cannot read {path}: {error}"))),
    };
    let mut objections = Vec::new();
    if content.len() as u64 > LARGEST {
        objections.push(format!(
            "{path}: {} bytes, at most {LARGEST} are allowed",
            content.len()
        ));
    }
    if let Ok(text) = std::str::from_utf8(&content) {
        objections.extend(machine_paths(path, text));
    }
    Ok(objections)
}

fn machine_paths(path: &str, text: &str) -> Vec<String> {
    let numbered = text.lines().enumerate();
    numbered
        .filter_map(|(index, line)| {
            machine_path(line).map(|found| format!("{path}:{}: `{found}`", index + 1))
        })
        .collect()
}

fn machine_path(line: &str) -> Option<&'static str> {
    MACHINE_PATHS.into_iter().find(|start| {
        line.match_indices(start)
            .any(|(at, _)| begins_a_path(&line[..at]))
    })
}

/// Not the middle of an address or of a relative path, as in `https://example.org/work/`.
fn begins_a_path(before: &str) -> bool {
    !before.ends_with(|character: char| character.is_alphanumeric() || "._-~}$".contains(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path_into(folder: &str) -> String {
        format!("see /{folder}/someone/file")
    }

    #[test]
    fn an_absolute_path_of_a_machine_is_found_with_its_line() {
        let text = format!("first\n{}\n", path_into("home"));
        assert_eq!(
            machine_paths("README.md", &text),
            [format!("README.md:2: `{}`", MACHINE_PATHS[0])]
        );
    }

    #[test]
    fn a_tracked_file_that_was_deleted_is_passed_over() {
        assert!(examined("no-such-file").unwrap().is_empty());
    }

    #[test]
    fn addresses_and_relative_paths_are_left_alone() {
        for text in [
            "https://example.org/work/page",
            "target/tmp/file",
            "~/work/x",
            "${HOME}/work/x",
            "./work/x",
        ] {
            assert_eq!(machine_path(text), None, "{text}");
        }
    }

    #[test]
    fn quotes_and_brackets_before_a_path_do_not_hide_it() {
        for before in ["\"", "'", "`", "(", "=", "<", "file://", ""] {
            let text = format!("{before}/{}/x", "tmp");
            assert!(machine_path(&text).is_some(), "{text}");
        }
    }
}
