//! Layer normalisation.

use burn::tensor::Tensor;

use crate::network::{Initial, ParameterBuilder, ParameterId, Parameters, Role};

/// Added to the variance: `PyTorch`'s default.
const EPSILON: f64 = 1e-5;

/// Normalises the values of each token to mean 0 and variance 1, then scales and shifts them, as `torch.nn.LayerNorm`.
///
/// It is one operation, [`didact_kernels::LayerNorm`].
///
/// Source: Ba, Kiros and Hinton, 2016.
#[derive(Clone, Debug)]
pub(crate) struct LayerNorm {
    scale: ParameterId,
    shift: ParameterId,
}

impl LayerNorm {
    /// Declares `NAME.weight` and `NAME.bias`, each `[width]`.
    pub(crate) fn new(name: &str, width: usize, builder: &mut ParameterBuilder) -> Self {
        let mut declare = |field: &str, value| {
            let name = format!("{name}.{field}");
            builder.declare(name, &[width], Role::Offset, Initial::Constant(value))
        };
        Self {
            scale: declare("weight", 1.0),
            shift: declare("bias", 0.0),
        }
    }

    /// # Shapes
    ///
    /// - `input`: `[..., width]`
    /// - output: the same
    pub(crate) fn forward<const RANK: usize>(
        &self,
        parameters: &Parameters,
        input: Tensor<RANK>,
    ) -> Tensor<RANK> {
        let norm = didact_kernels::LayerNorm {
            scale: parameters.flat(self.scale),
            shift: parameters.flat(self.shift),
            epsilon: EPSILON,
        };
        norm.apply(input)
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;
    use crate::network::host;

    #[test]
    fn each_row_by_itself_gets_mean_0_and_deviation_1() {
        for device in [Device::flex(), Device::flex().autodiff()] {
            let mut builder = ParameterBuilder::default();
            let norm = LayerNorm::new("norm", 4, &mut builder);
            let parameters = builder.initialise(0, &device);
            // Means 2 and 50, deviations 1 and 10.
            let rows = Tensor::<2>::from_floats([[1.0, 3.0, 1.0, 3.0], [40.0, 60.0, 60.0, 40.0]], &device);
            let found = host(norm.forward(&parameters, rows));
            let expected = [-1.0, 1.0, -1.0, 1.0, -1.0, 1.0, 1.0, -1.0];
            let close = found
                .iter()
                .zip(expected)
                .all(|(found, expected)| (found - expected).abs() < 1e-4);
            assert!(close, "{found:?}");
        }
    }
}
