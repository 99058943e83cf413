//! `didact bench step`: how long one training step takes, beside PyTorch if asked.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::arguments::{BenchStepArguments, Peer};
use crate::benchmark::{Machine, Measured, Network, PeerVersions, Side, asked_or_all, median, peak_gflops};
use crate::error::{Result, Status};
use crate::output::{Printer, aligned, counted, lines, percent};

#[derive(Serialize)]
struct Comparison {
    networks: BTreeMap<&'static str, NetworkResult>,
    precision: &'static str,
    threads: usize,
    batch_size: usize,
    steps: usize,
    warm_up: usize,
    rounds: usize,
    peak_gflops: f64,
    machine: Machine,
    version: &'static str,
    peer: Option<PeerVersions>,
}

/// Medians over the rounds.
#[derive(Serialize)]
struct NetworkResult {
    model: &'static str,
    didact_ms: f64,
    peer_ms: Option<f64>,
    ratio: Option<f64>,
    didact_rss_bytes: u64,
    peer_rss_bytes: Option<u64>,
    gflops: f64,
    share_of_peak: f64,
    images_per_second: f64,
    didact_rounds: Vec<Measured>,
    peer_rounds: Vec<Measured>,
}

pub(crate) fn bench_step(arguments: &BenchStepArguments, printer: Printer) -> Result<Status> {
    let sides = Sides::of(arguments)?;
    let (step, processor) = (&arguments.step, &arguments.step.processor);
    let peer = sides.peer.as_ref().map(Side::versions).transpose()?;
    let peak_gflops = peak_gflops(processor.threads(), processor.precision);
    let mut networks = BTreeMap::new();
    for network in asked_or_all(&arguments.network) {
        let rounds = sides.rounds(network, arguments, printer)?;
        networks.insert(
            network.code(),
            result(network, rounds, (step.batch_size.get(), peak_gflops)),
        );
    }
    let comparison = Comparison {
        networks,
        precision: processor.precision_name(),
        threads: processor.threads().get(),
        batch_size: step.batch_size.get(),
        steps: step.steps.get(),
        warm_up: step.warm_up,
        rounds: arguments.rounds.get(),
        peak_gflops,
        machine: Machine::this(),
        version: env!("CARGO_PKG_VERSION"),
        peer,
    };
    printer.result(&text(&comparison))?;
    printer.json(&comparison)?;
    Ok(Status::Done)
}

/// Both sides; the peer if one was asked for.
struct Sides {
    didact: Side,
    peer: Option<Side>,
}

/// What each process of both sides measured.
struct Rounds {
    didact: Vec<Measured>,
    peer: Vec<Measured>,
}

impl Sides {
    fn of(arguments: &BenchStepArguments) -> Result<Self> {
        let peer = arguments
            .against
            .map(|Peer::Torch| Side::torch(&arguments.python));
        Ok(Self {
            didact: Side::didact()?,
            peer,
        })
    }

    /// Both sides in turn, so that what slows the machine down for a while slows down both.
    fn rounds(&self, network: Network, arguments: &BenchStepArguments, printer: Printer) -> Result<Rounds> {
        let words = arguments.step.words(network);
        let mut rounds = Rounds {
            didact: Vec::new(),
            peer: Vec::new(),
        };
        for round in 1..=arguments.rounds.get() {
            let didact = self.didact.measure(&words)?;
            let peer = self.peer.as_ref().map(|peer| peer.measure(&words)).transpose()?;
            let beside = peer.map_or_else(String::new, |peer| format!(", torch {:.1} ms", peer.median_ms));
            let code = network.code();
            printer.note(&format!(
                "{code} round {round}: didact {:.1} ms{beside}",
                didact.median_ms
            ));
            rounds.didact.push(didact);
            rounds.peer.extend(peer);
        }
        Ok(rounds)
    }
}

fn result(network: Network, rounds: Rounds, (batch_size, peak): (usize, f64)) -> NetworkResult {
    let Rounds { didact, peer } = rounds;
    let middle = |side: &[Measured], value: fn(&Measured) -> f64| {
        (!side.is_empty()).then(|| median(&side.iter().map(value).collect::<Vec<_>>()))
    };
    let milliseconds = |measured: &Measured| measured.median_ms;
    let memory = |measured: &Measured| measured.peak_rss_bytes as f64;
    let didact_ms = middle(&didact, milliseconds).unwrap_or(f64::NAN);
    let peer_ms = middle(&peer, milliseconds);
    let gflops = network.operations_of_step(batch_size) / didact_ms / 1e6;
    NetworkResult {
        model: network.name(),
        didact_ms,
        peer_ms,
        ratio: peer_ms.map(|peer_ms| peer_ms / didact_ms),
        didact_rss_bytes: middle(&didact, memory).unwrap_or_default() as u64,
        peer_rss_bytes: middle(&peer, memory).map(|bytes| bytes as u64),
        gflops,
        share_of_peak: gflops / peak,
        images_per_second: batch_size as f64 / didact_ms * 1e3,
        didact_rounds: didact,
        peer_rounds: peer,
    }
}

fn text(comparison: &Comparison) -> String {
    let Comparison {
        networks,
        precision,
        threads,
        batch_size,
        rounds,
        peer,
        ..
    } = comparison;
    let versions = peer
        .as_ref()
        .map_or_else(String::new, |peer| format!("; torch {}", peer.torch));
    let head = format!(
        "one step of {batch_size} images, {precision}, {}, medians of {}{versions}",
        counted(*threads, "thread"),
        counted(*rounds, "round"),
    );
    let heads = [
        "network",
        "didact ms",
        "torch ms",
        "ratio",
        "didact MB",
        "torch MB",
        "images/s",
        "GFLOP/s",
        "of peak",
    ];
    let mut table = vec![heads.map(str::to_owned).to_vec()];
    table.extend(networks.iter().map(|(code, result)| row(code, result)));
    let mut rows = vec![String::new(), head, String::new()];
    rows.extend(aligned(&table));
    rows.extend(fastest_and_slowest(networks));
    lines(&rows)
}

fn row(code: &str, result: &NetworkResult) -> Vec<String> {
    let or_dash = |cell: Option<String>| cell.unwrap_or_else(|| "-".to_owned());
    let megabytes = |bytes: u64| format!("{:.0}", bytes as f64 / 1e6);
    vec![
        format!("{code} {}", result.model),
        format!("{:.1}", result.didact_ms),
        or_dash(result.peer_ms.map(|milliseconds| format!("{milliseconds:.1}"))),
        or_dash(result.ratio.map(|ratio| format!("{ratio:.2}"))),
        megabytes(result.didact_rss_bytes),
        or_dash(result.peer_rss_bytes.map(megabytes)),
        format!("{:.0}", result.images_per_second),
        format!("{:.0}", result.gflops),
        percent(result.share_of_peak),
    ]
}

/// How far the rounds lie apart: more than a few per cent means that the machine was not idle.
fn fastest_and_slowest(networks: &BTreeMap<&'static str, NetworkResult>) -> Vec<String> {
    let range = |name: &str, rounds: &[Measured]| {
        let times = rounds.iter().map(|round| round.median_ms);
        let (least, most) = (
            times.clone().fold(f64::INFINITY, f64::min),
            times.fold(0.0, f64::max),
        );
        (!rounds.is_empty()).then(|| format!("{name} {least:.1} to {most:.1} ms"))
    };
    let row = |(code, result): (&&str, &NetworkResult)| {
        let sides = [
            range("didact", &result.didact_rounds),
            range("torch", &result.peer_rounds),
        ];
        format!(
            "{code} rounds: {}",
            sides.into_iter().flatten().collect::<Vec<_>>().join(", ")
        )
    };
    [String::new()]
        .into_iter()
        .chain(networks.iter().map(row))
        .collect()
}
