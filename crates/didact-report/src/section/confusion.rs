//! Which classes are mistaken for which.

use std::path::PathBuf;

use didact_labels::metrics::{ClassScores, ClassificationReport, ConfusionMatrix, ReportedClasses};

use super::panels::titled;
use crate::chart::HeatMap;
use crate::error::ReportError;
use crate::number::{count, decimal, percent};
use crate::page::{Block, Column, Figure, Printed, Table};
use crate::record::{Confusion, RunRecord};

/// Up to this many classes fit a heat map with numbers.
const MOST_CLASSES: usize = 20;
/// How many pairs of classes are listed beyond that.
const PAIRS: usize = 15;

const MISSING: &str = "It takes validation or test data and a finished run.";

/// Confusion matrices side by side, then the classes of every run in numbers; or why there is none.
pub(crate) fn confusions(runs: &[RunRecord]) -> Result<Vec<Block>, ReportError> {
    let (mut figures, mut others, mut reports) = (Vec::new(), Vec::new(), Vec::new());
    for run in runs {
        let Some(Confusion { split, matrix }) = &run.confusion else {
            others.push(Block::Paragraph(format!(
                "{}: no confusion matrix. {MISSING}",
                run.name
            )));
            continue;
        };
        let names: Vec<String> = (0..matrix.num_classes() as u32)
            .map(|class| run.class_name(class))
            .collect();
        if names.len() <= MOST_CLASSES {
            let title = titled(&format!("Confusion matrix, {split} samples"), run, runs);
            figures.push(heat_map(title, matrix, &names));
        } else {
            let title = titled(
                &format!("Classes mistaken most often, {split} samples"),
                run,
                runs,
            );
            others.push(Block::Table(worst_pairs(title, matrix, &names)));
        }
        let title = format!(
            "{}: precision, recall and F1 of every class ({split} samples)",
            run.name
        );
        reports.push(Block::Folded {
            printed: Printed::Open,
            title,
            blocks: vec![Block::Table(report(split, matrix, &names)?)],
        });
    }
    let figures = (!figures.is_empty()).then_some(Block::Figures(figures));
    Ok(figures.into_iter().chain(others).chain(reports).collect())
}

fn heat_map(title: String, matrix: &ConfusionMatrix, names: &[String]) -> Figure {
    let counts: Vec<Vec<u64>> = matrix.clone().into();
    let chart = HeatMap {
        title: &title,
        sides: ["label", "predicted"],
        names,
        counts: &counts,
    }
    .draw();
    let caption = "At the selected epoch. Numbers are samples; the darker a cell, the larger its share of its row. \
        Outlined: predicted right.";
    Figure {
        title,
        chart,
        caption: caption.to_owned(),
    }
}

fn worst_pairs(caption: String, matrix: &ConfusionMatrix, names: &[String]) -> Table {
    let classes = 0..names.len();
    let mut pairs: Vec<(u64, usize, usize)> = classes
        .clone()
        .flat_map(|label| classes.clone().map(move |predicted| (label, predicted)))
        .filter(|(label, predicted)| label != predicted)
        .map(|(label, predicted)| (matrix.count(label, predicted), label, predicted))
        .filter(|&(n, ..)| n > 0)
        .collect();
    pairs.sort_by(|one, other| other.0.cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    let row = |&(n, label, predicted): &(u64, usize, usize)| {
        let share = n as f64 / matrix.true_count(label).max(1) as f64;
        vec![
            names[label].clone(),
            names[predicted].clone(),
            count(n),
            percent(share),
        ]
    };
    Table {
        caption,
        columns: vec![
            Column::words("Label"),
            Column::words("Predicted as"),
            Column::numbers("Samples"),
            Column::numbers("Share of the label"),
        ],
        rows: pairs.iter().take(PAIRS).map(row).collect(),
    }
}

fn report(split: &str, matrix: &ConfusionMatrix, names: &[String]) -> Result<Table, ReportError> {
    let report = ClassificationReport::new(matrix, names, ReportedClasses::All);
    let report = report.map_err(|source| ReportError::Contradiction {
        path: PathBuf::from("evaluation.json"),
        source: Box::new(source),
    })?;
    let mut rows: Vec<Vec<String>> = report
        .classes
        .iter()
        .map(|row| cells(&row.name, &row.scores))
        .collect();
    rows.push(cells("mean over classes", &report.macro_average));
    rows.push(cells("mean over samples", &report.weighted_average));
    let caption = format!("Accuracy on {split} samples: {}", percent(report.accuracy));
    Ok(Table::of_numbers(
        caption,
        &["Class", "Precision", "Recall", "F1", "Samples"],
        rows,
    ))
}

fn cells(name: &str, scores: &ClassScores) -> Vec<String> {
    let shares = [scores.precision, scores.recall, scores.f1].map(|share| decimal(share, 3));
    let mut cells = vec![name.to_owned()];
    cells.extend(shares);
    cells.push(count(scores.support));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_pairs_come_first_and_right_predictions_never() {
        let matrix = ConfusionMatrix::try_from(vec![vec![9, 1, 0], vec![4, 0, 0], vec![0, 2, 2]]).unwrap();
        let names = ["a", "b", "c"].map(str::to_owned);
        let rows = worst_pairs(String::new(), &matrix, &names).rows;
        let pairs: Vec<String> = rows.iter().map(|row| row[..3].join(" ")).collect();
        assert_eq!(pairs, ["b a 4", "c b 2", "a b 1"]);
    }
}
