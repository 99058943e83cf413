//! Where do samples come from?
//!
//! Reads labelled images and features in the formats people keep them in, checks every sample once, splits,
//! augments and loads them in batches.
//!
//! | room | what is in it |
//! |---|---|
//! | [`Dataset`] | samples with ids and given labels, opened with [`OpenOptions`] |
//! | `source` | one file a [`Format`] |
//! | `pixels` | decoding within limits, resizing, what stays in memory |
//! | [`stratified_split`], [`shuffled`] | who validates, and in which order the others train |
//! | [`Normalization`], [`Augmentation`] | what happens to a sample before the network sees it |
//! | [`Loader`] | batches, made beside training |
//! | `labels_file` | labels in a file of their own: [`read_partial_labels`], [`read_true_labels`]; without data, [`read_label_list`] |
//! | [`info`], [`convert`] | what is in a data set; into other formats |
//!
//! ```
//! use didact_data::{Dataset, SampleShape};
//!
//! let shape = SampleShape::Image { channels: 1, height: 2, width: 2 };
//! let data = Dataset::from_pixels(vec![0; 12], shape, vec![0, 1, 1])?;
//! assert_eq!((data.len(), data.num_classes()), (3, 2));
//! # Ok::<(), didact_data::DataError>(())
//! ```

mod assemble;
mod augmentation;
mod bad_item;
mod class_folder_name;
mod classes;
mod convert;
mod dataset;
mod draft;
mod embedded;
mod error;
mod extraction;
mod features;
mod fingerprint;
mod format;
mod hint;
mod info;
mod label_list;
mod label_table;
mod labels_file;
mod loaded;
mod loader;
mod location;
mod memory;
mod moments;
mod normalization;
mod normalizer;
mod options;
mod order;
mod pixels;
mod samples;
mod shape;
mod source;
mod split;
mod stored;

pub use augmentation::{Augmentation, Operation, PaddingMode};
pub use bad_item::{BadItem, BadReason, Place};
pub use convert::{Conversion, convert};
pub use dataset::Dataset;
pub use embedded::is_embedded;
pub use error::DataError;
pub use extraction::FeatureExtraction;
pub use format::Format;
pub use info::{ClassCount, DataInfo, DuplicateGroup, Duplicates, SizeCount, info};
pub use label_list::{LabelList, read_label_list};
pub use labels_file::{read_partial_labels, read_true_labels};
pub use loader::{Batch, Loader, LoaderConfig};
pub use location::without_rows;
pub use normalization::Normalization;
pub use options::{BadItems, MemoryBudget, OpenOptions, Part, Strictness};
pub use order::shuffled;
pub use shape::SampleShape;
pub use source::has_test_part;
pub use split::{Split, SplitFraction, stratified_split};
