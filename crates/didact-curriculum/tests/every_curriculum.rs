//! What holds for every curriculum of the catalogue, whatever its settings.
//!
//! A new curriculum adds a line to [`cases`]; one in the catalogue without a line fails the first test.

use std::sync::OnceLock;

use didact_curriculum::{
    Batch, Curriculum, CurriculumConfig, Mentor, MentorExamples, MentorTraining, PredefinedCurriculum,
    Progress, Setting, State, Weighing, catalogue, predefined_examples,
};
use proptest::prelude::*;
use serde_json::{Value, json};

/// How weights go with the loss, among samples of one class.
#[derive(Clone, Copy, PartialEq)]
enum Trend {
    NeverRises,
    /// Later the past of each sample counts, too.
    NeverRisesInAFirstBatch,
    NeverFalls,
    Any,
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn cases() -> Vec<(Trend, Value)> {
    use Trend::{Any, NeverFalls, NeverRises, NeverRisesInAFirstBatch};
    vec![
        (NeverRises, json!({"name": "none"})),
        (NeverRises, json!({"name": "superloss"})),
        (
            NeverRises,
            json!({"name": "superloss", "expectation": "exponential"}),
        ),
        (
            NeverRises,
            json!({"name": "superloss", "expectation": "window", "window": 3}),
        ),
        (NeverRises, json!({"name": "spl-hard"})),
        (NeverRises, json!({"name": "spl-hard", "preset": "blog"})),
        (NeverRises, json!({"name": "spl-hard", "threshold": "growth"})),
        (
            NeverRises,
            json!({"name": "spl-linear", "from": 0.3, "to": "auto", "pacing": "linear", "over": 0.5}),
        ),
        (
            NeverRises,
            json!({"name": "spl-linear", "threshold": "additive", "unit": "guessing", "start": 0.9}),
        ),
        (
            NeverRises,
            json!({"name": "spl-logarithmic", "to": 0.6, "averaging": "batch"}),
        ),
        (
            NeverRises,
            json!({"name": "spl-logarithmic", "threshold": "growth", "start": 3, "scale": 0.999}),
        ),
        (
            NeverRises,
            json!({"name": "spl-mixture", "pacing": "root", "power": 3}),
        ),
        (
            NeverRises,
            json!({"name": "spl-mixture", "full": 0.01, "curve": "reciprocal-root", "pacing": "step"}),
        ),
        (
            NeverRises,
            json!({"name": "spl-polynomial", "pacing": "exponential"}),
        ),
        (
            NeverRises,
            json!({"name": "spl-polynomial", "exponent": 1.001, "pacing": "logarithmic"}),
        ),
        (NeverRises, json!({"name": "spl-logistic", "pacing": "quadratic"})),
        (NeverRises, json!({"name": "spl-logistic", "threshold": "growth"})),
        (NeverRisesInAFirstBatch, json!({"name": "spld"})),
        (
            NeverRisesInAFirstBatch,
            json!({"name": "spld", "diversity": 0.25, "threshold": "growth", "start": 0.5}),
        ),
        (
            NeverRises,
            json!({"name": "superloss", "smoothing": "class", "expectation": "global"}),
        ),
        (
            NeverRisesInAFirstBatch,
            json!({"name": "superloss", "smoothing": "sample", "smoothing-decay": 0.5, "trend": 0.5, "trend-losses": 3}),
        ),
        (NeverRisesInAFirstBatch, json!({"name": "superloss", "trend": 2})),
        (Any, json!({"name": "mentornet-predefined"})),
        (
            NeverRises,
            json!({"name": "mentornet-predefined", "dropout": 0, "percentile": 0.6, "averaging": "selected"}),
        ),
        (
            Any,
            json!({"name": "mentornet-predefined", "gamma": 1e-9, "burn-in": 30, "after-burn-in": "freeze",
                "dropout": "0.5x17x0.05x78x1.0x5", "variant": "compat"}),
        ),
        (Any, json!({"name": "mentornet", "mentor": "mentor.safetensors"})),
        (
            Any,
            json!({"name": "mentornet", "mentor": "mentor.safetensors", "percentile": 0.6, "dropout": 0, "averaging": "selected"}),
        ),
        (Any, json!({"name": "mentornet-data-driven"})),
        (
            Any,
            json!({"name": "mentornet-data-driven", "labels": "aware", "refresh": "none", "burn-in": 0, "dropout": 0.2}),
        ),
        (Any, json!({"name": "spade"})),
        (
            Any,
            json!({"name": "spade", "gamma": 0.5, "rate": 1, "percentile": 0.6, "averaging": "selected"}),
        ),
        (Any, json!({"name": "spade"})),
        (
            NeverRises,
            json!({"name": "spade", "gamma": 0.5, "rate": 1, "percentile": 0.6, "averaging": "selected"}),
        ),
        (Any, json!({"name": "focal"})),
        (NeverFalls, json!({"name": "focal", "dropout": 0})),
        (NeverFalls, json!({"name": "hard-example-mining", "dropout": 0})),
        (
            Any,
            json!({"name": "focal", "gamma": 0.5, "dropout": 0.3, "burn-in": 20}),
        ),
        (Any, json!({"name": "hard-example-mining"})),
        (
            Any,
            json!({"name": "hard-example-mining", "decay": 0.9, "dropout": "0x50x0.5x50"}),
        ),
        (NeverRises, json!({"name": "small-loss"})),
        (
            NeverRises,
            json!({"name": "small-loss", "noise-rate": 0.4, "over": 2, "averaging": "batch"}),
        ),
        (Any, json!({"name": "transfer-teacher", "teacher": "earlier-run"})),
        (
            Any,
            json!({"name": "transfer-teacher", "teacher": "earlier-run", "final": 0.6, "pacing": "root", "over": 1}),
        ),
    ]
}

fn read(spelling: &Value) -> CurriculumConfig {
    serde_json::from_value(spelling.clone()).unwrap_or_else(|error| panic!("{spelling}: {error}"))
}

const NUM_SAMPLES: usize = 24;
const EPOCHS: u32 = 4;
const STEPS: u64 = 12;

/// A mentor that has learnt for a moment only: weights differ from sample to sample.
fn mentor() -> &'static Mentor {
    static MENTOR: OnceLock<Mentor> = OnceLock::new();
    MENTOR.get_or_init(taught)
}

fn taught() -> Mentor {
    let training = MentorTraining {
        steps: 20,
        restarts: 1,
        ..MentorTraining::default()
    };
    let examples = predefined_examples(&PredefinedCurriculum::SelfPaced.into(), 50, 1, 0);
    let examples = MentorExamples::split(examples, training.variant, 0);
    let learnt = training
        .train(&examples, &mut |_, _| ())
        .unwrap_or_else(|error| panic!("{error}"));
    Mentor::new(learnt, ("self-paced".to_owned(), None), training, &examples)
}

fn init(spelling: &Value) -> Box<dyn Curriculum> {
    let difficulties: Vec<Option<f32>> = (0..NUM_SAMPLES).map(|row| Some(row as f32 / 7.0)).collect();
    let setting = Setting {
        num_classes: Some(10),
        num_samples: NUM_SAMPLES,
        epochs: EPOCHS,
        seed: 7,
        difficulties: Some(&difficulties),
        mentor: Some(mentor()),
    };
    read(spelling)
        .init(&setting)
        .unwrap_or_else(|error| panic!("{spelling}: {error}"))
}

/// Some samples of the data set, each at most once, with a loss and a label.
#[derive(Clone, Debug)]
struct Samples {
    rows: Vec<u32>,
    losses: Vec<f32>,
    labels: Vec<u32>,
    noise_rate: Option<f64>,
}

impl Samples {
    /// Weighs them in one step of the run.
    #[expect(clippy::unwrap_used, reason = "a test may panic")]
    fn weigh(&self, curriculum: &mut dyn Curriculum, step: u64) -> Weighing {
        let ids: Vec<u64> = self.rows.iter().map(|&row| 1000 + u64::from(row)).collect();
        let epoch = (step * u64::from(EPOCHS) / STEPS) as u32;
        let batch = Batch {
            losses: &self.losses,
            ids: &ids,
            rows: &self.rows,
            labels: &self.labels,
            progress: Progress {
                epoch,
                epochs: EPOCHS,
                step,
                steps: STEPS,
            },
            noise_rate: self.noise_rate,
        };
        curriculum.weigh(&batch).unwrap()
    }

    fn permuted(&self, order: &[usize]) -> Self {
        Self {
            rows: order.iter().map(|&at| self.rows[at]).collect(),
            losses: order.iter().map(|&at| self.losses[at]).collect(),
            labels: order.iter().map(|&at| self.labels[at]).collect(),
            noise_rate: self.noise_rate,
        }
    }
}

fn arbitrary_loss() -> impl Strategy<Value = f32> {
    // As many of every order of magnitude, and some near one another.
    let of_any_size = (-6.0_f64..30.0).prop_map(|exponent| 10.0_f64.powf(exponent) as f32);
    prop_oneof![8 => of_any_size, 4 => 0.0_f32..10.0, 1 => -10.0_f32..0.0, 1 => Just(0.0), 1 => Just(std::f32::consts::LN_10)]
}

fn arbitrary_samples() -> impl Strategy<Value = Samples> {
    let rows: Vec<u32> = (0..NUM_SAMPLES as u32).collect();
    (
        proptest::sample::subsequence(rows, 1..=NUM_SAMPLES).prop_shuffle(),
        proptest::option::of(0.0..0.9),
    )
        .prop_flat_map(|(rows, noise_rate)| {
            let losses = proptest::collection::vec(arbitrary_loss(), rows.len());
            let labels = proptest::collection::vec(0_u32..3, rows.len());
            (losses, labels).prop_map(move |(losses, labels)| Samples {
                rows: rows.clone(),
                losses,
                labels,
                noise_rate,
            })
        })
}

/// A whole run: one batch a step.
fn arbitrary_run() -> impl Strategy<Value = Vec<Samples>> {
    proptest::collection::vec(arbitrary_samples(), STEPS as usize)
}

/// What a checkpoint does: text for the header, and columns of samples beside it.
#[expect(clippy::unwrap_used, reason = "a test may panic")]
fn through_a_checkpoint(state: &State) -> State {
    let header = serde_json::to_string(state).unwrap();
    let read: State = serde_json::from_str(&header).unwrap();
    state.sample_columns().fold(read, |read, (name, numbers)| {
        read.with_sample_column(name, numbers.to_vec())
    })
}

#[test]
fn every_curriculum_of_the_catalogue_is_tested_here() {
    let tested: Vec<&str> = cases()
        .iter()
        .map(|(_, spelling)| read(spelling).name())
        .collect();
    for entry in catalogue() {
        assert!(tested.contains(&entry.name), "{} has no line", entry.name);
    }
}

#[test]
fn settings_are_read_back_from_toml_as_they_were_written() {
    for (_, spelling) in cases() {
        let config = read(&spelling);
        let text = toml::to_string(&config).unwrap();
        assert_eq!(
            toml::from_str::<CurriculumConfig>(&text).unwrap(),
            config,
            "{text}"
        );
    }
}

#[test]
fn the_state_of_another_curriculum_is_refused() {
    let all = cases();
    for (_, spelling) in &all {
        for (_, other) in all.iter().filter(|(_, other)| other["name"] != spelling["name"]) {
            let mut curriculum = init(spelling);
            let before = curriculum.state();
            assert!(
                curriculum.restore(&init(other).state()).is_err(),
                "{spelling} took {other}"
            );
            assert_eq!(curriculum.state(), before);
        }
    }
}

#[test]
fn a_batch_that_is_refused_leaves_no_trace() {
    for (_, spelling) in cases() {
        let mut curriculum = init(&spelling);
        let before = curriculum.state();
        let batch = Batch {
            losses: &[1.0, f32::NAN],
            ids: &[1, 2],
            rows: &[0, 1],
            labels: &[0, 0],
            progress: Progress {
                epoch: 0,
                epochs: EPOCHS,
                step: 0,
                steps: STEPS,
            },
            noise_rate: None,
        };
        assert!(curriculum.weigh(&batch).is_err(), "{spelling}");
        assert_eq!(curriculum.state(), before, "{spelling}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn weights_are_finite_and_not_below_0(run in arbitrary_run()) {
        for (_, spelling) in cases() {
            let mut curriculum = init(&spelling);
            for (step, samples) in (0..).zip(&run) {
                let weights = samples.weigh(&mut *curriculum, step).weights;
                prop_assert_eq!(weights.len(), samples.losses.len());
                prop_assert!(weights.iter().all(|weight| weight.is_finite() && *weight >= 0.0), "{}: {:?}", spelling, weights);
            }
        }
    }

    #[test]
    fn more_loss_never_means_more_weight_and_where_it_should_never_less(mut run in arbitrary_run()) {
        for samples in &mut run {
            samples.labels.fill(0);
            samples.losses.sort_by(f32::total_cmp);
        }
        for (trend, spelling) in cases().into_iter().filter(|(trend, _)| *trend != Trend::Any) {
            let mut curriculum = init(&spelling);
            let steps = if trend == Trend::NeverRisesInAFirstBatch { 1 } else { STEPS };
            for (step, samples) in (0..steps).zip(&run) {
                let weights = samples.weigh(&mut *curriculum, step).weights;
                let in_order = |at: usize| match trend {
                    Trend::NeverFalls => weights[at - 1] <= weights[at],
                    _ => weights[at - 1] >= weights[at],
                };
                // Samples of one loss may differ where ranks count.
                let holds = (1..weights.len()).all(|at| in_order(at) || samples.losses[at - 1] >= samples.losses[at]);
                prop_assert!(holds, "{} at step {}: {:?} for {:?}", spelling, step, weights, samples.losses);
            }
        }
    }

    #[test]
    fn permuting_the_samples_permutes_the_answers(
        (run, orders) in arbitrary_run().prop_flat_map(|run| {
            let orders: Vec<_> = run.iter().map(|samples| Just((0..samples.rows.len()).collect::<Vec<_>>()).prop_shuffle()).collect();
            (Just(run), orders)
        })
    ) {
        for (_, spelling) in cases() {
            let [mut straight, mut permuted] = [init(&spelling), init(&spelling)];
            for ((step, samples), order) in (0..).zip(&run).zip(&orders) {
                let weights = samples.weigh(&mut *straight, step).weights;
                let expected: Vec<f32> = order.iter().map(|&at| weights[at]).collect();
                let found = samples.permuted(order).weigh(&mut *permuted, step).weights;
                // Means are summed in another order.
                let agree = found.iter().zip(&expected).all(|(a, b)| (a - b).abs() <= 1e-5 * a.max(*b));
                prop_assert!(agree, "{}: {:?} {:?}", spelling, found, expected);
            }
        }
    }

    #[test]
    fn a_restored_curriculum_continues_with_the_same_bits(run in arbitrary_run(), kill_at in 0..STEPS) {
        for (_, spelling) in cases() {
            let [mut undisturbed, mut resumed] = [init(&spelling), init(&spelling)];
            for (step, samples) in (0..).zip(&run) {
                if step == kill_at {
                    let state = through_a_checkpoint(&resumed.state());
                    resumed = init(&spelling);
                    resumed.restore(&state)?;
                }
                prop_assert_eq!(samples.weigh(&mut *undisturbed, step), samples.weigh(&mut *resumed, step), "{}", &spelling);
            }
            prop_assert_eq!(undisturbed.state(), resumed.state(), "{}", &spelling);
        }
    }
}
