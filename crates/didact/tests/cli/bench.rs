//! Measurements, as small as they get: that they are told, not how they come out.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Outcome, Workplace};

fn help(command: &str) -> String {
    let outcome = Workplace::new().didact(&format!("bench {command} --help"));
    assert_eq!((outcome.code, outcome.stderr.as_str()), (0, ""));
    outcome.stdout
}

fn bench(arguments: &str) -> Outcome {
    Workplace::new().didact(&format!("bench {arguments}"))
}

fn is_positive(value: &Value) -> bool {
    value.as_f64().is_some_and(|number| number > 0.0)
}

#[test]
fn bench_lists_what_is_measured() {
    assert_snapshot!(help(""), @"");
}

#[test]
fn bench_step_explains_itself() {
    assert_snapshot!(help("step"), @"");
}

#[test]
fn bench_epoch_explains_itself() {
    assert_snapshot!(help("epoch"), @"");
}

#[test]
fn bench_loader_explains_itself() {
    assert_snapshot!(help("loader"), @"");
}

#[test]
fn bench_kernels_explains_itself() {
    assert_snapshot!(help("kernels"), @"");
}

#[test]
fn a_step_is_measured_in_processes_of_its_own() {
    let result =
        bench("step --network big-lenet --batch-size 2 --steps 1 --warm-up 0 --rounds 2 --threads 1 --json")
            .json();
    let network = &result["networks"]["N1"];
    for key in ["didact_ms", "didact_rss_bytes", "gflops", "images_per_second"] {
        assert!(is_positive(&network[key]), "{key}: {network}");
    }
    for key in ["peer_ms", "ratio", "peer_rss_bytes"] {
        assert!(network[key].is_null(), "{key}: {network}");
    }
    let rounds = network["didact_rounds"].as_array().unwrap();
    assert_eq!(rounds.len(), 2);
    // The loss of a network that knows nothing is about ln 100.
    let loss = rounds[0]["loss"].as_f64().unwrap();
    assert!((loss - 100f64.ln()).abs() < 1.5, "{loss}");
    assert_eq!(
        (result["precision"].as_str(), result["threads"].as_u64()),
        (Some("f32"), Some(1))
    );
    let gflops =
        2.0 * 2.0 * f64::from(3 * 5_150_592 - 777_600) / network["didact_ms"].as_f64().unwrap() / 1e6;
    assert!((network["gflops"].as_f64().unwrap() / gflops - 1.0).abs() < 1e-9);
}

#[test]
fn a_peer_is_measured_in_turn() {
    let place = Workplace::new();
    // Stands for a Python with PyTorch: knows its versions, and takes ever the same time.
    place.write(
        "python",
        r#"#!/bin/sh
case "$*" in
  *--versions) echo '{"torch": "2.0", "python": "3.0"}' ;;
  *"--network N1 --batch-size 2 --steps 1 --warm-up 0 --precision f32 --threads 1")
    echo "{\"median_ms\": 50.0, \"min_ms\": 40.0, \"peak_rss_bytes\": $MALLOC_TOP_PAD_, \"loss\": 4.6}" ;;
  *) exit 1 ;;
esac
"#,
    );
    assert_eq!(place.shell("chmod +x python").code, 0);
    let step = "step --network N1 --batch-size 2 --steps 1 --warm-up 0 --rounds 1 --threads 1";
    let result = place
        .didact(&format!("bench {step} --against torch --python ./python --json"))
        .json();
    let network = &result["networks"]["N1"];
    assert_eq!(network["peer_ms"], 50.0);
    assert_eq!(network["peer_rss_bytes"], 268_435_456);
    let ratio = 50.0 / network["didact_ms"].as_f64().unwrap();
    assert!((network["ratio"].as_f64().unwrap() / ratio - 1.0).abs() < 1e-9);
    assert_eq!(result["peer"]["torch"], "2.0");
}

#[test]
fn a_python_that_is_not_there_or_has_no_torch_is_named() {
    assert_snapshot!(bench("step --against torch --python nowhere/python").all(), @"");
    let place = Workplace::new();
    place.write(
        "python",
        "#!/bin/sh\necho \"ModuleNotFoundError: No module named 'torch'\" >&2\nexit 1\n",
    );
    assert_eq!(place.shell("chmod +x python").code, 0);
    assert_snapshot!(place.didact("bench step --against torch --python ./python").all(), @"");
}

#[test]
fn an_unknown_network_and_a_python_without_a_peer_are_refused() {
    assert_snapshot!(bench("step --network N4").all(), @"");
    assert_snapshot!(bench("step --python python3").all(), @"");
}

#[test]
fn an_epoch_is_divided_into_what_it_is_spent_on() {
    let result = bench("epoch --samples 64 --test-samples 32 --batch-size 32 --threads 1 --json").json();
    let phases = result["phases"].as_object().unwrap();
    let names: Vec<&String> = phases.keys().collect();
    assert_eq!(
        names,
        [
            "steps",
            "loader",
            "curriculum",
            "evaluation",
            "ledger",
            "checkpoint",
            "rest"
        ]
    );
    let sum = |key: &str| {
        phases
            .values()
            .map(|phase| phase[key].as_f64().unwrap())
            .sum::<f64>()
    };
    assert!((sum("share") - 1.0).abs() < 1e-9);
    assert!((sum("seconds") / result["seconds"].as_f64().unwrap() - 1.0).abs() < 1e-9);
    for phase in ["steps", "curriculum", "evaluation", "ledger", "checkpoint"] {
        assert!(is_positive(&phases[phase]["seconds"]), "{phase}");
    }
    assert!(is_positive(&result["images_per_second"]) && is_positive(&result["peak_rss_bytes"]));
}

#[test]
fn the_loader_is_measured_for_each_kind_of_change() {
    let result = bench("loader --samples 256 --rounds 1 --json").json();
    let rates = result["images_per_second"].as_array().unwrap();
    let names: Vec<&str> = rates
        .iter()
        .map(|rate| rate["augment"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["none", "standard", "tutorial", "rotation-zoom"]);
    assert!(rates.iter().all(|rate| is_positive(&rate["images_per_second"])));
}

#[test]
fn convolutions_are_measured_in_each_direction() {
    let result = bench("kernels --network N1 --batch-size 2 --repetitions 1 --threads 1 --json").json();
    let layers = result["layers"].as_array().unwrap();
    let channels = |layer: &Value| {
        (
            layer["inputs"].as_u64().unwrap(),
            layer["outputs"].as_u64().unwrap(),
        )
    };
    assert_eq!(
        layers.iter().map(channels).collect::<Vec<_>>(),
        [(3, 32), (32, 64), (64, 128)]
    );
    assert!(layers[0]["data_gradient"].is_null());
    for direction in ["forward", "data_gradient", "weight_gradient"] {
        assert!(is_positive(&layers[1][direction]["gflops"]), "{direction}");
    }
}
