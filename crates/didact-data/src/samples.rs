//! What measuring and loading need of a data set.

use crate::Dataset;
use crate::error::DataError;
use crate::shape::SampleShape;
use crate::stored::Stored;

/// Samples that can be read by row, from several threads at once.
pub(crate) trait Samples: Send + Sync {
    /// How many there are.
    fn len(&self) -> usize;
    /// The shape each of them has.
    fn shape(&self) -> SampleShape;
    /// The number that stands for the id of a sample in random streams.
    fn key(&self, row: usize) -> u64;
    /// Shows a sample as it is kept.
    fn show<T>(&self, row: usize, take: impl FnOnce(Stored<'_>) -> T) -> Result<T, DataError>;
    /// Writes a sample's values.
    fn read(&self, row: usize, values: &mut [f32]) -> Result<(), DataError> {
        self.show(row, |stored| stored.write(values))
    }
}

impl Samples for Dataset {
    fn len(&self) -> usize {
        self.len()
    }

    fn shape(&self) -> SampleShape {
        self.shape()
    }

    fn key(&self, row: usize) -> u64 {
        self.keys()[row]
    }

    fn show<T>(&self, row: usize, take: impl FnOnce(Stored<'_>) -> T) -> Result<T, DataError> {
        self.show(row, take)
    }
}

/// Checks that there are rows and that each names one of `len` samples.
pub(crate) fn check_rows(rows: &[u32], len: usize) -> Result<(), DataError> {
    let wrong = |what, expected, found| {
        Err(DataError::OutOfRange {
            what,
            expected,
            found,
        })
    };
    match rows.iter().find(|row| **row as usize >= len) {
        _ if rows.is_empty() => wrong("number of rows", "at least 1".into(), "0".into()),
        Some(row) => wrong("row of a sample", format!("in 0..{len}"), row.to_string()),
        None => Ok(()),
    }
}

#[cfg(test)]
pub(crate) mod fake {
    use super::{DataError, SampleShape, Samples, Stored};
    use didact_random::{Purpose, Stream, sample_key};
    use rand::RngExt;

    /// What a row does instead of being read.
    #[derive(Clone, Copy, PartialEq)]
    pub(crate) enum Fault {
        None,
        Error(usize),
        Panic(usize),
    }

    /// Samples in memory, one of which may fail.
    pub(crate) struct Fake {
        pub(crate) shape: SampleShape,
        pub(crate) values: Vec<Vec<f32>>,
        pub(crate) fault: Fault,
    }

    impl Fake {
        /// Random images of 3 channels, 5 rows and 6 columns.
        pub(crate) fn images(count: u64) -> Self {
            let shape = SampleShape::Image {
                channels: 3,
                height: 5,
                width: 6,
            };
            let image = |row| {
                let mut generator = Stream::new(0, Purpose::Noise).at([row, 0]);
                (0..shape.len()).map(|_| generator.random()).collect()
            };
            Self {
                shape,
                values: (0..count).map(image).collect(),
                fault: Fault::None,
            }
        }

        pub(crate) fn features(values: Vec<Vec<f32>>) -> Self {
            Self {
                shape: SampleShape::Features {
                    count: values[0].len(),
                },
                values,
                fault: Fault::None,
            }
        }
    }

    impl Samples for Fake {
        fn len(&self) -> usize {
            self.values.len()
        }

        fn shape(&self) -> SampleShape {
            self.shape
        }

        fn key(&self, row: usize) -> u64 {
            sample_key(&row.to_string())
        }

        fn show<T>(&self, row: usize, take: impl FnOnce(Stored<'_>) -> T) -> Result<T, DataError> {
            assert!(self.fault != Fault::Panic(row), "row {row} fell over");
            if self.fault == Fault::Error(row) {
                return Err(DataError::NotFound {
                    path: format!("{row}.png").into(),
                    siblings: Vec::new(),
                });
            }
            Ok(take(Stored::Numbers(&self.values[row])))
        }
    }
}
