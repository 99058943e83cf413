//! Every setting of a run: as an option of `didact train` and as a key of its TOML file.

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

use didact_curriculum::CurriculumConfig;
use didact_data::{Augmentation, FeatureExtraction, Format};
use didact_labels::NoiseConfig;
use didact_train::{
    DeviceChoice, LossConfig, ModelConfig, NonNegativeNumber, NormalizeConfig, OptimizerConfig,
    PositiveNumber, Precision, ProperShare, ScheduleConfig, Select, SelectMetric, StrategyConfig, TestChoice,
    ValidationChoice,
};
use serde::Deserialize;

use super::spelling::{self, augmentation, count, format_parser, method, number, seed_parser, word_parser};

/// Every setting of a run; what a layer does not say is absent. The comments are the help of `didact train`.
#[derive(Clone, Debug, Default, clap::Args, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct TrainSettings {
    /// The data to train on: a file or folder, recognised by looking at it
    ///
    /// Class folders; a folder of images with --labels; CIFAR-10/100 (binary or Python version, also inside its
    /// .tar.gz); IDX; Parquet; CSV; .npy or .npz. `DATA#0..5000` takes the first 5,000 rows only.
    #[arg(value_name = "DATA", required_unless_present_any = ["resume", "config"])]
    pub(crate) data: Option<PathBuf>,

    /// The format of DATA, if it is not to be found by looking
    #[arg(long, help_heading = "Data", value_parser = format_parser(), hide_possible_values = true,
        long_help = spelling::FORMAT_HELP)]
    pub(crate) format: Option<Format>,
    /// Labels for data without: one integer or name a row in file-name order, or rows `file,label`
    #[arg(long, value_name = "FILE", help_heading = "Data")]
    pub(crate) labels: Option<PathBuf>,
    /// True labels of some or all samples; they only measure and are never trained on
    #[arg(long, value_name = "FILE", help_heading = "Data")]
    pub(crate) true_labels: Option<PathBuf>,
    /// Labels to believe, of some samples; they replace the given ones, but in clean, which learns from both
    #[arg(long, value_name = "FILE", help_heading = "Data")]
    pub(crate) trusted: Option<PathBuf>,
    /// Resize all images to SIDE x SIDE pixels
    #[arg(long, value_name = "SIDE", help_heading = "Data", allow_negative_numbers = true,
        value_parser = count::<NonZeroU32>)]
    pub(crate) image_size: Option<NonZeroU32>,
    /// Leave out samples that cannot be read, and list them in RUN/skipped.csv, instead of refusing the data
    #[arg(long, num_args = 0, default_missing_value = "true", help_heading = "Data")]
    pub(crate) skip_bad: Option<bool>,
    /// Most memory for decoded images; those beyond it are decoded again each epoch [default: 2048]
    #[arg(
        long,
        value_name = "MIB",
        help_heading = "Data",
        allow_negative_numbers = true
    )]
    pub(crate) memory_budget: Option<u64>,
    /// What chooses the epoch: a share of DATA such as 0.1, other data, or none [default: 0.1]
    ///
    /// The share is taken after noise was made: choosing on noisy labels is what really happens to people, and the
    /// report says which labels chose.
    #[arg(
        long,
        value_name = "SHARE|DATA",
        help_heading = "Data",
        allow_negative_numbers = true
    )]
    #[serde(deserialize_with = "spelling::validation")]
    pub(crate) validation: Option<ValidationChoice>,
    /// Data to report on, never trained or selected on, or none; by default the test part of DATA if it has one
    #[arg(long, value_name = "DATA", help_heading = "Data")]
    pub(crate) test: Option<TestChoice>,
    /// What stands for images instead of their pixels: rgb-histogram [default: pixels]
    ///
    /// rgb-histogram counts the pixels of each channel in 5 ranges of values, rgb-histogram:bins=8 in 8; it goes with
    /// --model logistic or mlp.
    #[arg(long, value_name = "FEATURES", help_heading = "Data", value_parser = method::<FeatureExtraction>)]
    #[serde(deserialize_with = "spelling::method_or_table")]
    pub(crate) features: Option<FeatureExtraction>,
    /// How inputs are normalised: measured, none, or given:mean=NUMBERS,deviation=NUMBERS [default: measured]
    ///
    /// given:mean=0.4914x0.4822x0.4465,deviation=0.2471x0.2435x0.2616 has one number a channel or a feature; pixels
    /// are in [0, 1]. Measured: mean and deviation of the training samples.
    #[arg(long, help_heading = "Data", value_parser = method::<NormalizeConfig>)]
    #[serde(deserialize_with = "spelling::method_or_table")]
    pub(crate) normalize: Option<NormalizeConfig>,
    /// Random changes of training images: none, shift, standard, tutorial or notebook
    ///
    /// shift: a border of 4 zeros, crop. standard: the same, and every other image mirrored left to right. tutorial: a
    /// reflected border of 4, crop, mirrored, an 8x8 hole. notebook: mirrored, turned by up to 7.2 degrees, height and
    /// width scaled by up to a fifth. By default standard for images in colour, shift for grey ones
    /// and none for features. Mirroring is wrong where left and right matter, as in digits, letters and road signs: give
    /// shift there. In TOML also a list of operations.
    #[arg(long, value_name = "PRESET", help_heading = "Data", value_parser = augmentation)]
    pub(crate) augment: Option<Augmentation>,

    /// Label noise to make before training: KIND:RATE or KIND:FILE
    ///
    /// symmetric:0.4, symmetric-inclusive:0.4, exact-per-class:0.4, pair:0.4, asymmetric:FILE, transition:FILE. The
    /// labels as found are kept as the true ones, and the rate that came out is reported.
    #[arg(long, value_name = "KIND:RATE", help_heading = "Noise")]
    #[serde(deserialize_with = "spelling::noise")]
    pub(crate) noise: Option<NoiseConfig>,
    /// Seed of the noise, so that it stays while --seed changes [default: that of --seed]
    #[arg(long, value_name = "N", help_heading = "Noise", allow_negative_numbers = true,
        value_parser = seed_parser())]
    pub(crate) noise_seed: Option<u64>,

    /// The network: logistic, mlp, big-lenet, vgg, resnet-20, resnet-32, resnet-44, resnet-56, cct, notebook-resnet-8 or
    /// notebook-resnet-44
    ///
    /// mlp:hidden=512x256,dropout=0.5; big-lenet:padding=same; vgg:dropout=0.5; cct:dropout=0.1,stochastic-depth=0.1. By default big-lenet for images
    /// (padding=same below 22x22 pixels) and mlp for features.
    #[arg(long, help_heading = "Learning", value_parser = method::<ModelConfig>)]
    #[serde(deserialize_with = "spelling::method_or_table")]
    pub(crate) model: Option<ModelConfig>,
    /// Begin with the weights of a trained model, such as RUN/model.safetensors, instead of random ones
    ///
    /// The file must be of the same --model on samples of the same shape with as many classes.
    #[arg(long, value_name = "FILE", help_heading = "Learning")]
    pub(crate) initial_weights: Option<PathBuf>,
    /// The loss of a sample [default: cross-entropy]
    ///
    /// These resist wrong labels: generalized-cross-entropy, symmetric-cross-entropy, active-passive, bootstrap,
    /// early-learning, self-adaptive and forward-corrected. With parameters: early-learning:beta=0.9,lambda=7;
    /// forward-corrected:transition=FILE.
    #[arg(long, help_heading = "Learning", value_parser = method::<LossConfig>)]
    #[serde(deserialize_with = "spelling::method_or_table")]
    pub(crate) loss: Option<LossConfig>,
    /// Share of the target spread over all classes, in [0, 1) [default: 0]
    #[arg(long, value_name = "SHARE", help_heading = "Learning", allow_negative_numbers = true,
        value_parser = number::<ProperShare>)]
    pub(crate) label_smoothing: Option<ProperShare>,
    /// Mix each training sample with another one: strength above 0, such as 0.2 to 0.4; larger mixes more evenly
    ///
    /// Inputs and targets of two samples are blended in a share drawn from Beta(ALPHA, ALPHA). The ledger then has what the
    /// network says of the samples themselves, by a forward pass after each epoch.
    #[arg(long, value_name = "ALPHA", help_heading = "Learning", allow_negative_numbers = true,
        value_parser = number::<PositiveNumber>)]
    pub(crate) mixup: Option<PositiveNumber>,
    /// Evaluate and save an average of the weights over steps: its decay, such as 0.999
    ///
    /// average <- DECAY average + (1 - DECAY) weights after each step; running statistics of normalisation are averaged
    /// as weights are.
    #[arg(long, value_name = "DECAY", help_heading = "Learning", allow_negative_numbers = true,
        value_parser = number::<ProperShare>)]
    pub(crate) weight_averaging: Option<ProperShare>,
    /// Who learns, and from whom: none, co-teaching or data-parameters [default: none]
    ///
    /// co-teaching: two networks, each of which weighs the samples of the other; needs a --curriculum such as small-loss.
    /// data-parameters:mode=both,instance-learning-rate=1: temperatures of samples and classes, learnt with the network.
    #[arg(long, help_heading = "Learning", value_parser = method::<StrategyConfig>)]
    #[serde(deserialize_with = "spelling::method_or_table")]
    pub(crate) strategy: Option<StrategyConfig>,
    /// How much each sample counts: none, superloss, spl-hard, small-loss, mentornet-predefined, ... [default: superloss]
    ///
    /// superloss:lambda=0.25,expectation=exponential; spl-linear:to=0.6. `didact curriculum list` prints every name with its
    /// parameters, `didact curriculum plot NAME -o FILE.png` draws it.
    #[arg(long, help_heading = "Learning", value_parser = method::<CurriculumConfig>)]
    #[serde(deserialize_with = "spelling::method_or_table")]
    pub(crate) curriculum: Option<CurriculumConfig>,
    /// The superloss whose confidence is logged, if it is not that of --curriculum
    ///
    /// Plain runs log it too, so that they can be compared; this gives them the settings of the other run.
    #[arg(long, value_name = "CURRICULUM", help_heading = "Learning", value_parser = method::<CurriculumConfig>)]
    #[serde(deserialize_with = "spelling::method_or_table")]
    pub(crate) confidence: Option<CurriculumConfig>,
    /// sgd, adam or adam-w [default: adam]
    ///
    /// sgd:momentum=0.9,variant=nesterov; adam:beta1=0.9,beta2=0.999,epsilon=1e-8.
    #[arg(long, help_heading = "Learning", value_parser = method::<OptimizerConfig>)]
    #[serde(deserialize_with = "spelling::method_or_table")]
    pub(crate) optimizer: Option<OptimizerConfig>,
    /// The base learning rate [default: 0.001, for sgd 0.1]
    #[arg(long, value_name = "RATE", help_heading = "Learning", allow_negative_numbers = true,
        value_parser = number::<PositiveNumber>)]
    pub(crate) learning_rate: Option<PositiveNumber>,
    /// How the learning rate moves: constant, step, cosine or one-cycle [default: constant]
    ///
    /// Each takes warmup=EPOCHS: cosine:warmup=5; step:every=30,factor=0.1.
    #[arg(long, help_heading = "Learning", value_parser = method::<ScheduleConfig>)]
    #[serde(deserialize_with = "spelling::method_or_table")]
    pub(crate) schedule: Option<ScheduleConfig>,
    /// How strongly weights are pulled to zero; never biases and normalisation [default: 0]
    #[arg(long, value_name = "RATE", help_heading = "Learning", allow_negative_numbers = true,
        value_parser = number::<NonNegativeNumber>)]
    pub(crate) weight_decay: Option<NonNegativeNumber>,
    /// Largest norm of the gradient over all parameters
    #[arg(long, value_name = "NORM", help_heading = "Learning", allow_negative_numbers = true,
        value_parser = number::<PositiveNumber>)]
    pub(crate) gradient_clip: Option<PositiveNumber>,
    /// Samples in a batch [default: 128, or all training samples if they are fewer]
    #[arg(long, value_name = "N", help_heading = "Learning", allow_negative_numbers = true,
        value_parser = count::<NonZeroUsize>)]
    pub(crate) batch_size: Option<NonZeroUsize>,
    /// Number of epochs [default: 20]
    #[arg(long, value_name = "N", help_heading = "Learning", allow_negative_numbers = true,
        value_parser = count::<NonZeroU32>)]
    pub(crate) epochs: Option<NonZeroU32>,

    /// Stop after EPOCHS epochs without improvement on validation
    #[arg(long, value_name = "EPOCHS", help_heading = "Selection", allow_negative_numbers = true,
        value_parser = count::<NonZeroU32>)]
    pub(crate) early_stopping: Option<NonZeroU32>,
    /// Which epoch's weights are kept: best, last or labelwave [default: best]
    ///
    /// best on the validation labels; labelwave where the predictions of training samples change least before wrong labels
    /// are memorised, which needs no label, and with --early-stopping ends the run there.
    #[arg(long, value_name = "EPOCH", help_heading = "Selection", hide_possible_values = true,
        value_parser = word_parser::<Select>(&["best", "last", "labelwave"]))]
    pub(crate) select: Option<Select>,
    /// What makes an epoch the best: accuracy, top5-accuracy, mcc or loss [default: accuracy]
    #[arg(long, value_name = "METRIC", help_heading = "Selection", hide_possible_values = true,
        value_parser = word_parser::<SelectMetric>(&["accuracy", "top5-accuracy", "mcc", "loss"]))]
    pub(crate) select_metric: Option<SelectMetric>,

    /// Seed of everything random; the same seed gives the same bits on a processor [default: 0]
    #[arg(long, value_name = "N", help_heading = "Machine", allow_negative_numbers = true,
        value_parser = seed_parser())]
    pub(crate) seed: Option<u64>,
    /// Threads of the processor; no result depends on it [default: all]
    #[arg(long, value_name = "N", help_heading = "Machine", allow_negative_numbers = true,
        value_parser = spelling::threads)]
    #[serde(deserialize_with = "spelling::threads_in_toml")]
    pub(crate) threads: Option<NonZeroUsize>,
    /// How numbers are multiplied: f32 or bf16 [default: f32]
    ///
    /// bf16 rounds what wide 3x3 convolutions multiply to 8 significant bits; with AVX512-BF16 also what attention, 1x1
    /// convolutions and linear layers do if they are wide (64), and with AMX instead most layers of stride 1; sums, weights
    /// and all else stay f32. Faster on processors with instructions for it (AMX, AVX512-BF16 of AMD), slower on others; evaluate and predict follow the run.
    #[arg(long, help_heading = "Machine", hide_possible_values = true,
        value_parser = word_parser::<Precision>(&["f32", "bf16"]))]
    pub(crate) precision: Option<Precision>,
    /// Where to compute: cpu, or cuda:0 or wgpu in builds that have them [default: cpu]
    #[arg(long, help_heading = "Machine")]
    pub(crate) device: Option<DeviceChoice>,

    /// The version that wrote the file, if a run did; it changes nothing.
    #[arg(skip)]
    pub(crate) version: Option<String>,
}

/// The fields of the upper settings, and of the lower ones where the upper say nothing.
macro_rules! layered {
    ($upper:ident over $lower:ident: $($field:ident)*) => {
        TrainSettings { $($field: $upper.$field.or($lower.$field)),* }
    };
}

impl TrainSettings {
    /// These settings, and those of a lower layer where these say nothing.
    pub(crate) fn over(self, lower: Self) -> Self {
        layered!(self over lower: data format labels true_labels trusted image_size skip_bad memory_budget validation
            test features normalize augment noise noise_seed model initial_weights loss label_smoothing mixup weight_averaging strategy curriculum confidence optimizer learning_rate
            schedule weight_decay gradient_clip batch_size epochs early_stopping select select_metric seed threads
            precision device version)
    }
}
