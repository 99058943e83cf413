//! Everything a run is made from, resolved. `RUN/config.toml` holds it.

use std::fmt;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;
use std::str::FromStr;

use didact_curriculum::CurriculumConfig;
use didact_data::{Augmentation, FeatureExtraction, Format, SplitFraction};
use didact_kernels::Precision;
use didact_labels::NoiseConfig;
use serde::{Deserialize, Serialize};

use crate::device::DeviceChoice;
use crate::loss::LossConfig;
use crate::model::ModelConfig;
use crate::normalize::NormalizeConfig;
use crate::number::{NonNegativeNumber, PositiveNumber, ProperShare};
use crate::optimizer::OptimizerConfig;
use crate::schedule::ScheduleConfig;
use crate::selection::{Select, SelectMetric};
use crate::settings_difference::first_difference;
use crate::strategy::StrategyConfig;

/// Everything a run is made from. Keys are spelt as the options of `didact train`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TrainConfig {
    /// The version of didact that began the run.
    pub version: String,
    /// The data to train on.
    pub data: PathBuf,
    /// The format of the data, if it is not to be found by looking.
    pub format: Option<Format>,
    /// A file of labels for data without.
    pub labels: Option<PathBuf>,
    /// The side that images are resized to, in pixels.
    pub image_size: Option<NonZeroU32>,
    /// Whether samples that cannot be read are left out.
    pub skip_bad: bool,
    /// Most memory for decoded images, in MiB.
    pub memory_budget: u64,
    /// A file of true labels, which only measure.
    pub true_labels: Option<PathBuf>,
    /// A file of trusted labels, which replace the given ones.
    pub trusted: Option<PathBuf>,
    /// Label noise to inject.
    pub noise: Option<NoiseConfig>,
    /// The seed of the noise.
    pub noise_seed: u64,
    /// What chooses the epoch.
    pub validation: ValidationChoice,
    /// What is reported on; by default the test part of the data if it has one.
    pub test: Option<TestChoice>,
    /// What stands for images instead of their pixels; none for the pixels.
    #[serde(default)]
    pub features: Option<FeatureExtraction>,
    /// How inputs are normalised.
    pub normalize: NormalizeConfig,
    /// The network.
    pub model: ModelConfig,
    /// The weights of a model that the run begins with; none for random ones.
    #[serde(default)]
    pub initial_weights: Option<PathBuf>,
    /// The loss.
    pub loss: LossConfig,
    /// The share of the target that is spread over all classes.
    pub label_smoothing: ProperShare,
    /// Strength `α` of mixup: how evenly two samples are mixed; none for no mixup.
    #[serde(default)]
    pub mixup: Option<PositiveNumber>,
    /// Decay of the average of the weights that is evaluated and saved; none for the weights of the last step.
    #[serde(default)]
    pub weight_averaging: Option<ProperShare>,
    /// Who learns, and from whom.
    #[serde(default)]
    pub strategy: StrategyConfig,
    /// How much a sample counts.
    pub curriculum: CurriculumConfig,
    /// Whose confidence is logged; that of the curriculum by default.
    pub confidence: CurriculumConfig,
    /// The optimizer.
    pub optimizer: OptimizerConfig,
    /// The base learning rate.
    pub learning_rate: PositiveNumber,
    /// How the learning rate moves.
    pub schedule: ScheduleConfig,
    /// How strongly weights are pulled to zero.
    pub weight_decay: NonNegativeNumber,
    /// Largest norm of the gradient.
    pub gradient_clip: Option<PositiveNumber>,
    /// What happens to training samples at random.
    pub augment: Augmentation,
    /// Number of epochs.
    pub epochs: NonZeroU32,
    /// Samples in a batch.
    pub batch_size: NonZeroUsize,
    /// Epochs without improvement after which the run stops.
    pub early_stopping: Option<NonZeroU32>,
    /// Which epoch's weights are kept.
    pub select: Select,
    /// What makes an epoch the best.
    pub select_metric: SelectMetric,
    /// The seed of everything but the noise.
    pub seed: u64,
    /// Threads of the processor; no result depends on it.
    pub threads: NonZeroUsize,
    /// How numbers are multiplied.
    #[serde(default)]
    pub precision: Precision,
    /// Where tensors live.
    pub device: DeviceChoice,
}

/// What chooses the epoch, spelt `0.1`, `none` or the path of a data set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ValidationChoice {
    /// A share of the data, drawn from each class.
    Fraction(SplitFraction),
    /// Another data set.
    Data(PathBuf),
    /// Nothing: the last epoch is kept.
    None,
}

impl FromStr for ValidationChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match (text, text.parse::<f64>()) {
            ("none", _) => Ok(Self::None),
            (_, Ok(fraction)) => SplitFraction::new(fraction)
                .map(Self::Fraction)
                .map_err(|error| format!("{error} (a path that looks like a number is spelt ./{text})")),
            (path, Err(_)) => Ok(Self::Data(path.into())),
        }
    }
}

impl fmt::Display for ValidationChoice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fraction(fraction) => write!(formatter, "{}", fraction.get()),
            Self::Data(path) => write!(formatter, "{}", path.display()),
            Self::None => formatter.write_str("none"),
        }
    }
}

impl TryFrom<String> for ValidationChoice {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<ValidationChoice> for String {
    fn from(choice: ValidationChoice) -> Self {
        choice.to_string()
    }
}

/// What is reported on, spelt `none` or the path of a data set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum TestChoice {
    /// A data set.
    Data(PathBuf),
    /// Nothing, not even the test part of the data.
    None,
}

impl fmt::Display for TestChoice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Data(path) => write!(formatter, "{}", path.display()),
            Self::None => formatter.write_str("none"),
        }
    }
}

impl From<String> for TestChoice {
    fn from(text: String) -> Self {
        match text.as_str() {
            "none" => Self::None,
            _ => Self::Data(text.into()),
        }
    }
}

impl From<TestChoice> for String {
    fn from(choice: TestChoice) -> Self {
        choice.to_string()
    }
}

impl TrainConfig {
    /// The first setting in which another configuration would lead to another run: its key, and both values.
    ///
    /// Threads, the memory budget and the version are left out, as no result depends on them.
    pub fn first_difference(&self, other: &Self) -> Option<(String, String, String)> {
        let table = |config: &Self| {
            let mut table = toml::Table::try_from(config).unwrap_or_default();
            table.retain(|key, _| !matches!(key, "threads" | "memory-budget" | "version"));
            table
        };
        first_difference(&table(self), &table(other))
    }
}
