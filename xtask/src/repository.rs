//! Where the repository is and what git tracks in it.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Failure;

/// The repository's root folder, known at run time so that a moved checkout needs no rebuild.
pub(crate) fn root() -> PathBuf {
    let manifest =
        std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("xtask"), PathBuf::from);
    manifest.join("..")
}

/// Paths of the tracked files, relative to the root.
pub(crate) fn tracked_files() -> Result<Vec<String>, Failure> {
    let mut git = Command::new("git");
    // In a container the checkout often belongs to another user, which git refuses otherwise.
    git.args(["-c", "safe.directory=*", "ls-files", "-z"])
        .current_dir(root());
    let listing = output(git, "git ls-files -z")?;
    Ok(listing
        .split('\0')
        .filter(|path| !path.is_empty())
        .map(String::from)
        .collect())
}

/// Standard output of a command that must succeed; `spelt` names it in the failure.
pub(crate) fn output(mut command: Command, spelt: &str) -> Result<String, Failure> {
    let output = command
        .output()
        .map_err(|error| Failure::new(format!("cannot start `{spelt}`: {error}")))?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr);
        return Err(Failure::new(format!(
            "`{spelt}` ended with {}:\n{}",
            output.status,
            reason.trim_end()
        )));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| Failure::new(format!("`{spelt}` printed text that is not UTF-8")))
}
