//! Labels and pixels, whichever version of CIFAR they came from.

use std::collections::BTreeMap;
use std::path::Path;

use crate::classes::counted;
use crate::draft::{Counting, Draft, DraftLabels, DraftValues, Ids, RawLabel};
use crate::shape::ImageSize;
use crate::source::cifar::variant::Variant;

/// The images of a part, in order.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) labels: Vec<i64>,
    /// `[image, channel, row, column]`.
    pub(crate) pixels: Vec<u8>,
}

impl Records {
    /// Without names the classes are numbers, but still as many as the variant has.
    pub(crate) fn into_draft(self, path: &Path, variant: Variant, names: Option<Vec<String>>) -> Draft {
        let labels = DraftLabels {
            file: path.to_owned(),
            values: self.labels.iter().map(|label| RawLabel::Number(*label)).collect(),
            counting: Counting::Rows,
            names: Some(names.unwrap_or_else(|| counted(variant.classes()))),
        };
        Draft {
            format: variant.format(),
            ids: Ids::Rows(self.labels.len()),
            labels: Some(labels),
            values: DraftValues::Pixels {
                bytes: self.pixels,
                size: ImageSize {
                    channels: 3,
                    height: 32,
                    width: 32,
                },
            },
            file: path.to_owned(),
            counting: Counting::Rows,
            faults: Vec::new(),
            ignored: BTreeMap::new(),
        }
    }
}
