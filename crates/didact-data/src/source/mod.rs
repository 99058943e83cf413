//! Formats: recognised by looking, read into a draft.
//!
//! | file | format |
//! |---|---|
//! | `class_folders` | one folder a class |
//! | `image_folder` | images beside a label file |
//! | `cifar` | CIFAR-10, CIFAR-100, ciFAIR |
//! | `pickle` | what CIFAR's Python version is stored in |
//! | `idx` | MNIST's layout |
//! | `csv` | numbers in text |
//! | `numpy` | `.npy` and `.npz` |
//! | `parquet` | images or numbers in columns |
//! | `detect` | which of them is it? |
//! | `text` | rows and fields of text tables |
//! | `files` | reading and listing with the path in every error |

mod cifar;
mod class_folders;
mod csv;
mod detect;
pub(crate) mod files;
pub(crate) mod idx;
mod image_folder;
pub(crate) mod numpy;
pub(crate) mod parquet;
mod pickle;
pub(crate) mod text;

use std::path::Path;

use crate::draft::Draft;
use crate::error::DataError;
use crate::format::Format;
use crate::options::OpenOptions;

pub use detect::has_test_part;

/// Reads whatever lies at a path.
pub(crate) fn read(path: &Path, options: &OpenOptions) -> Result<Draft, DataError> {
    let format = match options.format {
        Some(format) => format,
        None => detect::detect(path, options)?,
    };
    if let Some(variant) = cifar::Variant::of(format) {
        return cifar::read(path, variant, options.part);
    }
    match format {
        Format::ClassFolders => class_folders::read(path, options.part),
        Format::Idx => idx::read(path, options.part),
        Format::Csv => csv::read(path, csv::Labels::of(options)),
        Format::Parquet => parquet::read(path, options),
        Format::Numpy => numpy::read(path, options.part),
        _ => image_folder::read(path),
    }
}
