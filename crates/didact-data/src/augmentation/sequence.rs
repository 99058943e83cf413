//! A whole augmentation: its operations in order, and the presets.

use std::fmt;
use std::str::FromStr;

use serde::de::{Error, SeqAccess, Visitor, value::SeqAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize};

use super::operation::{Operation, PaddingMode};
use crate::error::DataError;

/// The name of an augmentation and how to build it.
type Preset = (&'static str, fn() -> Augmentation);

const PRESETS: [Preset; 5] = [
    ("none", Augmentation::none),
    ("shift", Augmentation::shift),
    ("standard", Augmentation::standard),
    ("tutorial", Augmentation::tutorial),
    ("notebook", Augmentation::notebook),
];

/// Random changes of an image, in the order they happen.
///
/// It is spelt as the name of a preset or as a list of operations, and written down as the list, so that a
/// configuration keeps its meaning if a preset ever changes.
///
/// ```
/// use didact_data::Augmentation;
///
/// #[derive(serde::Deserialize)]
/// struct Config {
///     augment: Augmentation,
/// }
///
/// let list: Config = toml::from_str(
///     "[[augment]]
///      name = 'pad-and-crop'
///      padding = 4
///      mode = 'zero'
///      [[augment]]
///      name = 'horizontal-flip'
///      probability = 0.5",
/// )?;
/// let preset: Config = toml::from_str("augment = 'standard'")?;
/// assert_eq!(list.augment, preset.augment);
/// assert_eq!(list.augment, "standard".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Augmentation {
    operations: Vec<Operation>,
}

impl Augmentation {
    /// These operations.
    ///
    /// # Errors
    ///
    /// [`DataError::OutOfRange`] if a parameter leaves its range. Whether it suits the images (a hole larger than
    /// they are) shows when they are loaded.
    pub fn new(operations: Vec<Operation>) -> Result<Self, DataError> {
        operations.iter().try_for_each(|operation| operation.check())?;
        Ok(Self { operations })
    }

    /// No change at all, which is what validation and test samples get.
    pub fn none() -> Self {
        Self::default()
    }

    /// A border of 4 zeros and a crop: for images whose mirror image means something else, such as digits and letters.
    pub fn shift() -> Self {
        Self {
            operations: vec![Operation::PadAndCrop {
                padding: 4,
                mode: PaddingMode::Zero,
            }],
        }
    }

    /// What most CIFAR results are trained with: a border of 4 zeros and a crop, and a flip every other time.
    ///
    /// Source: He, Zhang, Ren & Sun, 2016, section 4.2.
    pub fn standard() -> Self {
        let mut operations = Self::shift().operations;
        operations.push(Operation::HorizontalFlip { probability: 0.5 });
        Self { operations }
    }

    /// What the `FastEstimator` tutorial on SuperLoss trains with: a reflected border of 4 and a crop, a flip every
    /// other time, and one hole of 8 by 8 zeros.
    pub fn tutorial() -> Self {
        let crop = Operation::PadAndCrop {
            padding: 4,
            mode: PaddingMode::Reflect,
        };
        let flip = Operation::HorizontalFlip { probability: 0.5 };
        Self {
            operations: vec![crop, flip, Operation::CoarseDropout { holes: 1, size: 8 }],
        }
    }

    /// What a notebook on cleaning labels with a trusted subset trains with: a flip every other time, a rotation by up to
    /// 2 % of a turn, and a zoom by up to 20 % in height and width; outside there is the mirrored image.
    ///
    /// Its crop of 32 by 32 pixels out of 32 by 32 is left out, as it changes nothing.
    pub fn notebook() -> Self {
        let flip = Operation::HorizontalFlip { probability: 0.5 };
        let affine = Operation::Affine {
            degrees: 7.2,
            height: 0.2,
            width: 0.2,
        };
        Self {
            operations: vec![flip, affine],
        }
    }

    /// The operations in the order they happen.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }
}

impl FromStr for Augmentation {
    type Err = DataError;

    fn from_str(name: &str) -> Result<Self, DataError> {
        let preset = PRESETS.iter().find(|(known, _)| *known == name);
        preset
            .map(|(_, build)| build())
            .ok_or_else(|| DataError::UnknownName {
                what: "augmentation",
                found: name.to_owned(),
                known: PRESETS.map(|(known, _)| known.to_owned()).to_vec(),
            })
    }
}

impl<'de> Deserialize<'de> for Augmentation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PresetOrList)
    }
}

/// Reads either spelling; an untagged enum would lose the message that says what is wrong.
struct PresetOrList;

impl<'de> Visitor<'de> for PresetOrList {
    type Value = Augmentation;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("the name of an augmentation or a list of operations")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Augmentation, E> {
        // The hint is put into the message, as serde keeps nothing else.
        name.parse().map_err(|error: DataError| match error.hint() {
            Some(hint) => E::custom(format!("{error}: {hint}")),
            None => E::custom(error),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Augmentation, A::Error> {
        let operations = Vec::deserialize(SeqAccessDeserializer::new(list))?;
        Augmentation::new(operations).map_err(A::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize, Deserialize, PartialEq, Debug)]
    struct Config {
        augment: Augmentation,
        seed: u64,
    }

    #[test]
    fn every_preset_survives_being_written_and_read() {
        for (name, build) in PRESETS {
            let config = Config {
                augment: build(),
                seed: 3,
            };
            let text = toml::to_string(&config).unwrap();
            assert_eq!(toml::from_str::<Config>(&text).unwrap(), config, "{text}");
            assert_eq!(name.parse::<Augmentation>().unwrap(), build());
            Augmentation::new(build().operations).unwrap();
        }
    }

    #[test]
    fn a_misspelt_preset_names_the_nearest() {
        let error = "tutorail".parse::<Augmentation>().unwrap_err();
        assert_eq!(error.to_string(), "unknown augmentation `tutorail`");
        assert!(error.hint().unwrap().contains("`tutorial`"), "{error:?}");
    }

    #[test]
    fn a_list_is_checked_when_it_is_read() {
        let text = "seed = 1\n[[augment]]\nname = 'rotation'\ndegrees = 270.0";
        let error = toml::from_str::<Config>(text).unwrap_err();
        assert!(
            error.to_string().contains("degrees of rotation is 270"),
            "{error}"
        );
        let error = toml::from_str::<Config>("seed = 1\naugment = 'strong'").unwrap_err();
        assert!(
            error.to_string().contains("unknown augmentation `strong`"),
            "{error}"
        );
        assert!(error.to_string().contains("`standard`"), "{error}");
    }
}
