//! `didact bench loader`: how many images a second the loader makes, with nobody training.

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::Instant;

use clap::ValueEnum;
use didact_data::{Dataset, Loader, LoaderConfig, Normalization, shuffled};
use serde::Serialize;

use crate::arguments::{BenchLoaderArguments, LoaderAugmentation};
use crate::benchmark::{Machine, median, synthetic};
use crate::error::{Result, Status};
use crate::output::{Printer, aligned, counted, lines};

const BATCH_SIZE: NonZeroUsize = NonZeroUsize::new(128).unwrap();
const NUM_CLASSES: usize = 10;

#[derive(Serialize)]
struct LoaderResult {
    images_per_second: Vec<Rate>,
    workers: usize,
    samples: u32,
    rounds: u32,
    machine: Machine,
}

#[derive(Serialize)]
struct Rate {
    augment: &'static str,
    images_per_second: f64,
    slowest: f64,
    fastest: f64,
}

pub(crate) fn bench_loader(arguments: &BenchLoaderArguments, printer: Printer) -> Result<Status> {
    let dataset = Arc::new(synthetic(0, arguments.samples.get(), NUM_CLASSES)?);
    let rows: Vec<u32> = (0..arguments.samples.get()).collect();
    let normalization = Normalization::measured(&dataset, &rows)?;
    let asked = if arguments.augment.is_empty() {
        LoaderAugmentation::value_variants()
    } else {
        &arguments.augment
    };
    let mut rates = Vec::new();
    for &augment in asked {
        let config = LoaderConfig {
            batch_size: BATCH_SIZE,
            normalization: normalization.clone(),
            augmentation: augment.augmentation()?,
            seed: 0,
            epoch: 0,
            first_batch: 0,
            workers: arguments.workers,
        };
        printer.note(&format!("{}: {} images", augment.name(), arguments.samples));
        rates.push(rate(augment, &dataset, (config, arguments.rounds.get()))?);
    }
    let result = LoaderResult {
        images_per_second: rates,
        workers: arguments.workers.get(),
        samples: arguments.samples.get(),
        rounds: arguments.rounds.get(),
        machine: Machine::this(),
    };
    printer.result(&text(&result))?;
    printer.json(&result)?;
    Ok(Status::Done)
}

/// Loads an epoch a round, each in another order and changed otherwise; starting and ending the workers counts.
fn rate(
    augment: LoaderAugmentation,
    dataset: &Arc<Dataset>,
    (config, rounds): (LoaderConfig, u32),
) -> Result<Rate> {
    let rows: Vec<u32> = (0..dataset.len() as u32).collect();
    let mut rates = Vec::new();
    for epoch in 0..rounds {
        let order = shuffled(&rows, config.seed, epoch);
        let begun = Instant::now();
        for batch in Loader::new(
            Arc::clone(dataset),
            order,
            LoaderConfig {
                epoch,
                ..config.clone()
            },
        )? {
            black_box(batch?);
        }
        rates.push(rows.len() as f64 / begun.elapsed().as_secs_f64());
    }
    Ok(Rate {
        augment: augment.name(),
        images_per_second: median(&rates),
        slowest: rates.iter().copied().fold(f64::INFINITY, f64::min),
        fastest: rates.iter().copied().fold(0.0, f64::max),
    })
}

fn text(result: &LoaderResult) -> String {
    let mut table = vec![
        ["augment", "images/s", "slowest", "fastest"]
            .map(str::to_owned)
            .to_vec(),
    ];
    table.extend(result.images_per_second.iter().map(|rate| {
        let Rate {
            augment,
            images_per_second,
            slowest,
            fastest,
        } = rate;
        let figures = [images_per_second, slowest, fastest].map(|rate| format!("{rate:.0}"));
        [(*augment).to_owned()].into_iter().chain(figures).collect()
    }));
    let workers = counted(result.workers, "worker");
    let rounds = counted(result.rounds as usize, "epoch");
    let head = format!(
        "the loader alone, {workers}, median of {rounds} of {} images",
        result.samples
    );
    let mut rows = vec![String::new(), head, String::new()];
    rows.extend(aligned(&table));
    lines(&rows)
}
