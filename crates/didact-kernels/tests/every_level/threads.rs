//! Results do not depend on the number of threads, to the last bit.

use didact_kernels::Precision;
use rayon::ThreadPoolBuilder;

use super::case::{Case, Found, kernel_results};
use super::larger_shapes::{DIRECT, LINEAR, TAILS, WINOGRAD};
use super::level::at_level;

fn by_threads(case: &Case, threads: usize) -> Found {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| kernel_results(case))
}

fn assert_same_bits(cases: &[Case]) {
    at_level(|| {
        for case in cases {
            let alone = by_threads(case, 1);
            for threads in [2, 3, 7] {
                for ((name, alone), (_, together)) in alone.iter().zip(&by_threads(case, threads)) {
                    let is_same = alone
                        .iter()
                        .zip(together)
                        .all(|(a, b)| a.to_bits() == b.to_bits());
                    assert!(
                        is_same && alone.len() == together.len(),
                        "{name} by {threads} threads, {case:?}"
                    );
                }
            }
        }
    });
}

#[test]
fn winograd_has_the_same_bits_by_any_number_of_threads() {
    assert_same_bits(&WINOGRAD);
}

#[test]
fn winograd_in_bf16_has_the_same_bits_by_any_number_of_threads() {
    assert_same_bits(&WINOGRAD.map(|case| Case {
        precision: Precision::Bf16,
        ..case
    }));
}

#[test]
fn direct_convolutions_and_linear_layers_have_the_same_bits_by_any_number_of_threads() {
    assert_same_bits(&DIRECT);
    assert_same_bits(&LINEAR);
}

#[test]
fn linear_layers_in_bf16_have_the_same_bits_by_any_number_of_threads() {
    let in_bf16 = |case: Case| Case {
        precision: Precision::Bf16,
        ..case
    };
    assert_same_bits(&LINEAR.map(in_bf16));
    let pixels = Case {
        images: 7,
        side: [13, 9],
        channels: [32, 64],
        kernel: [1, 1],
        padding: 0,
        ..Case::PLAIN
    };
    assert_same_bits(&[in_bf16(pixels)]);
}

#[test]
fn tails_have_the_same_bits_by_any_number_of_threads() {
    assert_same_bits(&TAILS);
}
