//! From the folder of a cleaning to its page.

use std::path::Path;

use askama::Template;
use didact_run::{CleanSummary, CleanerRecord, CleaningFolder, RunFolder, read_rows, write_atomically};

use super::classes::classes;
use super::cleaner_curves::cleaner_curves;
use super::examples::{CorrectedSample, examples};
use super::labels::labels;
use super::outcome::outcome;
use crate::error::ReportError;
use crate::page::{Block, Report, Section};
use crate::record::RunRecord;
use crate::reported_run::ReportedRun;
use crate::section::curves;
use crate::thumbnail::Thumbnails;

/// How many corrected samples are shown from each end.
const SHOWN: usize = 24;

/// Writes the page about a cleaning that is complete, whole or not at all.
///
/// # Errors
///
/// [`ReportError::Run`] if a file of the cleaning is unreadable or the page cannot be written, and the errors of
/// [`write_report`](crate::write_report()).
pub fn write_cleaning(
    path: &Path,
    title: &str,
    folder: &CleaningFolder,
    thumbnails: &dyn Thumbnails,
) -> Result<(), ReportError> {
    let (summary, records) = figures(folder)?;
    let report = Report {
        title,
        lead: lead(&summary),
        sections: sections(folder, &summary, &records, thumbnails)?,
        version: env!("CARGO_PKG_VERSION"),
    };
    let page = report.render()?;
    write_atomically(path, |file| file.write_all(page.as_bytes()))?;
    Ok(())
}

/// The figures of a cleaning that is complete, and how the cleaner of each round learnt.
pub(super) fn figures(folder: &CleaningFolder) -> Result<(CleanSummary, Vec<CleanerRecord>), ReportError> {
    let summary: CleanSummary = CleaningFolder::read_json(&folder.summary())?;
    let records = summary
        .rounds
        .iter()
        .map(|round| CleaningFolder::read_json(&folder.cleaner(round.round)));
    let records = records.collect::<Result<_, _>>()?;
    Ok((summary, records))
}

fn lead(summary: &CleanSummary) -> String {
    let last = summary.rounds.last();
    let (corrected, rounds) = (last.map_or(0, |round| round.corrected), summary.rounds.len());
    let plural = if rounds == 1 { "" } else { "s" };
    format!(
        "{corrected} labels corrected in {rounds} round{plural} by {}.",
        summary.cleaner
    )
}

fn sections(
    folder: &CleaningFolder,
    summary: &CleanSummary,
    records: &[CleanerRecord],
    thumbnails: &dyn Thumbnails,
) -> Result<Vec<Section>, ReportError> {
    let mut runs = Vec::new();
    for row in &summary.models {
        let Some(name) = &row.folder else { continue };
        let folder = RunFolder::open(&folder.path().join(name))?;
        runs.push(RunRecord::read(&ReportedRun {
            name: name.clone(),
            folder,
        })?);
    }
    let kept: Vec<RunRecord> = runs
        .iter()
        .filter(|run| run.name == summary.delivered)
        .cloned()
        .collect();
    let (surest, unsure) = corrected_samples(folder)?;
    let mut sections = vec![
        outcome(summary, records),
        labels(summary, records),
        classes(summary, &kept)?,
    ];
    sections.extend(cleaner_curves(records));
    sections.push(curves(&runs));
    sections.push(examples(&surest, &unsure, thumbnails)?);
    sections.push(configuration(folder)?);
    Ok(sections)
}

/// The samples whose labels were changed with the most certainty and the least, from `corrected.csv`.
fn corrected_samples(
    folder: &CleaningFolder,
) -> Result<(Vec<CorrectedSample>, Vec<CorrectedSample>), ReportError> {
    let sample = |cells: Vec<String>| match cells.as_slice() {
        [id, given, corrected, probability, source, weight] if source == "corrected" => {
            let counts = weight.parse::<f64>().is_ok_and(|weight| weight > 0.0);
            let probability = probability.parse().ok().filter(|_| counts)?;
            Some(CorrectedSample {
                id: id.clone(),
                given_label: given.clone(),
                corrected_label: corrected.clone(),
                probability,
            })
        }
        _ => None,
    };
    let mut samples: Vec<CorrectedSample> = read_rows(&folder.corrected())?
        .into_iter()
        .filter_map(sample)
        .collect();
    samples.sort_by(|left, right| right.probability.total_cmp(&left.probability));
    let shown = SHOWN.min(samples.len() / 2);
    let unsure = samples.split_off(samples.len() - shown);
    samples.truncate(SHOWN);
    Ok((samples, unsure.into_iter().rev().collect()))
}

fn configuration(folder: &CleaningFolder) -> Result<Section, ReportError> {
    let path = folder.config();
    let text =
        std::fs::read_to_string(&path).map_err(|source| didact_run::RunError::Read { path, source })?;
    Ok(Section {
        id: "configuration",
        title: "How to make it again",
        blocks: vec![
            Block::Paragraph("As cleaning.toml, for didact clean --config:".to_owned()),
            Block::Code(text),
        ],
    })
}
