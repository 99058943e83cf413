//! The way back through a mentor, written out.

use super::super::mentor_schedule::MentornetVariant;
use super::MentorNetwork;
use super::forward::Activations;
use super::layout::{
    CELLS, GATES, HIDDEN, HIDDEN_BIAS, HIDDEN_WEIGHT, INPUTS, LABEL_WIDTH, OUTPUT_BIAS, OUTPUT_WEIGHT,
    PERCENT_WIDTH,
};

impl MentorNetwork {
    /// Adds to `gradient`, in the order of the parameters, what each of them does to an objective that changes by
    /// `slope` with the logit.
    pub(in crate::mentornet) fn add_gradient(
        &self,
        activations: &Activations,
        slope: f32,
        gradient: &mut [f32],
    ) {
        let before_hidden = self.output_gradient(activations, slope, gradient);
        let inputs = self.hidden_gradient(activations, &before_hidden, gradient);
        add(
            &mut gradient[activations.label..][..LABEL_WIDTH],
            &inputs[..LABEL_WIDTH],
        );
        if self.variant == MentornetVariant::Fixed {
            add(
                &mut gradient[activations.percent..][..PERCENT_WIDTH],
                &inputs[LABEL_WIDTH..][..PERCENT_WIDTH],
            );
        }
        let of_cells = &inputs[LABEL_WIDTH + PERCENT_WIDTH..];
        for (direction, &slope) in of_cells.iter().enumerate() {
            cell_gradient(direction, activations, slope, gradient);
        }
    }

    /// The slopes of the hidden layer's sums.
    fn output_gradient(&self, activations: &Activations, slope: f32, gradient: &mut [f32]) -> [f32; HIDDEN] {
        let hidden = &activations.hidden;
        let bias = &mut gradient[OUTPUT_BIAS.start];
        let shared = match self.variant {
            MentornetVariant::Fixed => {
                *bias += slope;
                0.0
            }
            MentornetVariant::Compat => {
                *bias += slope * hidden.iter().sum::<f32>();
                self.parameters[OUTPUT_BIAS.start]
            }
        };
        let weights = &self.parameters[OUTPUT_WEIGHT];
        let mut before = [0.0; HIDDEN];
        for (unit, of_weight) in gradient[OUTPUT_WEIGHT].iter_mut().enumerate() {
            *of_weight += slope * hidden[unit];
            before[unit] = slope * (weights[unit] + shared) * (1.0 - hidden[unit] * hidden[unit]);
        }
        before
    }

    /// The slopes of what the hidden layer took.
    fn hidden_gradient(
        &self,
        activations: &Activations,
        slopes: &[f32; HIDDEN],
        gradient: &mut [f32],
    ) -> [f32; INPUTS] {
        add(&mut gradient[HIDDEN_BIAS], slopes);
        let rows = self.parameters[HIDDEN_WEIGHT].as_chunks::<HIDDEN>().0;
        let of_rows = gradient[HIDDEN_WEIGHT].as_chunks_mut::<HIDDEN>().0;
        let mut inputs = [0.0; INPUTS];
        for (position, (row, of_row)) in rows.iter().zip(of_rows).enumerate() {
            for (unit, slope) in slopes.iter().enumerate() {
                of_row[unit] += activations.inputs[position] * slope;
                inputs[position] += row[unit] * slope;
            }
        }
        inputs
    }
}

fn cell_gradient(direction: usize, activations: &Activations, slope: f32, gradient: &mut [f32]) {
    let [gate, candidate] = activations.cells[direction];
    let slopes = [
        slope * candidate * gate * (1.0 - gate),
        slope * gate * (1.0 - candidate * candidate),
    ];
    add(&mut gradient[CELLS[direction].bias.clone()], &slopes);
    let kernel = &mut gradient[CELLS[direction].kernel.clone()];
    for (row, loss) in activations.losses.iter().enumerate() {
        for (gate, slope) in slopes.iter().enumerate() {
            kernel[row * GATES + gate] += loss * slope;
        }
    }
}

fn add(sums: &mut [f32], terms: &[f32]) {
    for (sum, term) in sums.iter_mut().zip(terms) {
        *sum += term;
    }
}
