//! What a command is given beside a data set to train on.

mod image_files;
mod label_list;
mod leak;

pub(crate) use image_files::open_images;
pub(crate) use label_list::LabelList;
pub(crate) use leak::refuse_leak;
