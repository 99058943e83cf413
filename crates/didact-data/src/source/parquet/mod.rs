//! Parquet: an image column in the Hugging Face layout, or numeric columns; one file, or the shards of a folder.
//!
//! | file | idea |
//! |---|---|
//! | `shards` | files with their row counts, by part |
//! | `columns` | which column is what |
//! | `cells` | cells as numbers and labels |
//! | `images` | encoded images, in order or one at a time |

mod cells;
mod columns;
mod images;
mod shards;

use std::collections::BTreeMap;
use std::path::Path;

use crate::draft::{Columns, Counting, Draft, DraftLabels, DraftValues, Ids, RawLabel};
use crate::error::DataError;
use crate::format::Format;
use crate::options::{OpenOptions, Strictness};
use crate::pixels::ImageOrigin;
use crate::source::parquet::columns::Leaf;

pub(crate) use images::ParquetImages;
pub(crate) use shards::{Shards, files_of_part};

/// Whether bytes begin as a Parquet file does.
pub(crate) fn is_parquet(start: &[u8]) -> bool {
    start.starts_with(b"PAR1")
}

/// Reads images if there is a column of them, otherwise the numeric columns as features. Columns of other types are
/// left aside, and so are `id` and the index that pandas writes.
pub(crate) fn read(path: &Path, options: &OpenOptions) -> Result<Draft, DataError> {
    let shards = Shards::open(path, options.part)?;
    let label = columns::label(shards.schema());
    let labels = match (&label, &options.labels) {
        (Some(leaf), None) => Some(read_labels(&shards, leaf, path)?),
        (None, None) if options.strictness == Strictness::Inspect => None,
        (None, None) => return Err(shards.no_column(path, "column of labels, such as `label`")),
        // The names serve labels of a file of their own, too.
        (Some(leaf), Some(_)) => shards.class_names(leaf).map(|names| DraftLabels {
            file: path.to_owned(),
            values: Vec::new(),
            counting: Counting::Rows,
            names: Some(names),
        }),
        (None, Some(_)) => None,
    };
    let rows = shards.rows();
    let values = match columns::image(shards.schema()) {
        Some(column) => DraftValues::Images(ImageOrigin::Parquet(ParquetImages::new(shards, column))),
        None => read_features(&shards, label.as_ref(), path)?,
    };
    Ok(Draft {
        format: Format::Parquet,
        ids: Ids::Rows(rows),
        labels,
        values,
        file: path.to_owned(),
        counting: Counting::Rows,
        faults: Vec::new(),
        ignored: BTreeMap::new(),
    })
}

fn read_labels(shards: &Shards, leaf: &Leaf, path: &Path) -> Result<DraftLabels, DataError> {
    let mut values: Vec<RawLabel> = Vec::with_capacity(shards.rows());
    shards.for_each_batch(std::slice::from_ref(leaf), |file, batch| {
        let labels = cells::labels(batch.column(0));
        values.extend(
            labels.ok_or_else(|| cells::wrong_type(file, leaf, batch.column(0), "integers or texts"))?,
        );
        Ok(())
    })?;
    check_count(values.len(), shards.rows(), path)?;
    let names = shards.class_names(leaf);
    Ok(DraftLabels {
        file: path.to_owned(),
        values,
        counting: Counting::Rows,
        names,
    })
}

/// Pages can hold fewer cells than the file claims rows.
fn check_count(found: usize, expected: usize, path: &Path) -> Result<(), DataError> {
    if found == expected {
        return Ok(());
    }
    let (expected, found) = (
        format!("{expected} cells in a column, one a row"),
        found.to_string(),
    );
    Err(DataError::WrongLength {
        path: path.to_owned(),
        expected,
        found,
    })
}

fn read_features(shards: &Shards, label: Option<&Leaf>, path: &Path) -> Result<DraftValues, DataError> {
    let leaves = columns::numeric(shards.schema(), label);
    if leaves.is_empty() {
        return Err(shards.no_column(
            path,
            "image column (a struct of `bytes` and `path`) and no numeric columns",
        ));
    }
    let mut values = Vec::with_capacity(shards.rows() * leaves.len());
    shards.for_each_batch(&leaves, |file, batch| {
        let start = values.len();
        values.resize(start + batch.num_rows() * leaves.len(), f32::NAN);
        for (column, leaf) in leaves.iter().enumerate() {
            let numbers = cells::numbers(batch.column(column));
            let numbers =
                numbers.ok_or_else(|| cells::wrong_type(file, leaf, batch.column(column), "numbers"))?;
            let cells = values[start..].iter_mut().skip(column).step_by(leaves.len());
            cells
                .zip(numbers)
                .for_each(|(value, number)| *value = number as f32);
        }
        Ok(())
    })?;
    check_count(values.len() / leaves.len(), shards.rows(), path)?;
    Ok(DraftValues::Features {
        values,
        columns: Columns::Named(leaves.into_iter().map(|leaf| leaf.name).collect()),
    })
}
