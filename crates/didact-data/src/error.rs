//! What can be wrong with data, always with the place.

use std::path::PathBuf;

use crate::bad_item::{BadItem, counted, listed};
use crate::shape::SampleShape;

/// Why data cannot be opened, read or converted. [`DataError::hint`] says what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DataError {
    /// A file or folder cannot be read.
    #[error("cannot read {}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file or folder cannot be written.
    #[error("cannot write {}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// There is nothing at a path.
    #[error("there is no file or folder {}", path.display())]
    NotFound {
        /// The path.
        path: PathBuf,
        /// What its folder holds instead.
        siblings: Vec<String>,
    },
    /// A pipe or a device, which cannot be read twice.
    #[error("{} is a pipe or a device, not a file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// The target of a conversion is there already.
    #[error("{} exists already", path.display())]
    Exists {
        /// The target.
        path: PathBuf,
    },
    /// A file or folder is in no known format.
    #[error("{} is in no known format: {found}", path.display())]
    UnknownFormat {
        /// The file or folder.
        path: PathBuf,
        /// What was seen.
        found: String,
    },
    /// A name is none of the known ones.
    #[error("unknown {what} `{found}`")]
    UnknownName {
        /// What is named.
        what: &'static str,
        /// The name given.
        found: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// A file does not begin as its format says.
    #[error("{} should begin with {expected}, found {found}", path.display())]
    WrongMagic {
        /// The file.
        path: PathBuf,
        /// What the format begins with.
        expected: String,
        /// What the file begins with.
        found: String,
    },
    /// A file is longer or shorter than its header or format says.
    #[error("{} should hold {expected}, found {found}", path.display())]
    WrongLength {
        /// The file.
        path: PathBuf,
        /// The length it should have.
        expected: String,
        /// The length it has.
        found: String,
    },
    /// A file cannot be understood.
    #[error("{} is malformed: {reason}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Where and what.
        reason: String,
    },
    /// A pickle holds something other than CIFAR's arrays and lists. Nothing in it was executed.
    #[error("{} is not a CIFAR pickle: {reason}", path.display())]
    Pickle {
        /// The file.
        path: PathBuf,
        /// Where and what.
        reason: String,
    },
    /// An array holds numbers of a type that cannot be used here.
    #[error("{} should hold {expected}, found {found}", path.display())]
    WrongType {
        /// The file, with the array's name if it holds several.
        path: PathBuf,
        /// The types that can be used.
        expected: &'static str,
        /// The type that is there.
        found: String,
    },
    /// A column that should be a feature holds text only.
    #[error("{}: column {column} holds text such as `{found}`, not numbers", path.display())]
    TextColumn {
        /// The file.
        path: PathBuf,
        /// The column, by name or number.
        column: String,
        /// A cell of it.
        found: String,
    },
    /// A table lacks a column.
    #[error("{} has no {expected}", path.display())]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The column looked for.
        expected: String,
        /// The columns there are.
        found: Vec<String>,
    },
    /// A file or folder holds no samples.
    #[error("{} holds no {expected}", path.display())]
    Empty {
        /// The file or folder.
        path: PathBuf,
        /// What was looked for.
        expected: &'static str,
    },
    /// The data come without labels and none were given.
    #[error("{} has no labels", path.display())]
    NoLabels {
        /// The data.
        path: PathBuf,
    },
    /// Samples without a label have no place among class folders.
    #[error("{}: {} no label, and class folders have no place for them", path.display(), have(*unlabelled, *samples))]
    NoClass {
        /// The data.
        path: PathBuf,
        /// The number of samples.
        samples: usize,
        /// How many of them have no label.
        unlabelled: usize,
    },
    /// A label file is shorter or longer than the data.
    #[error("{} should hold {expected} labels, one a sample, found {found}", path.display())]
    LabelCount {
        /// The label file.
        path: PathBuf,
        /// The number of samples.
        expected: usize,
        /// The number of labels.
        found: usize,
    },
    /// A file of labels for some samples has more rows than there are samples.
    #[error("{} holds {found} labels, but there are {samples} samples", path.display())]
    TooManyLabels {
        /// The label file.
        path: PathBuf,
        /// The number of samples.
        samples: usize,
        /// The number of labels.
        found: usize,
    },
    /// The names in a label file are none of the samples'.
    #[error("{} names none of the samples: it begins with `{found}`, the samples with `{expected}`", path.display())]
    ForeignNames {
        /// The label file.
        path: PathBuf,
        /// The id of the first sample.
        expected: String,
        /// The first name in the file.
        found: String,
    },
    /// All samples that have a label have the same.
    #[error("{} has one class only: `{class}`", path.display())]
    OneClass {
        /// The data.
        path: PathBuf,
        /// The class.
        class: String,
        /// How many samples have no label.
        unlabelled: usize,
    },
    /// Images differ in size and no size was asked for.
    #[error(
        "{}: the images differ in size, from {} x {} to {} x {} pixels",
        path.display(), smallest.0, smallest.1, largest.0, largest.1
    )]
    ImageSizes {
        /// The data.
        path: PathBuf,
        /// Width and height of the image with the fewest pixels.
        smallest: (u32, u32),
        /// Width and height of the image with the most pixels.
        largest: (u32, u32),
    },
    /// The samples have another shape than the training data, and only images can be brought to it.
    #[error("the samples of {} should be {expected}, found {found}", path.display())]
    Shape {
        /// The data.
        path: PathBuf,
        /// The shape asked for.
        expected: SampleShape,
        /// The shape of the data.
        found: SampleShape,
    },
    /// Features cannot be written as images.
    #[error("{} holds features, not images", path.display())]
    NotImages {
        /// The data.
        path: PathBuf,
    },
    /// A range of rows does not fit the data.
    #[error("rows {start}..{end} are not in {}, which has {rows} rows", path.display())]
    RowRange {
        /// The data.
        path: PathBuf,
        /// The first row asked for.
        start: usize,
        /// One past the last row asked for.
        end: usize,
        /// The rows there are.
        rows: usize,
    },
    /// Some samples cannot be used.
    #[error(
        "{}: {} among {}:{}",
        path.display(), counted(*count, "bad item"), counted(*samples, "sample"), listed(first, *count)
    )]
    BadItems {
        /// The data.
        path: PathBuf,
        /// How many samples the data have, bad ones included.
        samples: usize,
        /// How many items are bad.
        count: usize,
        /// The first of them.
        first: Vec<BadItem>,
        /// The names of the classes.
        classes: Vec<String>,
    },
    /// An image that could be read when the data were opened can be read no more.
    #[error("cannot read sample `{id}` again: {reason}")]
    Reread {
        /// The sample.
        id: String,
        /// What happened.
        reason: String,
    },
    /// Parts handed to a constructor do not fit together.
    #[error("{what}: expected {expected}, found {found}")]
    Mismatch {
        /// What does not fit.
        what: &'static str,
        /// The number it should have.
        expected: usize,
        /// The number it has.
        found: usize,
    },
    /// A parameter leaves its range.
    #[error("{what} is {found}, expected a value {expected}")]
    OutOfRange {
        /// The parameter.
        what: &'static str,
        /// The values it can take.
        expected: String,
        /// The value it has.
        found: String,
    },
    /// Rows of features cannot be shifted, flipped or turned.
    #[error("augmentation needs images, but the samples are rows of {features} features")]
    AugmentationNeedsImages {
        /// Features a sample.
        features: usize,
    },
    /// Rows of features have no pixels to count.
    #[error("rgb-histogram needs images, but the samples are rows of {features} features")]
    ExtractionNeedsImages {
        /// Features a sample.
        features: usize,
    },
    /// No sample is left over to validate with.
    #[error("a fraction of {fraction} of {samples} samples leaves none to validate with")]
    EmptyValidation {
        /// The samples there are.
        samples: usize,
        /// The share that should validate.
        fraction: f64,
    },
    /// A thread that makes batches could not be started, or ended before its time.
    #[error("a worker of the loader failed: {reason}")]
    Worker {
        /// What happened.
        reason: String,
    },
}

/// `1 of 7 samples has`, `2 of 7 samples have`.
fn have(few: usize, of: usize) -> String {
    let verb = if few == 1 { "has" } else { "have" };
    format!("{few} of {} {verb}", counted(of, "sample"))
}
