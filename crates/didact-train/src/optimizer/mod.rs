//! Optimizers, one file each, with the arithmetic and the defaults of `PyTorch`.
//!
//! | name | idea | source |
//! |---|---|---|
//! | `sgd` | a step against the gradient, with momentum | Polyak, 1964; Nesterov, 1983; Sutskever et al., 2013 |
//! | `adam` | steps scaled by running moments | Kingma and Ba, 2015 |
//! | `adam-w` | Adam with decay apart from the gradient | Loshchilov and Hutter, 2019 |
//!
//! They are ours, not Burn's, because Burn keys their state by random ids that change from run to run; here it is
//! keyed by the parameter's name, so that a checkpoint can hold it.

mod adam;
mod adam_w;
mod clip;
mod moments;
mod sgd;

use std::collections::BTreeMap;

use burn::tensor::{Tensor, TensorData};
use didact_run::{StoredTensor, StoredValues};
use serde::{Deserialize, Serialize};

use crate::error::TrainError;
use crate::network::{Parameter, Parameters, Role, host};
use crate::number::NonNegativeNumber;

pub use clip::clip_by_global_norm;
pub use moments::MomentsConfig;
pub use sgd::{SgdConfig, SgdVariant};

/// The choice of an optimizer, as spelt on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case")]
pub enum OptimizerConfig {
    /// See [`SgdConfig`].
    Sgd(SgdConfig),
    /// Adam (Kingma and Ba, 2015).
    Adam(MomentsConfig),
    /// Adam with decay apart from the gradient (Loshchilov and Hutter, 2019).
    AdamW(MomentsConfig),
}

/// What an update is told beside the gradient.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Update {
    /// The step, counted from 1.
    pub(crate) step: u64,
    /// The learning rate of the step.
    pub(crate) learning_rate: f64,
    /// How strongly the parameter is pulled to zero; 0 for biases and normalisation.
    pub(crate) weight_decay: f64,
}

/// The rule by which one parameter is updated.
trait UpdateRule: Send {
    /// Names of what the rule remembers for each parameter.
    fn memory_names(&self) -> &'static [&'static str];

    /// The parameter's new values. The memory starts as zeros.
    fn updated(
        &self,
        values: Tensor<1>,
        gradient: Tensor<1>,
        memory: &mut [Tensor<1>],
        update: Update,
    ) -> Tensor<1>;
}

/// An optimizer with its memory.
pub struct Optimizer {
    rule: Box<dyn UpdateRule>,
    weight_decay: f64,
    step: u64,
    memory: BTreeMap<String, Vec<Tensor<1>>>,
}

impl OptimizerConfig {
    /// Builds the optimizer. Weight decay reaches weights only, never biases and normalisation.
    pub fn init(self, weight_decay: NonNegativeNumber) -> Optimizer {
        let rule: Box<dyn UpdateRule> = match self {
            Self::Sgd(config) => Box::new(config),
            Self::Adam(config) => Box::new(adam::Adam(config)),
            Self::AdamW(config) => Box::new(adam_w::AdamW(config)),
        };
        Optimizer {
            rule,
            weight_decay: weight_decay.into(),
            step: 0,
            memory: BTreeMap::new(),
        }
    }
}

impl Optimizer {
    /// Begins its memory of every trained parameter with zeros, as a parameter's first gradient would: so that it can be stored and
    /// restored where some parameters never have one.
    pub(crate) fn begin(&mut self, parameters: &Parameters) {
        for parameter in trained(parameters) {
            let zeros = parameter.values().zeros_like();
            let memory = self.rule.memory_names().iter().map(|_| zeros.clone()).collect();
            self.memory.insert(parameter.name.clone(), memory);
        }
    }

    /// Updates every parameter that has a gradient.
    pub fn step(
        &mut self,
        parameters: &mut Parameters,
        gradients: Vec<Option<Tensor<1>>>,
        learning_rate: f64,
    ) {
        self.step += 1;
        for (position, gradient) in gradients.into_iter().enumerate() {
            let (Some(gradient), Some(parameter)) = (gradient, parameters.iter().nth(position)) else {
                continue;
            };
            let weight_decay = if parameter.role == Role::Weight {
                self.weight_decay
            } else {
                0.0
            };
            let update = Update {
                step: self.step,
                learning_rate,
                weight_decay,
            };
            let memory = self.memory.entry(parameter.name.clone()).or_insert_with(|| {
                self.rule
                    .memory_names()
                    .iter()
                    .map(|_| gradient.zeros_like())
                    .collect()
            });
            let values = self.rule.updated(parameter.values(), gradient, memory, update);
            parameters.replace(position, values);
        }
    }

    /// Number of steps taken.
    pub fn steps_taken(&self) -> u64 {
        self.step
    }

    /// The memory at rest: `MEMORY.PARAMETER`, flat.
    pub fn store(&self) -> Vec<StoredTensor> {
        let names = self.rule.memory_names();
        let slots = self.memory.iter().flat_map(|(parameter, memory)| {
            names
                .iter()
                .zip(memory)
                .map(move |(name, tensor)| (format!("{name}.{parameter}"), tensor))
        });
        slots
            .map(|(name, tensor)| stored(name, host(tensor.clone())))
            .collect()
    }

    /// Takes up the memory of a stored optimizer after `step` steps.
    ///
    /// # Errors
    ///
    /// [`TrainError::Weights`] if the memory of a trained parameter is missing or of another size.
    pub fn restore<'a>(
        &mut self,
        step: u64,
        parameters: &Parameters,
        find: impl Fn(&str) -> Option<&'a StoredTensor>,
    ) -> Result<(), TrainError> {
        self.step = step;
        self.memory.clear();
        for parameter in trained(parameters).filter(|_| step > 0) {
            let read = |memory: &&str| {
                let name = format!("{memory}.{}", parameter.name);
                let values = flat(find(&name), &name, parameter.len())?;
                let device = parameters.device().clone().without_autodiff();
                Ok(Tensor::from_data(
                    TensorData::new(values, [parameter.len()]),
                    &device,
                ))
            };
            let memory = self
                .rule
                .memory_names()
                .iter()
                .map(read)
                .collect::<Result<_, TrainError>>()?;
            self.memory.insert(parameter.name.clone(), memory);
        }
        Ok(())
    }
}

/// The parameters that an optimizer remembers something of.
fn trained(parameters: &Parameters) -> impl Iterator<Item = &Parameter> {
    parameters
        .iter()
        .filter(|parameter| parameter.role != Role::Statistic)
}

/// The gradient of the loss plus half the squared norm of the values times `weight_decay`.
fn with_decay(gradient: Tensor<1>, values: &Tensor<1>, weight_decay: f64) -> Tensor<1> {
    if weight_decay == 0.0 {
        gradient
    } else {
        gradient + values.clone() * weight_decay
    }
}

/// The memory of a rule that names `N` slots.
fn memory_of<const N: usize>(memory: &mut [Tensor<1>]) -> &mut [Tensor<1>; N] {
    let found = memory.len();
    memory
        .try_into()
        .unwrap_or_else(|_| panic!("an optimizer remembers {N} tensors a parameter, not {found}"))
}

fn stored(name: String, values: Vec<f32>) -> StoredTensor {
    StoredTensor {
        name,
        shape: vec![values.len()],
        values: StoredValues::F32(values),
    }
}

fn flat(stored: Option<&StoredTensor>, name: &str, count: usize) -> Result<Vec<f32>, TrainError> {
    match stored.map(|stored| &stored.values) {
        Some(StoredValues::F32(values)) if values.len() == count => Ok(values.clone()),
        other => Err(TrainError::Weights {
            name: name.to_owned(),
            expected: format!("{count} of f32"),
            found: other.map_or_else(|| "nothing".to_owned(), |_| "another tensor".to_owned()),
        }),
    }
}
