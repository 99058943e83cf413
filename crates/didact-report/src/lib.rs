//! What would a person want to see?
//!
//! One self-contained HTML page about one run or several: no network, no other file, readable on a phone, in print,
//! without colour and without JavaScript.
//!
//! | room | what it holds |
//! |---|---|
//! | [`write_report()`] | the page, from run folders |
//! | [`Comparison`], [`write_comparison()`] | methods side by side over several seeds: the table, and the page about it |
//! | [`write_cleaning()`], [`write_cleanings()`], [`draw_transition_matrix`] | what became of labels that were corrected: the page, one about several, and a picture |
//! | [`Thumbnails`] | where the pictures of samples come from |
//! | [`WeightCurves`], [`draw_weight_curves`] | what a curriculum does with a loss, as a picture |
//! | [`MentorMaps`], [`draw_mentors`], [`animate_mentors`] | what a mentor makes of a sample, as a picture and an animation |
//! | [`SelfPacedRun`], [`animate`] | a linear model that learns with a curriculum, as an animation |
//! | [`Picture`] | a drawing as SVG, PNG or pixels |
//! | `record` | what is read from a run's folder, ledgers one epoch at a time |
//! | `chart` | lines, bars, histograms and heat maps as inline SVG |
//! | `section` | the sections, in the order a person wants them |
//! | `page` | blocks and their templates, which escape every text |

mod animation;
mod chart;
mod cleaning;
mod comparison;
mod curriculum_picture;
mod error;
mod mentor_picture;
mod number;
mod page;
mod picture;
mod record;
mod reported_run;
mod section;
mod thumbnail;
mod write_report;

pub use animation::{DemonstrationConfig, EpochSnapshot, SelfPacedRun, animate};
pub use cleaning::{CorrectedSample, draw_transition_matrix, write_cleaning, write_cleanings};
pub use comparison::{
    Better, ComparedMethod, Comparison, ComparisonRow, Measure, Metric, Remake, Role, SeededRun,
    write_comparison,
};
pub use curriculum_picture::{Conditions, EpochWeights, WeightCurves, draw_weight_curves};
pub use error::ReportError;
pub use mentor_picture::{MentorMaps, MentorView, WeightGrid, animate_mentors, draw_mentors};
pub use picture::Picture;
pub use reported_run::ReportedRun;
pub use thumbnail::{NoThumbnails, Thumbnail, Thumbnails};
pub use write_report::write_report;
