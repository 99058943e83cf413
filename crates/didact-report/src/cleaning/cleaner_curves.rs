//! What the label cleaner learnt, epoch by epoch.

use didact_run::{CleanerEpoch, CleanerRecord};

use crate::chart::{Point, Series, Stroke, Unit};
use crate::page::{Block, Figure, Section};
use crate::section::Panels;

const ACCURACY: Panels<'static> = Panels {
    title: "Label cleaner: accuracy on the selecting samples",
    axis_name: "accuracy",
    unit: Unit::Percent,
    caption: "",
};
const BRIER: Panels<'static> = Panels {
    title: "Label cleaner: Brier score on the selecting samples",
    axis_name: "Brier score (0 at best)",
    unit: Unit::Number,
    caption: "",
};

/// Curves of every cleaner that learnt in epochs; none if there is none.
pub(super) fn cleaner_curves(records: &[CleanerRecord]) -> Option<Section> {
    let accuracy = lines(records, |epoch| epoch.accuracy);
    if accuracy.is_empty() {
        return None;
    }
    let figures: Vec<Figure> = [(ACCURACY, accuracy), (BRIER, lines(records, |epoch| epoch.brier))]
        .into_iter()
        .map(|(panels, lines)| panels.draw_together(&lines, Series::range(&lines)))
        .collect();
    Some(Section {
        id: "cleaner",
        title: "The label cleaner",
        blocks: vec![Block::Figures(figures)],
    })
}

fn lines(records: &[CleanerRecord], value: fn(&CleanerEpoch) -> f64) -> Vec<Series> {
    let views = records
        .iter()
        .flat_map(|record| record.views.iter().map(move |view| (record.round, view)));
    let learnt = views.filter(|(_, view)| !view.epochs.is_empty()).enumerate();
    learnt
        .map(|(position, (round, view))| Series {
            name: view.fold.map_or_else(
                || format!("round {round}"),
                |fold| format!("{round}, fold {fold}"),
            ),
            stroke: Stroke::of_run(position),
            points: view
                .epochs
                .iter()
                .map(|epoch| Point::bare(epoch.epoch, value(epoch)))
                .collect(),
        })
        .collect()
}
