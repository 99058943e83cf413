//! What a command is given beside a data set to train on.

mod label_list;

pub(crate) use label_list::read_labels;
