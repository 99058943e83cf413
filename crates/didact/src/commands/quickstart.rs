//! `didact quickstart`: plain training against SuperLoss on embedded data.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use didact_data::SampleShape;
use didact_run::{RunError, RunFolder, Summary};
use didact_train::{Prepared, Sources, TrainError};
use serde::Serialize;

use crate::arguments::QuickstartArguments;
use crate::error::{Complaint, Result, Status};
use crate::page::write_page;
use crate::printer::Printer;
use crate::results::percent;
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

pub(crate) fn quickstart(arguments: &QuickstartArguments, printer: &Printer) -> Result<Status> {
    let begun = Instant::now();
    let output = arguments.output.as_path();
    refuse_taken(output)?;
    let mut runs = BTreeMap::new();
    for (name, difference) in RUNS {
        printer.note(&format!("\n{name}"));
        match run(difference, &output.join(name), printer)? {
            Some(summary) => runs.insert(name, summary),
            None => return Ok(Status::Interrupted),
        };
    }
    let folders = RUNS.map(|(name, _)| RunFolder::open(&output.join(name)));
    let report = output.join("report.html");
    write_page(
        &report,
        &folders.into_iter().collect::<std::result::Result<Vec<_>, _>>()?,
        printer,
    )?;
    let comparison = Comparison {
        runs,
        report,
        seconds: begun.elapsed().as_secs_f64(),
    };
    printer.result(&text(&comparison))?;
    printer.json(&comparison)?;
    Ok(Status::Done)
}

fn refuse_taken(output: &Path) -> Result<()> {
    training::refuse_taken(output).map_err(|_| {
        let what = RunError::Exists {
            path: output.to_owned(),
        }
        .to_string();
        Complaint::new(what, "name another folder with -o, or remove it first").into()
    })
}

fn run(difference: &str, path: &Path, printer: &Printer) -> Result<Option<Summary>> {
    let settings: TrainSettings = toml::from_str(difference)?;
    let config = settings.over(toml::from_str(SHARED)?).resolve(IMAGES)?;
    training::use_threads(config.threads);
    let data = Prepared::new(Sources::open(&config)?, &config)?;
    let trainer = training::begin(config, data, path)?;
    training::finish(
        trainer,
        &RunFolder::open(path).map_err(TrainError::from)?,
        printer,
    )
}

/// How well each run does on clean labels, and how it treated clean and wrong ones.
fn text(comparison: &Comparison) -> String {
    let heads = ["kept epoch", "last epoch", "clean", "wrong", "clean", "wrong"];
    let mut text = format!(
        "\n{:<12}{:>24}{:>20}{:>20}\n",
        "", "test accuracy", "weight", "fitted"
    );
    text += &row("", &heads.map(str::to_owned));
    for (name, _) in RUNS {
        text += &comparison
            .runs
            .get(name)
            .map_or_else(String::new, |summary| row(name, &cells(summary)));
    }
    let Comparison { report, seconds, .. } = comparison;
    text + "\nweight and fitted (share predicted as labelled) of training samples with clean and with wrong labels, last epoch\n"
        + &format!(
            "took    {seconds:.0} s\nreport  {}\nnext    didact train DATA -o runs/first\n",
            report.display()
        )
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
    let rest: String = rest.iter().map(|cell| format!("{cell:>10}")).collect();
    format!("{name:<12}{kept:>12}{last:>12}{rest}\n")
}
