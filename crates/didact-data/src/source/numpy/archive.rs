//! The arrays of an `.npz` by name.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use zip::ZipArchive;

use crate::error::DataError;
use crate::options::Part;
use crate::source::files::{malformed, read_limited};
use crate::source::numpy::array::NpyArray;

/// An open `.npz`.
pub(crate) struct Archive {
    path: PathBuf,
    zip: ZipArchive<BufReader<File>>,
}

impl Archive {
    pub(crate) fn open(path: &Path) -> Result<Self, DataError> {
        let file = File::open(path).map_err(|source| DataError::Read {
            path: path.to_owned(),
            source,
        })?;
        let zip = ZipArchive::new(BufReader::new(file))
            .map_err(|error| malformed(path, format!("zip: {error}")))?;
        Ok(Self {
            path: path.to_owned(),
            zip,
        })
    }

    /// The names of all arrays, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self
            .zip
            .file_names()
            .flatten()
            .filter_map(|name| Some(name.strip_suffix(".npy")?.to_owned()))
            .collect();
        names.sort();
        names
    }

    /// The first of `wanted` that there is, of this part first (`x_train`), then of none (`x`).
    pub(crate) fn named(&self, wanted: &[&str], part: Part) -> Option<String> {
        let plain = || self.suffixed(wanted, "");
        self.exactly(wanted, part)
            .or_else(|| if part == Part::Test { None } else { plain() })
    }

    /// The first of `wanted` that is called after this part.
    pub(crate) fn exactly(&self, wanted: &[&str], part: Part) -> Option<String> {
        self.suffixed(wanted, if part == Part::Test { "_test" } else { "_train" })
    }

    fn suffixed(&self, wanted: &[&str], suffix: &str) -> Option<String> {
        let names = self.names();
        let matching = |name: &&str| {
            let full = format!("{name}{suffix}");
            names.iter().find(|found| found.to_lowercase() == full).cloned()
        };
        wanted.iter().find_map(matching)
    }

    /// The name of the only array.
    pub(crate) fn only(&self) -> Option<String> {
        match <[String; 1]>::try_from(self.names()) {
            Ok([name]) => Some(name),
            Err(_) => None,
        }
    }

    pub(crate) fn read(&mut self, name: &str) -> Result<NpyArray, DataError> {
        let path = self.path.join(name);
        let mut entry = self
            .zip
            .by_name(&format!("{name}.npy"))
            .map_err(|error| malformed(&path, format!("zip: {error}")))?;
        let bytes = read_limited(&mut entry, &path)?;
        NpyArray::parse(bytes, &path)
    }
}
