//! Small cleanings, and what must be the same in two of them.

use std::fs;
use std::path::{Path, PathBuf};

use didact_clean::{CleanConfig, CleanError, Cleaning, CleaningData, Corrections, Stage, Watch};
use didact_data::{Dataset, OpenOptions};
use didact_run::{CleanSummary, CleanerEpoch};
use didact_train::{Interruption, Observer, Step};
use tempfile::TempDir;

/// Samples that are cleaned.
pub(crate) const SAMPLES: usize = 900;
/// Of these, the first so many are trusted.
pub(crate) const TRUSTED: usize = 300;

const TRAINING: &str = r#"
[training]
version = "test"
data = "embedded:fashion-mnist#0..900"
skip-bad = false
memory-budget = 64
noise = "pair:0.4"
noise-seed = 5
validation = "0.1"
normalize = { name = "measured" }
model = { name = "mlp", hidden = "32", dropout = 0.0 }
loss = { name = "cross-entropy" }
label-smoothing = 0.0
curriculum = { name = "none" }
confidence = { name = "superloss" }
optimizer = { name = "adam" }
learning-rate = 0.003
schedule = { name = "constant" }
weight-decay = 0.0
augment = "none"
epochs = 4
batch-size = 32
select = "best"
select-metric = "accuracy"
seed = 3
threads = 2
device = "cpu"
"#;

/// A folder with a file of trusted labels.
pub(crate) struct Workplace {
    folder: TempDir,
}

impl Workplace {
    /// Trusted labels of the first samples, as they are.
    pub(crate) fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        place.trust(&true_labels()[..TRUSTED]);
        place
    }

    /// Trusts these labels of the first samples.
    pub(crate) fn trust(&self, labels: &[String]) {
        fs::write(self.path("trusted.txt"), labels.join("\n") + "\n").unwrap();
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The configuration with these settings of cleaning, in TOML; the trusted samples in order.
    pub(crate) fn config(&self, settings: &str) -> CleanConfig {
        let defaults = [
            (
                "trusted-split",
                r#"{ name = "in-order", fit = 200, select = 50 }"#,
            ),
            ("cleaner", r#"{ name = "posterior" }"#),
            ("corrected-labels", r#""hard""#),
            ("sure", "0.5"),
            ("uncertain", r#""weigh""#),
            ("rounds", "1"),
            ("retrain", r#"[{ name = "scratch" }]"#),
        ];
        let is_said = |key: &str| settings.lines().any(|line| line.starts_with(&format!("{key} =")));
        let unsaid = defaults.iter().filter(|(key, _)| !is_said(key));
        let unsaid: Vec<String> = unsaid.map(|(key, value)| format!("{key} = {value}")).collect();
        let unsaid = unsaid.join("\n");
        let trusted = format!("trusted = \"{}\"\n", self.path("trusted.txt").display());
        toml::from_str(&format!("{unsaid}\n{settings}\n{TRAINING}{trusted}")).unwrap()
    }

    /// A cleaning in a new folder, that has not begun.
    pub(crate) fn begin(&self, config: &CleanConfig, name: &str) -> Result<Cleaning, CleanError> {
        let data = CleaningData::open(config)?;
        Cleaning::begin(config.clone(), data, &self.path(name))
    }

    /// A whole cleaning in a new folder.
    pub(crate) fn clean(&self, config: &CleanConfig, name: &str) -> Result<CleanSummary, CleanError> {
        self.begin(config, name)?
            .run(&mut Quiet::default(), &Interruption::none())
    }
}

/// The true label of each sample, by name.
pub(crate) fn true_labels() -> Vec<String> {
    let data = Dataset::open(
        Path::new("embedded:fashion-mnist#0..900"),
        &OpenOptions::default(),
    )
    .unwrap();
    let labels = data.given_labels().iter().flatten();
    labels
        .map(|&label| data.class_names()[label as usize].clone())
        .collect()
}

/// Hears everything and says nothing; asks to stop after so many steps of training, or when a stage begins.
#[derive(Default)]
pub(crate) struct Quiet<'a> {
    pub(crate) stop_after: Option<(usize, &'a Interruption)>,
    pub(crate) stop_at: Option<(Stage, &'a Interruption)>,
    /// Asks to stop only after so many epochs of the label cleaner of that stage.
    pub(crate) cleaner_epochs: usize,
    /// The stage that has begun.
    pub(crate) begun: Option<Stage>,
    /// The epochs of label cleaners that were heard of, in their order.
    pub(crate) heard: Vec<u32>,
}

impl Watch for Quiet<'_> {
    fn begun(&mut self, stage: &Stage) {
        self.begun = Some(*stage);
        if let Some((wanted, interruption)) = &self.stop_at
            && wanted == stage
            && self.cleaner_epochs == 0
        {
            interruption.ask();
        }
    }

    fn observer(&mut self) -> &mut dyn Observer {
        self
    }

    fn cleaner_epoch_done(&mut self, done: CleanerEpoch, most: u32) {
        assert!((1..=most).contains(&done.epoch));
        self.heard.push(done.epoch);
        if let Some((Stage::Cleaner { round }, interruption)) = &self.stop_at
            && self.begun == Some(Stage::Cleaner { round: *round })
            && self.cleaner_epochs > 0
        {
            self.cleaner_epochs -= 1;
            if self.cleaner_epochs == 0 {
                interruption.ask();
            }
        }
    }

    fn corrected(&mut self, _round: u32, _corrections: &Corrections, _changed: Option<usize>) {}
}

impl Observer for Quiet<'_> {
    fn stepped(&mut self, _step: Step) {
        if let Some((steps, interruption)) = &mut self.stop_after {
            *steps -= 1;
            if *steps == 0 {
                interruption.ask();
            }
        }
    }
}

/// Rows of a CSV file, without its head.
pub(crate) fn rows(path: &Path) -> Vec<String> {
    fs::read_to_string(path)
        .unwrap()
        .lines()
        .skip(1)
        .map(str::to_owned)
        .collect()
}

/// Fails naming the first of some files that differs.
pub(crate) fn assert_same(left: &Path, right: &Path, files: &[&str]) {
    for file in files {
        let (left, right) = (
            fs::read(left.join(file)).unwrap(),
            fs::read(right.join(file)).unwrap(),
        );
        assert!(left == right, "{file} differs");
    }
}
