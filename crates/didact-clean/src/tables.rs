//! The tables that a cleaning leaves behind.

use didact_labels::cleaning::CorrectionSource;
use didact_run::{CleaningFolder, write_rows};
use didact_train::CheckedLabel;

use crate::cleaning_data::CleaningData;
use crate::config::CleanConfig;
use crate::corrections::Corrections;
use crate::error::CleanError;
use crate::round_outcome::RoundOutcome;

/// Every sample in the order of the data; trusted ones as they were checked.
pub(crate) fn write_corrected(
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

/// Which trusted sample fits, selects or reports.
pub(crate) fn write_parts(data: &CleaningData, folder: &CleaningFolder) -> Result<(), CleanError> {
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

/// Which class is given as which, a row a true class.
pub(crate) fn write_matrix(
    data: &CleaningData,
    folder: &CleaningFolder,
    matrix: &[Vec<f64>],
) -> Result<(), CleanError> {
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
