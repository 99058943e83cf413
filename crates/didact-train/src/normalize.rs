//! How inputs are normalised, as spelt on the command line.

use didact_data::{Dataset, Normalization};
use serde::{Deserialize, Serialize};

use crate::error::TrainError;

/// Where the mean and the deviation of inputs come from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
pub enum NormalizeConfig {
    /// From the training samples, one of each a channel or a feature.
    Measured {},
    /// Nowhere: inputs are taken as they are, pixels in `[0, 1]`.
    None {},
    /// From the user, such as `given:mean=0.4914x0.4822x0.4465,deviation=0.2471x0.2435x0.2616`.
    Given {
        /// One mean a channel or a feature.
        mean: Numbers,
        /// One deviation a channel or a feature, above 0.
        deviation: Numbers,
    },
}

impl NormalizeConfig {
    /// The normalisation of a data set of which some rows are trained on.
    ///
    /// # Errors
    ///
    /// [`TrainError::Data`] if given numbers are out of range or not as many as the data has channels.
    pub fn normalization(&self, data: &Dataset, rows: &[u32]) -> Result<Normalization, TrainError> {
        Ok(match self {
            Self::Measured {} => Normalization::measured(data, rows)?,
            Self::None {} => Normalization::identity(data.shape()),
            Self::Given { mean, deviation } => Normalization::given(mean.0.clone(), deviation.0.clone())?,
        })
    }
}

/// Numbers spelt `0.5` or `0.49x0.48x0.45`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Spelling", into = "String")]
pub struct Numbers(Vec<f32>);

#[derive(Deserialize)]
#[serde(untagged)]
enum Spelling {
    One(f32),
    Several(String),
}

impl TryFrom<Spelling> for Numbers {
    type Error = String;

    fn try_from(spelling: Spelling) -> Result<Self, String> {
        match spelling {
            Spelling::One(number) => Ok(Self(vec![number])),
            Spelling::Several(text) => {
                let numbers: Result<Vec<f32>, _> = text.split('x').map(str::parse).collect();
                numbers
                    .map(Self)
                    .map_err(|_| format!("`{text}` is not numbers such as 0.49x0.48x0.45"))
            }
        }
    }
}

impl From<Numbers> for String {
    fn from(numbers: Numbers) -> Self {
        let numbers: Vec<Self> = numbers.0.iter().map(ToString::to_string).collect();
        numbers.join("x")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::method::{method_spelling, parse_method};

    #[test]
    fn given_numbers_are_spelt_with_an_x() {
        let text = "given:mean=0.4914x0.4822,deviation=0.25x0.5";
        let config: NormalizeConfig = parse_method(text).unwrap();
        assert_eq!(method_spelling(&config), text);
        assert!(parse_method::<NormalizeConfig>("given:mean=0.5").is_err());
        assert!(parse_method::<NormalizeConfig>("measured:mean=0.5").is_err());
    }

    #[test]
    fn given_numbers_must_be_as_many_as_the_channels() {
        let shape = didact_data::SampleShape::Image {
            channels: 1,
            height: 2,
            width: 2,
        };
        let data = Dataset::from_pixels(vec![0; 8], shape, vec![0, 1]).unwrap();
        let config: NormalizeConfig = parse_method("given:mean=0.5,deviation=0.25").unwrap();
        assert_eq!(config.normalization(&data, &[0]).unwrap().mean(), [0.5]);
        let config: NormalizeConfig = parse_method("none").unwrap();
        assert_eq!(config.normalization(&data, &[0]).unwrap().mean(), [0.0]);
    }
}
