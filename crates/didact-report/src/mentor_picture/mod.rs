//! What a mentor makes of a sample: its weight over loss difference and loss, as a run goes on.
//!
//! | file | what it holds |
//! |---|---|
//! | `view` | which part of a mentor is looked at |
//! | `maps` | the weights of one mentor there |
//! | `reach` | how far the mentor was taught |
//! | `tile` | a map of weights between its axes |
//! | `profile` | weights at a middle loss, as curves over the difference |
//! | `course` | the same over the run |
//! | `key` | how to read the maps |
//! | `sheet` | the picture of one mentor or several |
//! | `movie` | the same as an animation, a frame for each percent of the run |

mod course;
mod key;
mod maps;
mod movie;
mod profile;
mod reach;
mod sheet;
mod tile;
mod view;

pub use maps::{MentorMaps, WeightGrid};
pub use movie::animate_mentors;
pub use sheet::draw_mentors;
pub use view::MentorView;
