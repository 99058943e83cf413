//! Adam over the few numbers of a mentor.

const FIRST_DECAY: f32 = 0.9;
const SECOND_DECAY: f32 = 0.999;
const EPSILON: f32 = 1e-8;

/// Moments of the gradient, uncorrected.
pub(super) struct Adam {
    first: Vec<f32>,
    second: Vec<f32>,
    steps: i32,
}

impl Adam {
    pub(super) fn new(count: usize) -> Self {
        Self {
            first: vec![0.0; count],
            second: vec![0.0; count],
            steps: 0,
        }
    }

    /// Moves the parameters by one step.
    ///
    /// Source: Kingma and Ba, 2015, algorithm 1, with both corrections in the rate, as TensorFlow has them.
    pub(super) fn step(&mut self, parameters: &mut [f32], gradient: &[f32], learning_rate: f64) {
        self.steps += 1;
        let corrected = (1.0 - f64::from(SECOND_DECAY).powi(self.steps)).sqrt()
            / (1.0 - f64::from(FIRST_DECAY).powi(self.steps));
        let rate = (learning_rate * corrected) as f32;
        let moments = self.first.iter_mut().zip(&mut self.second);
        for ((parameter, &slope), (first, second)) in parameters.iter_mut().zip(gradient).zip(moments) {
            *first += (1.0 - FIRST_DECAY) * (slope - *first);
            *second += (1.0 - SECOND_DECAY) * (slope * slope - *second);
            *parameter -= rate * *first / (second.sqrt() + EPSILON);
        }
    }
}
