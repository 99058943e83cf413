//! What a mentor begins with.

use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};

use didact_random::{Purpose, Stream};

use super::layout::{MentorPart, parts};

/// Parameters drawn as the authors' code does: tables and kernels uniformly within Glorot's bound, the biases of cells 0,
/// the last two layers from a normal distribution.
pub(super) fn draw(num_labels: usize, seed: u64) -> Vec<f32> {
    let stream = Stream::new(seed, Purpose::MentorWeights);
    let draw = |(position, part): (usize, MentorPart)| {
        let [rows, columns] = part.shape;
        let mut random = stream.at([position as u64, 0]);
        let bound = (6.0 / (rows + columns) as f32).sqrt();
        let number = move |_| match part.name {
            "forward.bias" | "backward.bias" => 0.0,
            "hidden.weight" | "hidden.bias" | "output.weight" | "output.bias" => {
                StandardNormal.sample(&mut random)
            }
            _ => bound * (2.0 * random.random::<f32>() - 1.0),
        };
        (0..rows * columns).map(number).collect::<Vec<f32>>()
    };
    parts(num_labels).into_iter().enumerate().flat_map(draw).collect()
}
