//! `didact bench kernels`: how fast each convolution of a network is, in each direction.

use didact_train::{ConvolutionShape, ConvolutionTrial, DeviceChoice, Direction};
use serde::Serialize;

use crate::arguments::BenchKernelsArguments;
use crate::benchmark::{Machine, Network, asked_or_all, median, peak_gflops};
use crate::error::{Result, Status};
use crate::output::{Printer, aligned, counted, lines, percent};
use crate::training;

/// Runs before those that are timed.
const WARM_UP: usize = 2;

#[derive(Serialize)]
struct KernelsResult {
    layers: Vec<Layer>,
    precision: &'static str,
    threads: usize,
    batch_size: usize,
    peak_gflops: f64,
    machine: Machine,
}

#[derive(Serialize)]
struct Layer {
    network: &'static str,
    side: usize,
    inputs: usize,
    outputs: usize,
    kernel: usize,
    stride: usize,
    padding: usize,
    forward: Speed,
    /// None for the layer that sees the images.
    data_gradient: Option<Speed>,
    weight_gradient: Speed,
}

#[derive(Clone, Copy, Serialize)]
struct Speed {
    ms: f64,
    gflops: f64,
    share_of_peak: f64,
}

pub(crate) fn bench_kernels(arguments: &BenchKernelsArguments, printer: Printer) -> Result<Status> {
    let processor = &arguments.processor;
    training::use_threads(processor.threads());
    let bench = Bench {
        arguments,
        peak: peak_gflops(processor.threads(), processor.precision),
    };
    let mut layers = Vec::new();
    for network in asked_or_all(&arguments.network) {
        for (position, shape) in network.convolutions().into_iter().enumerate() {
            let layer = bench.layer(network, shape, Place::of(position))?;
            printer.note(&format!("{} {}", network.code(), spelt(&layer)));
            layers.push(layer);
        }
    }
    let result = KernelsResult {
        layers,
        precision: processor.precision_name(),
        threads: processor.threads().get(),
        batch_size: arguments.batch_size.get(),
        peak_gflops: bench.peak,
        machine: Machine::this(),
    };
    printer.result(&text(&result))?;
    printer.json(&result)?;
    Ok(Status::Done)
}

/// Where a layer is in its network.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It sees the images, whose gradient nobody needs.
    First,
    Later,
}

impl Place {
    fn of(position: usize) -> Self {
        if position == 0 { Self::First } else { Self::Later }
    }
}

/// How a layer is measured.
struct Bench<'a> {
    arguments: &'a BenchKernelsArguments,
    peak: f64,
}

impl Bench<'_> {
    fn layer(&self, network: Network, shape: ConvolutionShape, place: Place) -> Result<Layer> {
        let (batch_size, precision) = (
            self.arguments.batch_size.get(),
            self.arguments.processor.precision,
        );
        let trial = ConvolutionTrial::new(shape, batch_size, precision, &DeviceChoice::Cpu.open()?);
        let operations = 2.0 * batch_size as f64 * shape.multiply_adds() as f64;
        let speed = |direction| self.speed(&trial, direction, operations);
        let ConvolutionShape {
            side,
            inputs,
            outputs,
            kernel,
            stride,
            padding,
        } = shape;
        Ok(Layer {
            network: network.code(),
            side,
            inputs,
            outputs,
            kernel,
            stride,
            padding,
            forward: speed(Direction::Forward),
            data_gradient: (place == Place::Later).then(|| speed(Direction::DataGradient)),
            weight_gradient: speed(Direction::WeightGradient),
        })
    }

    fn speed(&self, trial: &ConvolutionTrial, direction: Direction, operations: f64) -> Speed {
        let runs = WARM_UP + self.arguments.repetitions.get();
        let times: Vec<f64> = (0..runs)
            .map(|_| trial.run(direction).as_secs_f64() * 1e3)
            .collect();
        let ms = median(&times[WARM_UP..]);
        let gflops = operations / ms / 1e6;
        Speed {
            ms,
            gflops,
            share_of_peak: gflops / self.peak,
        }
    }
}

fn text(result: &KernelsResult) -> String {
    let KernelsResult {
        layers,
        precision,
        threads,
        batch_size,
        ..
    } = result;
    let head = format!(
        "convolutions of {batch_size} images, {precision}, {}",
        counted(*threads, "thread")
    );
    let mut table = vec![
        ["layer", "direction", "ms", "GFLOP/s", "of peak"]
            .map(str::to_owned)
            .to_vec(),
    ];
    table.extend(layers.iter().flat_map(layer_rows));
    let mut rows = vec![String::new(), head, String::new()];
    rows.extend(aligned(&table));
    lines(&rows)
}

fn layer_rows(layer: &Layer) -> Vec<Vec<String>> {
    let directions = [
        ("forward", Some(layer.forward)),
        ("data gradient", layer.data_gradient),
        ("weight gradient", Some(layer.weight_gradient)),
    ];
    let row = |(direction, speed): (&str, Option<Speed>)| {
        let Speed {
            ms,
            gflops,
            share_of_peak,
        } = speed?;
        let name = format!("{} {}", layer.network, spelt(layer));
        let share = percent(share_of_peak);
        Some(vec![
            name,
            direction.to_owned(),
            format!("{ms:.3}"),
            format!("{gflops:.0}"),
            share,
        ])
    };
    directions.into_iter().filter_map(row).collect()
}

/// As in `16 to 32, 3x3, stride 2, on 32x32`.
fn spelt(layer: &Layer) -> String {
    let Layer {
        side,
        inputs,
        outputs,
        kernel,
        stride,
        ..
    } = layer;
    let stride = if *stride == 1 {
        String::new()
    } else {
        format!(", stride {stride}")
    };
    format!("{inputs} to {outputs}, {kernel}x{kernel}{stride}, on {side}x{side}")
}
