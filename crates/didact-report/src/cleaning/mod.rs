//! What became of labels that were corrected: the page about a cleaning.
//!
//! | file | what it holds |
//! |---|---|
//! | `outcome` | the models before and after, in one table |
//! | `labels` | how good given and corrected labels are, round by round |
//! | `classes` | how many samples of each class there were, which class was given as which, which are mistaken now |
//! | `cleaner_curves` | what the label cleaner learnt |
//! | `examples` | corrected samples to look at |
//! | `transition_picture` | the transition matrix as a picture of its own |
//! | `write_cleaning` | the page |
//! | `write_cleanings` | a page about several, side by side |

mod classes;
mod cleaner_curves;
mod examples;
mod labels;
mod outcome;
mod transition_picture;
mod write_cleaning;
mod write_cleanings;

pub use examples::CorrectedSample;
pub use transition_picture::draw_transition_matrix;
pub use write_cleaning::write_cleaning;
pub use write_cleanings::write_cleanings;
