//! What a cleaning leaves behind.

use std::fs;

use didact_labels::cleaning::CorrectionSource;
use didact_run::{
    CleanSummary, CleanerRecord, CleaningFolder, ModelRow, RoundSummary, RunError, RunFolder, Summary,
    write_atomically, write_rows,
};
use didact_train::{CheckedLabel, SelectMetric, method_spelling};

use crate::beliefs::Beliefs;
use crate::cleaning_data::CleaningData;
use crate::config::CleanConfig;
use crate::corrections::Corrections;
use crate::error::CleanError;
use crate::figures::label_figures;
use crate::stage::Stage;
use crate::summary::sizes;

/// What a round believes and corrects.
pub(crate) struct RoundOutcome {
    pub(crate) beliefs: Beliefs,
    pub(crate) record: CleanerRecord,
    pub(crate) corrections: Corrections,
    /// How many labels differ from those of the round before.
    pub(crate) changed: Option<usize>,
}

/// Writes corrected labels, parts, matrix, model and figures; the figures last, which makes the cleaning complete.
pub(crate) fn write_outputs(
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
fn delivered<'a>(
    metric: SelectMetric,
    retrained: &'a [(Stage, RunFolder)],
) -> Result<Option<(&'a RunFolder, String, Summary)>, CleanError> {
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

/// Every sample in the order of the data; trusted ones as they were checked.
fn write_corrected(
    config: &CleanConfig,
    data: &CleaningData,
    folder: &CleaningFolder,
    last: &RoundOutcome,
) -> Result<(), CleanError> {
    let names = data.dataset.class_names();
    let name = |label: Option<u32>| label.map_or_else(String::new, |label| names[label as usize].clone());
    let mut checked = vec![None; data.dataset.len()];
    for &CheckedLabel { row, label } in data.selecting.iter().chain(data.report.sealed()) {
        checked[row as usize] = Some(label);
    }
    let selecting = Corrections::of_selection(data, &last.beliefs, config)?;
    let cells = |row: usize| {
        let given = data.dataset.given_labels()[row];
        let corrected = last
            .corrections
            .of(row as u32)
            .or_else(|| selecting.of(row as u32));
        let (label, probability, weight, source) = match (checked[row], corrected) {
            (Some(label), _) => (Some(label), 1.0, 1.0, CorrectionSource::Trusted),
            (None, Some(corrected)) => (
                corrected.label,
                corrected.probability,
                corrected.weight,
                corrected.source,
            ),
            (None, None) => (given, f64::NAN, 1.0, CorrectionSource::Given),
        };
        let number = |value: f64| {
            if value.is_nan() {
                String::new()
            } else {
                format!("{value:.6}")
            }
        };
        [
            data.dataset.ids()[row].clone(),
            name(given),
            name(label),
            number(probability),
            word(source).to_owned(),
            number(weight),
        ]
    };
    let header = [
        "id",
        "given_label",
        "corrected_label",
        "probability",
        "source",
        "weight",
    ];
    let header = header.map(str::to_owned);
    Ok(write_rows(
        &folder.corrected(),
        &header,
        (0..data.dataset.len()).map(cells),
    )?)
}

fn word(source: CorrectionSource) -> &'static str {
    match source {
        CorrectionSource::Given => "given",
        CorrectionSource::Trusted => "trusted",
        CorrectionSource::Corrected => "corrected",
    }
}

fn write_parts(data: &CleaningData, folder: &CleaningFolder) -> Result<(), CleanError> {
    let parts = [
        ("fit", &data.fit[..]),
        ("select", &data.selecting),
        ("report", data.report.sealed()),
    ];
    let mut rows: Vec<(u32, &str)> = parts
        .into_iter()
        .flat_map(|(part, checked)| checked.iter().map(move |checked| (checked.row, part)))
        .collect();
    rows.sort_unstable();
    let cells = rows
        .into_iter()
        .map(|(row, part)| [data.dataset.ids()[row as usize].clone(), part.to_owned()]);
    Ok(write_rows(
        &folder.parts(),
        &["id", "part"].map(str::to_owned),
        cells,
    )?)
}

fn write_matrix(data: &CleaningData, folder: &CleaningFolder, matrix: &[Vec<f64>]) -> Result<(), CleanError> {
    let names = data.dataset.class_names();
    let header: Vec<String> = std::iter::once("true_class".to_owned())
        .chain(names.iter().cloned())
        .collect();
    let cells = names.iter().zip(matrix).map(|(name, row)| {
        let rates = row.iter().map(|rate| format!("{rate:.6}"));
        std::iter::once(name.clone())
            .chain(rates)
            .collect::<Vec<String>>()
    });
    Ok(write_rows(&folder.transition_matrix(), &header, cells)?)
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
