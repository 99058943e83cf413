//! How well a mentor's weights tell wrong labels from right ones.

use didact_curriculum::{Mentor, MentorExample, MentorObservation, ObservedCut, data_driven_examples};
use didact_labels::metrics::{area_under_roc, average_precision};
use serde::Serialize;

/// What a mentor would have said in one epoch of a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct EpochJudgement {
    /// The epoch, from 1.
    pub epoch: u32,
    /// Samples whose labels are known.
    pub samples: usize,
    /// Share of them whose given label is wrong.
    pub noise_rate: f64,
    /// Probability that a wrong label weighs less than a right one; none where there are only wrong or only right ones.
    pub area_under_roc: Option<f64>,
    /// Average precision of finding wrong labels by their small weights.
    pub average_precision: Option<f64>,
    /// Share of the weight given that goes to wrong labels; none where there is no weight.
    pub wrong_share_of_weight: Option<f64>,
    /// Mean weight of right labels.
    pub weight_of_right: Option<f64>,
    /// Mean weight of wrong labels.
    pub weight_of_wrong: Option<f64>,
    /// Share of samples whose loss and difference the mentor was taught.
    pub known: f64,
    /// Share of samples whose weight is a guess: they are not known, and get another weight than the nearest known.
    pub guessed: f64,
}

/// What a mentor would have said in each epoch. Differences count from the percentile `share` of the epoch's losses, in the
/// place of a moving one.
///
/// Epochs without a known label are left out.
///
/// ```
/// use didact_curriculum::{Mentor, MentorExamples, MentorObservation, MentorTraining, PredefinedCurriculum, predefined_examples};
///
/// let training = MentorTraining { steps: 2000, restarts: 1, ..MentorTraining::default() };
/// let examples = predefined_examples(&PredefinedCurriculum::SelfPaced.into(), 2000, 1, 0);
/// let examples = MentorExamples::split(examples, training.variant, 0);
/// let learnt = training.train(&examples, &mut |_, _| ())?;
/// let mentor = Mentor::new(learnt, ("self-paced".into(), None), training, &examples);
/// let observe = |loss, is_right| MentorObservation { percent: 50, given_label: 0, is_right, loss };
/// let epoch = vec![observe(0.5, true), observe(1.0, true), observe(4.0, false)];
/// let judged = didact_mentor::judge(&mentor, &[epoch], 0.6);
/// assert_eq!(judged[0].area_under_roc, Some(1.0));
/// # Ok::<(), didact_curriculum::CurriculumError>(())
/// ```
pub fn judge(mentor: &Mentor, epochs: &[Vec<MentorObservation>], share: f64) -> Vec<EpochJudgement> {
    let judged = epochs.iter().enumerate().filter_map(|(epoch, observations)| {
        let examples = data_driven_examples(observations, share, ObservedCut::All).ok()?;
        Some(judge_epoch(mentor, epoch as u32 + 1, &examples))
    });
    judged.collect()
}

fn judge_epoch(mentor: &Mentor, epoch: u32, examples: &[MentorExample]) -> EpochJudgement {
    let weights: Vec<f64> = examples
        .iter()
        .map(|example| f64::from(mentor.weight(example.features)))
        .collect();
    let wrong: Vec<bool> = examples.iter().map(|example| example.target < 0.5).collect();
    let suspicions: Vec<f64> = weights.iter().map(|weight| 1.0 - weight).collect();
    let sum_of = |is_wrong: bool| -> (f64, usize) {
        let chosen = weights
            .iter()
            .zip(&wrong)
            .filter(|(_, wrong)| **wrong == is_wrong);
        chosen.fold((0.0, 0), |(sum, count), (weight, _)| (sum + weight, count + 1))
    };
    let mean = |(sum, count): (f64, usize)| (count > 0).then(|| sum / count as f64);
    let (right, wrong_sum) = (sum_of(false), sum_of(true));
    let total = right.0 + wrong_sum.0;
    let known = examples
        .iter()
        .filter(|example| mentor.knows(example.features))
        .count();
    let is_guess = |example: &&MentorExample| !mentor.agrees_with_what_it_knows(example.features);
    let guessed = examples.iter().filter(is_guess).count();
    EpochJudgement {
        epoch,
        samples: examples.len(),
        noise_rate: wrong_sum.1 as f64 / examples.len() as f64,
        area_under_roc: area_under_roc(&suspicions, &wrong),
        average_precision: average_precision(&suspicions, &wrong),
        wrong_share_of_weight: (total > 0.0).then(|| wrong_sum.0 / total),
        weight_of_right: mean(right),
        weight_of_wrong: mean(wrong_sum),
        known: known as f64 / examples.len() as f64,
        guessed: guessed as f64 / examples.len() as f64,
    }
}
