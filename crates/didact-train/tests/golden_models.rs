//! Models against PyTorch: names, shapes, logits in both modes, gradients and running statistics.
//!
//! The numbers are made by `golden/generate.py`; `golden/README.md` has the recipe of the weights.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use burn::tensor::{Device, Int, Tensor, TensorData};
use didact_data::SampleShape;
use didact_run::{StoredTensor, StoredValues};
use didact_train::{
    CrossEntropy, Interface, Mode, Model, ModelConfig, ModelDescription, Parameter, ParameterBuilder,
    Parameters, Pass, Precision, parse_method,
};
use serde_json::Value;

/// The logits of both sides may differ by so much (the largest difference seen is below 1e-5).
const TOLERANCE: f64 = 1e-4;

const CASES: [&str; 17] = [
    "logistic-features",
    "logistic-pixels",
    "mlp",
    "mlp-two-hidden",
    "big-lenet-none",
    "big-lenet-none-oblong",
    "big-lenet-same",
    "big-lenet-same-oblong",
    "big-lenet-none-parameters",
    "vgg",
    "vgg-oblong",
    "resnet-20",
    "resnet-32-oblong",
    "notebook-resnet-8",
    "notebook-resnet-44-oblong",
    "cct",
    "cct-oblong",
];

struct Golden {
    json: Value,
    model: Box<dyn Model>,
    parameters: Parameters,
    device: Device,
}

fn golden(name: &str) -> Golden {
    let path = format!("{}/tests/golden/models/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let json: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let device = Device::flex().autodiff();
    let mut builder = ParameterBuilder::default();
    let interface = Interface {
        input: shape(&json["input_shape"]),
        num_classes: json["num_classes"].as_u64().unwrap() as usize,
    };
    let model = spelt(&json).build(interface, &mut builder).unwrap();
    let mut parameters = builder.initialise(0, &device);
    let stored = state(&json);
    parameters
        .restore(|name| stored.iter().find(|tensor| tensor.name == name))
        .unwrap();
    Golden {
        json,
        model,
        parameters,
        device,
    }
}

fn shape(sides: &Value) -> SampleShape {
    match *numbers(sides) {
        [count] => SampleShape::Features {
            count: count as usize,
        },
        [channels, height, width] => SampleShape::Image {
            channels: channels as usize,
            height: height as usize,
            width: width as usize,
        },
        _ => panic!("{sides}"),
    }
}

fn spelt(json: &Value) -> ModelConfig {
    let rename = |key: &str| key.replace("norm_eps", "norm-epsilon").replace('_', "-");
    let value = |value: &Value| match value {
        Value::Array(widths) => widths
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("x"),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let parameters = json["parameters"].as_object().unwrap().iter();
    let parameters: Vec<String> = parameters
        .map(|(key, found)| format!("{}={}", rename(key), value(found)))
        .collect();
    let name = json["model"].as_str().unwrap();
    let separator = if parameters.is_empty() { "" } else { ":" };
    parse_method(&format!("{name}{separator}{}", parameters.join(","))).unwrap()
}

fn state(json: &Value) -> Vec<StoredTensor> {
    let entry = |entry: &Value| {
        let shape: Vec<usize> = numbers(&entry["shape"])
            .iter()
            .map(|&side| side as usize)
            .collect();
        let values = match entry["value"].as_i64() {
            Some(count) => StoredValues::I64(vec![count]),
            None => StoredValues::F32(recipe(entry, shape.iter().product())),
        };
        StoredTensor {
            name: entry["name"].as_str().unwrap().to_owned(),
            shape,
            values,
        }
    };
    json["state_dict"].as_array().unwrap().iter().map(entry).collect()
}

/// The numbers that both sides compute to the last bit.
fn recipe(entry: &Value, count: usize) -> Vec<f32> {
    let (low, high) = (entry["low"].as_f64().unwrap(), entry["high"].as_f64().unwrap());
    let start = entry["index"].as_u64().unwrap() << 32;
    let value = |i: u64| {
        let mut z = (start + i).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        (low + (high - low) * ((z >> 40) as f64 / 16_777_216.0)) as f32
    };
    (1..=count as u64).map(value).collect()
}

fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(values) => values.iter().flat_map(numbers).collect(),
        value => vec![value.as_f64().unwrap()],
    }
}

fn input(golden: &Golden) -> Tensor<2> {
    let batch = golden.json["batch_size"].as_u64().unwrap() as usize;
    let values = numbers(&golden.json["input_shape"]).iter().product::<f64>() as usize;
    Tensor::from_data(
        TensorData::new(recipe(&golden.json["input"], batch * values), [batch, values]),
        &golden.device,
    )
}

fn evaluation() -> Pass {
    Pass::new(Mode::Evaluation, Precision::F32)
}

fn host<const RANK: usize>(tensor: Tensor<RANK>) -> Vec<f32> {
    tensor.into_data().try_into_vec().unwrap()
}

fn assert_close(what: &str, ours: &[f32], theirs: &Value) {
    let theirs = numbers(theirs);
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (ours, theirs) in ours.iter().zip(theirs) {
        let error = (f64::from(*ours) - theirs).abs();
        assert!(
            error <= TOLERANCE * theirs.abs().max(1.0),
            "{what}: {ours} against {theirs}"
        );
    }
}

#[test]
fn names_shapes_and_types_are_those_of_the_state_dict() {
    for name in CASES {
        let golden = golden(name);
        let stored = golden.parameters.store();
        assert_eq!(stored, state(&golden.json), "{name}");
    }
}

#[test]
fn logits_in_evaluation_are_pytorchs() {
    for name in CASES {
        let golden = golden(name);
        let frozen = golden.parameters.frozen();
        let output = golden
            .model
            .forward(&frozen, input(&golden).inner(), &mut evaluation());
        assert_close(name, &host(output.logits), &golden.json["eval_logits"]);
    }
}

#[test]
fn logits_gradients_and_statistics_in_training_are_pytorchs() {
    for name in CASES {
        let mut golden = golden(name);
        let mut pass = Pass::new(Mode::Training { seed: 0, step: 0 }, Precision::F32);
        let output = golden
            .model
            .forward(&golden.parameters, input(&golden), &mut pass);
        assert_close(name, &host(output.logits.clone()), &golden.json["train_logits"]);
        let labels: Vec<i32> = numbers(&golden.json["labels"])
            .iter()
            .map(|&label| label as i32)
            .collect();
        let count = labels.len();
        let labels = Tensor::<1, Int>::from_data(TensorData::new(labels, [count]), &golden.device);
        let mut gradients = CrossEntropy::default()
            .per_sample(output.logits, labels)
            .mean()
            .backward();
        let gradients = golden.parameters.gradients(&mut gradients);
        let theirs = golden.json["train_gradients"].as_array().unwrap();
        let ours = golden
            .parameters
            .iter()
            .zip(gradients)
            .filter_map(|(parameter, gradient)| Some((parameter, gradient?)));
        for ((parameter, gradient), theirs) in ours.zip(theirs) {
            assert_eq!(parameter.name, theirs["name"]);
            let gradient = host(gradient);
            let head = numbers(&theirs["head"]).len();
            assert_close(&parameter.name, &gradient[..head], &theirs["head"]);
            let norm = gradient
                .iter()
                .map(|value| f64::from(*value).powi(2))
                .sum::<f64>()
                .sqrt();
            assert_close(&parameter.name, &[norm as f32], &theirs["norm"]);
        }
        pass.commit(&mut golden.parameters);
        for tensor in golden.parameters.store() {
            let theirs = &golden.json["buffers_after_train"][&tensor.name];
            match tensor.values {
                StoredValues::F32(values) if !theirs.is_null() => assert_close(&tensor.name, &values, theirs),
                StoredValues::I64(count) => assert_eq!(count, [theirs.as_i64().unwrap()]),
                StoredValues::F32(_) => {}
            }
        }
    }
}

/// `generate.py` refuses PyTorch modules that have other numbers.
#[test]
fn parameters_are_as_many_as_published() {
    let published = [
        ("vgg", 814_122),
        ("resnet-20", 272_282),
        ("resnet-32", 466_714),
        ("resnet-44", 661_146),
        ("resnet-56", 855_578),
        ("cct", 611_531),
    ];
    for (name, expected) in published {
        assert_eq!(of_colour_images(name).num_trained(), expected, "{name}");
    }
}

/// As Keras counts, which the notebook shows.
#[test]
fn parameters_of_the_notebooks_residual_networks_are_as_many_with_running_statistics() {
    for (name, expected) in [("notebook-resnet-8", 103_306), ("notebook-resnet-44", 690_634)] {
        let found: usize = of_colour_images(name).iter().map(Parameter::len).sum();
        assert_eq!(found, expected, "{name}");
    }
}

/// The parameters of a model for 10 classes of colour images of 32x32 pixels.
fn of_colour_images(model: &str) -> Parameters {
    let mut builder = ParameterBuilder::default();
    let interface = Interface {
        input: shape(&serde_json::json!([3, 32, 32])),
        num_classes: 10,
    };
    let config: ModelConfig = parse_method(model).unwrap();
    config.build(interface, &mut builder).unwrap();
    builder.initialise(0, &Device::flex())
}

/// The files of `golden/weights` were written by PyTorch, with `python/make_weights.py`.
#[test]
fn weights_that_pytorch_wrote_are_loaded_strictly_and_give_its_logits() {
    for name in ["logistic-pixels", "mlp-two-hidden", "big-lenet-same"] {
        let mut golden = golden(name);
        let path = format!(
            "{}/tests/golden/weights/{name}.safetensors",
            env!("CARGO_MANIFEST_DIR")
        );
        let (description, file) = ModelDescription::read(path.as_ref()).unwrap();
        assert_eq!(description.model, spelt(&golden.json), "{name}");
        assert_eq!(file.tensors.len(), golden.parameters.store().len(), "{name}");
        let mut builder = ParameterBuilder::default();
        golden.model = description
            .model
            .build(description.interface(), &mut builder)
            .unwrap();
        golden.parameters = builder.initialise(1, &golden.device);
        golden.parameters.restore(|name| file.tensor(name)).unwrap();
        let frozen = golden.parameters.frozen();
        let output = golden
            .model
            .forward(&frozen, input(&golden).inner(), &mut evaluation());
        assert_close(name, &host(output.logits), &golden.json["eval_logits"]);
    }
}
