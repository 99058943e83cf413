//! The report of one run or several, with pictures where the data can be opened.

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use didact_data::{Dataset, MemoryBudget, OpenOptions};
use didact_report::{NoThumbnails, ReportedRun, Thumbnails, write_report};
use didact_run::RunFolder;
use didact_train::TrainConfig;

use super::printer::Printer;
use super::thumbnails::DatasetThumbnails;
use crate::arguments::bad_items;
use crate::error::{Complaint, Result};

/// Where the pictures of samples come from.
pub(crate) enum Pictures {
    /// Data that are open already.
    Of(Arc<Dataset>),
    /// The data that the runs' configurations name, if they can be opened.
    OfTheirData,
}

/// Refuses to replace anything but an older report.
pub(crate) fn refuse_foreign(page: &Path) -> Result<()> {
    let Ok(found) = fs::symlink_metadata(page) else {
        return Ok(());
    };
    let is_report = || fs::read(page).is_ok_and(|bytes| String::from_utf8_lossy(&bytes).contains(GENERATOR));
    if found.is_file() && is_report() {
        return Ok(());
    }
    let what = format!("{} exists already and is no report of didact's", page.display());
    Err(Complaint::new(what, "name another file with -o").into())
}

/// What every report says about itself.
const GENERATOR: &str = r#"<meta name="generator" content="didact "#;

/// Writes the page about these runs, and says so if it has no pictures.
pub(crate) fn write_page(
    path: &Path,
    folders: &[RunFolder],
    pictures: Pictures,
    printer: Printer,
) -> Result<()> {
    refuse_foreign(path)?;
    let runs = named(folders);
    let title = runs
        .iter()
        .map(|run| run.name.as_str())
        .collect::<Vec<_>>()
        .join(" against ");
    let data = match pictures {
        Pictures::Of(data) => Ok(data),
        Pictures::OfTheirData => shared_data(folders),
    };
    let thumbnails: Box<dyn Thumbnails> = match data {
        Ok(data) => Box::new(DatasetThumbnails::new(data)),
        Err(error) => {
            printer.note(&format!("the report has no pictures of samples: {error}"));
            Box::new(NoThumbnails)
        }
    };
    Ok(write_report(path, &title, &runs, thumbnails.as_ref())?)
}

/// Runs under the names of their folders, or under their whole paths where those are alike.
fn named(folders: &[RunFolder]) -> Vec<ReportedRun> {
    let short = |folder: &RunFolder| {
        let path = std::path::absolute(folder.path()).unwrap_or_else(|_| folder.path().to_owned());
        path.file_name().map_or_else(
            || path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        )
    };
    let different: HashSet<String> = folders.iter().map(short).collect();
    let is_unique = different.len() == folders.len();
    let name = |folder: &RunFolder| {
        if is_unique {
            short(folder)
        } else {
            folder.path().display().to_string()
        }
    };
    folders
        .iter()
        .map(|folder| ReportedRun {
            name: name(folder),
            folder: folder.clone(),
        })
        .collect()
}

/// The data that all runs share: ids of different data would be mixed up.
fn shared_data(folders: &[RunFolder]) -> Result<Arc<Dataset>> {
    let configs = folders
        .iter()
        .map(RunFolder::read_config)
        .collect::<std::result::Result<Vec<TrainConfig>, _>>()?;
    let [first, others @ ..] = configs.as_slice() else {
        anyhow::bail!("there are no runs")
    };
    anyhow::ensure!(
        others.iter().all(|other| other.data == first.data),
        "the runs have different data"
    );
    let options = OpenOptions {
        format: first.format,
        labels: first.labels.clone(),
        image_size: first.image_size,
        bad_items: bad_items(first.skip_bad),
        memory_budget: MemoryBudget(first.memory_budget.saturating_mul(1 << 20)),
        ..OpenOptions::default()
    };
    Ok(Arc::new(Dataset::open(&first.data, &options)?))
}
