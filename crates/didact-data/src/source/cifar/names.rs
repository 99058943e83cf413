//! Class names beside CIFAR's binary files.

use std::fs;
use std::path::Path;

use crate::source::cifar::variant::Variant;

/// The names in `batches.meta.txt` (CIFAR-10), `fine_label_names.txt` or `coarse_label_names.txt` (CIFAR-100), if
/// the file is there and has as many as there are classes.
pub(crate) fn beside(folder: &Path, variant: Variant) -> Option<Vec<String>> {
    let text = fs::read_to_string(folder.join(variant.names_file())).ok()?;
    let names: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    (names.len() == variant.classes()).then_some(names)
}
