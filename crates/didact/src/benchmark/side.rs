//! One side of a comparison, in a process of its own: its memory is its own, and nothing is warm from before.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::{Complaint, Result};

/// The peer's side, which the given Python runs.
const TORCH_STEP: &str = include_str!("../../../../bench/torch_step.py");

/// PyTorch frees and maps its activations anew each step; these (of glibc) make it keep them, which is much faster.
const KEEP_MEMORY: [(&str, &str); 3] = [
    ("MALLOC_MMAP_THRESHOLD_", "4294967296"),
    ("MALLOC_TRIM_THRESHOLD_", "8589934592"),
    ("MALLOC_TOP_PAD_", "268435456"),
];

/// What one process measured.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Measured {
    /// Median of its steps.
    pub(crate) median_ms: f64,
    /// The fastest of them.
    pub(crate) min_ms: f64,
    /// The largest memory it had.
    pub(crate) peak_rss_bytes: u64,
    /// The loss of the last step.
    pub(crate) loss: f32,
}

/// What the peer is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct PeerVersions {
    /// Version of PyTorch.
    pub(crate) torch: String,
    /// Version of Python.
    pub(crate) python: String,
}

/// A program that measures steps and prints one line of JSON.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    name: &'static str,
    program: PathBuf,
    first_words: Vec<OsString>,
    environment: &'static [(&'static str, &'static str)],
}

impl Side {
    /// This program.
    pub(crate) fn didact() -> Result<Self> {
        Ok(Self {
            name: "didact",
            program: std::env::current_exe()?,
            first_words: ["bench", "step-side"].map(OsString::from).to_vec(),
            environment: &[],
        })
    }

    /// PyTorch, in a Python that has it.
    pub(crate) fn torch(python: &Path) -> Self {
        Self {
            name: "torch",
            program: python.to_owned(),
            first_words: ["-c", TORCH_STEP].map(OsString::from).to_vec(),
            environment: &KEEP_MEMORY,
        }
    }

    /// Which versions there are; that of a Python without PyTorch is an error.
    pub(crate) fn versions(&self) -> Result<PeerVersions> {
        self.answer(&["--versions".to_owned()])
    }

    /// Measures in a new process.
    pub(crate) fn measure(&self, words: &[String]) -> Result<Measured> {
        self.answer(words)
    }

    fn answer<T: DeserializeOwned>(&self, words: &[String]) -> Result<T> {
        let mut command = Command::new(&self.program);
        command
            .args(&self.first_words)
            .args(words)
            .envs(self.environment.iter().copied());
        let output = command
            .output()
            .map_err(|error| self.refused(&error.to_string()))?;
        if !output.status.success() {
            return Err(self.refused(&reason(&output)).into());
        }
        serde_json::from_slice(&output.stdout).map_err(|error| self.refused(&error.to_string()).into())
    }

    fn refused(&self, reason: &str) -> Complaint {
        let what = format!(
            "{} cannot measure {}: {reason}",
            self.program.display(),
            self.name
        );
        let hint = "name a Python that can `import torch`, as in --python venv/bin/python";
        Complaint::with_hint(what, (self.name == "torch").then(|| hint.to_owned()))
    }
}

/// What a failed process says of the reason: didact's error, or the last line of a Python traceback.
fn reason(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let error = text.lines().find_map(|line| line.strip_prefix("error: "));
    let last = || text.lines().rfind(|line| !line.trim().is_empty());
    error
        .or_else(last)
        .map_or_else(|| output.status.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use std::process::ExitStatus;

    use super::*;

    #[test]
    fn of_a_traceback_the_last_line_is_told() {
        let output = |stderr: &str| Output {
            status: ExitStatus::default(),
            stdout: Vec::new(),
            stderr: stderr.into(),
        };
        let traceback =
            "Traceback (most recent call last):\n  File \"<string>\"\nModuleNotFoundError: No torch\n\n";
        assert_eq!(reason(&output(traceback)), "ModuleNotFoundError: No torch");
        assert_eq!(reason(&output("error: a model\nhint: another\n")), "a model");
        assert_eq!(reason(&output("")), ExitStatus::default().to_string());
    }
}
