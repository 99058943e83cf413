//! `lambert_w0` against tables.

use std::f64::consts::E;

use didact_curriculum::lambert_w0;

#[test]
fn it_agrees_with_fifteen_digits_of_an_exact_table() {
    // Computed with mpmath at 30 digits.
    let table = [
        (-1.0 / E, -1.0),
        (-0.3678, -0.979_360_714_957_828),
        (-0.36, -0.806_084_315_970_818),
        (-0.34, -0.653_694_501_269_089),
        (-0.32, -0.560_489_483_078_456),
        (-0.2649, -0.392_058_392_256_156),
        (-0.2, -0.259_171_101_819_074),
        (-0.1, -0.111_832_559_158_963),
        (0.0, 0.0),
        (1e-6, 9.999_990_000_015e-7),
        (0.12, 0.107_742_998_162_277),
        (0.15, 0.131_514_928_001_034),
        (0.5, 0.351_733_711_249_196),
        (1.0, 0.567_143_290_409_784),
        (E, 1.0),
        (5.0, 1.326_724_665_242_2),
        (10.0, 1.745_528_002_740_7),
        ((1.0 + E).exp(), E),
        (100.0, 3.385_630_140_290_05),
        (1e6, 11.383_358_086_140_1),
    ];
    for (z, expected) in table {
        let found = lambert_w0(z);
        assert!(
            (found - expected).abs() <= 1e-13 * f64::abs(expected),
            "{z}: {found}"
        );
    }
}

#[test]
fn it_passes_the_tests_of_fastestimator() {
    // test/PR_test/unit_test/backend/test_lambertw.py of fastestimator/fastestimator@69d3aedd, tolerance of torch.
    let inputs = [
        -1.0 / E,
        -0.34,
        -0.32,
        -0.2,
        0.0,
        0.12,
        0.15,
        E,
        5.0,
        (1.0 + E).exp(),
        100.0,
    ];
    let outputs = [
        -1.0, -0.653_695, -0.560_489, -0.259_171, 0.0, 0.107_743, 0.131_515, 1.0, 1.32672, E, 3.38563,
    ];
    for (z, expected) in inputs.into_iter().zip(outputs) {
        let found = lambert_w0(z);
        assert!(
            (found - expected).abs() < 1e-6 + 1e-5 * f64::abs(expected),
            "{z}: {found}"
        );
    }
}

#[test]
fn it_agrees_with_the_knots_of_the_authors_table() {
    // `ln σ` at `β`, from the 32 knots in src/mdl/superloss.py of fani-lab/OpeNTF; ln σ = -W0(β/2).
    let knots = [
        (-0.729_238_519_886_675_1, 0.872_438_669_2),
        (-0.686_215_957_288_027_2, 0.671_563_744_5),
        (-0.467_369_056_537_403_07, 0.322_675_675_2),
        (0.111_697_566_475_303_16, -0.052_967_585_6),
        (1.061_353_194_200_413_3, -0.367_481_052_9),
        (10.851_297_017_399_714, -1.373_659_253_1),
        (999.249_744, -4.672_222_614_3),
    ];
    for (beta, log_confidence) in knots {
        let found = -lambert_w0(beta / 2.0);
        assert!((found - log_confidence).abs() < 2e-7, "{beta}: {found}");
    }
}
