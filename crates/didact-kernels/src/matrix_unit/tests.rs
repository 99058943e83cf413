//! The unit against plain sums of rounded numbers.

use std::io::Write;

use super::*;
use crate::simd::pair_of_bf16;

/// The set with the unit, if the processor has it.
pub(crate) fn set() -> Option<InstructionSet> {
    let set = InstructionSet::available()
        .into_iter()
        .find(|set| set.has_matrix_unit());
    if set.is_none() {
        std::io::stderr()
            .write_all(b"NOT TESTED: this processor has no unit for matrices\n")
            .unwrap();
    }
    set
}

/// A number for each place that no other has nearby, not one of `bf16`.
fn number(row: usize, column: usize) -> f32 {
    ((row * 31 + column * 17) % 101) as f32 / 50.0 - 1.001
}

fn matrix(rows: usize, columns: usize) -> Vec<f32> {
    let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    places.map(|(row, column)| number(row, column)).collect()
}

fn transposed(matrix: &[f32], columns: usize) -> Vec<f32> {
    let column = |column: usize| matrix.iter().copied().skip(column).step_by(columns);
    (0..columns).flat_map(column).collect()
}

fn runs((values, length): (&Vec<f32>, usize)) -> Vec<&[f32]> {
    values.chunks_exact(length).collect()
}

fn rounded(number: f32) -> f64 {
    f64::from(f32::from_bits(pair_of_bf16(0.0, number).to_bits() & 0xffff_0000))
}

#[test]
fn every_way_to_lie_yields_the_product_of_rounded_numbers() {
    let Some(set) = set() else { return };
    for [rows, depth, columns] in [
        [1, 1, 1],
        [3, 40, 33],
        [32, 32, 32],
        [70, 31, 64],
        [169, 128, 169],
        [128, 169, 20],
    ] {
        let (left, right) = (matrix(rows, depth), matrix(depth, columns));
        let (left_turned, right_turned) = (transposed(&left, depth), transposed(&right, columns));
        let [lefts, lefts_turned] = [(&left, depth), (&left_turned, rows)].map(runs);
        let [rights, rights_turned] = [(&right, columns), (&right_turned, depth)].map(runs);
        for left_runs in [Runs::OfLines(&lefts), Runs::OfDepth(&lefts_turned)] {
            for right_runs in [Runs::OfDepth(&rights), Runs::OfLines(&rights_turned)] {
                let sides = (
                    Left::new(set, left_runs, [rows, depth]),
                    Right::new(set, right_runs, [depth, columns]),
                );
                // A number more a row, which is left alone.
                let mut output = vec![7.0; rows * (columns + 1)];
                multiply(set, &sides.0, &sides.1, (&mut output, columns + 1));
                for (row, found) in output.chunks_exact(columns + 1).enumerate() {
                    for (column, &found) in found[..columns].iter().enumerate() {
                        let product =
                            |k: usize| rounded(left[row * depth + k]) * rounded(right[k * columns + column]);
                        let expected: f64 = (0..depth).map(product).sum();
                        assert!(
                            (f64::from(found) - expected).abs() < 1e-4,
                            "{found} is not {expected}"
                        );
                    }
                    assert_eq!(found[columns].to_bits(), 7f32.to_bits());
                }
            }
        }
    }
}
