//! The building blocks of the page.

mod block;
mod gallery;
mod report;
mod table;

pub(crate) use block::{Block, Card, Figure, Printed};
pub(crate) use gallery::{Gallery, Picture};
pub(crate) use report::{Report, Section};
pub(crate) use table::{Column, Table};
