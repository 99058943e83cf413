//! Several cleanings side by side.

use std::path::Path;

use askama::Template;
use didact_run::{CleanSummary, CleanerRecord, CleaningFolder, write_atomically};

use super::write_cleaning::figures;
use super::{labels, outcome};
use crate::error::ReportError;
use crate::page::{Block, Column, Report, Section, Table};

/// A cleaning with a name, and its figures.
struct Named<'a> {
    name: &'a str,
    summary: CleanSummary,
    records: Vec<CleanerRecord>,
}

/// Writes one page about several cleanings that are complete, each with a name: their models and how good their labels are, in one
/// table each. Whole or not at all.
///
/// # Errors
///
/// [`ReportError::Run`] if a file of a cleaning is unreadable or the page cannot be written.
pub fn write_cleanings(
    path: &Path,
    title: &str,
    cleanings: &[(String, CleaningFolder)],
) -> Result<(), ReportError> {
    let cleanings = cleanings.iter().map(|(name, folder)| {
        let (summary, records) = figures(folder)?;
        Ok(Named {
            name,
            summary,
            records,
        })
    });
    let cleanings: Vec<Named<'_>> = cleanings.collect::<Result<_, ReportError>>()?;
    let models = together(&cleanings, |cleaning| {
        outcome::table(&cleaning.summary, &cleaning.records)
    });
    let labels = together(&cleanings, |cleaning| labels::table(&cleaning.summary));
    let report = Report {
        title,
        lead: format!("{} cleanings side by side.", cleanings.len()),
        sections: vec![
            Section {
                id: "outcome",
                title: "What they came to",
                blocks: models.into_iter().map(Block::Table).collect(),
            },
            Section {
                id: "labels",
                title: "Labels",
                blocks: labels.into_iter().map(Block::Table).collect(),
            },
        ],
        version: env!("CARGO_PKG_VERSION"),
    };
    let page = report.render()?;
    write_atomically(path, |file| file.write_all(page.as_bytes()))?;
    Ok(())
}

/// One table of the rows of all, each after the name of its cleaning; none if there is no cleaning.
fn together(cleanings: &[Named<'_>], table: impl Fn(&Named<'_>) -> Table) -> Option<Table> {
    let mut all: Option<Table> = None;
    for cleaning in cleanings {
        let mut one = table(cleaning);
        for row in &mut one.rows {
            row.insert(0, cleaning.name.to_owned());
        }
        if let Some(all) = &mut all {
            all.rows.append(&mut one.rows);
        } else {
            one.columns.insert(0, Column::words("Cleaning"));
            all = Some(one);
        }
    }
    all
}
