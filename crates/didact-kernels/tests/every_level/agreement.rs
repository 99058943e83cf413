//! Random blocks by the kernels against the same blocks by Burn's own operations: outputs, statistics and gradients.

use didact_kernels::fallbacks;
use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use super::case::{Case, assert_agrees};
use super::level::at_level;
use super::random_case;

/// How many random cases a binary tries of each kind; `PROPTEST_CASES` in the environment overrides all.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cases {
    pub(crate) convolutions: u32,
    pub(crate) winograd: u32,
    pub(crate) many_images: u32,
    pub(crate) blocks: u32,
}

/// Tries so many cases, the same ones in every run, and says how many there were. `PROPTEST_RNG_SEED` in the environment
/// chooses others.
fn try_all(count: u32, strategy: impl Strategy<Value = Case>, tolerance: f32) -> u32 {
    let asked = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|count| count.parse().ok());
    let cases = asked.unwrap_or(count);
    let asked = Config::default();
    let config = Config {
        cases,
        failure_persistence: None,
        rng_seed: match asked.rng_seed {
            RngSeed::Random => RngSeed::Fixed(1),
            seed @ RngSeed::Fixed(_) => seed,
        },
        ..asked
    };
    let tried = TestRunner::new(config).run(&strategy, |case| {
        assert_agrees(&case, tolerance);
        Ok(())
    });
    if let Err(error) = tried {
        panic!("{error}");
    }
    cases
}

#[test]
fn convolutions_alone_agree_closely() {
    at_level(|| {
        try_all(crate::CASES.convolutions, random_case::convolution(), 1e-5);
    });
}

#[test]
fn winograd_agrees_closely() {
    at_level(|| {
        try_all(crate::CASES.winograd, random_case::winograd(), 1e-5);
    });
}

#[test]
fn winograd_of_many_images_agrees_closely() {
    at_level(|| {
        try_all(
            crate::CASES.many_images,
            random_case::winograd_of_many_images(),
            1e-5,
        );
    });
}

/// Nothing else in this binary asks for what the kernels do not cover: these are the fallbacks of the blocks tried here.
#[test]
fn blocks_agree_with_the_stock_operations_and_few_fall_back_to_them() {
    at_level(|| {
        let tried = try_all(crate::CASES.blocks, random_case::block(), 2e-4);
        let fallbacks = fallbacks();
        assert!(
            fallbacks.iter().all(|found| found.contains("Max")),
            "{fallbacks:?}"
        );
        let most = (tried as usize).div_ceil(5).max(20);
        assert!(
            fallbacks.len() <= most,
            "{} of {tried} blocks fell back",
            fallbacks.len()
        );
        assert!(
            tried < 100 || !fallbacks.is_empty(),
            "overlapping windows fall back, and are noted"
        );
    });
}
