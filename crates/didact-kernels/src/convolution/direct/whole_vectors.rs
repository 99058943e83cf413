//! Rows that a product can read in whole vectors.

use crate::buffer::Buffer;

/// Rows of numbers with zeros up to whole vectors, and the new step from row to row; none if they are whole.
pub(super) fn whole_vectors(rows: &[f32], width: usize, lanes: usize) -> Option<(Buffer, usize)> {
    let step = width.next_multiple_of(lanes);
    (step != width).then(|| {
        let mut whole = Buffer::any(rows.len() / width * step);
        for (whole, row) in whole.chunks_exact_mut(step).zip(rows.chunks_exact(width)) {
            whole[..width].copy_from_slice(row);
            whole[width..].fill(0.0);
        }
        (whole, step)
    })
}
