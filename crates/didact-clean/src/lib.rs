//! How do a trusted few correct the labels of the many?
//!
//! Some labels were checked by somebody; most were not, and many of those are wrong. A cleaning trains a first model on the labels
//! as given, learns on the checked ones what the true label of a sample is, corrects the others, and trains again.
//!
//! | file | what it holds |
//! |---|---|
//! | `config`, `retrain_config`, `value_or_none`, `combination` | what a cleaning is made from, and what goes together |
//! | `trusted_split`, `trusted_parts` | which checked samples fit, which select, which report |
//! | `report_part` | the samples that report, which nothing else may touch |
//! | `folds` | who is answered by which model, where every model leaves a part out |
//! | `cleaning_data` | the data, opened and parted |
//! | `cleaning` | the stages in their order, on one screen; `cleaning/models`: those that train models |
//! | `stage`, `training_stage` | one of them; a model's |
//! | `view` | what a model says of the samples it answers for |
//! | `cleaner` | from what models say to what the true label is: by a network, or by Bayes' rule |
//! | `beliefs` | what the true label of each sample is, at rest |
//! | `corrections`, `round_outcome` | labels to train on; what a round came to |
//! | `figures`, `averaged`, `summary` | how good labels and models are, on samples that were used for nothing else |
//! | `conclusion`, `tables` | which model is kept, and what is written |
//!
//! No sample that reports is ever trained on, selected by or corrected: the rows that are pass by [`ReportPart::permit`] when the
//! data are opened, and training and correcting ask it again; it refuses.

mod averaged;
mod beliefs;
mod cleaner;
mod cleaning;
mod cleaning_data;
mod combination;
mod conclusion;
mod config;
mod corrections;
mod error;
mod figures;
mod folds;
mod report_part;
mod retrain_config;
mod round_outcome;
mod stage;
mod summary;
mod tables;
#[cfg(test)]
mod test_data;
mod training_stage;
mod trusted_parts;
mod trusted_split;
mod value_or_none;
mod view;

pub use beliefs::Beliefs;
pub use cleaning::{Cleaning, Watch};
pub use cleaning_data::CleaningData;
pub use config::{CleanConfig, CleanerConfig, LabelKind, PosteriorConfig};
pub use corrections::Corrections;
pub use error::CleanError;
pub use folds::{Folds, fold_of_each};
pub use report_part::{Permitted, Purpose, ReportPart};
pub use retrain_config::{RetrainConfig, RetrainSettings, Start};
pub use stage::Stage;
pub use trusted_parts::TrustedParts;
pub use trusted_split::TrustedSplit;
pub use value_or_none::ValueOrNone;
