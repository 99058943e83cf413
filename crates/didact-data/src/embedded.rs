//! Data that travels inside the program, spelt `embedded:NAME`.

use std::path::Path;

use crate::draft::Draft;
use crate::error::DataError;
use crate::options::OpenOptions;
use crate::source::idx;

const PREFIX: &str = "embedded:";
const FASHION_MNIST: &str = "fashion-mnist";

/// The 10,000 test images of Fashion-MNIST, under Zalando's MIT licence; see `data/README.md`.
const IMAGES: &[u8] = include_bytes!("../../../data/fashion-mnist/t10k-images-idx3-ubyte.gz");
const LABELS: &[u8] = include_bytes!("../../../data/fashion-mnist/t10k-labels-idx1-ubyte.gz");

/// The classes, by the numbers they have in the labels.
const CLASSES: [&str; 10] = [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
];

/// Whether a path names embedded data, with or without a range of rows.
///
/// ```
/// use std::path::Path;
///
/// assert!(didact_data::is_embedded(Path::new("embedded:fashion-mnist#0..8000")));
/// assert!(!didact_data::is_embedded(Path::new("fashion-mnist")));
/// ```
pub fn is_embedded(path: &Path) -> bool {
    path.to_str().is_some_and(|text| text.starts_with(PREFIX))
}

/// Reads embedded data, and tells how it is to be opened.
pub(crate) fn read(path: &Path, options: &OpenOptions) -> Result<(Draft, OpenOptions), DataError> {
    let name = path
        .to_str()
        .and_then(|text| text.strip_prefix(PREFIX))
        .unwrap_or_default();
    if name != FASHION_MNIST {
        return Err(DataError::UnknownName {
            what: "embedded data",
            found: name.to_owned(),
            known: vec![FASHION_MNIST.to_owned()],
        });
    }
    let names = || CLASSES.map(str::to_owned).to_vec();
    let class_names = Some(options.class_names.clone().unwrap_or_else(names));
    let mut draft = idx::from_memory(IMAGES, LABELS)?;
    path.clone_into(&mut draft.file);
    Ok((
        draft,
        OpenOptions {
            class_names,
            ..options.clone()
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Dataset;

    #[test]
    fn a_range_of_the_embedded_images_opens_from_anywhere() {
        let data = Dataset::open(
            Path::new("embedded:fashion-mnist#8000..8003"),
            &OpenOptions::default(),
        )
        .unwrap();
        assert_eq!(data.ids(), ["8000", "8001", "8002"]);
        assert_eq!(
            (data.num_classes(), data.class_names()[9].as_str()),
            (10, "Ankle boot")
        );
    }

    #[test]
    fn other_names_are_refused_with_the_known_one() {
        let error = Dataset::open(Path::new("embedded:fashion-mnst"), &OpenOptions::default()).unwrap_err();
        assert_eq!(
            error.hint().as_deref(),
            Some("did you mean `fashion-mnist`? known: `fashion-mnist`")
        );
    }
}
