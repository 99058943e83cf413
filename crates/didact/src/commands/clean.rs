//! `didact clean`: labels corrected with a trusted few, and a model on them.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use didact_clean::{CleanError, Cleaning, CleaningData, Corrections, Stage, Watch};
use didact_data::SampleShape;
use didact_run::{CleanSummary, CleanerEpoch, CleaningFolder};
use didact_train::{Interruption, Observer, TrainConfig};

use crate::arguments::CleanArguments;
use crate::error::{Result, Status};
use crate::interruption::on_ctrl_c;
use crate::output::{
    CleanerProgress, Printer, Progress, clean_table, counted, lines, shell_word, tell_engine,
    write_clean_page,
};
use crate::settings::CleanSettings;
use crate::training;

/// What settings are resolved with before the data is open: opening it needs neither network nor augmentation.
const NOT_YET_KNOWN: SampleShape = SampleShape::Features { count: 1 };

pub(crate) fn clean(arguments: CleanArguments, printer: Printer) -> Result<Status> {
    let CleanArguments {
        settings,
        output,
        resume,
        config,
        verbose: _,
        json: _,
    } = arguments;
    settings.check()?;
    let file = config
        .as_deref()
        .map(CleanSettings::read)
        .transpose()?
        .unwrap_or_default();
    let settings = settings.over(file);
    let cleaning = if resume {
        go_on(settings, &output, printer)?
    } else {
        begin(&settings, &output, printer)?
    };
    printer.note(&described(cleaning.data()));
    let missing = cleaning.data().classes_without_fit();
    if !missing.is_empty() {
        let classes = missing.join(", ");
        printer.note(&format!(
            "warning: no trusted sample that fits is of class {classes}, so nothing is learnt of its labels"
        ));
    }
    let interruption = on_ctrl_c(printer)?;
    let summary = match run(&cleaning, printer, interruption) {
        Ok(summary) => summary,
        Err(CleanError::Interrupted) => {
            printer.note(&format!("stopped; go on with: {}", resuming(&output)));
            return Ok(Status::Interrupted);
        }
        Err(error) => return Err(error.into()),
    };
    let folder = CleaningFolder::open(&output)?;
    if let Err(error) = write_clean_page(
        &folder,
        &folder.report(),
        &summary,
        Arc::clone(&cleaning.data().dataset),
    ) {
        printer.warning("there is no report", &error);
    }
    conclude(&folder, &summary, cleaning.data().dataset.source_shape(), printer)
}

fn begin(settings: &CleanSettings, output: &Path, printer: Printer) -> Result<Cleaning> {
    let opening = settings.resolve(NOT_YET_KNOWN)?;
    set_up(&opening.training, printer)?;
    let sources = CleaningData::sources(&opening)?;
    let config = settings.resolve(sources.data.shape())?;
    let data = CleaningData::new(sources, &config)?;
    Ok(Cleaning::begin(config, data, output)?)
}

fn go_on(settings: CleanSettings, output: &Path, printer: Printer) -> Result<Cleaning> {
    let folder = CleaningFolder::open(output)?;
    let stored = CleanSettings::read(&folder.config())?;
    let begun = stored.resolve(NOT_YET_KNOWN)?;
    let config = settings.over(stored).resolve(NOT_YET_KNOWN)?;
    set_up(&config.training, printer)?;
    Ok(Cleaning::resume(config, &begun, folder)?)
}

/// Finds the device, and sets the threads to work on.
fn set_up(config: &TrainConfig, printer: Printer) -> Result<()> {
    config.device.open()?;
    training::use_threads(config.threads);
    tell_engine(config.device, printer);
    Ok(())
}

fn run(
    cleaning: &Cleaning,
    printer: Printer,
    interruption: &Interruption,
) -> std::result::Result<CleanSummary, CleanError> {
    let mut watcher = Watcher {
        printer,
        stage_begun: Instant::now(),
        progress: None,
        cleaner_progress: None,
    };
    cleaning.run(&mut watcher, interruption)
}

/// The command that goes on with a cleaning.
fn resuming(output: &Path) -> String {
    format!("didact clean --resume -o {}", shell_word(output))
}

/// Tells of stages, and shows a bar while a model or a cleaner learns.
struct Watcher {
    printer: Printer,
    stage_begun: Instant,
    progress: Option<Progress>,
    cleaner_progress: Option<CleanerProgress>,
}

impl Watch for Watcher {
    fn begun(&mut self, stage: &Stage) {
        self.progress = None;
        self.cleaner_progress = None;
        self.stage_begun = Instant::now();
        self.printer.note(&format!("\n{stage}"));
    }

    fn observer(&mut self) -> &mut dyn Observer {
        self.progress.insert(Progress::new(self.printer))
    }

    fn cleaner_epoch_done(&mut self, done: CleanerEpoch, most: u32) {
        let (printer, begun) = (self.printer, self.stage_begun);
        self.cleaner_progress
            .get_or_insert_with(|| CleanerProgress::new(printer, begun))
            .epoch_done(done, most);
    }

    fn corrected(&mut self, round: u32, corrections: &Corrections, changed: Option<usize>) {
        self.cleaner_progress = None;
        let untrusted = counted(corrections.num_untrusted(), "label");
        let since = changed.map_or_else(String::new, |changed| {
            format!(
                ", {} changed since round {}",
                counted(changed, "label"),
                round - 1
            )
        });
        self.printer.note(&format!(
            "round {round}: {} of {untrusted} corrected, {} left out{since}",
            corrections.num_corrected(),
            corrections.num_left_out(),
        ));
    }
}

fn conclude(
    folder: &CleaningFolder,
    summary: &CleanSummary,
    samples: SampleShape,
    printer: Printer,
) -> Result<Status> {
    let shown = shell_word(folder.path());
    let mut rows = vec![
        String::new(),
        format!("labels  {}", folder.corrected().display()),
        format!(
            "model   {} (from {})",
            folder.model().display(),
            summary.delivered
        ),
    ];
    if folder.report().is_file() {
        rows.push(format!("report  {}", folder.report().display()));
    }
    rows.push(match samples {
        SampleShape::Image { .. } => {
            format!("next    didact predict {shown} FILE..., or didact evaluate {shown} DATA")
        }
        SampleShape::Features { .. } => format!("next    didact evaluate {shown} DATA"),
    });
    printer.result(&(clean_table(summary) + &lines(&rows)))?;
    printer.json(summary)?;
    Ok(Status::Done)
}

/// What the data of a cleaning are, in a few words.
fn described(data: &CleaningData) -> String {
    let (samples, shape, classes) = (
        data.dataset.len(),
        data.dataset.shape(),
        data.dataset.num_classes(),
    );
    let reporting = data
        .test
        .as_ref()
        .map_or(data.report.len(), didact_train::Part::len);
    let trusted = match data.fit.len() {
        0 => format!("no label is trusted, {} samples select", data.select.len()),
        fit => format!("trusted: {fit} fit the cleaner, {} select", data.selecting.len()),
    };
    format!(
        "data: {samples} samples of {shape}, {classes} classes, {}; {} to be corrected; {trusted}, {reporting} report",
        data.dataset.format(),
        data.worked.len(),
    )
}
