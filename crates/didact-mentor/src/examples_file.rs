//! Examples for a mentor, as a Parquet file.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, UInt8Type, UInt32Type};
use arrow_array::{ArrayRef, BooleanArray, Float64Array, RecordBatch, UInt8Array, UInt32Array};
use didact_curriculum::{MentorExample, MentorExamples, MentorFeatures};
use didact_run::write_atomically;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use serde::{Deserialize, Serialize};

use crate::error::MentorFileError;

/// The key of the words in the file's metadata.
const KEY: &str = "didact-mentor";

/// What examples were made of, in words that a mentor takes over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExamplesOrigin {
    /// The curriculum, as it is spelt; `data-driven` for one observed.
    pub curriculum: String,
    /// The percentile that differences count from, in `(0, 1]`, where they were observed.
    pub percentile: Option<f64>,
    /// The number of classes, where labels mean something.
    pub num_classes: Option<usize>,
}

impl ExamplesOrigin {
    fn check(&self) -> Result<(), String> {
        let is_share = self.percentile.is_none_or(|share| share > 0.0 && share <= 1.0);
        let is_number = self
            .num_classes
            .is_none_or(|classes| (1..=1_000_000).contains(&classes));
        if is_share && is_number {
            Ok(())
        } else {
            let (percentile, classes) = (self.percentile, self.num_classes);
            Err(format!("a percentile of {percentile:?}, {classes:?} classes"))
        }
    }
}

/// Writes examples: columns `loss`, `difference`, `label`, `epoch`, `target` and `held_out`. The same examples give the same
/// bytes.
///
/// # Errors
///
/// [`MentorFileError::Run`] if the file cannot be written.
pub fn write_examples(
    path: &Path,
    examples: &MentorExamples,
    origin: &ExamplesOrigin,
) -> Result<(), MentorFileError> {
    let words = serde_json::to_string(origin).map_err(|error| MentorFileError::NotExamples {
        path: path.to_owned(),
        found: error.to_string(),
    })?;
    write_atomically(path, |file| {
        let batch = columns(examples).map_err(std::io::Error::other)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_key_value_metadata(Some(vec![KeyValue::new(KEY.to_owned(), words)]))
            .build();
        let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties))?;
        writer.write(&batch)?;
        writer.close()?;
        Ok(())
    })?;
    Ok(())
}

fn columns(examples: &MentorExamples) -> Result<RecordBatch, arrow_schema::ArrowError> {
    let float = |number: fn(&MentorExample) -> f64| {
        Arc::new(Float64Array::from_iter_values(examples.all().map(number))) as ArrayRef
    };
    let label = UInt32Array::from_iter_values(examples.all().map(|example| example.features.label));
    let percent = UInt8Array::from_iter_values(examples.all().map(|example| example.features.percent));
    let count = examples.training.len();
    let held_out = examples
        .all()
        .enumerate()
        .map(|(position, _)| Some(position >= count));
    RecordBatch::try_from_iter([
        ("loss", float(|example| example.features.loss)),
        ("difference", float(|example| example.features.difference)),
        ("label", Arc::new(label) as ArrayRef),
        ("epoch", Arc::new(percent)),
        ("target", float(|example| example.target)),
        ("held_out", Arc::new(held_out.collect::<BooleanArray>())),
    ])
}

/// Reads examples, and what they were made of.
///
/// # Errors
///
/// [`MentorFileError::Read`], or [`MentorFileError::NotExamples`] for another file and for numbers that no example has.
pub fn read_examples(path: &Path) -> Result<(MentorExamples, ExamplesOrigin), MentorFileError> {
    let file = File::open(path).map_err(|source| MentorFileError::Read {
        path: path.to_owned(),
        source,
    })?;
    let wrong = |found: String| MentorFileError::NotExamples {
        path: path.to_owned(),
        found,
    };
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| wrong(error.to_string()))?;
    let words = builder.metadata().file_metadata().key_value_metadata();
    let words = words
        .into_iter()
        .flatten()
        .find(|pair| pair.key == KEY)
        .and_then(|pair| pair.value.as_deref())
        .ok_or_else(|| wrong(format!("its metadata has no {KEY}")))?;
    let origin: ExamplesOrigin = serde_json::from_str(words).map_err(|error| wrong(error.to_string()))?;
    origin.check().map_err(wrong)?;
    let mut examples = MentorExamples::default();
    for batch in builder.build().map_err(|error| wrong(error.to_string()))? {
        let batch = batch.map_err(|error| wrong(error.to_string()))?;
        append(&mut examples, &batch).map_err(wrong)?;
    }
    Ok((examples, origin))
}

fn append(examples: &mut MentorExamples, batch: &RecordBatch) -> Result<(), String> {
    let column = |name: &str| {
        let column = batch
            .column_by_name(name)
            .ok_or_else(|| format!("no column {name}"))?;
        match column.null_count() {
            0 => Ok(column),
            count => Err(format!("{count} empty cells in {name}")),
        }
    };
    let float = |name: &str| {
        let numbers = column(name)?.as_primitive_opt::<Float64Type>();
        let numbers = numbers.ok_or_else(|| format!("{name} is not a number"))?.values();
        match numbers.iter().find(|number| !number.is_finite()) {
            Some(number) => Err(format!("{number} in {name}")),
            None => Ok(numbers),
        }
    };
    let (losses, differences, targets) = (float("loss")?, float("difference")?, float("target")?);
    let labels = column("label")?
        .as_primitive_opt::<UInt32Type>()
        .ok_or("label is not a class")?;
    let percents = column("epoch")?
        .as_primitive_opt::<UInt8Type>()
        .ok_or("epoch is not a percent")?;
    let held_out = column("held_out")?
        .as_boolean_opt()
        .ok_or("held_out is not yes or no")?;
    if let Some(target) = targets.iter().find(|target| !(0.0..=1.0).contains(*target)) {
        return Err(format!("a target of {target}, which is not in [0, 1]"));
    }
    for position in 0..batch.num_rows() {
        let part = if held_out.value(position) {
            &mut examples.held_out
        } else {
            &mut examples.training
        };
        part.push(MentorExample {
            features: MentorFeatures {
                loss: losses[position],
                difference: differences[position],
                label: labels.value(position),
                percent: percents.value(position),
            },
            target: targets[position],
        });
    }
    Ok(())
}
