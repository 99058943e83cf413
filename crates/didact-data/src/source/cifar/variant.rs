//! CIFAR-10, or CIFAR-100 with one of its two labels.

use crate::format::Format;

/// Bytes of one image: 3 planes of 32 x 32.
pub(crate) const PIXELS: usize = 3 * 32 * 32;

/// Which data set, and which of its labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Variant {
    Ten,
    HundredFine,
    HundredCoarse,
}

impl Variant {
    pub(crate) fn format(self) -> Format {
        match self {
            Self::Ten => Format::Cifar10,
            Self::HundredFine => Format::Cifar100,
            Self::HundredCoarse => Format::Cifar100Coarse,
        }
    }

    /// The variant a format asks for.
    pub(crate) fn of(format: Format) -> Option<Self> {
        [Self::Ten, Self::HundredFine, Self::HundredCoarse]
            .into_iter()
            .find(|variant| variant.format() == format)
    }

    pub(crate) fn classes(self) -> usize {
        match self {
            Self::Ten => 10,
            Self::HundredFine => 100,
            Self::HundredCoarse => 20,
        }
    }

    /// Label bytes before the pixels of a record.
    pub(crate) fn label_bytes(self) -> usize {
        match self {
            Self::Ten => 1,
            Self::HundredFine | Self::HundredCoarse => 2,
        }
    }

    /// Which of the label bytes counts; the coarse label comes first.
    pub(crate) fn label_byte(self) -> usize {
        match self {
            Self::Ten | Self::HundredCoarse => 0,
            Self::HundredFine => 1,
        }
    }

    /// Bytes of one record of the binary version.
    pub(crate) fn record(self) -> usize {
        self.label_bytes() + PIXELS
    }

    /// The name of the labels in the Python version.
    pub(crate) fn labels_key(self) -> &'static str {
        match self {
            Self::Ten => "labels",
            Self::HundredFine => "fine_labels",
            Self::HundredCoarse => "coarse_labels",
        }
    }

    /// The name of the class names in the Python version.
    pub(crate) fn names_key(self) -> &'static str {
        match self {
            Self::Ten => "label_names",
            Self::HundredFine => "fine_label_names",
            Self::HundredCoarse => "coarse_label_names",
        }
    }

    /// The file of class names beside the binary version.
    pub(crate) fn names_file(self) -> &'static str {
        match self {
            Self::Ten => "batches.meta.txt",
            Self::HundredFine => "fine_label_names.txt",
            Self::HundredCoarse => "coarse_label_names.txt",
        }
    }
}
