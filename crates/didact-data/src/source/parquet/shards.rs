//! The files of a Parquet data set, one after the other.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_schema::Schema;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};

use crate::error::DataError;
use crate::options::Part;
use crate::source::files::{Listing, malformed, name};
use crate::source::parquet::columns::{self, Leaf};

/// Rows decoded at once: of images as many as keep the cores busy, whatever their size.
const BATCH: usize = 256;

/// Open files with equal columns.
#[derive(Debug)]
pub(crate) struct Shards {
    files: Vec<Shard>,
}

#[derive(Debug)]
pub(crate) struct Shard {
    pub(crate) path: PathBuf,
    metadata: ArrowReaderMetadata,
    /// The number of its first row.
    pub(crate) start: usize,
    pub(crate) rows: usize,
}

impl Shards {
    pub(crate) fn open(path: &Path, part: Part) -> Result<Self, DataError> {
        let paths = if path.is_dir() {
            files_of_part(path, part)?
        } else {
            vec![path.to_owned()]
        };
        let mut files: Vec<Shard> = Vec::with_capacity(paths.len());
        for path in paths {
            let start = files.last().map_or(0, |shard| shard.start + shard.rows);
            let shard = Shard::open(path, start)?;
            if files
                .first()
                .is_some_and(|first| !same_columns(first.schema(), shard.schema()))
            {
                return Err(malformed(
                    &shard.path,
                    "its columns differ from those of the first file",
                ));
            }
            files.push(shard);
        }
        if files.iter().all(|shard| shard.rows == 0) {
            return Err(DataError::Empty {
                path: path.to_owned(),
                expected: match (files.is_empty(), part) {
                    (true, Part::Test) => "Parquet files of test data, named `test-*.parquet`",
                    (true, Part::Train) => "Parquet files of training data",
                    (true, Part::Auto) => "Parquet files",
                    (false, _) => "rows",
                },
            });
        }
        Ok(Self { files })
    }

    pub(crate) fn rows(&self) -> usize {
        self.files.last().map_or(0, |shard| shard.start + shard.rows)
    }

    pub(crate) fn schema(&self) -> &Schema {
        self.files[0].schema()
    }

    pub(crate) fn files(&self) -> &[Shard] {
        &self.files
    }

    /// The file that holds a row.
    pub(crate) fn holding(&self, row: usize) -> &Shard {
        let after = self.files.partition_point(|shard| shard.start <= row);
        &self.files[after.saturating_sub(1)]
    }

    pub(crate) fn no_column(&self, path: &Path, expected: &str) -> DataError {
        let found = self
            .schema()
            .fields()
            .iter()
            .map(|field| field.name().clone())
            .collect();
        DataError::NoColumn {
            path: path.to_owned(),
            expected: expected.to_owned(),
            found,
        }
    }

    /// The class names that stand beside the schema.
    pub(crate) fn class_names(&self, leaf: &Leaf) -> Option<Vec<String>> {
        let metadata = self.files[0]
            .metadata
            .metadata()
            .file_metadata()
            .key_value_metadata()?;
        let written = metadata.iter().find(|entry| entry.key == "huggingface")?;
        columns::class_names(written.value.as_deref()?, &leaf.name)
    }

    /// Hands over some columns batch by batch, in the order of `leaves`, which is that of the schema.
    pub(crate) fn for_each_batch(
        &self,
        leaves: &[Leaf],
        mut take: impl FnMut(&Path, &RecordBatch) -> Result<(), DataError>,
    ) -> Result<(), DataError> {
        let roots: Vec<usize> = leaves.iter().map(|leaf| leaf.column).collect();
        for shard in &self.files {
            let mask = ProjectionMask::roots(shard.metadata.parquet_schema(), roots.iter().copied());
            let mut reader = shard.reader(mask, 0..shard.rows)?;
            while let Some(batch) = shard.next(&mut reader)? {
                take(&shard.path, &batch)?;
            }
        }
        Ok(())
    }
}

impl Shard {
    fn open(path: PathBuf, start: usize) -> Result<Self, DataError> {
        let file = File::open(&path).map_err(|source| DataError::Read {
            path: path.clone(),
            source,
        })?;
        // The types that Arrow adds, such as dictionaries, would only hide the plain ones.
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = guarded(&path, || ArrowReaderMetadata::load(&file, options))?;
        let rows = plausible_rows(&path, &file, &metadata)?;
        Ok(Self {
            path,
            metadata,
            start,
            rows,
        })
    }

    fn schema(&self) -> &Schema {
        self.metadata.schema()
    }

    pub(crate) fn parquet_schema(&self) -> &parquet::schema::types::SchemaDescriptor {
        self.metadata.parquet_schema()
    }

    /// Reads a range of this file's rows.
    pub(crate) fn reader(
        &self,
        mask: ProjectionMask,
        rows: std::ops::Range<usize>,
    ) -> Result<ParquetRecordBatchReader, DataError> {
        let file = File::open(&self.path).map_err(|source| DataError::Read {
            path: self.path.clone(),
            source,
        })?;
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
        let (groups, skipped) = self.groups(&rows);
        let builder = builder
            .with_projection(mask)
            .with_batch_size(BATCH)
            .with_row_groups(groups);
        let builder = builder.with_offset(rows.start - skipped).with_limit(rows.len());
        guarded(&self.path, || builder.build())
    }

    /// The row groups that hold a range of rows, and how many rows lie before them.
    fn groups(&self, rows: &std::ops::Range<usize>) -> (Vec<usize>, usize) {
        let (mut groups, mut skipped, mut start) = (Vec::new(), 0, 0);
        for (index, group) in self.metadata.metadata().row_groups().iter().enumerate() {
            let end = start + usize::try_from(group.num_rows()).unwrap_or(0);
            if end <= rows.start {
                skipped = end;
            } else if start < rows.end {
                groups.push(index);
            }
            start = end;
        }
        (groups, skipped)
    }

    pub(crate) fn next(
        &self,
        reader: &mut ParquetRecordBatchReader,
    ) -> Result<Option<RecordBatch>, DataError> {
        guarded(&self.path, || {
            reader
                .next()
                .transpose()
                .map_err(parquet::errors::ParquetError::from)
        })
    }
}

/// The rows a file claims. What follows reserves memory for them, so a broken count must end here: no real file
/// has more than a few rows a byte.
fn plausible_rows(path: &Path, file: &File, metadata: &ArrowReaderMetadata) -> Result<usize, DataError> {
    const MOST_ROWS_A_BYTE: u64 = 256;
    let bytes = file
        .metadata()
        .map_err(|source| DataError::Read {
            path: path.to_owned(),
            source,
        })?
        .len();
    let claimed = metadata.metadata().file_metadata().num_rows();
    let counted = metadata
        .metadata()
        .row_groups()
        .iter()
        .try_fold(0_i64, |all, group| {
            all.checked_add(group.num_rows())
                .filter(|_| group.num_rows() >= 0)
        });
    match usize::try_from(claimed) {
        Ok(rows) if counted == Some(claimed) && rows as u64 <= bytes.saturating_mul(MOST_ROWS_A_BYTE) => {
            Ok(rows)
        }
        _ => Err(malformed(
            path,
            format!("its {bytes} bytes cannot hold the {claimed} rows it claims"),
        )),
    }
}

/// Runs the Parquet library, which panics on some broken files.
fn guarded<T>(path: &Path, work: impl FnOnce() -> parquet::errors::Result<T>) -> Result<T, DataError> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(malformed(path, error.to_string())),
        Err(_) => Err(malformed(path, "it cannot be decoded")),
    }
}

fn same_columns(left: &Schema, right: &Schema) -> bool {
    let columns = |schema: &Schema| -> Vec<(String, arrow_schema::DataType)> {
        schema
            .fields()
            .iter()
            .map(|field| (field.name().clone(), field.data_type().clone()))
            .collect()
    };
    columns(left) == columns(right)
}

/// The Parquet files of a part, sorted by name, in a folder or its subfolders: `train-*` and `test-*`; files without
/// such a name are training data, and `validation-*` belongs to neither.
pub(crate) fn files_of_part(folder: &Path, part: Part) -> Result<Vec<PathBuf>, DataError> {
    let all = parquet_files(folder)?;
    let of = |wanted: Part| -> Vec<PathBuf> {
        all.iter()
            .filter(|file| part_of(file) == Some(wanted))
            .cloned()
            .collect()
    };
    Ok(match part {
        Part::Train => of(Part::Train),
        Part::Test => of(Part::Test),
        Part::Auto => [of(Part::Train), of(Part::Test), all.clone()]
            .into_iter()
            .find(|files| !files.is_empty())
            .unwrap_or_default(),
    })
}

fn parquet_files(folder: &Path) -> Result<Vec<PathBuf>, DataError> {
    let is_parquet = |file: &PathBuf| file.extension().is_some_and(|extension| extension == "parquet");
    let listing = Listing::of(folder)?;
    let mut files: Vec<PathBuf> = listing.files.into_iter().filter(is_parquet).collect();
    if files.is_empty() {
        for subfolder in &listing.folders {
            files.extend(Listing::of(subfolder)?.files.into_iter().filter(is_parquet));
        }
    }
    Ok(files)
}

fn part_of(file: &Path) -> Option<Part> {
    let name = name(file).to_lowercase();
    let starts = |prefixes: &[&str]| prefixes.iter().any(|prefix| name.starts_with(prefix));
    match () {
        () if starts(&["test"]) => Some(Part::Test),
        () if starts(&["valid", "val-", "dev-"]) => None,
        () => Some(Part::Train),
    }
}
