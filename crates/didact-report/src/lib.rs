//! What would a person want to see?
//!
//! One self-contained HTML page about one run or several: no network, no other file, readable on a phone, in print,
//! without colour and without JavaScript.
//!
//! | room | what it holds |
//! |---|---|
//! | [`write_report()`] | the page, from run folders |
//! | [`Thumbnails`] | where the pictures of samples come from |
//! | `record` | what is read from a run's folder, ledgers one epoch at a time |
//! | `chart` | lines, bars, histograms and heat maps as inline SVG |
//! | `section` | the sections, in the order a person wants them |
//! | `page` | blocks and their templates, which escape every text |

mod chart;
mod error;
mod number;
mod page;
mod record;
mod reported_run;
mod section;
mod thumbnail;
mod write_report;

pub use error::ReportError;
pub use reported_run::ReportedRun;
pub use thumbnail::{NoThumbnails, Thumbnail, Thumbnails};
pub use write_report::write_report;
