//! From what a mentor knows of a sample to a number.

use super::super::mentor_schedule::MentornetVariant;
use super::super::predefined_curriculum::MentorFeatures;
use super::MentorNetwork;
use super::layout::{
    CELLS, GATES, HIDDEN, HIDDEN_BIAS, HIDDEN_WEIGHT, INPUTS, LABEL_EMBEDDING, LABEL_WIDTH, OUTPUT_BIAS,
    OUTPUT_WEIGHT, PERCENT_WIDTH, PERCENTS,
};

/// What the way forward leaves for the way back.
pub(in crate::mentornet) struct Activations {
    /// Loss and difference.
    pub(super) losses: [f32; 2],
    /// Where the percent's numbers begin.
    pub(super) percent: usize,
    /// Where the label's numbers begin.
    pub(super) label: usize,
    /// Input gate and candidate of each direction.
    pub(super) cells: [[f32; 2]; 2],
    /// What the hidden layer took.
    pub(super) inputs: [f32; INPUTS],
    /// What it gave.
    pub(super) hidden: [f32; HIDDEN],
    pub(super) logit: f32,
}

impl Activations {
    /// The weight that they end in.
    pub(in crate::mentornet) fn weight(&self) -> f32 {
        sigmoid(self.logit)
    }
}

pub(super) fn sigmoid(number: f32) -> f32 {
    1.0 / (1.0 + (-number).exp())
}

impl MentorNetwork {
    pub(in crate::mentornet) fn activations(&self, features: MentorFeatures) -> Activations {
        let losses = [features.loss as f32, features.difference as f32];
        let percent = usize::from(features.percent).min(PERCENTS - 1) * PERCENT_WIDTH;
        let label = LABEL_EMBEDDING + LABEL_WIDTH * self.known_label(features.label);
        let cells = [0, 1].map(|direction| self.cell(direction, losses));
        let mut inputs = [0.0; INPUTS];
        inputs[..LABEL_WIDTH].copy_from_slice(&self.parameters[label..][..LABEL_WIDTH]);
        inputs[LABEL_WIDTH..][..PERCENT_WIDTH].copy_from_slice(&self.parameters[percent..][..PERCENT_WIDTH]);
        for (input, [gate, candidate]) in inputs[LABEL_WIDTH + PERCENT_WIDTH..].iter_mut().zip(cells) {
            *input = gate * candidate;
        }
        let hidden = self.hidden(&inputs);
        Activations {
            losses,
            percent,
            label,
            cells,
            inputs,
            hidden,
            logit: self.output(&hidden),
        }
    }

    fn known_label(&self, label: u32) -> usize {
        match self.labels {
            super::MentorLabels::Aware { classes } if (label as usize) < classes => label as usize,
            _ => 0,
        }
    }

    /// Input gate and candidate of a direction: with nothing before, the cell holds their product.
    fn cell(&self, direction: usize, losses: [f32; 2]) -> [f32; 2] {
        let (kernel, bias) = (
            &self.parameters[CELLS[direction].kernel.clone()],
            &self.parameters[CELLS[direction].bias.clone()],
        );
        let gate = |gate: usize| losses[0] * kernel[gate] + losses[1] * kernel[GATES + gate] + bias[gate];
        [sigmoid(gate(0)), gate(1).tanh()]
    }

    fn hidden(&self, inputs: &[f32; INPUTS]) -> [f32; HIDDEN] {
        let mut sums = [0.0; HIDDEN];
        sums.copy_from_slice(&self.parameters[HIDDEN_BIAS]);
        let rows = self.parameters[HIDDEN_WEIGHT].as_chunks::<HIDDEN>().0;
        for (input, row) in inputs.iter().zip(rows) {
            for (sum, weight) in sums.iter_mut().zip(row) {
                *sum += input * weight;
            }
        }
        sums.map(f32::tanh)
    }

    fn output(&self, hidden: &[f32; HIDDEN]) -> f32 {
        let weights = &self.parameters[OUTPUT_WEIGHT];
        let bias = self.parameters[OUTPUT_BIAS.start];
        let sum: f32 = hidden
            .iter()
            .zip(weights)
            .map(|(number, weight)| number * weight)
            .sum();
        sum + match self.variant {
            MentornetVariant::Fixed => bias,
            MentornetVariant::Compat => bias * hidden.iter().sum::<f32>(),
        }
    }
}
