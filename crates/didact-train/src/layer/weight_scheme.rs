//! Where the weights of a layer start.

use crate::network::Initial;

/// Where the weights and the bias of a convolution or a linear layer start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WeightScheme {
    /// As in `PyTorch` where nothing is said: [`Initial::Uniform`], the bias too.
    PyTorch,
    /// [`Initial::HeUniform`], and a bias of 0.
    HeUniform,
    /// [`Initial::HeNormal`], and a bias of 0.
    HeNormal,
    /// [`Initial::GlorotUniform`], and a bias of 0: as in Keras where nothing is said.
    GlorotUniform,
}

impl WeightScheme {
    /// For a weight `[outputs, inputs, height, width]`.
    pub(super) fn weight(self, [outputs, inputs, height, width]: [usize; 4]) -> Initial {
        let (fan_in, fan_out) = (inputs * height * width, outputs * height * width);
        match self {
            Self::PyTorch => Initial::Uniform { fan_in },
            Self::HeUniform => Initial::HeUniform { fan_in },
            Self::HeNormal => Initial::HeNormal { fan_in },
            Self::GlorotUniform => Initial::GlorotUniform { fan_in, fan_out },
        }
    }

    /// For the bias beside such a weight.
    pub(super) fn bias(self, weight: [usize; 4]) -> Initial {
        match self {
            Self::PyTorch => self.weight(weight),
            Self::HeUniform | Self::HeNormal | Self::GlorotUniform => Initial::Constant(0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_and_outputs_are_counted_over_the_kernel() {
        let shape = [4, 3, 5, 5];
        assert_eq!(
            WeightScheme::GlorotUniform.weight(shape),
            Initial::GlorotUniform {
                fan_in: 75,
                fan_out: 100
            }
        );
        assert_eq!(WeightScheme::PyTorch.bias(shape), Initial::Uniform { fan_in: 75 });
        assert_eq!(WeightScheme::HeNormal.bias(shape), Initial::Constant(0.0));
    }
}
