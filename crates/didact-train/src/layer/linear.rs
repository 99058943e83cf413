//! A linear layer.

use burn::tensor::Tensor;
use burn::tensor::module::linear;

use crate::network::{Initial, ParameterBuilder, ParameterId, Parameters, Role};

/// `output = input x weight^T + bias`, as `torch.nn.Linear`.
#[derive(Clone, Debug)]
pub(crate) struct Linear {
    weight: ParameterId,
    bias: ParameterId,
}

impl Linear {
    /// Declares `NAME.weight` `[outputs, inputs]` and `NAME.bias` `[outputs]`.
    pub(crate) fn new(name: &str, [inputs, outputs]: [usize; 2], builder: &mut ParameterBuilder) -> Self {
        let initial = Initial::Uniform { fan_in: inputs };
        Self {
            weight: builder.declare(
                format!("{name}.weight"),
                &[outputs, inputs],
                Role::Weight,
                initial,
            ),
            bias: builder.declare(format!("{name}.bias"), &[outputs], Role::Offset, initial),
        }
    }

    /// # Shapes
    ///
    /// - `input`: `[batch_size, inputs]`
    /// - output: `[batch_size, outputs]`
    pub(crate) fn forward(&self, parameters: &Parameters, input: Tensor<2>) -> Tensor<2> {
        let weight = parameters.tensor::<2>(self.weight).transpose();
        linear(input, weight, Some(parameters.tensor(self.bias)))
    }
}
