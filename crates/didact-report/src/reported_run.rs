//! A run that a report is about.

use didact_run::RunFolder;

/// A run that a report is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedRun {
    /// What the page calls it, such as `superloss`; short, and different from that of the other runs.
    pub name: String,
    /// Where it lies.
    pub folder: RunFolder,
}
