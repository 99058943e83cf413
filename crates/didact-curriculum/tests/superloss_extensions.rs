//! SuperLoss with smoothing and trend.

use didact_curriculum::{
    Batch, Curriculum, CurriculumConfig, CurriculumError, ExpectationConfig, Progress, Setting,
    SmoothingConfig, SuperlossConfig, TrendConfig, Weighing,
};

const PROGRESS: Progress = Progress {
    epoch: 0,
    epochs: 1,
    step: 0,
    steps: 1,
};

const SETTING: Setting<'static> = Setting {
    num_classes: Some(10),
    num_samples: 4,
    epochs: 1,
    seed: 0,
    difficulties: None,
    mentor: None,
};

fn batch<'a>(losses: &'a [f32], keys: &'a [u32]) -> Batch<'a> {
    Batch {
        losses,
        ids: &[0; 4][..losses.len()],
        rows: keys,
        labels: keys,
        progress: PROGRESS,
        noise_rate: None,
    }
}

fn expecting(value: f64) -> SuperlossConfig {
    SuperlossConfig {
        expectation: ExpectationConfig::Constant { value: Some(value) },
        ..SuperlossConfig::default()
    }
}

#[expect(clippy::unwrap_used, reason = "a test may panic")]
fn plain(expectation: f64, loss: f32) -> (f32, f32) {
    let observed = expecting(expectation)
        .init(None)
        .unwrap()
        .observe(&[loss])
        .unwrap();
    (observed.confidences[0], observed.values[0])
}

fn assert_near(found: f32, expected: f32) {
    assert!((found - expected).abs() < 1e-6, "{found} instead of {expected}");
}

#[test]
fn without_extension_it_is_superloss_to_the_bit() {
    for expectation in [
        ExpectationConfig::CONSTANT,
        ExpectationConfig::EXPONENTIAL,
        ExpectationConfig::Global,
        ExpectationConfig::WINDOW,
    ] {
        let config = SuperlossConfig {
            expectation,
            ..SuperlossConfig::default()
        };
        let mut extended = config.init_extended(&SETTING).unwrap();
        let mut plain = config.init(Some(10)).unwrap();
        for losses in [[0.1_f32, 2.0, 1e30, 0.0], [5.0, 1.0, 0.3, 2.5]] {
            let batch = batch(&losses, &[0, 1, 2, 3]);
            assert_eq!(extended.weigh(&batch).unwrap(), plain.weigh(&batch).unwrap());
        }
    }
}

#[test]
fn the_smoothed_loss_of_a_sample_sets_its_confidence_and_its_own_loss_the_value() {
    let config = SuperlossConfig {
        smoothing: SmoothingConfig::Sample { decay: 0.5 },
        ..expecting(1.0)
    };
    let mut curriculum = config.init_extended(&SETTING).unwrap();
    curriculum.weigh(&batch(&[1.0, 4.0], &[3, 1])).unwrap();
    let weighing = curriculum.weigh(&batch(&[3.0, 4.0], &[3, 2])).unwrap();
    // Row 3: between 1 and 3; row 2 is new.
    let (confidence, value) = plain(1.0, 2.0);
    assert_near(weighing.weights[0], confidence);
    assert_near(weighing.values.unwrap()[0], value + confidence);
    assert_near(weighing.weights[1], plain(1.0, 4.0).0);
}

#[test]
fn all_samples_of_a_class_have_the_confidence_of_its_average() {
    let config = SuperlossConfig {
        smoothing: SmoothingConfig::Class { decay: 0.5 },
        ..expecting(1.0)
    };
    let mut curriculum = config.init_extended(&SETTING).unwrap();
    let Weighing { weights, .. } = curriculum.weigh(&batch(&[1.0, 4.0, 3.0], &[3, 1, 3])).unwrap();
    let (class_3, class_1) = (plain(1.0, 2.0).0, plain(1.0, 4.0).0);
    assert_eq!(weights, [class_3, class_1, class_3]);
}

#[test]
fn the_expected_loss_follows_the_smoothed_losses() {
    let config = SuperlossConfig {
        expectation: ExpectationConfig::Window {
            batches: 1.try_into().unwrap(),
        },
        smoothing: SmoothingConfig::Sample { decay: 0.5 },
        ..SuperlossConfig::default()
    };
    let mut curriculum = config.init_extended(&SETTING).unwrap();
    curriculum.weigh(&batch(&[1.0, 4.0], &[0, 1])).unwrap();
    let weights = curriculum.weigh(&batch(&[3.0, 4.0], &[0, 1])).unwrap().weights;
    // Smoothed: 2 and 4, so 3 is expected.
    assert_near(weights[0], plain(3.0, 2.0).0);
    assert_near(weights[1], plain(3.0, 4.0).0);
}

#[test]
fn a_falling_loss_is_trusted_more_than_a_rising_one() {
    let config = SuperlossConfig {
        trend: Some(TrendConfig {
            strength: 0.5,
            losses: 2,
        }),
        ..expecting(1.0)
    };
    let mut curriculum = config.init_extended(&SETTING).unwrap();
    let first = curriculum.weigh(&batch(&[3.0, 1.0, 2.0], &[0, 1, 2])).unwrap();
    assert_near(first.weights[2], plain(1.0, 2.0).0);
    let weights = curriculum
        .weigh(&batch(&[2.0, 2.0, 2.0], &[0, 1, 2]))
        .unwrap()
        .weights;
    assert_near(weights[0], plain(1.5, 2.0).0);
    assert_near(weights[1], plain(0.5, 2.0).0);
    assert_near(weights[2], plain(1.0, 2.0).0);
}

#[test]
fn a_row_outside_the_data_is_refused_and_changes_nothing() {
    let smoothing = SuperlossConfig {
        smoothing: SmoothingConfig::Sample { decay: 0.5 },
        ..SuperlossConfig::default()
    };
    let trend = SuperlossConfig {
        trend: Some(TrendConfig {
            strength: 1.0,
            losses: 3,
        }),
        ..SuperlossConfig::default()
    };
    for config in [smoothing, trend] {
        let mut curriculum = config.init_extended(&SETTING).unwrap();
        let refused = curriculum.weigh(&batch(&[1.0, 1.0], &[0, 4]));
        assert!(matches!(
            refused,
            Err(CurriculumError::UnknownRow { position: 1, .. })
        ));
        assert_eq!(curriculum, config.init_extended(&SETTING).unwrap());
    }
}

#[test]
fn extensions_are_read_and_written_flat() {
    let read = |json: &str| serde_json::from_str::<CurriculumConfig>(json).map_err(|error| error.to_string());
    let config = read(r#"{"name":"superloss","smoothing":"class","trend":0.5}"#).unwrap();
    assert_eq!(
        config,
        CurriculumConfig::Superloss(SuperlossConfig {
            smoothing: SmoothingConfig::Class { decay: 0.9 },
            trend: Some(TrendConfig {
                strength: 0.5,
                losses: 5
            }),
            ..SuperlossConfig::default()
        })
    );
    assert_eq!(
        serde_json::to_string(&config).unwrap(),
        r#"{"name":"superloss","lambda":1.0,"expectation":"constant","smoothing":"class","smoothing-decay":0.9,"trend":0.5,"trend-losses":5}"#
    );
    for (json, complaint) in [
        (
            r#"{"name":"superloss","smoothing-decay":0.5}"#,
            "`smoothing-decay` has a meaning only with smoothing=class or smoothing=sample",
        ),
        (
            r#"{"name":"superloss","trend-losses":3}"#,
            "`trend-losses` has a meaning only with trend=NUMBER",
        ),
        (
            r#"{"name":"superloss","trend":1,"trend-losses":1}"#,
            "`trend-losses` is 1, expected at least 2",
        ),
        (
            r#"{"name":"superloss","trend":-1}"#,
            "`trend` is -1, expected a finite number of at least 0",
        ),
        (
            r#"{"name":"superloss","smoothing":"sample","smoothing-decay":1}"#,
            "`smoothing-decay` is 1, expected a number from 0 to below 1",
        ),
    ] {
        let message = read(json).unwrap_err();
        assert!(message.contains(complaint), "{json}: {message}");
    }
}

#[test]
fn a_state_of_other_extensions_is_refused_and_changes_nothing() {
    let build = |smoothing, trend: Option<u8>| {
        let trend = trend.map(|losses| TrendConfig {
            strength: 1.0,
            losses,
        });
        let config = SuperlossConfig {
            smoothing,
            trend,
            ..SuperlossConfig::default()
        };
        let mut curriculum = config.init_extended(&SETTING).unwrap();
        curriculum
            .weigh(&batch(&[1.0, 4.0, 2.0, 3.0], &[0, 1, 2, 3]))
            .unwrap();
        curriculum
    };
    let class = SmoothingConfig::Class { decay: 0.5 };
    let sample = SmoothingConfig::Sample { decay: 0.5 };
    for (mut curriculum, other) in [
        (build(class, None), build(SmoothingConfig::None, None)),
        (build(SmoothingConfig::None, None), build(class, None)),
        (build(sample, None), build(class, None)),
        (build(sample, Some(3)), build(sample, None)),
        (build(sample, Some(3)), build(sample, Some(2))),
    ] {
        let before = curriculum.clone();
        assert!(curriculum.restore(&other.state()).is_err());
        assert_eq!(curriculum, before);
    }
}

#[test]
fn the_state_of_another_smoothing_or_trend_is_refused() {
    let smoothings = [
        SmoothingConfig::None,
        SmoothingConfig::Class { decay: 0.9 },
        SmoothingConfig::Sample { decay: 0.9 },
    ];
    let trend = |losses| {
        Some(TrendConfig {
            strength: 0.5,
            losses,
        })
    };
    let variants: Vec<CurriculumConfig> = smoothings
        .into_iter()
        .flat_map(|smoothing| [None, trend(3), trend(5)].map(|trend| (smoothing, trend)))
        .map(|(smoothing, trend)| {
            CurriculumConfig::Superloss(SuperlossConfig {
                smoothing,
                trend,
                ..expecting(1.0)
            })
        })
        .collect();
    for (saved, saver) in variants.iter().enumerate() {
        let mut saver = saver.init(&SETTING).unwrap();
        saver.weigh(&batch(&[1.0, 3.0], &[0, 2])).unwrap();
        for (restored, config) in variants.iter().enumerate() {
            let mut curriculum = config.init(&SETTING).unwrap();
            let before = curriculum.state();
            let outcome = curriculum.restore(&saver.state());
            assert_eq!(outcome.is_ok(), saved == restored, "{config:?}: {outcome:?}");
            if saved != restored {
                assert_eq!(curriculum.state(), before);
            }
        }
    }
}
