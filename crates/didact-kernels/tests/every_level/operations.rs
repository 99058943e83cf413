//! Operations of a transformer: by the kernels as by Burn's own operations, value and gradients, and the same bits by any
//! number of threads.

use burn::tensor::{Device, Tensor, TensorData};
use didact_kernels::{
    Attention, Dropout, InstructionSet, LayerNorm, Precision, halving_max_pool, halving_max_pool_stock,
    weighted_sum, weighted_sum_stock,
};
use rayon::ThreadPoolBuilder;

use super::case::{assert_close, random_numbers};
use super::level::at_level;

/// What an operation is applied to.
type Operands = Vec<Tensor<4>>;

/// The output and the gradients of all operands, whose numbers are random.
fn results(shapes: &[[usize; 4]], apply: impl Fn(Operands) -> Tensor<4>) -> Vec<Vec<f32>> {
    let device = Device::flex().autodiff();
    let tensor = |seed: usize, shape: [usize; 4]| {
        let numbers = random_numbers(seed as u64 + 1, shape.iter().product());
        Tensor::<4>::from_data(TensorData::new(numbers, shape), &device)
    };
    let operands: Operands = (shapes.iter().enumerate())
        .map(|(index, &shape)| tensor(index, shape).require_grad())
        .collect();
    let output = apply(operands.clone());
    let upstream = tensor(shapes.len(), output.dims());
    let mut gradients = (output.clone() * upstream).sum().backward();
    let mut found = vec![output.into_data().iter().collect()];
    for operand in operands {
        let gradient = operand.grad_remove(&mut gradients).unwrap();
        found.push(gradient.into_data().iter().collect());
    }
    found
}

fn assert_same(ours: &[Vec<f32>], stock: &[Vec<f32>], tolerance: f32, what: &str) {
    assert_eq!(ours.len(), stock.len());
    for (index, (ours, stock)) in ours.iter().zip(stock).enumerate() {
        assert_close(ours, stock, tolerance, &format!("result {index} of {what}"));
    }
}

fn assert_same_bits(operation: impl Fn() -> Vec<Vec<f32>> + Sync) {
    let by_threads = |threads: usize| {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let bits = |results: Vec<f32>| results.into_iter().map(f32::to_bits).collect::<Vec<_>>();
        pool.install(&operation).into_iter().map(bits).collect::<Vec<_>>()
    };
    let alone = by_threads(1);
    for threads in [2, 3, 7] {
        assert!(by_threads(threads) == alone, "{threads} threads");
    }
}

/// Bits of a part: not the same in two parts.
fn dropout(share: f64) -> Dropout {
    Dropout::new(share, |part, numbers| {
        let random = random_numbers(part + 1, numbers.len());
        for (number, random) in numbers.iter_mut().zip(random) {
            *number = ((random + 1.0) * 32_768.0) as u16;
        }
    })
}

/// Samples, tokens, heads and numbers of a key.
const ATTENTIONS: [[usize; 4]; 11] = [
    [1, 1, 1, 1],
    [2, 3, 2, 5],
    [3, 7, 1, 8],
    [1, 16, 3, 16],
    [2, 33, 2, 20],
    [1, 50, 1, 33],
    [1, 64, 1, 64],
    [1, 70, 1, 63],
    [1, 63, 1, 70],
    [1, 70, 2, 67],
    [2, 169, 2, 128],
];

/// Queries are large enough that some shares are far from others.
fn attention_results(
    [samples, tokens, heads, key]: [usize; 4],
    share: Option<f64>,
    precision: Precision,
    apply: fn(Attention, [Tensor<4>; 3]) -> Tensor<4>,
) -> Vec<Vec<f32>> {
    results(&[[samples, 1, tokens, heads * key]; 3], |operands| {
        let [query, key, value] = operands.try_into().unwrap();
        let dropout = share.map(dropout);
        let attention = Attention {
            heads,
            dropout,
            precision,
        };
        apply(attention, [query * 4.0, key, value])
    })
}

#[test]
fn attention_agrees_with_the_stock_operations() {
    at_level(|| {
        for sizes in ATTENTIONS {
            for share in [None, Some(0.3)] {
                let ours = attention_results(sizes, share, Precision::F32, Attention::apply);
                let stock = attention_results(sizes, share, Precision::F32, Attention::apply_stock);
                assert_same(&ours, &stock, 2e-5, &format!("attention {sizes:?} {share:?}"));
            }
        }
    });
}

#[test]
fn attention_in_bf16_is_near() {
    at_level(|| {
        for sizes in ATTENTIONS {
            let rounded = attention_results(sizes, Some(0.3), Precision::Bf16, Attention::apply);
            let stock = attention_results(sizes, Some(0.3), Precision::F32, Attention::apply_stock);
            assert_same(&rounded, &stock, 3e-2, &format!("attention in bf16 {sizes:?}"));
            // Rounded, where there is what rounds.
            let exact = attention_results(sizes, Some(0.3), Precision::F32, Attention::apply);
            let set = InstructionSet::in_use().to_string();
            let [_, tokens, _, key] = sizes;
            let is_rounded = set.ends_with("AMX") || set.ends_with("BF16") && tokens.min(key) >= 64;
            assert_eq!(rounded != exact, is_rounded, "attention in bf16 {sizes:?}");
        }
    });
}

#[test]
fn attention_has_the_same_bits_by_any_number_of_threads() {
    at_level(|| {
        for precision in [Precision::F32, Precision::Bf16] {
            for sizes in [[5, 33, 2, 20], [3, 71, 2, 67]] {
                assert_same_bits(|| attention_results(sizes, Some(0.3), precision, Attention::apply));
            }
        }
    });
}

fn row(numbers: &[f32]) -> Tensor<4> {
    Tensor::<1>::from_floats(numbers, &Device::flex()).reshape([1, 1, numbers.len(), 1])
}

fn attended(precision: Precision, query: &[f32], key: &[f32], value: &[f32]) -> Vec<f32> {
    let attention = Attention {
        heads: 1,
        dropout: None,
        precision,
    };
    let found = attention.apply([query, key, value].map(row));
    found.into_data().iter().collect()
}

#[test]
fn attention_by_hand() {
    at_level(|| {
        // Shares 1/4 and 3/4, then 1/2 each.
        let found = attended(Precision::F32, &[1.0, 0.0], &[0.0, 3f32.ln()], &[8.0, 4.0]);
        assert_close(&found, &[5.0, 6.0], 1e-6, "an attention");
        // Scores whose exponentials are no numbers, or nothing.
        let found = attended(Precision::F32, &[1.0, -1.0], &[1000.0, 0.0], &[8.0, 4.0]);
        assert_close(&found, &[8.0, 4.0], 1e-6, "an attention of large scores");
        let found = attended(Precision::F32, &[1.0, 1.0], &[-1000.0, -1000.0], &[8.0, 4.0]);
        assert_close(&found, &[6.0, 6.0], 1e-6, "an attention of small scores");
    });
}

#[test]
fn attention_to_what_is_no_number_is_none() {
    at_level(|| {
        for precision in [Precision::F32, Precision::Bf16] {
            let mut keys = [1.0; 40];
            keys[37] = f32::NAN;
            let found = attended(precision, &[1.0; 40], &keys, &[1.0; 40]);
            assert!(found.iter().all(|number| number.is_nan()), "{found:?}");
            let mut queries = [1.0; 40];
            queries[3] = f32::NAN;
            let found = attended(precision, &queries, &[1.0; 40], &[1.0; 40]);
            assert!(found[3].is_nan() && found.iter().filter(|number| number.is_nan()).count() == 1);
        }
    });
}

#[test]
fn a_token_of_many_that_is_no_number_is_none_and_spoils_no_other() {
    at_level(|| {
        let [tokens, key] = [71, 67];
        let of = |number: f32| {
            let mut numbers = vec![1.0; tokens * key];
            numbers[3 * key + 66] = number;
            let numbers = Tensor::<1>::from_floats(numbers.as_slice(), &Device::flex());
            numbers.reshape([1, 1, tokens, key])
        };
        for precision in [Precision::F32, Precision::Bf16] {
            let attend = |operands: [Tensor<4>; 3]| -> Vec<f32> {
                let attention = Attention {
                    heads: 1,
                    dropout: None,
                    precision,
                };
                attention.apply(operands).into_data().iter().collect()
            };
            let places = |found: &[f32]| -> Vec<usize> {
                let places = found.iter().enumerate().filter(|(_, number)| number.is_nan());
                places.map(|(place, _)| place).collect()
            };
            // Asked by the fourth; told by it in its last number.
            let found = places(&attend([of(f32::NAN), of(1.0), of(1.0)]));
            assert_eq!(found, (3 * key..4 * key).collect::<Vec<_>>());
            let found = places(&attend([of(1.0), of(1.0), of(f32::NAN)]));
            assert_eq!(found, (66..tokens * key).step_by(key).collect::<Vec<_>>());
        }
    });
}

#[test]
fn operands_may_lie_anywhere_and_need_no_gradient() {
    at_level(|| {
        let attend = |apply: fn(Attention, [Tensor<4>; 3]) -> Tensor<4>| {
            results(&[[2, 1, 6, 10]], |operands| {
                // Of all three, only the query leads back to the tensor, and lies across it.
                let query = operands[0].clone().swap_dims(2, 3).reshape([2, 1, 10, 6]);
                let across = operands[0].clone().detach().swap_dims(2, 3);
                let attention = Attention {
                    heads: 2,
                    dropout: None,
                    precision: Precision::F32,
                };
                apply(attention, [query, across.clone(), across]).swap_dims(2, 3)
            })
        };
        let (ours, stock) = (attend(Attention::apply), attend(Attention::apply_stock));
        assert_same(&ours, &stock, 2e-5, "an attention of tensors that lie across");
    });
}

/// Rows and their width.
const NORMALISATIONS: [[usize; 2]; 6] = [[1, 2], [3, 5], [7, 8], [5, 16], [700, 33], [300, 128]];

fn layer_norm_results(
    [rows, width]: [usize; 2],
    apply: fn(LayerNorm, Tensor<4>) -> Tensor<4>,
) -> Vec<Vec<f32>> {
    let shapes = [[1, 1, rows, width], [1, 1, 1, width], [1, 1, 1, width]];
    results(&shapes, |operands| {
        let [input, scale, shift] = operands.try_into().unwrap();
        let norm = LayerNorm {
            scale: scale.reshape([width]),
            shift: shift.reshape([width]),
            epsilon: 1e-3,
        };
        apply(norm, input * 3.0 + 1.0)
    })
}

#[test]
fn layer_normalisation_agrees_with_the_stock_operations() {
    at_level(|| {
        for sizes in NORMALISATIONS {
            let ours = layer_norm_results(sizes, LayerNorm::apply);
            let stock = layer_norm_results(sizes, LayerNorm::apply_stock);
            assert_same(&ours, &stock, 2e-5, &format!("a normalisation {sizes:?}"));
        }
    });
}

#[test]
fn layer_normalisation_has_the_same_bits_by_any_number_of_threads() {
    at_level(|| assert_same_bits(|| layer_norm_results([700, 33], LayerNorm::apply)));
}

/// The last has several parts.
const DROPOUTS: [[usize; 4]; 4] = [[1, 1, 1, 1], [2, 3, 5, 7], [1, 1, 16, 16], [2, 100, 10, 21]];

#[test]
fn dropout_agrees_with_the_stock_operations() {
    at_level(|| {
        for shape in DROPOUTS {
            let ours = results(&[shape], |operands| dropout(0.3).apply(operands[0].clone()));
            let stock = results(&[shape], |operands| dropout(0.3).apply_stock(operands[0].clone()));
            assert_same(&ours, &stock, 0.0, &format!("a dropout {shape:?}"));
        }
    });
}

#[test]
fn dropout_has_the_same_bits_by_any_number_of_threads() {
    at_level(|| {
        assert_same_bits(|| {
            results(&[[2, 100, 10, 21]], |operands| {
                dropout(0.3).apply(operands[0].clone())
            })
        });
    });
}

#[test]
fn dropout_by_hand() {
    at_level(|| {
        // A quarter: what is less than 16,384 of 65,536 is dropped.
        let quarter = Dropout::new(0.25, |part, numbers| {
            assert_eq!(part, 0);
            numbers.copy_from_slice(&[0, 16_383, 16_384, 65_535]);
        });
        let found: Vec<f32> = quarter.apply(row(&[3.0; 4])).into_data().iter().collect();
        assert_eq!(found, [0.0, 0.0, 4.0, 4.0]);
    });
}

/// Samples, sides and channels.
const POOLINGS: [[usize; 4]; 6] = [
    [1, 3, 3, 1],
    [2, 4, 3, 5],
    [1, 5, 6, 16],
    [3, 7, 8, 17],
    [1, 9, 4, 33],
    [2, 26, 26, 16],
];

#[test]
fn halving_max_pooling_agrees_with_the_stock_operations() {
    at_level(|| {
        for shape in POOLINGS {
            let ours = results(&[shape], |operands| halving_max_pool(operands[0].clone()));
            let stock = results(&[shape], |operands| halving_max_pool_stock(operands[0].clone()));
            assert_same(&ours, &stock, 1e-6, &format!("a pooling {shape:?}"));
        }
    });
}

#[test]
fn the_first_of_equal_pixels_gets_the_gradient_in_every_lane() {
    at_level(|| {
        for shape in POOLINGS {
            // Of four values, so that most windows have several that are largest.
            let coarse = |operands: Operands| {
                let input = operands[0].clone();
                input.clone() + ((input.clone() * 2.0).floor() - input).detach()
            };
            let ours = results(&[shape], |operands| halving_max_pool(coarse(operands)));
            let stock = results(&[shape], |operands| halving_max_pool_stock(coarse(operands)));
            assert_same(&ours, &stock, 1e-6, &format!("a pooling with ties {shape:?}"));
        }
    });
}

#[test]
fn halving_max_pooling_has_the_same_bits_by_any_number_of_threads() {
    at_level(|| {
        assert_same_bits(|| results(&[[5, 9, 8, 17]], |operands| halving_max_pool(operands[0].clone())));
    });
}

#[test]
fn a_window_with_what_is_no_number_is_none() {
    at_level(|| {
        let image = [f32::NAN, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 5.0];
        let [output, gradient] = pooled(&image, [3, 3]);
        assert!(output[0].is_nan());
        assert_eq!(output[1..], [0.0, 0.0, 5.0]);
        assert_eq!(gradient[8..], [1.0]);
    });
}

/// The output, and the gradient of its sum.
fn pooled(image: &[f32], [height, width]: [usize; 2]) -> [Vec<f32>; 2] {
    let image = Tensor::<1>::from_floats(image, &Device::flex().autodiff());
    let image = image.reshape([1, height, width, 1]).detach().require_grad();
    let output = halving_max_pool(image.clone());
    let mut gradients = output.clone().sum().backward();
    let gradient = image.grad_remove(&mut gradients).unwrap();
    [
        output.into_data().iter().collect(),
        gradient.into_data().iter().collect(),
    ]
}

#[test]
fn even_sides_are_pooled_from_the_first_pixel_on() {
    at_level(|| {
        let rising: Vec<f32> = (1..=16_u8).map(f32::from).collect();
        assert_eq!(pooled(&rising, [4, 4])[0], [11.0, 12.0, 15.0, 16.0]);
    });
}

#[test]
fn odd_sides_are_pooled_around_every_other_pixel() {
    at_level(|| {
        let rising: Vec<f32> = (1..=15_u8).map(f32::from).collect();
        assert_eq!(pooled(&rising, [3, 5])[0], [7.0, 9.0, 10.0, 12.0, 14.0, 15.0]);
    });
}

#[test]
fn the_first_of_the_largest_gets_the_gradient_of_each_window() {
    at_level(|| {
        let [output, gradient] = pooled(&[1.0, 2.0, 2.0, 0.0, 2.0, 2.0, 0.0, 0.0, 0.0], [3, 3]);
        assert_eq!(output, [2.0; 4]);
        assert_eq!(gradient, [0.0, 2.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0]);
    });
}

/// Samples, tokens and their width.
const SUMS: [[usize; 3]; 4] = [[1, 1, 1], [3, 7, 5], [2, 40, 33], [5, 169, 128]];

fn sums([samples, tokens, width]: [usize; 3], apply: fn(Tensor<4>, Tensor<4>) -> Tensor<4>) -> Vec<Vec<f32>> {
    results(
        &[[samples, 1, tokens, width], [samples, 1, tokens, 1]],
        |operands| {
            let [tokens, weights] = operands.try_into().unwrap();
            apply(tokens, weights)
        },
    )
}

#[test]
fn weighted_sums_agree_with_the_stock_operations() {
    at_level(|| {
        for sizes in SUMS {
            let (ours, stock) = (sums(sizes, weighted_sum), sums(sizes, weighted_sum_stock));
            assert_same(&ours, &stock, 1e-5, &format!("weighted sum {sizes:?}"));
        }
    });
}

#[test]
fn weighted_sums_have_the_same_bits_by_any_number_of_threads() {
    at_level(|| assert_same_bits(|| sums([5, 169, 128], weighted_sum)));
}

#[test]
fn a_weighted_sum_by_hand() {
    at_level(|| {
        let device = Device::flex().autodiff();
        let tokens = Tensor::<4>::from_floats([[[[1.0, 2.0], [3.0, 5.0]]]], &device).require_grad();
        let weights = Tensor::<4>::from_floats([[[[0.5], [2.0]]]], &device).require_grad();
        let output = weighted_sum(tokens.clone(), weights.clone());
        let upstream = Tensor::<4>::from_floats([[[[1.0, -10.0]]]], &device);
        let mut gradients = (output.clone() * upstream).sum().backward();
        let numbers = |tensor: Tensor<4>| tensor.into_data().iter::<f32>().collect::<Vec<_>>();
        assert_eq!(numbers(output), [6.5, 11.0]);
        let [of_tokens, of_weights] =
            [tokens, weights].map(|tensor| numbers(tensor.grad_remove(&mut gradients).unwrap()));
        assert_eq!(of_tokens, [0.5, -5.0, 2.0, -20.0]);
        assert_eq!(of_weights, [-19.0, -47.0]);
    });
}

/// Samples, tokens or their width may be none; weights may lie across memory and need no gradient.
#[test]
fn weighted_sums_of_nothing_and_of_what_lies_anywhere() {
    at_level(|| {
        for sizes in [[0, 1, 3, 4], [2, 1, 0, 4], [2, 1, 3, 0]] {
            let [samples, _, tokens, width] = sizes;
            let device = Device::flex();
            let sum = weighted_sum(
                Tensor::ones(sizes, &device),
                Tensor::ones([samples, 1, tokens, 1], &device),
            );
            assert_eq!(sum.dims(), [samples, 1, 1, width]);
            assert!(
                sum.into_data().iter::<f32>().all(|number| number == 0.0),
                "{sizes:?}"
            );
        }
        let sum = |apply: fn(Tensor<4>, Tensor<4>) -> Tensor<4>| {
            results(&[[2, 1, 6, 10]], |operands| {
                let weights = operands[0]
                    .clone()
                    .detach()
                    .swap_dims(2, 3)
                    .slice([0..2, 0..1, 0..6, 0..1]);
                apply(operands[0].clone(), weights)
            })
        };
        assert_same(
            &sum(weighted_sum),
            &sum(weighted_sum_stock),
            1e-5,
            "a sum of what lies across",
        );
    });
}
