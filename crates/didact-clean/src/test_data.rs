//! A small table to clean, for tests.

use std::fs;
use std::path::Path;

use crate::cleaning_data::CleaningData;
use crate::config::CleanConfig;

const SETTINGS: &str = r#"
trusted-split = { name = "in-order", fit = 10, select = 5 }
cleaner = { name = "posterior" }
corrected-labels = "hard"
sure = 0.5
uncertain = "weigh"
rounds = 1
retrain = [{ name = "scratch" }]

[training]
version = "test"
data = "FOLDER/table.csv"
trusted = "FOLDER/trusted.txt"
skip-bad = false
memory-budget = 64
noise-seed = 0
validation = "0.1"
normalize = { name = "measured" }
model = { name = "logistic" }
loss = { name = "cross-entropy" }
label-smoothing = 0.0
curriculum = { name = "none" }
confidence = { name = "superloss" }
optimizer = { name = "adam" }
learning-rate = 0.01
schedule = { name = "constant" }
weight-decay = 0.0
augment = "none"
epochs = 1
batch-size = 8
select = "best"
select-metric = "accuracy"
seed = 0
threads = 1
device = "cpu"
"#;

/// 40 rows of two classes, of which 20 are trusted: 10 fit, 5 select, 5 report.
pub(crate) fn small_cleaning(folder: &Path) -> (CleanConfig, CleaningData) {
    let row = |row: u32| format!("{row},{},class-{}", row * 7 % 5, row % 2);
    let head = "one,two,label".to_owned();
    let rows: Vec<String> = std::iter::once(head).chain((0..40).map(row)).collect();
    fs::write(folder.join("table.csv"), rows.join("\n")).unwrap();
    let trusted: Vec<String> = (0..20).map(|row| format!("class-{}", row % 2)).collect();
    fs::write(folder.join("trusted.txt"), trusted.join("\n")).unwrap();
    let config: CleanConfig =
        toml::from_str(&SETTINGS.replace("FOLDER", &folder.display().to_string())).unwrap();
    let data = CleaningData::open(&config).unwrap();
    (config, data)
}
