//! One file a command, called as it is typed.

mod completions;
mod curriculum_list;
mod data_convert;
mod data_info;
mod evaluate;
mod noise_inject;
mod predict;
mod quickstart;
mod report;
mod train;

pub(crate) use completions::completions;
pub(crate) use curriculum_list::curriculum_list;
pub(crate) use data_convert::data_convert;
pub(crate) use data_info::data_info;
pub(crate) use evaluate::evaluate;
pub(crate) use noise_inject::noise_inject;
pub(crate) use predict::predict;
pub(crate) use quickstart::quickstart;
pub(crate) use report::report;
pub(crate) use train::train;
