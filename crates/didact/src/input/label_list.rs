//! A label file by itself, without the data it belongs to.

use std::path::Path;

use didact_data::{BadItem, BadReason, DataError, LabelList, read_label_list};
use didact_train::nearest_hint;

use crate::error::{Complaint, Result};

const EXPECTED: &str = "a label file has one label a row, or rows `file,label`";

/// Reads a label file, with the classes as asked for: names separated by commas, or their number.
///
/// # Errors
///
/// If it cannot be read, holds no labels, or one that is none of the classes; with the line of the first.
pub(crate) fn read_labels(path: &Path, asked: Option<&str>) -> Result<LabelList> {
    let classes = asked.map(class_names);
    read_label_list(path, classes.as_deref()).map_err(|error| match error {
        // Its own hint leaves bad samples out, which a file without its data cannot.
        DataError::BadItems { first, classes, .. } if !first.is_empty() => {
            complaint(&first[0], &classes).into()
        }
        error => error.into(),
    })
}

fn class_names(asked: &str) -> Vec<String> {
    match asked.parse() {
        Ok(count) => (0..count).map(|class: usize| class.to_string()).collect(),
        Err(_) => asked.split(',').map(str::to_owned).collect(),
    }
}

fn complaint(item: &BadItem, classes: &[String]) -> Complaint {
    let known: Vec<String> = classes.iter().map(|class| format!("`{class}`")).collect();
    let hint = match &item.reason {
        BadReason::UnknownClass { name, .. } => {
            nearest_hint(&format!("unknown `{name}`, expected one of {}", known.join(", ")))
        }
        _ => Some(EXPECTED.to_owned()),
    };
    Complaint::with_hint(item.to_string(), hint)
}
