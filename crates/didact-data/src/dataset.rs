//! A data set: samples with ids and given labels, read by row.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::assemble::assemble;
use crate::bad_item::BadItem;
use crate::embedded::{self, is_embedded};
use crate::error::DataError;
use crate::extraction::FeatureExtraction;
use crate::fingerprint::Fingerprint;
use crate::format::Format;
use crate::location::Location;
use crate::normalization::channels;
use crate::options::OpenOptions;
use crate::pixels::{PixelStore, planes_to_interleaved};
use crate::shape::SampleShape;
use crate::source;
use crate::source::files::check_regular;
use crate::stored::Stored;

/// Samples with ids and given labels.
///
/// Opening checks every sample, so that reading one later fails only if its file has changed. Ids are stable: the
/// path relative to the data (with `/`) for images in files, otherwise the row number in the file, from 0; and the
/// order is that of the rows, or of the paths compared byte by byte. A data set is cheap to clone and to share
/// between threads.
///
/// ```
/// use didact_data::{Dataset, SampleShape};
///
/// let shape = SampleShape::Image { channels: 1, height: 1, width: 2 };
/// let data = Dataset::from_pixels(vec![0, 255, 51, 0], shape, vec![0, 1])?;
/// let mut values = [0.0; 2];
/// data.read(1, &mut values)?;
/// assert_eq!(values, [0.2, 0.0]);
/// assert_eq!(data.ids(), ["0", "1"]);
/// # Ok::<(), didact_data::DataError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Dataset {
    given_labels: Vec<Option<u32>>,
    extraction: Option<FeatureExtraction>,
    contents: Arc<Contents>,
}

/// All of a data set but its labels, which noise and corrections replace.
#[derive(Debug)]
pub(crate) struct Contents {
    pub(crate) path: PathBuf,
    pub(crate) format: Format,
    pub(crate) shape: SampleShape,
    pub(crate) ids: Vec<String>,
    pub(crate) keys: Vec<u64>,
    /// The row of each sample among all rows of the data, those left out included.
    pub(crate) rows: Vec<u32>,
    /// How many rows the data have, those left out included.
    pub(crate) rows_in_data: usize,
    pub(crate) class_names: Vec<String>,
    pub(crate) values: Values,
    pub(crate) hashes: Vec<u64>,
    pub(crate) skipped: Vec<BadItem>,
    pub(crate) image_sizes: BTreeMap<(u32, u32), usize>,
    pub(crate) ignored: BTreeMap<String, usize>,
}

/// The numbers of all samples.
#[derive(Debug)]
pub(crate) enum Values {
    Pixels(PixelStore),
    Features(Vec<f32>),
}

impl Dataset {
    /// Opens a file or folder, recognised by looking at it; see [`Format`] for what there is.
    /// `embedded:fashion-mnist` is data that travels inside the program.
    ///
    /// A range of rows may stand behind the path: `eval.bin#0..2500` is the first 2,500 rows.
    ///
    /// # Errors
    ///
    /// [`DataError::BadItems`] lists all samples that cannot be used; any other variant says what is wrong with
    /// the whole.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Self, DataError> {
        options.check()?;
        let location = Location::find(path)?;
        if is_embedded(&location.path) {
            let (draft, options) = embedded::read(&location.path, options)?;
            return assemble(draft, &location, &options);
        }
        check_regular(&location.path)?;
        let draft = source::read(&location.path, options)?;
        assemble(draft, &location, options)
    }

    pub(crate) fn new(contents: Contents, given_labels: Vec<Option<u32>>) -> Self {
        debug_assert_eq!(contents.ids.len(), given_labels.len());
        Self {
            given_labels,
            extraction: None,
            contents: Arc::new(contents),
        }
    }

    /// How many samples there are.
    pub fn len(&self) -> usize {
        self.given_labels.len()
    }

    /// Whether there are no samples; opening never yields such a set.
    pub fn is_empty(&self) -> bool {
        self.given_labels.is_empty()
    }

    /// The path the data were opened at, without a range of rows.
    pub fn path(&self) -> &Path {
        &self.contents.path
    }

    /// The id of each sample.
    pub fn ids(&self) -> &[String] {
        &self.contents.ids
    }

    /// The number that stands for each id where randomness is drawn.
    pub fn keys(&self) -> &[u64] {
        &self.contents.keys
    }

    /// The row of each sample among all rows of the data, those outside a range or left out included.
    pub fn original_rows(&self) -> &[u32] {
        &self.contents.rows
    }

    /// How many rows the data have, those outside a range or left out included.
    pub fn rows_in_data(&self) -> usize {
        self.contents.rows_in_data
    }

    /// The label of each sample as the data say, each in `0..num_classes`; perhaps wrong. None for a sample whose label
    /// is empty in the data, or `-1`.
    pub fn given_labels(&self) -> &[Option<u32>] {
        &self.given_labels
    }

    /// How many samples have no label.
    pub fn num_unlabelled(&self) -> usize {
        self.given_labels.iter().filter(|label| label.is_none()).count()
    }

    /// The name of each class; its number if the data have no names.
    pub fn class_names(&self) -> &[String] {
        &self.contents.class_names
    }

    /// How many classes there are.
    pub fn num_classes(&self) -> usize {
        self.contents.class_names.len()
    }

    /// The shape of every sample.
    pub fn shape(&self) -> SampleShape {
        let source = self.source_shape();
        self.extraction
            .map_or(source, |extraction| extraction.shape(source))
    }

    /// The shape of every sample before features were extracted from it.
    pub fn source_shape(&self) -> SampleShape {
        self.contents.shape
    }

    /// The format the data were found in.
    pub fn format(&self) -> Format {
        self.contents.format
    }

    /// The samples that were left out, if that was asked for.
    pub fn skipped(&self) -> &[BadItem] {
        &self.contents.skipped
    }

    /// How many images had which `(width, height)` in pixels before resizing; empty for features.
    pub fn image_sizes(&self) -> &BTreeMap<(u32, u32), usize> {
        &self.contents.image_sizes
    }

    /// How many files beside the images of a folder were passed over because they are not called like images, by
    /// extension such as `.bmp`; empty for other formats.
    pub fn ignored(&self) -> &BTreeMap<String, usize> {
        &self.contents.ignored
    }

    /// A hash of each sample's pixels or features; equal samples have equal hashes, in this and any other set.
    pub fn content_hashes(&self) -> &[u64] {
        &self.contents.hashes
    }

    /// Writes one sample to `values`: pixels in `0..=1` (byte / 255), or features as they are.
    ///
    /// # Shapes
    ///
    /// - `values`: `[channels, height, width]` or `[count]`, as [`shape`](Self::shape) says
    ///
    /// # Errors
    ///
    /// [`DataError::Reread`] if the image is not in memory and its file has changed; [`DataError::Mismatch`] if
    /// `values` has another length or the row does not exist.
    pub fn read(&self, row: usize, values: &mut [f32]) -> Result<(), DataError> {
        let (expected, found) = (self.shape().len(), values.len());
        if found != expected {
            return Err(DataError::Mismatch {
                what: "length of a sample",
                expected,
                found,
            });
        }
        self.show(row, |stored| stored.write(values))
    }

    /// Shows one sample as it is kept.
    pub(crate) fn show<T>(&self, row: usize, take: impl FnOnce(Stored<'_>) -> T) -> Result<T, DataError> {
        let id = self.id(row)?;
        match &self.contents.values {
            Values::Pixels(pixels) => pixels.with_pixels(row, id, |bytes| match self.extraction {
                None => take(Stored::Bytes(bytes)),
                Some(extraction) => {
                    let features = extraction.features(bytes, channels(self.source_shape()));
                    take(Stored::Numbers(&features))
                }
            }),
            Values::Features(features) => {
                let count = self.shape().len();
                Ok(take(Stored::Numbers(&features[row * count..][..count])))
            }
        }
    }

    /// One image as bytes, for thumbnails; `None` for features.
    ///
    /// # Shapes
    ///
    /// - output: `[height, width, channels]`
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn read_pixels(&self, row: usize) -> Result<Option<Vec<u8>>, DataError> {
        let id = self.id(row)?;
        match (&self.contents.values, self.source_shape()) {
            (Values::Pixels(pixels), SampleShape::Image { channels, .. }) => {
                pixels.with_pixels(row, id, |bytes| Some(planes_to_interleaved(bytes, channels)))
            }
            _ => Ok(None),
        }
    }

    fn id(&self, row: usize) -> Result<&str, DataError> {
        let id = self.ids().get(row).map(String::as_str);
        id.ok_or(DataError::Mismatch {
            what: "row",
            expected: self.len(),
            found: row,
        })
    }

    /// The same samples with other given labels, as noise or corrections make them; none for a sample without.
    ///
    /// # Errors
    ///
    /// [`DataError::Mismatch`] if there are more or fewer labels than samples, or one is not a class.
    pub fn with_given_labels(self, given_labels: Vec<Option<u32>>) -> Result<Self, DataError> {
        check_labels(&given_labels, self.len(), self.num_classes())?;
        Ok(Self { given_labels, ..self })
    }

    /// The same samples, read as features that are extracted from their pixels each time. Pixels stay to be looked at.
    ///
    /// # Errors
    ///
    /// [`DataError::ExtractionNeedsImages`] if they are no images.
    pub fn with_extraction(self, extraction: FeatureExtraction) -> Result<Self, DataError> {
        if let SampleShape::Features { count } = self.source_shape() {
            return Err(DataError::ExtractionNeedsImages { features: count });
        }
        Ok(Self {
            extraction: Some(extraction),
            ..self
        })
    }

    /// A hash of ids, given labels, classes, shape and contents, as 32 hexadecimal digits. A resumed run compares it
    /// to refuse other data.
    pub fn fingerprint(&self) -> String {
        let mut fingerprint = Fingerprint::default();
        fingerprint.text(&self.shape().to_string());
        self.class_names().iter().for_each(|name| fingerprint.text(name));
        for ((id, label), hash) in self
            .ids()
            .iter()
            .zip(&self.given_labels)
            .zip(self.content_hashes())
        {
            fingerprint.text(id);
            fingerprint.number(label.map_or(u64::MAX, u64::from));
            fingerprint.number(*hash);
        }
        fingerprint.finish()
    }
}

/// Checks that there is one label or none a sample, each of them a class.
fn check_labels(labels: &[Option<u32>], samples: usize, classes: usize) -> Result<(), DataError> {
    if labels.len() != samples {
        return Err(DataError::Mismatch {
            what: "labels",
            expected: samples,
            found: labels.len(),
        });
    }
    match labels.iter().flatten().find(|label| **label as usize >= classes) {
        Some(label) => Err(DataError::Mismatch {
            what: "a label below",
            expected: classes,
            found: *label as usize,
        }),
        None => Ok(()),
    }
}
