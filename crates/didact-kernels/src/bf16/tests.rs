//! Products against plain sums of rounded numbers.

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

/// All sets that multiply `bf16`.
fn sets() -> Vec<InstructionSet> {
    let available = InstructionSet::available().into_iter();
    let sets: Vec<_> = available.filter(|set| set.multiplies_bf16()).collect();
    if sets.is_empty() {
        std::io::stderr()
            .write_all(b"NOT TESTED: this processor does not multiply bf16\n")
            .unwrap();
    }
    sets
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

/// The sum of products of rounded numbers, for each row and column of the output.
fn product([rows, depth, columns]: [usize; 3], left: &[f32], right: &[f32]) -> Vec<f64> {
    let number = |place: usize| {
        let (row, column) = (place / columns, place % columns);
        let term = |k: usize| rounded(left[row * depth + k]) * rounded(right[k * columns + column]);
        (0..depth).map(term).sum()
    };
    (0..rows * columns).map(number).collect()
}

fn assert_near(found: f32, expected: f64, what: &str) {
    assert!(
        (f64::from(found) - expected).abs() < 1e-4,
        "{what}: {found} is not {expected}"
    );
}

#[test]
fn every_way_to_lie_yields_the_product_of_rounded_numbers() {
    for set in sets() {
        for sizes in [
            [1, 1, 1],
            [3, 40, 33],
            [32, 32, 32],
            [70, 31, 64],
            [169, 128, 169],
            [128, 169, 20],
        ] {
            assert_product(set, sizes);
        }
    }
}

fn assert_product(set: InstructionSet, [rows, depth, columns]: [usize; 3]) {
    let (left, right) = (matrix(rows, depth), matrix(depth, columns));
    let (left_turned, right_turned) = (transposed(&left, depth), transposed(&right, columns));
    let [lefts, lefts_turned] = [(&left, depth), (&left_turned, rows)].map(runs);
    let [rights, rights_turned] = [(&right, columns), (&right_turned, depth)].map(runs);
    let expected = product([rows, depth, columns], &left, &right);
    for left_runs in [Runs::OfLines(&lefts), Runs::OfDepth(&lefts_turned)] {
        for right_runs in [Runs::OfDepth(&rights), Runs::OfLines(&rights_turned)] {
            let sides = (
                Left::new(set, left_runs, [rows, depth]),
                Right::new(set, right_runs, [depth, columns]),
            );
            // A number more a row, which is left alone.
            let mut output = vec![7.0; rows * (columns + 1)];
            multiply(set, &sides.0, &sides.1, (&mut output, columns + 1));
            for (found, expected) in output
                .chunks_exact(columns + 1)
                .zip(expected.chunks_exact(columns))
            {
                let (found, beside) = found.split_at(columns);
                for (&found, &expected) in found.iter().zip(expected) {
                    assert_near(found, expected, &set.to_string());
                }
                assert_eq!(beside[0].to_bits(), 7f32.to_bits());
            }
        }
    }
}

#[test]
fn vectors_begin_with_a_bias_or_with_what_is_there() {
    let [rows, depth, columns] = [5, 70, 40];
    let (left, right) = (matrix(rows, depth), matrix(depth, columns));
    let expected = product([rows, depth, columns], &left, &right);
    let mut bias = vec![0.0; 64];
    bias.iter_mut()
        .take(columns)
        .enumerate()
        .for_each(|(column, bias)| *bias = column as f32);
    for set in sets() {
        let left = Left::new(set, Runs::OfLines(&runs((&left, depth))), [rows, depth]);
        let right = Right::new(set, Runs::OfDepth(&runs((&right, columns))), [depth, columns]);
        let mut output = vec![7.0; rows * columns];
        let start = Start::Bias(&bias);
        multiply_by_vectors(set, (&left, &right), start, (&mut output, columns));
        multiply_by_vectors(set, (&left, &right), Start::Output, (&mut output, columns));
        for (place, (&found, &expected)) in output.iter().zip(&expected).enumerate() {
            let bias = (place % columns) as f64;
            assert_near(found, 2.0 * expected + bias, &set.to_string());
        }
    }
}
