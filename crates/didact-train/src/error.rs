//! What can go wrong in training.

use std::path::PathBuf;

use didact_curriculum::CurriculumError;
use didact_data::{DataError, SampleShape};
use didact_labels::LabelsError;
use didact_mentor::MentorFileError;
use didact_run::RunError;

use crate::method::MethodError;

/// An error of training, evaluation or prediction.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrainError {
    /// The data cannot be used.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The run folder cannot be used.
    #[error(transparent)]
    Run(#[from] RunError),
    /// Noise cannot be made, or metrics cannot be measured.
    #[error(transparent)]
    Labels(#[from] LabelsError),
    /// The curriculum cannot be used.
    #[error(transparent)]
    Curriculum(#[from] CurriculumError),
    /// A mentor cannot be read or written.
    #[error(transparent)]
    Mentor(#[from] MentorFileError),
    /// A method is misspelt.
    #[error(transparent)]
    Method(#[from] MethodError),
    /// The samples do not fit the model.
    #[error("model {model} needs {expected}, and the samples are {found}")]
    ModelInput {
        /// The model.
        model: &'static str,
        /// What it needs.
        expected: &'static str,
        /// The shape of the samples.
        found: SampleShape,
    },
    /// Stored weights do not fit the model.
    #[error("weights {name}: expected {expected}, found {found}")]
    Weights {
        /// The parameter.
        name: String,
        /// Its shape in the model.
        expected: String,
        /// Its shape in the file.
        found: String,
    },
    /// A weights file does not say which model it belongs to.
    #[error("{path}: expected the weights of a didact model, found {found}")]
    ModelFile {
        /// The file.
        path: PathBuf,
        /// What it says instead.
        found: String,
    },
    /// Data other than what the model or run was made for.
    #[error("{what}: expected {expected}, found {found}")]
    DataMismatch {
        /// What differs.
        what: &'static str,
        /// What the model or run was made for.
        expected: String,
        /// What the data has.
        found: String,
    },
    /// Models that cannot answer together.
    #[error("{path}: expected a model of {expected}, as the first to average, found one of {found}")]
    EnsembleMismatch {
        /// The weights file of the model that differs from the first.
        path: PathBuf,
        /// Samples or classes of the first.
        expected: String,
        /// Its own.
        found: String,
    },
    /// A run is resumed with other data than it was begun with.
    #[error("the data, the labels or the split are not those that the run was begun with: {path}")]
    DataChanged {
        /// The data to train on.
        path: PathBuf,
    },
    /// A network that cannot be meant.
    #[error("the network would have {parameters} parameters, which is more than {most}")]
    ModelTooLarge {
        /// Number of its parameters.
        parameters: u128,
        /// Most that are allowed.
        most: u128,
    },
    /// Fewer training samples than a batch holds.
    #[error("a batch of {batch_size} is larger than the {samples} training samples")]
    BatchTooLarge {
        /// Samples in a batch.
        batch_size: usize,
        /// Training samples.
        samples: usize,
    },
    /// A sample that training or selection uses is reported on.
    #[error("{count} test samples are also used for {used_for}: {}", shown(.ids, *.count))]
    Leak {
        /// What they are used for.
        used_for: &'static str,
        /// How many they are.
        count: usize,
        /// The first of them.
        ids: Vec<String>,
    },
    /// The loss became infinite or not a number.
    #[error(
        "the loss became {found} in epoch {epoch}, step {step}, at {count} samples: {}",
        shown(.ids, *.count)
    )]
    Diverged {
        /// The epoch, counted from 1.
        epoch: u32,
        /// The step, counted from 1 over the whole run.
        step: u64,
        /// The first such loss.
        found: f32,
        /// How many samples of the batch have such a loss.
        count: usize,
        /// The first of them.
        ids: Vec<String>,
    },
    /// The weights became infinite or not numbers in an epoch whose losses were all finite.
    #[error("{parameter} is no longer finite after epoch {epoch}")]
    WeightsDiverged {
        /// The first such parameter.
        parameter: String,
        /// The epoch, counted from 1.
        epoch: u32,
    },
    /// The loss of a sample that is only looked at is infinite or not a number.
    #[error("the loss of sample {id} is {found}, though the weights are finite")]
    EvaluationDiverged {
        /// The sample.
        id: String,
        /// Its loss.
        found: f32,
    },
    /// An earlier run that knows none of the samples.
    #[error(
        "{}: no sample of this run was in that one under the same label, so it cannot say which are difficult",
        path.display()
    )]
    StrangeTeacher {
        /// The folder of the earlier run.
        path: PathBuf,
    },
    /// A run is resumed, and the earlier run that it follows is not as it was.
    #[error("the losses of the earlier run are not those that the run was begun with: {path}")]
    TeacherChanged {
        /// The folder of the earlier run.
        path: PathBuf,
    },
    /// A run is resumed, and the mentor that it asks is not as it was.
    #[error("the mentor is not the one that the run was begun with: {path}")]
    MentorChanged {
        /// The mentor's file.
        path: PathBuf,
    },
    /// Fewer training samples with trusted labels than a mentor needs.
    #[error(
        "{found} of the training samples have trusted labels, and a mentor needs at least one for each of the {classes} classes"
    )]
    TooFewTrusted {
        /// Trusted training samples.
        found: usize,
        /// Number of classes.
        classes: usize,
    },
    /// Methods that have no meaning together.
    #[error("{what}: {why}")]
    Combination {
        /// The methods.
        what: &'static str,
        /// Why they cannot be combined.
        why: &'static str,
    },
    /// Early stopping was asked for without validation samples.
    #[error("early stopping has nothing to stop by without validation samples")]
    NothingToStopBy,
    /// A run is resumed with other settings than it was begun with.
    #[error("the run was begun with {key} = {expected}, not {found}")]
    ConfigChanged {
        /// The setting.
        key: String,
        /// Its value in the run folder.
        expected: String,
        /// Its value now.
        found: String,
    },
    /// The device is unknown, or this build does not have it.
    #[error("device {name} is not available: {reason}")]
    Device {
        /// The device, as spelt.
        name: String,
        /// Why not.
        reason: &'static str,
    },
}

impl TrainError {
    /// What to do next, where something can be said.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Data(error) => return error.hint(),
            Self::Method(error) => return error.hint(),
            Self::Mentor(error) => return error.hint(),
            Self::Run(RunError::Exists { .. }) => {
                "name another folder with -o, or go on with a stopped run by --resume".to_owned()
            }
            Self::Run(RunError::NotARun { .. }) => {
                "a run folder is what `didact train DATA -o RUN` writes".to_owned()
            }
            Self::StrangeTeacher { .. } => {
                "give teacher=RUN on the same data with the same --noise and --noise-seed".to_owned()
            }
            Self::TeacherChanged { .. } => {
                "a run may follow only a run that is finished; begin another run with the teacher as it is now".to_owned()
            }
            Self::MentorChanged { .. } => {
                "put the mentor back, or begin another run with the one that is there now".to_owned()
            }
            Self::TooFewTrusted { .. } => {
                "check more labels, some of each class, and name them with --trusted".to_owned()
            }
            Self::Curriculum(CurriculumError::MissingMentor) => {
                "make one with `didact mentor data` and `didact mentor train`, or let the run teach its own with \
                 --curriculum mentornet-data-driven --trusted FILE"
                    .to_owned()
            }
            Self::BatchTooLarge { samples, .. } => format!("give --batch-size {} or less", samples.min(&128)),
            Self::Leak { .. } => "give --test data that the run has not seen".to_owned(),
            Self::NothingToStopBy => "give --validation, or leave --early-stopping out".to_owned(),
            Self::Diverged { .. } | Self::WeightsDiverged { .. } | Self::EvaluationDiverged { .. } => {
                "lower --learning-rate, limit the gradient with --gradient-clip 1, or warm up, as in \
                 --schedule cosine:warmup=1, and name a new -o; also look for extreme values in the data"
                    .to_owned()
            }
            Self::ConfigChanged { key, .. } => {
                format!("leave {key} out: --resume goes on with the settings in RUN/config.toml")
            }
            Self::ModelTooLarge { .. } => {
                "make hidden layers narrower, or images smaller with --image-size".to_owned()
            }
            Self::Run(RunError::InUse { .. }) => "wait until it is done, or stop it".to_owned(),
            Self::DataChanged { .. } => {
                "resume with the data the run was begun with, or begin another run".to_owned()
            }
            Self::ModelInput { .. } => {
                "choose another --model, or other --image-size; `mlp` and `logistic` take any shape"
                    .to_owned()
            }
            _ => return None,
        })
    }
}

fn shown(ids: &[String], count: usize) -> String {
    let more = if count > ids.len() { ", ..." } else { "" };
    format!("{}{more}", ids.join(", "))
}
