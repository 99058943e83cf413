//! Rows of numbers: which can be used, and their hashes.

use std::collections::BTreeMap;
use std::path::PathBuf;

use xxhash_rust::xxh3::Xxh3;

use crate::bad_item::{BadItem, BadReason};
use crate::dataset::Values;
use crate::draft::{Columns, Counting, Fault};
use crate::loaded::Loaded;
use crate::shape::SampleShape;

/// Where rows of features stand in their file.
pub(crate) struct FeatureRows {
    pub(crate) columns: Columns,
    pub(crate) file: PathBuf,
    pub(crate) counting: Counting,
}

impl FeatureRows {
    /// What is wrong with a row: its first number that is not finite.
    fn fault(&self, row: usize, values: &[f32]) -> Option<Fault> {
        let column = values.iter().position(|value| !value.is_finite())?;
        let reason = BadReason::NotANumber {
            column: self.columns.name(column),
            found: values[column].to_string(),
        };
        let (file, place) = (self.file.display().to_string(), self.counting.place(row));
        Some(Fault {
            row: Some(row),
            item: BadItem { file, place, reason },
        })
    }
}

/// Takes the usable ones of `rows` out of `values` `[row, column]`.
pub(crate) fn load_features(values: &[f32], places: &FeatureRows, rows: &[u32]) -> Loaded {
    let count = places.columns.len();
    let mut loaded = Loaded {
        values: Values::Features(Vec::new()),
        shape: SampleShape::Features { count },
        rows: Vec::with_capacity(rows.len()),
        hashes: Vec::with_capacity(rows.len()),
        image_sizes: BTreeMap::new(),
        faults: Vec::new(),
    };
    let mut kept = Vec::with_capacity(rows.len() * count);
    for row in rows {
        let sample = &values[*row as usize * count..][..count];
        if let Some(fault) = places.fault(*row as usize, sample) {
            loaded.faults.push(fault);
            continue;
        }
        kept.extend_from_slice(sample);
        loaded.rows.push(*row);
        loaded.hashes.push(hash(sample));
    }
    loaded.values = Values::Features(kept);
    loaded
}

fn hash(sample: &[f32]) -> u64 {
    let mut hasher = Xxh3::new();
    for value in sample {
        hasher.update(&value.to_le_bytes());
    }
    hasher.digest()
}
