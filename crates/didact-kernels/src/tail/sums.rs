//! Sums over a batch.

/// How many images are summed in `f32` before the sums are added up in `f64`: small images go together.
pub(crate) fn images_together(image: usize) -> usize {
    (16_384 / image.max(1)).max(1)
}

/// Adds up rows of partial sums, in their order.
pub(crate) fn add_up(partial: &[f32], width: usize) -> Vec<f64> {
    let mut sums = vec![0.0; width];
    for row in partial.chunks_exact(width) {
        sums.iter_mut()
            .zip(row)
            .for_each(|(sum, &part)| *sum += f64::from(part));
    }
    sums
}
