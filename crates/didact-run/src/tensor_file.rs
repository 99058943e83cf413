//! Named tensors in a safetensors file: weights and checkpoints.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use safetensors::tensor::{Dtype, SafeTensors, View};

use crate::atomic::write_atomically;
use crate::error::RunError;

const KEY: &str = "didact";

/// Named tensors, and words about them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TensorFile {
    /// Words about the tensors: JSON under the single key `didact` of the file's metadata, or empty.
    pub metadata: String,
    /// The tensors.
    pub tensors: Vec<StoredTensor>,
}

/// A tensor at rest.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredTensor {
    /// Its name, such as `conv1.weight`.
    pub name: String,
    /// Its shape; empty for a single number.
    pub shape: Vec<usize>,
    /// Its values, in C order.
    pub values: StoredValues,
}

impl StoredTensor {
    /// The same tensor as one of many: its name behind `prefix.`.
    #[must_use]
    pub fn within(self, prefix: &str) -> Self {
        Self {
            name: format!("{prefix}.{}", self.name),
            ..self
        }
    }
}

/// The values of a tensor at rest.
#[derive(Clone, Debug, PartialEq)]
pub enum StoredValues {
    /// Single-precision numbers.
    F32(Vec<f32>),
    /// Counts.
    I64(Vec<i64>),
}

impl TensorFile {
    /// The tensor of a name, if it is there.
    pub fn tensor(&self, name: &str) -> Option<&StoredTensor> {
        self.tensors.iter().find(|tensor| tensor.name == name)
    }

    /// Writes the file. The same tensors give the same bytes.
    ///
    /// # Errors
    ///
    /// [`RunError::Write`].
    pub fn write(&self, path: &Path) -> Result<(), RunError> {
        // The format's writer puts metadata in the order of a hash map, which differs from process to process; a
        // single key is always in order.
        let metadata =
            (!self.metadata.is_empty()).then(|| HashMap::from([(KEY.to_owned(), self.metadata.clone())]));
        let tensors = self.tensors.iter().map(|tensor| (tensor.name.as_str(), tensor));
        let bytes = safetensors::serialize(tensors, metadata)
            .map_err(|error| RunError::malformed(path, "tensors that can be written", error))?;
        write_atomically(path, |file| file.write_all(&bytes))
    }

    /// Reads the words alone, which costs no more than they are long.
    ///
    /// # Errors
    ///
    /// [`RunError::Read`], or [`RunError::Malformed`] for a file that does not begin as one of tensors.
    pub fn read_metadata(path: &Path) -> Result<String, RunError> {
        #[derive(serde::Deserialize)]
        struct Header {
            #[serde(rename = "__metadata__", default)]
            metadata: HashMap<String, String>,
        }
        let header = read_header(path).map_err(|source| RunError::Read {
            path: path.to_owned(),
            source,
        })?;
        let mut header: Header = serde_json::from_slice(&header)
            .map_err(|error| RunError::malformed(path, "a safetensors file", error))?;
        Ok(header.metadata.remove(KEY).unwrap_or_default())
    }

    /// Reads a file of `f32` and `i64` tensors.
    ///
    /// # Errors
    ///
    /// [`RunError::Read`], or [`RunError::Malformed`] for anything but such a file.
    pub fn read(path: &Path) -> Result<Self, RunError> {
        let bytes = fs::read(path).map_err(|source| RunError::Read {
            path: path.to_owned(),
            source,
        })?;
        let malformed = |found: String| RunError::malformed(path, "a safetensors file of f32 and i64", found);
        let (_, header) = SafeTensors::read_metadata(&bytes).map_err(|error| malformed(error.to_string()))?;
        let file = SafeTensors::deserialize(&bytes).map_err(|error| malformed(error.to_string()))?;
        let tensors = file.iter().map(|(name, view)| {
            let values = values(view.dtype(), view.data())
                .ok_or_else(|| malformed(format!("{name} of {:?}", view.dtype())))?;
            Ok(StoredTensor {
                name: name.to_owned(),
                shape: view.shape().to_vec(),
                values,
            })
        });
        let tensors = tensors.collect::<Result<_, _>>()?;
        let metadata = header
            .metadata()
            .as_ref()
            .and_then(|words| words.get(KEY))
            .cloned()
            .unwrap_or_default();
        Ok(Self { metadata, tensors })
    }
}

/// The header of a safetensors file: its length in 8 bytes, and as much text.
fn read_header(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let mut length = [0; 8];
    file.read_exact(&mut length)?;
    let mut header = Vec::new();
    // What claims to be longer than the file is as long as the file.
    file.take(u64::from_le_bytes(length)).read_to_end(&mut header)?;
    Ok(header)
}

fn values(dtype: Dtype, bytes: &[u8]) -> Option<StoredValues> {
    match dtype {
        Dtype::F32 => Some(StoredValues::F32(
            bytes
                .as_chunks()
                .0
                .iter()
                .map(|bytes| f32::from_le_bytes(*bytes))
                .collect(),
        )),
        Dtype::I64 => Some(StoredValues::I64(
            bytes
                .as_chunks()
                .0
                .iter()
                .map(|bytes| i64::from_le_bytes(*bytes))
                .collect(),
        )),
        _ => None,
    }
}

impl View for &StoredTensor {
    fn dtype(&self) -> Dtype {
        match self.values {
            StoredValues::F32(_) => Dtype::F32,
            StoredValues::I64(_) => Dtype::I64,
        }
    }

    fn shape(&self) -> &[usize] {
        &self.shape
    }

    fn data(&self) -> Cow<'_, [u8]> {
        match &self.values {
            StoredValues::F32(values) => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
            StoredValues::I64(values) => values.iter().flat_map(|value| value.to_le_bytes()).collect(),
        }
    }

    fn data_len(&self) -> usize {
        match &self.values {
            StoredValues::F32(values) => 4 * values.len(),
            StoredValues::I64(values) => 8 * values.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tensors_and_words_survive_their_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.safetensors");
        let file = TensorFile {
            metadata: r#"{"model":"logistic"}"#.to_owned(),
            tensors: vec![
                StoredTensor {
                    name: "bias".into(),
                    shape: vec![2],
                    values: StoredValues::F32(vec![-0.0, f32::MAX]),
                },
                StoredTensor {
                    name: "count".into(),
                    shape: vec![],
                    values: StoredValues::I64(vec![i64::MIN]),
                },
            ],
        };
        file.write(&path).unwrap();
        let read = TensorFile::read(&path).unwrap();
        assert_eq!(read.metadata, file.metadata);
        assert_eq!(TensorFile::read_metadata(&path).unwrap(), file.metadata);
        assert_eq!(read.tensor("bias"), file.tensor("bias"));
        assert_eq!(read.tensor("count"), file.tensor("count"));
    }

    #[test]
    fn a_truncated_file_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.safetensors");
        std::fs::write(&path, [9, 0, 0, 0, 0, 0, 0, 0, b'{']).unwrap();
        assert!(matches!(TensorFile::read(&path), Err(RunError::Malformed { .. })));
        assert!(matches!(
            TensorFile::read_metadata(&path),
            Err(RunError::Malformed { .. })
        ));
        std::fs::write(&path, [9, 0, 0]).unwrap();
        assert!(matches!(
            TensorFile::read_metadata(&path),
            Err(RunError::Read { .. })
        ));
    }
}
