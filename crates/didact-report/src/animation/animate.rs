//! A run as a GIF.

use super::frame::{Frames, Moment};
use super::gif::gif;
use super::self_paced_run::SelfPacedRun;
use crate::error::ReportError;
use crate::picture::Pixels;

/// How long a frame stands, in milliseconds, and how long the last one does.
const FRAME_MILLISECONDS: u32 = 900;
const LAST_MILLISECONDS: u32 = 6000;

/// The run as an animated GIF: a frame an epoch, then the anomalies; it starts again at the end.
///
/// Each frame shows the decision boundary after its epoch, and the samples as they were weighed in it. `name` is what
/// the curriculum is called. The same run gives the same bytes.
///
/// # Errors
///
/// [`ReportError::Pixels`] and [`ReportError::Encoding`], neither of which a run leads to.
pub fn animate(run: &SelfPacedRun, name: &str) -> Result<Vec<u8>, ReportError> {
    gif(frames(run, name)?, [FRAME_MILLISECONDS, LAST_MILLISECONDS])
}

fn frames(run: &SelfPacedRun, name: &str) -> Result<Vec<Pixels>, ReportError> {
    let frames = Frames::new(run, name);
    let epochs = run.snapshots().iter().map(|snapshot| (snapshot, Moment::Epoch));
    let verdict = run.snapshots().last().map(|snapshot| (snapshot, Moment::Verdict));
    epochs
        .chain(verdict)
        .map(|(snapshot, moment)| frames.draw(snapshot, moment).pixels(1.0))
        .collect()
}
