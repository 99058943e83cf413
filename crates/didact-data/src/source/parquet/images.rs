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
            let inside = |row: &u32| (*row as usize) < shard.start + shard.rows;
            let start = rows.partition_point(|row| (*row as usize) < shard.start);
            let rows = &rows[start..];
            let rows = &rows[..rows.partition_point(inside)];
            self.for_each_of(shard, rows, &work, &mut take)?;
        }
        Ok(())
    }

    /// The same for the rows of one file, batch by batch.
    fn for_each_of<T: Send>(
        &self,
        shard: &Shard,
        mut rows: &[u32],
        work: &(impl Fn(&mut dyn ImageBytes) -> T + Sync),
        take: &mut impl FnMut(usize, Result<T, DataError>),
    ) -> Result<(), DataError> {
        let Some(mut start) = rows.first().map(|row| *row as usize) else {
            return Ok(());
        };
        let mut reader = shard.reader(self.mask(shard), start - shard.start..shard.rows)?;
        while !rows.is_empty() {
            let batch = shard.next(&mut reader)?;
            let batch = batch.ok_or_else(|| malformed(&shard.path, "it holds fewer rows than it says"))?;
            let column = self.bytes_column(shard, &batch)?;
            let end = start + batch.num_rows();
            let (block, later) = rows.split_at(rows.partition_point(|row| (*row as usize) < end));
            let on_cell = |row: &u32| work(&mut Cursor::new(cell(&column, *row as usize - start)));
            let results: Vec<T> = block.par_iter().map(on_cell).collect();
            block
                .iter()
                .zip(results)
                .for_each(|(row, result)| take(*row as usize, Ok(result)));
            (rows, start) = (later, end);
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
