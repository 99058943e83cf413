//! The networks that are measured, and how many multiply-adds they take.

use clap::ValueEnum;
use didact_train::{ConvolutionShape, MethodError, ModelConfig, parse_method};

/// A network of the benchmark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Network {
    /// `big-lenet`.
    #[value(name = "N1", alias = "big-lenet")]
    BigLenet,
    /// `vgg`.
    #[value(name = "N2", alias = "vgg")]
    Vgg,
    /// `resnet-44`.
    #[value(name = "N3", alias = "resnet-44")]
    Resnet44,
}

/// Layers of one shape that follow each other. A linear layer is a convolution of images of one pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Layers {
    shape: ConvolutionShape,
    count: u64,
}

impl Network {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::BigLenet, Self::Vgg, Self::Resnet44];

    /// Its number in the benchmark.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::BigLenet => "N1",
            Self::Vgg => "N2",
            Self::Resnet44 => "N3",
        }
    }

    /// Its name as a model.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::BigLenet => "big-lenet",
            Self::Vgg => "vgg",
            Self::Resnet44 => "resnet-44",
        }
    }

    /// The model.
    pub(crate) fn model(self) -> Result<ModelConfig, MethodError> {
        parse_method(self.name())
    }

    /// Number of classes.
    pub(crate) fn num_classes(self) -> usize {
        match self {
            Self::BigLenet => 100,
            Self::Vgg | Self::Resnet44 => 10,
        }
    }

    /// The shapes of its convolutions, the one that sees the images first.
    pub(crate) fn convolutions(self) -> Vec<ConvolutionShape> {
        let convolutions = self.layers().into_iter().map(|layers| layers.shape);
        convolutions.filter(|shape| shape.side > 1).collect()
    }

    /// Floating-point operations of one step, two a multiply-add: forward, weight gradient and data gradient of every
    /// layer, except the data gradient of the first, which nobody needs.
    pub(crate) fn operations_of_step(self, batch_size: usize) -> f64 {
        let layers = self.layers();
        let all: u64 = layers
            .iter()
            .map(|layers| layers.count * layers.shape.multiply_adds())
            .sum();
        let first = layers.first().map_or(0, |layers| layers.shape.multiply_adds());
        2.0 * batch_size as f64 * (3 * all - first) as f64
    }

    fn layers(self) -> Vec<Layers> {
        match self {
            Self::BigLenet => big_lenet(),
            Self::Vgg => vgg(),
            Self::Resnet44 => resnet_44(),
        }
    }
}

/// The networks asked for, each once, or all.
pub(crate) fn asked_or_all(asked: &[Network]) -> Vec<Network> {
    let is_asked = |network: &Network| asked.is_empty() || asked.contains(network);
    Network::ALL.into_iter().filter(is_asked).collect()
}

fn big_lenet() -> Vec<Layers> {
    vec![
        unpadded([3, 32], 32),
        unpadded([32, 64], 15),
        unpadded([64, 128], 6),
        linear([512, 128]),
        linear([128, 100]),
    ]
}

fn vgg() -> Vec<Layers> {
    vec![
        padded([3, 32], 32),
        padded([32, 32], 32),
        padded([32, 64], 16),
        padded([64, 64], 16),
        padded([64, 128], 8),
        padded([128, 128], 8),
        linear([2048, 256]),
        linear([256, 10]),
    ]
}

/// A convolution and three stages of seven blocks of two; the later stages begin by halving the image.
fn resnet_44() -> Vec<Layers> {
    let repeated = |layers: Layers, count| Layers { count, ..layers };
    let mut all = vec![padded([3, 16], 32), repeated(padded([16, 16], 32), 14)];
    for (inputs, side) in [(16, 32), (32, 16)] {
        let outputs = 2 * inputs;
        all.push(halving(padded([inputs, outputs], side)));
        all.push(repeated(padded([outputs, outputs], side / 2), 13));
        all.push(halving(shortcut([inputs, outputs], side)));
    }
    all.push(linear([64, 10]));
    all
}

fn padded([inputs, outputs]: [usize; 2], side: usize) -> Layers {
    let shape = ConvolutionShape {
        side,
        inputs,
        outputs,
        kernel: 3,
        stride: 1,
        padding: 1,
    };
    Layers { shape, count: 1 }
}

fn unpadded(channels: [usize; 2], side: usize) -> Layers {
    let Layers { shape, count } = padded(channels, side);
    let shape = ConvolutionShape { padding: 0, ..shape };
    Layers { shape, count }
}

fn shortcut(channels: [usize; 2], side: usize) -> Layers {
    let Layers { shape, count } = unpadded(channels, side);
    let shape = ConvolutionShape { kernel: 1, ..shape };
    Layers { shape, count }
}

fn halving(Layers { shape, count }: Layers) -> Layers {
    let shape = ConvolutionShape { stride: 2, ..shape };
    Layers { shape, count }
}

fn linear(units: [usize; 2]) -> Layers {
    shortcut(units, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_takes_as_many_operations_as_counted_by_hand() {
        // big-lenet, multiply-adds of an image: 777,600 + 3,115,008 + 1,179,648 + 65,536 + 12,800 = 5,150,592 forward.
        let by_hand = 2.0 * 128.0 * f64::from(3 * 5_150_592 - 777_600);
        assert!((Network::BigLenet.operations_of_step(128) - by_hand).abs() < 1.0);
        for (network, gflop) in [
            (Network::BigLenet, 3.757),
            (Network::Vgg, 29.85),
            (Network::Resnet44, 74.72),
        ] {
            let found = network.operations_of_step(128) / 1e9;
            assert!((found / gflop - 1.0).abs() < 2e-4, "{}: {found}", network.code());
        }
    }

    #[test]
    fn a_resnet_44_has_44_layers_beside_its_shortcuts() {
        let layers = Network::Resnet44.layers();
        let is_shortcut = |layers: &&Layers| layers.shape.kernel == 1 && layers.shape.side > 1;
        assert_eq!(layers.iter().filter(is_shortcut).count(), 2);
        let all: u64 = layers.iter().map(|layers| layers.count).sum();
        assert_eq!(all - 2, 44);
    }

    #[test]
    fn networks_come_in_order_and_once() {
        let asked = [Network::Vgg, Network::BigLenet, Network::Vgg];
        assert_eq!(asked_or_all(&asked), [Network::BigLenet, Network::Vgg]);
        assert_eq!(asked_or_all(&[]), Network::ALL);
    }
}
