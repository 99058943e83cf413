//! A mentor, and the two curricula that ask one: of an earlier training, and of its own.

mod curriculum;
mod data_driven;
mod data_driven_config;
mod description;
mod entries;
mod mentornet_config;
mod numbers;
mod refresh;
mod watch;

pub use curriculum::MentorCurriculum;
pub use data_driven::DataDrivenCurriculum;
pub use data_driven_config::{LabelChoice, MentornetDataDrivenConfig};
pub use description::{Mentor, MentorDescription};
pub(crate) use entries::{DATA_DRIVEN, MENTORNET};
pub use mentornet_config::MentornetConfig;
pub use refresh::Refresh;
