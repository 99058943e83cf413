//! The middle of several measurements.

/// The middle, or the mean of the two in the middle; not a number if there is none.
pub(crate) fn median(measurements: &[f64]) -> f64 {
    let mut sorted = measurements.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match sorted.as_slice() {
        [] => f64::NAN,
        odd if odd.len() % 2 == 1 => odd[half],
        even => f64::midpoint(even[half - 1], even[half]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outliers_do_not_move_it() {
        assert!((median(&[3.0, 1.0, 900.0]) - 3.0).abs() < 1e-12);
        assert!((median(&[4.0, 1.0, 900.0, 2.0]) - 3.0).abs() < 1e-12);
        assert!(median(&[]).is_nan());
    }
}
