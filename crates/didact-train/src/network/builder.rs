//! Declaring the parameters of a network, and their initial values.

use crate::error::TrainError;
use burn::tensor::Device;
use didact_random::{Purpose, Stream};

use super::initial::{Initial, initial_values};
use super::parameters::{Parameter, ParameterId, Parameters};

/// What a parameter does, which decides how it is trained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Weights of a linear map; weight decay pulls them to zero.
    Weight,
    /// A bias, or the scale and shift of a normalisation; never decayed.
    Offset,
    /// Running statistics: carried along, not trained.
    Statistic,
}

const MOST: u128 = 500_000_000;

struct Declared {
    name: String,
    shape: Vec<usize>,
    role: Role,
    initial: Initial,
}

/// Collects the parameters that the layers of a network declare.
#[derive(Default)]
pub struct ParameterBuilder {
    declared: Vec<Declared>,
}

impl ParameterBuilder {
    /// Declares a parameter under its `PyTorch` name, such as `conv1.weight`.
    pub fn declare(&mut self, name: String, shape: &[usize], role: Role, initial: Initial) -> ParameterId {
        self.declared.push(Declared {
            name,
            shape: shape.to_vec(),
            role,
            initial,
        });
        ParameterId::new(self.declared.len() - 1)
    }

    /// Refuses a network whose parameters alone would take more than 2 GB, four times that while it trains.
    ///
    /// # Errors
    ///
    /// [`TrainError::ModelTooLarge`].
    pub fn check(&self) -> Result<(), TrainError> {
        let count = |declared: &Declared| declared.shape.iter().map(|&side| side as u128).product::<u128>();
        let parameters = self.declared.iter().map(count).sum();
        if parameters > MOST {
            Err(TrainError::ModelTooLarge {
                parameters,
                most: MOST,
            })
        } else {
            Ok(())
        }
    }

    /// Makes the parameters. Each one's values depend on the seed and its position alone.
    pub fn initialise(self, seed: u64, device: &Device) -> Parameters {
        let stream = Stream::new(seed, Purpose::InitialWeights);
        let entries = self.declared.into_iter().enumerate().map(|(position, declared)| {
            let count = declared.shape.iter().product();
            let values = initial_values(declared.initial, count, &mut stream.at([position as u64, 0]));
            Parameter::new(declared.name, declared.shape, declared.role, values, device)
        });
        Parameters::new(entries.collect(), device.clone())
    }
}
