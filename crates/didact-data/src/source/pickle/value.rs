//! What a pickle holds, as a flat list of values that refer to each other by number.

use std::ops::Range;

/// The number of a value in its pickle.
pub(crate) type ValueId = usize;

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    None,
    Bool(bool),
    Int(i64),
    /// Bytes of the file: Python 3's `bytes` and `bytearray`, Python 2's `str`.
    Bytes(Range<usize>),
    /// Bytes that are not in the file as they are.
    Decoded(Vec<u8>),
    Text(Range<usize>),
    Tuple(Vec<ValueId>),
    List(Vec<ValueId>),
    Dict(Vec<(ValueId, ValueId)>),
    Function(Function),
    Type(String),
    /// An array before its contents are known.
    EmptyArray,
    Array(Array),
}

/// A NumPy array in C order.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Array {
    /// NumPy's name of the element type, such as `u1`.
    pub(crate) element: String,
    pub(crate) shape: Vec<usize>,
    pub(crate) bytes: ValueId,
}

/// The functions that are recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Reconstruct,
    FromBuffer,
    NdArray,
    DType,
    Encode,
}

impl Function {
    pub(crate) fn named(module: &str, name: &str) -> Option<Self> {
        match (module, name) {
            ("numpy.core.multiarray" | "numpy._core.multiarray", "_reconstruct") => Some(Self::Reconstruct),
            ("numpy.core.numeric" | "numpy._core.numeric", "_frombuffer") => Some(Self::FromBuffer),
            ("numpy", "ndarray") => Some(Self::NdArray),
            ("numpy", "dtype") => Some(Self::DType),
            ("_codecs", "encode") => Some(Self::Encode),
            _ => None,
        }
    }
}

/// All values of a pickle, the bytes they refer to, and which of them is the whole.
#[derive(Debug)]
pub(crate) struct Pickle<'a> {
    pub(crate) file: &'a [u8],
    pub(crate) values: Vec<Value>,
    pub(crate) root: ValueId,
}

impl Pickle<'_> {
    /// What a dictionary holds under a key, if the whole is a dictionary.
    pub(crate) fn entry(&self, key: &str) -> Option<&Value> {
        let Value::Dict(entries) = &self.values[self.root] else {
            return None;
        };
        let (_, value) = entries
            .iter()
            .find(|(found, _)| self.bytes(*found) == Some(key.as_bytes()))?;
        Some(&self.values[*value])
    }

    /// The bytes of a text or byte string.
    pub(crate) fn bytes(&self, id: ValueId) -> Option<&[u8]> {
        bytes_of(&self.values[id], self.file)
    }
}

/// The bytes of a text or byte string.
pub(crate) fn bytes_of<'a>(value: &'a Value, file: &'a [u8]) -> Option<&'a [u8]> {
    match value {
        Value::Bytes(range) | Value::Text(range) => file.get(range.clone()),
        Value::Decoded(bytes) => Some(bytes),
        _ => None,
    }
}
