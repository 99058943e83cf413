//! `didact quickstart`: plain training against SuperLoss on embedded data.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use didact_data::SampleShape;
use didact_run::{RunError, RunFolder, Summary};
use didact_train::{Prepared, Sources, TrainConfig, Trainer};
use serde::Serialize;

use crate::arguments::QuickstartArguments;
use crate::error::{Complaint, Result, Status};
use crate::output::{Pictures, Printer, lines, percent, refuse_foreign, shell_word, write_page};
use crate::settings::TrainSettings;
use crate::training;

/// What both runs share: settings as in a file for `--config`. Fixed before looking at any result.
const SHARED: &str = r#"
data = "embedded:fashion-mnist#0..8000"
test = "embedded:fashion-mnist#8000..10000"
noise = "symmetric:0.4"
seed = 0
model = "mlp:hidden=256"
optimizer = "adam"
learning-rate = 0.001
augment = "none"
batch-size = 128
epochs = 30
confidence = "superloss"
"#;

/// In what they differ.
const RUNS: [(&str, &str); 2] = [
    ("plain", "curriculum = 'none'"),
    ("superloss", "curriculum = 'superloss'"),
];

/// The images of the embedded data.
const IMAGES: SampleShape = SampleShape::Image {
    channels: 1,
    height: 28,
    width: 28,
};

#[derive(Serialize)]
struct Comparison {
    runs: BTreeMap<&'static str, Summary>,
    report: PathBuf,
    seconds: f64,
}

pub(crate) fn quickstart(arguments: &QuickstartArguments, printer: Printer) -> Result<Status> {
    let begun = Instant::now();
    let output = arguments.output.as_path();
    let report = output.join("report.html");
    refuse_taken(output)?;
    refuse_foreign(&report)?;
    let mut runs = BTreeMap::new();
    for (name, difference) in RUNS {
        printer.note(&format!("\n{name}"));
        match run(difference, (output, name), printer)? {
            Some(summary) => runs.insert(name, summary),
            None => return Ok(Status::Interrupted),
        };
    }
    let folders = RUNS.map(|(name, _)| RunFolder::open(&output.join(name)));
    let folders = folders.into_iter().collect::<std::result::Result<Vec<_>, _>>()?;
    write_page(&report, &folders, Pictures::OfTheirData, printer)?;
    let comparison = Comparison {
        runs,
        report,
        seconds: begun.elapsed().as_secs_f64(),
    };
    printer.result(&text(&comparison))?;
    printer.json(&comparison)?;
    Ok(Status::Done)
}

/// Refuses a folder that holds anything but an earlier quickstart, which is gone on with.
fn refuse_taken(output: &Path) -> Result<()> {
    let is_own = |entry: io::Result<DirEntry>| {
        entry.is_ok_and(|entry| {
            let name = entry.file_name();
            name == "report.html" || RUNS.iter().any(|(run, _)| name == *run)
        })
    };
    if fs::read_dir(output).is_ok_and(|mut entries| entries.all(is_own)) {
        return Ok(());
    }
    RunFolder::check_place(output).map_err(|error| match error {
        RunError::Exists { .. } => Complaint::new(
            error.to_string(),
            "name another folder with -o, or remove it first",
        )
        .into(),
        error => error.into(),
    })
}

/// One of the runs: begun, gone on with, or found complete.
fn run(difference: &str, (output, name): (&Path, &str), printer: Printer) -> Result<Option<Summary>> {
    let path = output.join(name);
    let settings: TrainSettings = toml::from_str(difference)?;
    let config = settings.over(toml::from_str(SHARED)?).resolve(IMAGES)?;
    if let Ok(folder) = RunFolder::open(&path)
        && folder.summary().is_file()
    {
        refuse_another(&folder, &config)?;
        printer.note("complete already");
        return Ok(Some(folder.read_json(&folder.summary())?));
    }
    training::use_threads(config.threads);
    let data = Prepared::new(Sources::open(&config)?, &config)?;
    let trainer = match RunFolder::open(&path) {
        Ok(folder) => Trainer::resume(config, data, folder)?,
        Err(_) => Trainer::begin(config, data, &path)?,
    };
    let resuming = format!("didact quickstart -o {}", shell_word(output));
    training::finish(trainer, &RunFolder::open(&path)?, &resuming, printer)
}

/// Refuses a complete run that is none of quickstart's.
fn refuse_another(folder: &RunFolder, config: &TrainConfig) -> Result<()> {
    let found: TrainConfig = folder.read_config()?;
    match found.first_difference(config) {
        None => Ok(()),
        Some((key, found, expected)) => {
            let what = format!(
                "{} is a run with {key} = {found}, not {expected}",
                folder.path().display()
            );
            Err(Complaint::new(what, "name another folder with -o, or remove it first").into())
        }
    }
}

/// How well each run does on clean labels, and how it treated clean and wrong ones.
fn text(comparison: &Comparison) -> String {
    let Comparison {
        runs,
        report,
        seconds,
    } = comparison;
    let heads = ["kept epoch", "last epoch", "clean", "wrong", "clean", "wrong"].map(str::to_owned);
    let mut rows = vec![
        String::new(),
        format!(
            "{:<12}{:>24}{:>20}{:>20}",
            "", "test accuracy", "weight", "fitted"
        ),
        row("", &heads),
    ];
    rows.extend(
        RUNS.iter()
            .filter_map(|(name, _)| Some(row(name, &cells(runs.get(name)?)))),
    );
    rows.extend([
        String::new(),
        "weight and fitted (share predicted as labelled) of training samples with clean and with wrong labels, last epoch"
            .to_owned(),
        format!("took    {seconds:.0} s"),
        format!("report  {}", report.display()),
        "next    didact train DATA -o runs/first".to_owned(),
    ]);
    lines(&rows)
}

fn cells(summary: &Summary) -> [String; 6] {
    let accuracy = |split: &Option<didact_run::SplitMetrics>| {
        split.map_or_else(String::new, |split| percent(split.accuracy))
    };
    let groups = summary.train.last;
    let group = |value: fn(didact_run::LabelGroups) -> String| groups.map_or_else(String::new, value);
    [
        accuracy(&summary.test),
        accuracy(&summary.test_last),
        group(|groups| format!("{:.2}", groups.clean.weight)),
        group(|groups| format!("{:.2}", groups.noisy.weight)),
        group(|groups| percent(groups.clean.fitted)),
        group(|groups| percent(groups.noisy.fitted)),
    ]
}

fn row(name: &str, [kept, last, rest @ ..]: &[String; 6]) -> String {
    let rest = rest.each_ref().map(|cell| format!("{cell:>10}")).concat();
    format!("{name:<12}{kept:>12}{last:>12}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(difference: &str) -> TrainConfig {
        let settings: TrainSettings = toml::from_str(difference).unwrap();
        settings
            .over(toml::from_str(SHARED).unwrap())
            .resolve(IMAGES)
            .unwrap()
    }

    #[test]
    fn the_runs_differ_in_the_curriculum_only() {
        let [plain, superloss] = RUNS.map(|(_, difference)| config(difference));
        assert_eq!(plain.first_difference(&superloss).unwrap().0, "curriculum");
        assert_eq!(
            TrainConfig {
                curriculum: superloss.curriculum.clone(),
                ..plain
            },
            superloss
        );
    }
}
