//! Where each part of a mentor's parameters lies.

use std::ops::Range;

/// Percents of a run that a mentor tells apart.
pub(super) const PERCENTS: usize = 100;
/// Numbers that stand for a percent of the run.
pub(super) const PERCENT_WIDTH: usize = 5;
/// Numbers that stand for a label.
pub(super) const LABEL_WIDTH: usize = 2;
/// Numbers that the hidden layer takes: label, percent, and the cells of both directions.
pub(super) const INPUTS: usize = LABEL_WIDTH + PERCENT_WIDTH + 2;
/// Numbers of the hidden layer.
pub(super) const HIDDEN: usize = 20;
/// Gates of a cell: input, candidate, forget, output, in this order.
pub(super) const GATES: usize = 4;
/// What a cell takes: loss, difference, and its own last answer, which never is any but 0.
pub(super) const CELL_INPUTS: usize = 3;

/// A part of the parameters: its name in a file, and its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentorPart {
    /// Name in a file.
    pub name: &'static str,
    /// Rows and columns; a vector is one row.
    pub shape: [usize; 2],
}

pub(super) const PERCENT_EMBEDDING: Range<usize> = 0..PERCENTS * PERCENT_WIDTH;
pub(super) const CELLS: [Cell; 2] = [
    Cell::after(PERCENT_EMBEDDING.end),
    Cell::after(Cell::after(PERCENT_EMBEDDING.end).bias.end),
];
pub(super) const HIDDEN_WEIGHT: Range<usize> = after(CELLS[1].bias.end, INPUTS * HIDDEN);
pub(super) const HIDDEN_BIAS: Range<usize> = after(HIDDEN_WEIGHT.end, HIDDEN);
pub(super) const OUTPUT_WEIGHT: Range<usize> = after(HIDDEN_BIAS.end, HIDDEN);
pub(super) const OUTPUT_BIAS: Range<usize> = after(OUTPUT_WEIGHT.end, 1);
/// The labels' numbers come last, as there are as many as labels.
pub(super) const LABEL_EMBEDDING: usize = OUTPUT_BIAS.end;

/// Where a direction's cell lies.
pub(super) struct Cell {
    pub(super) kernel: Range<usize>,
    pub(super) bias: Range<usize>,
}

impl Cell {
    const fn after(start: usize) -> Self {
        let kernel = after(start, CELL_INPUTS * GATES);
        let bias = after(kernel.end, GATES);
        Self { kernel, bias }
    }
}

const fn after(start: usize, length: usize) -> Range<usize> {
    start..start + length
}

/// Every part, in the order of the parameters.
pub(super) fn parts(num_labels: usize) -> [MentorPart; 10] {
    [
        ("epoch_embedding", [PERCENTS, PERCENT_WIDTH]),
        ("forward.kernel", [CELL_INPUTS, GATES]),
        ("forward.bias", [1, GATES]),
        ("backward.kernel", [CELL_INPUTS, GATES]),
        ("backward.bias", [1, GATES]),
        ("hidden.weight", [INPUTS, HIDDEN]),
        ("hidden.bias", [1, HIDDEN]),
        ("output.weight", [HIDDEN, 1]),
        ("output.bias", [1, 1]),
        ("label_embedding", [num_labels, LABEL_WIDTH]),
    ]
    .map(|(name, shape)| MentorPart { name, shape })
}
