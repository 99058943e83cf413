//! `didact noise inject`: labels made wrong on purpose.

use std::fs;
use std::path::PathBuf;

use didact_labels::{InjectedNoise, NoiseInput, NoiseRate};
use didact_random::sample_key;
use didact_run::write_rows;
use serde::Serialize;

use crate::arguments::NoiseInjectArguments;
use crate::error::{Complaint, Result, Status};
use crate::input::LabelList;
use crate::output::{Printer, percent};

#[derive(Serialize)]
struct Injected {
    file: PathBuf,
    samples: usize,
    kind: String,
    asked: Option<f64>,
    realised: f64,
    seed: u64,
    class_names: Vec<String>,
    /// Share of each true class (row) that is given as each class (column).
    transition_matrix: Vec<Vec<f64>>,
}

pub(crate) fn noise_inject(arguments: &NoiseInjectArguments, printer: Printer) -> Result<Status> {
    let NoiseInjectArguments {
        labels,
        noise,
        seed,
        classes,
        output,
        json: _,
    } = arguments;
    if fs::symlink_metadata(output).is_ok() {
        let what = format!("{} exists already", output.display());
        return Err(Complaint::new(what, "name another file with -o, or remove it first").into());
    }
    let list = LabelList::read(labels)?;
    let class_names = list.classes(classes.as_deref());
    let true_labels = list.numbered(&class_names)?;
    let sample_keys: Vec<u64> = list.ids.iter().map(|id| sample_key(id)).collect();
    let noisy = noise.inject(&NoiseInput {
        true_labels: &true_labels,
        sample_keys: &sample_keys,
        num_classes: class_names.len(),
        class_names: &class_names,
        seed: *seed,
    })?;
    write(arguments, &list, &noisy, &class_names)?;
    let (samples, realised) = (true_labels.len(), noisy.realised_rate);
    printer.result(&format!(
        "wrote {samples} labels to {}, {} of them wrong\n",
        output.display(),
        percent(realised)
    ))?;
    printer.json(&Injected {
        file: output.clone(),
        samples,
        kind: noise.to_string(),
        asked: noise.asked_rate().map(NoiseRate::value),
        realised,
        seed: *seed,
        transition_matrix: (0..class_names.len())
            .map(|class| noisy.transition.row(class).to_vec())
            .collect(),
        class_names,
    })?;
    Ok(Status::Done)
}

fn write(
    arguments: &NoiseInjectArguments,
    list: &LabelList,
    noisy: &InjectedNoise,
    names: &[String],
) -> Result<()> {
    let header = ["id", "given_label", "true_label"].map(str::to_owned);
    let given = noisy
        .given_labels
        .iter()
        .map(|&label| names[label as usize].clone());
    let rows = list.ids.iter().zip(given).zip(&list.labels);
    let rows = rows.map(|((id, given), truth)| [id.clone(), given, truth.text.clone()]);
    Ok(write_rows(&arguments.output, &header, rows)?)
}
