//! Every instruction set does the same.

use super::{InstructionSet, Kernel, MOST_LANES, Vector, pair_of_bf16, run};
use crate::block::Precision;
use crate::convolution::{self, Shape};

/// An operation on three vectors.
#[derive(Clone, Copy, Debug)]
enum Operation {
    RoundBf16,
    Pair,
    /// Stores as many `bf16` as a vector has, as the lower halves of cells of two.
    Store,
    MultiplyAddPairs,
    WherePositive,
    WhereEqual,
    Larger,
}

struct Apply<'a> {
    operation: Operation,
    operands: [&'a Lanes; 3],
    output: &'a mut Lanes,
}

type Lanes = [f32; MOST_LANES];

impl Kernel for Apply<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        for lane in (0..MOST_LANES).step_by(V::LANES) {
            // SAFETY: the lanes of each vector are within the arrays.
            unsafe {
                let [a, b, c] = self.operands.map(|operand| V::load(operand.as_ptr().add(lane)));
                let value = match self.operation {
                    Operation::RoundBf16 => a.round_bf16(),
                    Operation::Pair => a.pair_bf16(b),
                    Operation::Store => {
                        let mut halves = [0u16; MOST_LANES];
                        a.store_bf16(halves.as_mut_ptr());
                        let numbers = halves.map(|half| f32::from_bits(u32::from(half)));
                        V::load(numbers.as_ptr())
                    }
                    Operation::MultiplyAddPairs => a.multiply_add_pairs(b, c),
                    Operation::WherePositive => a.where_positive(b),
                    Operation::WhereEqual => a.where_equal(b, c),
                    Operation::Larger => a.larger(b),
                };
                value.store(self.output.as_mut_ptr().add(lane));
            }
        }
    }
}

fn apply(set: InstructionSet, operation: Operation, operands: [&Lanes; 3]) -> Lanes {
    let mut output = [0.0; MOST_LANES];
    // SAFETY: the arrays have as many lanes as the kernel uses.
    unsafe {
        run(
            set,
            Apply {
                operation,
                operands,
                output: &mut output,
            },
        );
    };
    output
}

fn lanes(first: &[f32]) -> Lanes {
    std::array::from_fn(|lane| first.get(lane).copied().unwrap_or(0.0))
}

/// Compares bits, but takes all that is no number as equal.
fn is_same(found: &[f32], expected: &[f32]) -> bool {
    let pairs = found.iter().zip(expected);
    pairs
        .into_iter()
        .all(|(a, b)| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan())
}

fn numbers(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 23) as f32 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

#[test]
fn bf16_is_rounded_to_nearest_and_half_to_even() {
    // The last bit of bf16 at 1 is 2^-7.
    let (half, last) = (1.0 / 256.0, 1.0 / 128.0);
    let bits_of_nan = f32::from_bits(0x7f80_0001);
    let given = [
        1.0,
        1.0 + half,
        1.0 + 3.0 * half,
        1.0 + 1.01 * half,
        -1.0 - half,
        f32::MAX,
        f32::INFINITY,
        -0.0,
        f32::NAN,
        bits_of_nan,
        f32::NEG_INFINITY,
    ];
    let expected = [
        1.0,
        1.0,
        1.0 + 2.0 * last,
        1.0 + last,
        -1.0,
        f32::INFINITY,
        f32::INFINITY,
        -0.0,
        f32::NAN,
        f32::NAN,
        f32::NEG_INFINITY,
    ];
    let given = lanes(&given);
    for set in InstructionSet::available() {
        let found = apply(set, Operation::RoundBf16, [&given; 3]);
        assert!(is_same(&found, &lanes(&expected)), "{set}: {found:?}");
    }
}

#[test]
fn pairs_of_bf16_are_the_same_everywhere() {
    let (low, high) = (numbers(MOST_LANES, 1), numbers(MOST_LANES, 2));
    let expected: Vec<f32> = low
        .iter()
        .zip(&high)
        .map(|(&low, &high)| pair_of_bf16(low, high))
        .collect();
    for set in InstructionSet::available() {
        let found = apply(set, Operation::Pair, [&lanes(&low), &lanes(&high), &lanes(&[])]);
        assert!(is_same(&found, &expected), "{set}");
    }
}

#[test]
fn what_is_special_is_rounded_as_such() {
    let special = [
        f32::NAN,
        f32::INFINITY,
        f32::NEG_INFINITY,
        f32::MAX,
        f32::MIN_POSITIVE,
        // Halfway between two: to the even one.
        1.0 + 1.0 / 256.0,
        1.0 + 3.0 / 256.0,
        -0.0,
        1e-40,
        -1e-40,
    ];
    let half = |bits: u32| f32::from_bits(bits << 16);
    let operands = [&lanes(&special), &lanes(&special), &lanes(&[])];
    for set in InstructionSet::available() {
        let [pairs, stored] =
            [Operation::Pair, Operation::Store].map(|operation| apply(set, operation, operands));
        for ((&number, pair), stored) in special.iter().zip(pairs).zip(stored) {
            let expected = pair_of_bf16(number, number).to_bits() >> 16;
            for found in [pair.to_bits() & 0xffff, pair.to_bits() >> 16, stored.to_bits()] {
                // What is nearer to zero than any normal number may become zero.
                let is_lost = number.is_subnormal() && half(found) == 0.0;
                let is_none = number.is_nan() && half(found).is_nan();
                assert!(
                    found == expected || is_lost || is_none,
                    "{number} becomes {} by {set}",
                    half(found)
                );
            }
        }
    }
}

#[test]
fn products_of_pairs_are_those_of_their_numbers() {
    let all: Vec<Vec<f32>> = (0..5).map(|seed| numbers(MOST_LANES, seed)).collect();
    let pair = |low: &[f32], high: &[f32]| {
        lanes(
            &low.iter()
                .zip(high)
                .map(|(&low, &high)| pair_of_bf16(low, high))
                .collect::<Vec<_>>(),
        )
    };
    let (left, right) = (pair(&all[0], &all[1]), pair(&all[2], &all[3]));
    let halves = |pair: f32| {
        [pair.to_bits() << 16, pair.to_bits() & 0xffff_0000].map(|bits| f64::from(f32::from_bits(bits)))
    };
    for set in InstructionSet::available() {
        let found = apply(set, Operation::MultiplyAddPairs, [&left, &right, &lanes(&all[4])]);
        for lane in 0..MOST_LANES {
            let ([a, b], [c, d]) = (halves(left[lane]), halves(right[lane]));
            let expected = a * c + b * d + f64::from(all[4][lane]);
            assert!(
                (f64::from(found[lane]) - expected).abs() < 5e-7,
                "{set}: {} is not {expected}",
                found[lane]
            );
        }
    }
}

#[test]
fn lanes_are_chosen_by_comparison_and_none_by_what_is_no_number() {
    let none = f32::NAN;
    let values = lanes(&[1.0, 2.0, 3.0, 4.0, 5.0, none]);
    let left = lanes(&[1.0, 0.0, -0.0, -1.0, none, 2.0]);
    let right = lanes(&[1.0, -0.0, 1.0, -1.0, none, 2.0]);
    for set in InstructionSet::available() {
        let positive = apply(set, Operation::WherePositive, [&values, &left, &left]);
        assert!(
            is_same(&positive, &lanes(&[1.0, 0.0, 0.0, 0.0, 0.0, none])),
            "{set}: {positive:?}"
        );
        let equal = apply(set, Operation::WhereEqual, [&values, &left, &right]);
        assert!(
            is_same(&equal, &lanes(&[1.0, 2.0, 0.0, 4.0, 0.0, none])),
            "{set}: {equal:?}"
        );
    }
}

#[test]
fn the_larger_of_two_is_none_if_either_is() {
    let (none, infinite) = (f32::NAN, f32::INFINITY);
    let left = lanes(&[1.0, 2.0, none, 3.0, none, infinite, -infinite, none]);
    let right = lanes(&[2.0, 1.0, 3.0, none, none, 1.0, 1.0, infinite]);
    let expected = lanes(&[2.0, 2.0, none, none, none, infinite, 1.0, none]);
    for set in InstructionSet::available() {
        let found = apply(set, Operation::Larger, [&left, &right, &right]);
        assert!(is_same(&found, &expected), "{set}: {found:?}");
    }
}

/// Loads and stores the first of some numbers, between others.
struct CopyFirst<'a>(&'a [f32], &'a mut [f32], usize);

impl Kernel for CopyFirst<'_> {
    type Output = usize;

    #[inline(always)]
    unsafe fn run<V: Vector>(self) -> usize {
        let mut whole = [7.0; MOST_LANES];
        // SAFETY: both sides have so many numbers, and a vector no more than the array.
        unsafe {
            let values = V::load_first(self.0.as_ptr(), self.2);
            values.store(whole.as_mut_ptr());
            values.store_first(self.1.as_mut_ptr(), self.2);
        }
        assert!(whole[self.2..V::LANES].iter().all(|&number| number == 0.0));
        V::LANES
    }
}

#[test]
fn the_first_numbers_of_a_vector_are_read_and_written_and_no_other() {
    for set in InstructionSet::available() {
        for count in 0..=set.lanes() {
            // As long as they may be read: an address sanitizer sees what is read beyond.
            let (from, mut to) = (vec![1.0; count], vec![5.0; set.lanes()]);
            // SAFETY: there are `count` numbers on both sides.
            let lanes = unsafe { run(set, CopyFirst(&from, &mut to, count)) };
            assert_eq!(lanes, set.lanes());
            assert!(
                to[..count] == from
                    && to[count..]
                        .iter()
                        .all(|&number| number.to_bits() == 5.0f32.to_bits()),
                "{set}, {count}"
            );
        }
    }
}

/// The products of `bf16` that a processor's vectors have, and those made of other instructions, differ by rounding alone. (A
/// matrix unit computes another algorithm, which is tested against its definition.)
#[test]
fn convolutions_in_bf16_agree_among_vectors() {
    let shape = Shape {
        images: 3,
        height: 7,
        width: 9,
        inputs: 64,
        outputs: 48,
        kernel: [3, 3],
        stride: 1,
        padding: 1,
    };
    let [input, weight, upstream] =
        [shape.input_len(), shape.weight_len(), shape.output_len()].map(|count| numbers(count, count as u32));
    let results = |set| {
        let how = (shape, Precision::Bf16);
        [
            convolution::forward(set, how, &input, &weight, None),
            convolution::weight_gradient(set, how, &input, &upstream),
        ]
    };
    let is_of_vectors = |set: &InstructionSet| !set.to_string().ends_with("AMX");
    let available: Vec<InstructionSet> = InstructionSet::available()
        .into_iter()
        .filter(is_of_vectors)
        .collect();
    let expected = results(available[0]);
    let exact = convolution::forward(available[0], (shape, Precision::F32), &input, &weight, None);
    assert!(exact[..] != expected[0][..], "not rounded");
    for &set in &available[1..] {
        for (found, expected) in results(set).iter().zip(&expected) {
            let largest = expected
                .iter()
                .fold(0f32, |largest, number| largest.max(number.abs()));
            let is_near = |(found, expected): (&f32, &f32)| (found - expected).abs() < 2e-6 * largest;
            assert!(found.iter().zip(expected.iter()).all(is_near), "{set}");
        }
    }
}

struct Transpose<'a>(&'a mut super::Square);

impl Kernel for Transpose<'_> {
    type Output = ();

    #[inline(always)]
    unsafe fn run<V: Vector>(self) {
        // SAFETY: the caller's.
        unsafe { V::transpose(self.0) };
    }
}

#[test]
fn rows_become_columns() {
    let square: super::Square =
        std::array::from_fn(|row| std::array::from_fn(|column| (MOST_LANES * row + column) as f32));
    for set in InstructionSet::available() {
        let mut turned = square;
        // SAFETY: the kernel has no pointer.
        unsafe { run(set, Transpose(&mut turned)) };
        for (row, column) in (0..MOST_LANES).flat_map(|row| (0..MOST_LANES).map(move |column| (row, column)))
        {
            assert_eq!(
                turned[column][row].to_bits(),
                square[row][column].to_bits(),
                "{set}"
            );
        }
    }
}
