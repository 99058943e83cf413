//! Encoded images in a Parquet column.

use std::io::Cursor;
use std::path::PathBuf;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use parquet::arrow::ProjectionMask;
use rayon::prelude::*;

use crate::error::DataError;
use crate::pixels::ImageBytes;
use crate::source::files::malformed;
use crate::source::parquet::columns::{ImageColumn, Nesting};
use crate::source::parquet::shards::{Shard, Shards};

/// The images of a data set, by row.
#[derive(Debug)]
pub(crate) struct ParquetImages {
    shards: Shards,
    column: ImageColumn,
}

impl ParquetImages {
    pub(crate) fn new(shards: Shards, column: ImageColumn) -> Self {
        Self { shards, column }
    }

    /// The file that holds a row, and its number there.
    pub(crate) fn place(&self, row: usize) -> (PathBuf, usize) {
        let shard = self.shards.holding(row);
        (shard.path.clone(), row - shard.start)
    }

    /// Opens one image. This decodes the pages of its row group up to it, which is slow; images within the memory
    /// budget never come here.
    pub(crate) fn with_bytes<T>(
        &self,
        row: usize,
        work: impl FnOnce(&mut dyn ImageBytes) -> T,
    ) -> Result<T, DataError> {
        let shard = self.shards.holding(row);
        let inside = row - shard.start;
        let mut reader = shard.reader(self.mask(shard), inside..inside + 1)?;
        let batch = shard.next(&mut reader)?.filter(|batch| batch.num_rows() == 1);
        let batch = batch.ok_or_else(|| malformed(&shard.path, format!("row {inside} is missing")))?;
        let column = self.bytes_column(shard, &batch)?;
        Ok(work(&mut Cursor::new(cell(&column, 0))))
    }

    /// Does `work` on every image of `rows` (ascending) with all cores, and hands the results to `take` in order.
    pub(crate) fn for_each<T: Send>(
        &self,
        rows: &[u32],
        work: impl Fn(&mut dyn ImageBytes) -> T + Sync,
        mut take: impl FnMut(usize, Result<T, DataError>),
    ) -> Result<(), DataError> {
        for shard in self.shards.files() {
            let mut wanted = rows
                .iter()
                .map(|row| *row as usize)
                .filter(|row| (shard.start..shard.start + shard.rows).contains(row))
                .peekable();
            let Some(first) = wanted.peek().copied() else {
                continue;
            };
            let mut reader = shard.reader(self.mask(shard), first - shard.start..shard.rows)?;
            let mut start = first;
            while wanted.peek().is_some() {
                let Some(batch) = shard.next(&mut reader)? else {
                    return Err(malformed(&shard.path, "it holds fewer rows than it says"));
                };
                let column = self.bytes_column(shard, &batch)?;
                let end = start + batch.num_rows();
                let mut block = Vec::new();
                while let Some(row) = wanted.next_if(|row| *row < end) {
                    block.push(row);
                }
                let results: Vec<T> = block
                    .par_iter()
                    .map(|row| work(&mut Cursor::new(cell(&column, row - start))))
                    .collect();
                block
                    .into_iter()
                    .zip(results)
                    .for_each(|(row, result)| take(row, Ok(result)));
                start = end;
            }
        }
        Ok(())
    }

    /// Only the bytes: the paths beside them are not needed.
    fn mask(&self, shard: &Shard) -> ProjectionMask {
        let schema = shard.parquet_schema();
        let root = self.column.column;
        let is_bytes = |leaf: &usize| {
            schema.get_column_root_idx(*leaf) == root
                && (self.column.nesting == Nesting::Plain || schema.column(*leaf).name() == "bytes")
        };
        ProjectionMask::leaves(schema, (0..schema.num_columns()).filter(is_bytes))
    }

    fn bytes_column(&self, shard: &Shard, batch: &RecordBatch) -> Result<ArrayRef, DataError> {
        let column = batch.columns().first().cloned();
        let bytes = match self.column.nesting {
            Nesting::Plain => column,
            Nesting::Struct => {
                column.and_then(|column| column.as_struct_opt()?.column_by_name("bytes").cloned())
            }
        };
        bytes.ok_or_else(|| malformed(&shard.path, "its image column has no bytes"))
    }
}

/// The bytes of a cell; none where it is empty, which then is an unreadable image.
fn cell(column: &ArrayRef, row: usize) -> &[u8] {
    if column.is_null(row) {
        return &[];
    }
    match column.data_type() {
        DataType::Binary => column.as_binary::<i32>().value(row),
        DataType::LargeBinary => column.as_binary::<i64>().value(row),
        DataType::BinaryView => column.as_binary_view().value(row),
        _ => &[],
    }
}
