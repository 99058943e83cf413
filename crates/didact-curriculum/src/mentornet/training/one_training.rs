//! One training of a mentor, from one beginning.

use rand::RngExt;

use didact_random::{Purpose, Stream};

use super::super::examples::{MentorExample, MentorExamples};
use super::super::network::MentorNetwork;
use super::MentorTraining;
use super::adam::Adam;
use super::error_of::MentorObjective;

/// Steps after which the rate falls.
const DECAY_STEPS: u32 = 1000;
/// Largest norm of the gradient.
const LARGEST_NORM: f32 = 5.0;

pub(super) fn train_once(
    training: &MentorTraining,
    examples: &MentorExamples,
    objective: MentorObjective,
    restart: u32,
) -> MentorNetwork {
    let seed = training.seed.wrapping_add(u64::from(restart) << 32);
    let mut network = MentorNetwork::new(training.variant, training.labels, seed);
    let mut order = Order::new(examples.training.len(), training.batch_size, seed);
    let mut adam = Adam::new(network.parameters().len());
    let mut gradient = vec![0.0; network.parameters().len()];
    for step in 0..training.steps {
        gradient.fill(0.0);
        let batch = order.next_batch();
        let share = 1.0 / batch.len() as f32;
        for &position in batch {
            let example = &examples.training[position as usize];
            add_example(&network, example, (objective, share), &mut gradient);
        }
        clip(&mut gradient);
        let falls = f64::from(step / DECAY_STEPS);
        let rate = training.first_learning_rate() * training.decay.powf(falls);
        adam.step(network.parameters_mut(), &gradient, rate);
    }
    network
}

fn add_example(
    network: &MentorNetwork,
    example: &MentorExample,
    (objective, share): (MentorObjective, f32),
    gradient: &mut [f32],
) {
    let activations = network.activations(example.features);
    let weight = activations.weight();
    let difference = weight - example.target as f32;
    let slope = match objective {
        MentorObjective::CrossEntropy => difference,
        MentorObjective::SquaredError => 2.0 * difference * weight * (1.0 - weight),
    };
    network.add_gradient(&activations, slope * share, gradient);
}

fn clip(gradient: &mut [f32]) {
    let norm = gradient.iter().map(|slope| slope * slope).sum::<f32>().sqrt();
    if norm > LARGEST_NORM {
        for slope in gradient {
            *slope *= LARGEST_NORM / norm;
        }
    }
}

/// Examples in a new order every pass; what is left over at the end of one is left out of it.
struct Order {
    positions: Vec<u32>,
    batch_size: usize,
    next: usize,
    passes: u64,
    stream: Stream,
}

impl Order {
    fn new(count: usize, batch_size: usize, seed: u64) -> Self {
        Self {
            positions: (0..count as u32).collect(),
            batch_size: batch_size.min(count),
            next: count,
            passes: 0,
            stream: Stream::new(seed, Purpose::MentorExamples),
        }
    }

    fn next_batch(&mut self) -> &[u32] {
        if self.next + self.batch_size > self.positions.len() {
            self.passes += 1;
            let mut random = self.stream.at([2, self.passes]);
            for position in (1..self.positions.len()).rev() {
                self.positions.swap(position, random.random_range(0..=position));
            }
            self.next = 0;
        }
        let batch = &self.positions[self.next..][..self.batch_size];
        self.next += self.batch_size;
        batch
    }
}
