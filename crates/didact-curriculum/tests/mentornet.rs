//! The closed forms as curricula.

use didact_curriculum::{
    Averaging, Batch, Curriculum, CurriculumConfig, FocalConfig, HardExampleMiningConfig,
    MentornetPredefinedConfig, Progress, Setting, ShareChoice, Warning,
};

fn progress(percent: u64) -> Progress {
    Progress {
        epoch: 0,
        epochs: 1,
        step: percent,
        steps: 100,
    }
}

#[expect(clippy::unwrap_used, reason = "a test may panic")]
fn weigh(curriculum: &mut dyn Curriculum, losses: &[f32], percent: u64, noise_rate: Option<f64>) -> Vec<f32> {
    let ids: Vec<u64> = (0..losses.len() as u64).collect();
    let rows: Vec<u32> = (0..losses.len() as u32).collect();
    let labels = vec![1; losses.len()];
    let batch = Batch {
        losses,
        ids: &ids,
        rows: &rows,
        labels: &labels,
        progress: progress(percent),
        noise_rate,
    };
    curriculum.weigh(&batch).unwrap().weights
}

#[expect(clippy::unwrap_used, reason = "a test may panic")]
fn predefined() -> MentornetPredefinedConfig {
    MentornetPredefinedConfig {
        decay: 0.0,
        dropout: "0".parse().unwrap(),
        ..MentornetPredefinedConfig::default()
    }
}

const LOSSES: [f32; 5] = [0.5, 1.0, 2.0, 2.25, 4.0];

#[test]
fn predefined_takes_all_then_the_easy_then_a_little_beyond() {
    // The 0.5 percentile of five losses is the third.
    let config = MentornetPredefinedConfig {
        percentile: ShareChoice::Given(0.5),
        ..predefined()
    };
    let mut curriculum = config.init(&Setting::default()).unwrap();
    assert_eq!(weigh(&mut curriculum, &LOSSES, 18, None), [1.0; 5]);
    assert_eq!(
        weigh(&mut curriculum, &LOSSES, 19, None),
        [1.0, 1.0, 1.0, 0.0, 0.0]
    );
    assert_eq!(
        weigh(&mut curriculum, &LOSSES, 90, None),
        [1.0, 1.0, 1.0, 0.75, 0.0]
    );
}

#[test]
fn an_automatic_percentile_follows_the_noise_rate_and_is_seven_tenths_before() {
    let mut curriculum = predefined().init(&Setting::default()).unwrap();
    // (5 - 1) (1 - 0.7) = 1.2: the second largest.
    assert_eq!(
        weigh(&mut curriculum, &LOSSES, 50, None),
        [1.0, 1.0, 1.0, 1.0, 0.0]
    );
    assert_eq!(
        weigh(&mut curriculum, &LOSSES, 50, Some(0.75)),
        [1.0, 1.0, 0.0, 0.0, 0.0]
    );
}

#[test]
fn the_moving_percentile_makes_the_first_batches_stricter() {
    let config = MentornetPredefinedConfig {
        decay: 0.5,
        percentile: ShareChoice::Given(0.5),
        ..predefined()
    };
    let mut curriculum = config.init(&Setting::default()).unwrap();
    assert_eq!(
        weigh(&mut curriculum, &LOSSES, 50, None),
        [1.0, 1.0, 0.0, 0.0, 0.0]
    );
}

#[test]
fn hard_example_mining_takes_what_self_paced_learning_leaves() {
    let config = HardExampleMiningConfig {
        decay: 0.0,
        percentile: ShareChoice::Given(0.5),
        ..HardExampleMiningConfig::default()
    };
    let mut curriculum = config.init(&Setting::default()).unwrap();
    assert_eq!(
        weigh(&mut curriculum, &LOSSES, 0, None),
        [0.0, 0.0, 1.0, 1.0, 1.0]
    );
}

#[test]
fn focal_weighs_by_the_improbability_of_the_label() {
    let mut curriculum = FocalConfig::default().init(&Setting::default()).unwrap();
    let weights = weigh(&mut curriculum, &[0.0, 2_f32.ln(), 1e30, -3.0], 0, None);
    assert_eq!(weights, [0.0, 0.25, 1.0, 0.0]);
}

#[test]
fn burn_in_lifts_every_weight_to_one() {
    let config = FocalConfig {
        burn_in: 10,
        ..FocalConfig::default()
    };
    let mut curriculum = config.init(&Setting::default()).unwrap();
    assert_eq!(weigh(&mut curriculum, &[0.0, 1e30], 9, None), [1.0, 1.0]);
    assert_eq!(weigh(&mut curriculum, &[0.0, 1e30], 10, None), [0.0, 1.0]);
}

#[test]
fn dropout_keeps_an_exact_number_that_changes_with_the_step_and_the_seed() {
    let weights = |seed, percent| {
        let config = FocalConfig {
            gamma: 0.0,
            dropout: "0.25".parse().unwrap(),
            ..FocalConfig::default()
        };
        let setting = Setting {
            seed,
            ..Setting::default()
        };
        weigh(&mut config.init(&setting).unwrap(), &[1.0; 40], percent, None)
    };
    let kept: f32 = weights(0, 3).iter().sum();
    assert!((kept - 30.0).abs() < f32::EPSILON);
    assert_eq!(weights(0, 3), weights(0, 3));
    assert_ne!(weights(0, 3), weights(0, 4));
    assert_ne!(weights(0, 3), weights(1, 3));
}

#[test]
fn over_many_steps_dropout_leaves_out_everybody_alike() {
    let config = FocalConfig {
        gamma: 0.0,
        dropout: "0.5".parse().unwrap(),
        ..FocalConfig::default()
    };
    let mut curriculum = config.init(&Setting::default()).unwrap();
    let mut kept = [0.0_f32; 8];
    let ids: Vec<u64> = (100..108).collect();
    for step in 0..2000 {
        let batch = Batch {
            losses: &[1.0; 8],
            ids: &ids,
            rows: &[0; 8],
            labels: &[0; 8],
            progress: Progress {
                epoch: 0,
                epochs: 1,
                step,
                steps: 2000,
            },
            noise_rate: None,
        };
        let weights = curriculum.weigh(&batch).unwrap().weights;
        kept.iter_mut()
            .zip(weights)
            .for_each(|(kept, weight)| *kept += weight);
    }
    // Half of 2000, and five standard deviations of 22.
    assert!(kept.iter().all(|kept| (kept - 1000.0).abs() < 112.0), "{kept:?}");
}

#[test]
fn dropping_whole_batches_is_warned_of() {
    let config = MentornetPredefinedConfig {
        dropout: "0.5, 17, 0.05, 78, 1.0, 5".parse().unwrap(),
        ..MentornetPredefinedConfig::default()
    };
    let warnings = config.init(&Setting::default()).unwrap().warnings();
    assert_eq!(warnings, [Warning::EverythingLeftOut { from: 95, to: 100 }]);
    assert_eq!(
        warnings[0].to_string(),
        "dropout leaves out every sample from 95 % to 100 % of the run: nothing is learnt there"
    );
    let usual = MentornetPredefinedConfig::default();
    assert!(usual.init(&Setting::default()).unwrap().warnings().is_empty());
}

#[test]
fn settings_are_read_flat_and_written_as_they_are_read() {
    let read = |json: &str| serde_json::from_str::<CurriculumConfig>(json).map_err(|error| error.to_string());
    let json = r#"{"name":"hard-example-mining","percentile":0.6,"decay":0.9,"burn-in":18,"after-burn-in":"freeze","dropout":"0.5x17x0.05x83","variant":"compat","averaging":"selected"}"#;
    let config = read(json).unwrap();
    assert_eq!(serde_json::to_string(&config).unwrap(), json);
    assert!(matches!(
        config,
        CurriculumConfig::HardExampleMining(HardExampleMiningConfig {
            averaging: Averaging::Selected,
            ..
        })
    ));
    let constant = read(r#"{"name":"focal","dropout":0.1}"#).unwrap();
    assert!(
        serde_json::to_string(&constant)
            .unwrap()
            .contains(r#""dropout":0.1,"#)
    );
}

#[test]
fn schedules_and_settings_that_make_no_sense_are_refused() {
    let read = |json: &str| serde_json::from_str::<CurriculumConfig>(json).map_err(|error| error.to_string());
    for (dropout, complaint) in [
        ("0.5x17", "the percents are not 100 together"),
        ("0.5x50x1.5x50", "a rate is not in [0, 1]"),
        ("0.5x50x0.1", "a rate has no number of percents"),
        ("halfx100", "a rate is not a number"),
        ("0.5x1000", "a number of percents is not a whole number up to 100"),
        ("half", "it is not a number"),
        ("NaN", "a rate is not in [0, 1]"),
        ("", "it is not a number"),
    ] {
        let message = read(&format!(r#"{{"name":"focal","dropout":"{dropout}"}}"#)).unwrap_err();
        assert!(
            message.contains(&format!("dropout `{dropout}`: {complaint}")),
            "{message}"
        );
    }
    let init = |json: &str| {
        read(json)
            .unwrap()
            .init(&Setting::default())
            .err()
            .unwrap()
            .to_string()
    };
    assert_eq!(
        init(r#"{"name":"focal","gamma":-1}"#),
        "`gamma` is -1, expected a finite number of at least 0"
    );
    assert!(init(r#"{"name":"mentornet-predefined","gamma":0}"#).starts_with("`gamma` is 0"));
    assert!(init(r#"{"name":"mentornet-predefined","decay":1}"#).starts_with("`decay` is 1"));
    assert!(init(r#"{"name":"mentornet-predefined","burn-in":101}"#).starts_with("`burn-in` is 101"));
}

#[test]
fn a_clock_that_stops_too_early_to_tell_samples_apart_is_warned_of() {
    let warnings = |json: &str| {
        let config: CurriculumConfig = serde_json::from_str(json).unwrap();
        config.init(&Setting::default()).unwrap().warnings()
    };
    for json in [
        r#"{"name": "mentornet-predefined", "burn-in": 18, "after-burn-in": "freeze"}"#,
        r#"{"name": "mentornet-predefined", "after-burn-in": "freeze"}"#,
        r#"{"name": "mentornet-predefined", "burn-in": 100}"#,
        r#"{"name": "focal", "burn-in": 100}"#,
    ] {
        let found = warnings(json);
        assert_eq!(found, [Warning::EverySampleAlike], "{json}");
        assert!(
            found[0]
                .to_string()
                .starts_with("every sample weighs 1 in the whole run")
        );
    }
    for json in [
        r#"{"name": "mentornet-predefined", "burn-in": 19, "after-burn-in": "freeze"}"#,
        r#"{"name": "mentornet-predefined", "burn-in": 18}"#,
        r#"{"name": "mentornet-predefined", "burn-in": 99}"#,
        r#"{"name": "hard-example-mining"}"#,
        r#"{"name": "focal"}"#,
    ] {
        assert_eq!(warnings(json), [], "{json}");
    }
}
