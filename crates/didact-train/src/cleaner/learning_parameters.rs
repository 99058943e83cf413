//! Parameters that learn.

use burn::tensor::Gradients;
use didact_run::StoredTensor;

use crate::error::TrainError;
use crate::network::{Parameters, Pass};
use crate::optimizer::Optimizer;

/// The parameters of a network, and the optimizer that changes them.
pub struct LearningParameters {
    parameters: Parameters,
    optimizer: Optimizer,
}

impl LearningParameters {
    /// Parameters that an optimizer has not changed yet.
    pub(super) fn new(parameters: Parameters, mut optimizer: Optimizer) -> Self {
        optimizer.begin(&parameters);
        Self {
            parameters,
            optimizer,
        }
    }

    /// The parameters as they are now.
    pub(super) fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Takes a step, and the running statistics of its pass.
    pub(super) fn step(&mut self, gradients: &mut Gradients, pass: Option<Pass>, learning_rate: f64) {
        let own = self.parameters.gradients(gradients);
        self.optimizer.step(&mut self.parameters, own, learning_rate);
        if let Some(pass) = pass {
            pass.commit(&mut self.parameters);
        }
    }

    /// Comes back to what it had learnt. The optimizer does not.
    pub(super) fn return_to(&mut self, parameters: Parameters) {
        self.parameters = parameters;
    }

    /// Both at rest, under `model.` and `optimizer.`.
    pub(super) fn store(&self) -> Vec<StoredTensor> {
        let model = self.parameters.store().into_iter();
        let optimizer = self.optimizer.store().into_iter();
        model
            .map(|tensor| tensor.within("model"))
            .chain(optimizer.map(|tensor| tensor.within("optimizer")))
            .collect()
    }

    /// Takes up what [`Self::store`] kept after so many steps.
    ///
    /// # Errors
    ///
    /// [`TrainError::Weights`] if it is not that of such a network.
    pub(super) fn restore<'a>(
        &mut self,
        steps: u64,
        find: impl Fn(&str) -> Option<&'a StoredTensor>,
    ) -> Result<(), TrainError> {
        self.parameters.restore(|name| find(&format!("model.{name}")))?;
        self.optimizer
            .restore(steps, &self.parameters, |name| find(&format!("optimizer.{name}")))
    }
}
