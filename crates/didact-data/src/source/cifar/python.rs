//! CIFAR's Python version: pickled dictionaries of an array and lists.

use std::path::Path;

use crate::error::DataError;
use crate::source::cifar::records::Records;
use crate::source::cifar::variant::{PIXELS, Variant};
use crate::source::pickle::{Array, Pickle, Value, parse};

/// Whether bytes begin as a pickle of protocol 2 to 5 does.
pub(crate) fn is_pickle(start: &[u8]) -> bool {
    matches!(start, [0x80, 2..=5, ..])
}

/// CIFAR-100 has fine labels; the word stands in the file as it is.
pub(crate) fn detect(bytes: &[u8]) -> Variant {
    let word = b"fine_labels";
    let fine = bytes.windows(word.len()).any(|window| window == word);
    if fine { Variant::HundredFine } else { Variant::Ten }
}

/// Adds the images of one file.
pub(crate) fn take(
    bytes: &[u8],
    file: &Path,
    variant: Variant,
    records: &mut Records,
) -> Result<(), DataError> {
    let fault = |reason: String| DataError::Pickle {
        path: file.to_owned(),
        reason,
    };
    let pickle = parse(bytes).map_err(fault)?;
    let labels = labels(&pickle, variant.labels_key()).map_err(fault)?;
    let pixels = pixels(&pickle).map_err(fault)?;
    if pixels.len() != labels.len() * PIXELS {
        let (expected, found) = (pixels.len() / PIXELS, labels.len());
        return Err(DataError::LabelCount {
            path: file.to_owned(),
            expected,
            found,
        });
    }
    records.labels.extend(labels);
    records.pixels.extend_from_slice(pixels);
    Ok(())
}

/// The class names in `batches.meta` or `meta`.
pub(crate) fn names(bytes: &[u8], variant: Variant) -> Option<Vec<String>> {
    let pickle = parse(bytes).ok()?;
    let Value::List(items) = pickle.entry(variant.names_key())? else {
        return None;
    };
    let name = |id: &usize| {
        pickle
            .bytes(*id)
            .map(|name| String::from_utf8_lossy(name).into_owned())
    };
    items.iter().map(name).collect()
}

fn pixels<'a>(pickle: &'a Pickle<'_>) -> Result<&'a [u8], String> {
    let Some(Value::Array(Array {
        element,
        shape,
        bytes,
    })) = pickle.entry("data")
    else {
        return Err("it has no array `data`".to_owned());
    };
    let bytes = pickle.bytes(*bytes).unwrap_or_default();
    match shape[..] {
        [images, PIXELS] if element == "u1" && images.checked_mul(PIXELS) == Some(bytes.len()) => Ok(bytes),
        _ => Err(format!(
            "`data` should be bytes [images, {PIXELS}], found {element} {shape:?} in {} bytes",
            bytes.len()
        )),
    }
}

fn labels(pickle: &Pickle<'_>, key: &str) -> Result<Vec<i64>, String> {
    let number = |id: &usize| match pickle.values[*id] {
        Value::Int(label) => Some(label),
        _ => None,
    };
    let labels = match pickle.entry(key) {
        Some(Value::List(items)) => items.iter().map(number).collect(),
        Some(Value::Array(array)) => integers(pickle, array),
        _ => return Err(format!("it has no list `{key}`")),
    };
    labels.ok_or_else(|| format!("`{key}` holds more than integers"))
}

/// Labels that somebody has stored as an array instead of a list.
fn integers(pickle: &Pickle<'_>, array: &Array) -> Option<Vec<i64>> {
    let bytes = pickle.bytes(array.bytes)?;
    let number = |bytes: &[u8]| {
        bytes
            .iter()
            .rev()
            .fold(0_i64, |number, byte| number << 8 | i64::from(*byte))
    };
    match array.element.as_str() {
        "u1" => Some(bytes.iter().map(|byte| i64::from(*byte)).collect()),
        "i4" => Some(
            bytes
                .chunks_exact(4)
                .map(|bytes| i64::from(number(bytes) as i32))
                .collect(),
        ),
        "i8" => Some(bytes.chunks_exact(8).map(number).collect()),
        _ => None,
    }
}
