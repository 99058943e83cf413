//! The formats a data set can have, by name.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::DataError;

/// How a data set is laid out on disk.
///
/// Usually found by looking at the data; `--format NAME` forces one.
///
/// ```
/// use didact_data::Format;
///
/// assert_eq!("cifar-100-coarse".parse::<Format>()?, Format::Cifar100Coarse);
/// assert_eq!(Format::ClassFolders.to_string(), "class-folders");
/// # Ok::<(), didact_data::DataError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// One folder a class, image files inside.
    ClassFolders,
    /// Image files, their labels in a file of its own.
    ImageFolder,
    /// CIFAR-10 or ciFAIR-10: binary version, Python version, or either inside its `.tar.gz`.
    #[serde(rename = "cifar-10")]
    Cifar10,
    /// CIFAR-100 or ciFAIR-100 with its 100 fine labels.
    #[serde(rename = "cifar-100")]
    Cifar100,
    /// CIFAR-100 or ciFAIR-100 with its 20 coarse labels.
    #[serde(rename = "cifar-100-coarse")]
    Cifar100Coarse,
    /// The layout of MNIST, gzipped or not.
    Idx,
    /// Parquet with an image column (the Hugging Face layout) or numeric columns.
    Parquet,
    /// Comma-, semicolon- or tab-separated numbers, one sample a row.
    Csv,
    /// NumPy arrays, `.npy` or `.npz`.
    Numpy,
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 9] = [
        Self::ClassFolders,
        Self::ImageFolder,
        Self::Cifar10,
        Self::Cifar100,
        Self::Cifar100Coarse,
        Self::Idx,
        Self::Parquet,
        Self::Csv,
        Self::Numpy,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::ClassFolders => "class-folders",
            Self::ImageFolder => "image-folder",
            Self::Cifar10 => "cifar-10",
            Self::Cifar100 => "cifar-100",
            Self::Cifar100Coarse => "cifar-100-coarse",
            Self::Idx => "idx",
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Numpy => "numpy",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = DataError;

    fn from_str(name: &str) -> Result<Self, DataError> {
        Self::ALL
            .into_iter()
            .find(|format| format.name() == name)
            .ok_or_else(|| DataError::UnknownName {
                what: "format",
                found: name.to_owned(),
                known: Self::ALL.map(|format| format.name().to_owned()).to_vec(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back() {
        for format in Format::ALL {
            assert_eq!(format.name().parse::<Format>().unwrap(), format);
            assert_eq!(serde_json::to_string(&format).unwrap(), format!("\"{format}\""));
        }
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest() {
        let hint = "cifar10".parse::<Format>().unwrap_err().hint().unwrap();
        assert!(hint.contains("cifar-10"), "{hint}");
    }
}
