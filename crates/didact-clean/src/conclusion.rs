//! The end of a cleaning: which model is kept, and what is written.

use std::fs;

use didact_run::{
    CleanSummary, CleaningFolder, ModelRow, RoundSummary, RunError, RunFolder, Summary, write_atomically,
};
use didact_train::{CheckedLabel, SelectMetric, method_spelling};

use crate::cleaning_data::CleaningData;
use crate::config::CleanConfig;
use crate::error::CleanError;
use crate::figures::label_figures;
use crate::round_outcome::RoundOutcome;
use crate::stage::Stage;
use crate::summary::sizes;
use crate::tables::{write_corrected, write_matrix, write_parts};

/// Writes corrected labels, parts, matrix, model and figures; the figures last, which makes the cleaning complete.
pub(crate) fn conclude(
    config: &CleanConfig,
    data: &CleaningData,
    folder: &CleaningFolder,
    rounds: &[RoundOutcome],
    models: Vec<ModelRow>,
    retrained: &[(Stage, RunFolder)],
) -> Result<CleanSummary, CleanError> {
    let Some(last) = rounds.last() else {
        return Err(CleanError::NothingLeft {
            samples: data.worked.len(),
        });
    };
    write_corrected(config, data, folder, last)?;
    write_parts(data, folder)?;
    write_matrix(data, folder, &last.record.transition_matrix)?;
    let metric = config.training.select_metric;
    let Some((run, delivered, figures)) = delivered(metric, retrained)? else {
        return Err(CleanError::NothingLeft {
            samples: data.worked.len(),
        });
    };
    copy(run, folder)?;
    let (seconds, peak_rss_bytes) = cost(folder, &models, rounds)?;
    let summary = CleanSummary {
        version: config.training.version.clone(),
        samples: sizes(data),
        class_names: data.dataset.class_names().to_vec(),
        cleaner: method_spelling(&config.cleaner),
        selected_by: format!(
            "{}; the model that was kept, of {}, by {}",
            figures.selected_by,
            retrained.len(),
            metric.name()
        ),
        rounds: rounds
            .iter()
            .map(|round| summarised(config, data, round))
            .collect::<Result<_, _>>()?,
        given_counts: counts(data, |row| data.dataset.given_labels()[row as usize]),
        corrected_counts: counts(data, |row| {
            last.corrections
                .of(row)
                .filter(|corrected| corrected.weight > 0.0)?
                .label
        }),
        transition_matrix: last.record.transition_matrix.clone(),
        seconds,
        peak_rss_bytes,
        models,
        delivered,
    };
    CleaningFolder::write_json(&folder.summary(), &summary)?;
    Ok(summary)
}

/// The retrained model that is best on the samples that select, the first of equals, and its figures.
fn delivered(
    metric: SelectMetric,
    retrained: &[(Stage, RunFolder)],
) -> Result<Option<(&RunFolder, String, Summary)>, CleanError> {
    let mut best: Option<(f64, (&RunFolder, String, Summary))> = None;
    for (stage, run) in retrained {
        let summary: Summary = run.read_json(&run.summary())?;
        let score = summary
            .validation
            .map_or(f64::NEG_INFINITY, |metrics| metric.score(&metrics));
        if best.as_ref().is_none_or(|(best, _)| score > *best) {
            best = Some((score, (run, stage.folder(), summary)));
        }
    }
    Ok(best.map(|(_, best)| best))
}

fn copy(run: &RunFolder, folder: &CleaningFolder) -> Result<(), CleanError> {
    let bytes = fs::read(run.model()).map_err(|source| RunError::Read {
        path: run.model(),
        source,
    })?;
    Ok(write_atomically(&folder.model(), |file| file.write_all(&bytes))?)
}

fn summarised(
    config: &CleanConfig,
    data: &CleaningData,
    outcome: &RoundOutcome,
) -> Result<RoundSummary, CleanError> {
    let given = data.dataset.given_labels();
    let rule = (config.sure, config.uncertain);
    let measure = |known: &[CheckedLabel]| label_figures(known, &outcome.beliefs, given, rule);
    let known: Vec<CheckedLabel> = data
        .worked
        .iter()
        .filter_map(|&row| {
            Some(CheckedLabel {
                row,
                label: data.truth[row as usize]?,
            })
        })
        .collect();
    let is_judged = |checked: &&CheckedLabel| outcome.beliefs.row(checked.row).iter().sum::<f32>() > 0.0;
    let fit: Vec<CheckedLabel> = data.fit.iter().filter(is_judged).copied().collect();
    let corrections = &outcome.corrections;
    Ok(RoundSummary {
        round: outcome.record.round,
        corrected: corrections.num_corrected(),
        left_out: corrections.num_left_out(),
        changed_since_last: outcome.changed,
        report: measure(data.report.sealed())?,
        fit: measure(&fit)?,
        worked: measure(&known)?,
    })
}

fn counts(data: &CleaningData, label: impl Fn(u32) -> Option<u32>) -> Vec<u64> {
    let mut counts = vec![0; data.dataset.num_classes()];
    for label in data.trainable().into_iter().filter_map(label) {
        counts[label as usize] += 1;
    }
    counts
}

/// Seconds of all stages, and the most memory that one took, in bytes.
fn cost(
    folder: &CleaningFolder,
    models: &[ModelRow],
    rounds: &[RoundOutcome],
) -> Result<(f64, u64), CleanError> {
    let mut seconds: f64 = rounds.iter().map(|round| round.record.seconds).sum();
    let mut memory = didact_train::peak_rss_bytes();
    for name in models.iter().filter_map(|row| row.folder.as_ref()) {
        let run = RunFolder::open(&folder.path().join(name))?;
        let summary: Summary = run.read_json(&run.summary())?;
        seconds += summary.seconds.total;
        memory = memory.max(summary.peak_rss_bytes);
    }
    Ok((seconds, memory))
}
