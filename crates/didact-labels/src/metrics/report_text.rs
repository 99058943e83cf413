//! A classification report as scikit-learn prints it.

use std::fmt;

use super::classification_report::{ClassScores, ClassificationReport};

const WIDEST_HEADING: &str = "weighted avg";

impl fmt::Display for ClassificationReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.classes.iter().map(|row| row.name.chars().count());
        let width = names.max().unwrap_or(0).max(WIDEST_HEADING.len());
        let support = self.macro_average.support;

        write!(f, "{:>width$} ", "")?;
        writeln!(
            f,
            " {:>9} {:>9} {:>9} {:>9}\n",
            "precision", "recall", "f1-score", "support"
        )?;
        for row in &self.classes {
            write_row(f, width, &row.name, &row.scores)?;
        }
        writeln!(f)?;
        writeln!(
            f,
            "{:>width$}  {:>9} {:>9} {:>9.2} {support:>9}",
            "accuracy", "", "", self.accuracy
        )?;
        write_row(f, width, "macro avg", &self.macro_average)?;
        write_row(f, width, WIDEST_HEADING, &self.weighted_average)
    }
}

fn write_row(f: &mut fmt::Formatter<'_>, width: usize, name: &str, scores: &ClassScores) -> fmt::Result {
    let ClassScores {
        precision,
        recall,
        f1,
        support,
    } = scores;
    writeln!(
        f,
        "{name:>width$}  {precision:>9.2} {recall:>9.2} {f1:>9.2} {support:>9}"
    )
}
