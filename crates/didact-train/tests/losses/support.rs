//! A loss outside a run: what it says, and which way it pulls.

use std::path::Path;

use burn::tensor::{Device, Tensor, TensorData};
use didact_curriculum::Progress;
use didact_run::StoredTensor;
use didact_train::{Loss, LossConfig, LossSamples, LossSetting, Prediction, Scores, parse_method};

/// A loss for a number of samples of a number of classes.
pub(crate) fn loss(spelling: &str, num_samples: usize, num_classes: usize) -> Box<dyn Loss> {
    let config: LossConfig = parse_method(spelling).unwrap();
    let class_names: Vec<String> = (0..num_classes).map(|class| class.to_string()).collect();
    let setting = LossSetting {
        num_samples,
        class_names: &class_names,
        label_smoothing: 0.0.try_into().unwrap(),
        soft_labels: None,
    };
    config.init(&setting).unwrap()
}

/// Writes a transition matrix where `forward-corrected:transition=FILE` can read it.
pub(crate) fn matrix_file(folder: &Path, rows: &[Vec<f64>]) -> String {
    let path = folder.join("matrix.csv");
    let line = |row: &Vec<f64>| row.iter().map(f64::to_string).collect::<Vec<_>>().join(",") + "\n";
    std::fs::write(&path, rows.iter().map(line).collect::<String>()).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The first step of an epoch of ten, of two steps each.
pub(crate) fn at_epoch(epoch: u32) -> Progress {
    Progress {
        epoch,
        epochs: 10,
        step: 2 * u64::from(epoch),
        steps: 20,
    }
}

/// A batch, and what a network says of it.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub(crate) rows: Vec<u32>,
    pub(crate) labels: Vec<u32>,
    pub(crate) logits: Vec<Vec<f32>>,
    pub(crate) progress: Progress,
    pub(crate) prediction: Prediction,
}

impl Said {
    /// Of samples themselves.
    pub(crate) fn own(rows: &[u32], labels: &[u32], logits: &[&[f32]], epoch: u32) -> Self {
        Self {
            rows: rows.to_vec(),
            labels: labels.to_vec(),
            logits: logits.iter().map(|row| row.to_vec()).collect(),
            progress: at_epoch(epoch),
            prediction: Prediction::Own,
        }
    }

    /// Of mixtures.
    pub(crate) fn of_mixtures(self) -> Self {
        Self {
            prediction: Prediction::OfMixture,
            ..self
        }
    }

    fn samples(&self) -> LossSamples<'_> {
        LossSamples {
            rows: &self.rows,
            labels: &self.labels,
            progress: self.progress,
            prediction: self.prediction,
        }
    }

    fn tensor(&self) -> Tensor<2> {
        let shape = [self.logits.len(), self.logits[0].len()];
        let values = self.logits.concat();
        Tensor::from_data(TensorData::new(values, shape), &Device::flex().autodiff()).require_grad()
    }
}

/// Losses of a batch, and the gradient of their sum in its logits, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) losses: Vec<f32>,
    pub(crate) gradient: Vec<f32>,
}

/// A step without memory.
pub(crate) fn ask(loss: &mut dyn Loss, said: &Said) -> Answer {
    let logits = said.tensor();
    let losses = loss.training(logits.clone(), &said.samples());
    let gradients = losses.clone().sum().backward();
    Answer {
        losses: losses.into_data().try_into_vec().unwrap(),
        gradient: logits
            .grad(&gradients)
            .unwrap()
            .into_data()
            .try_into_vec()
            .unwrap(),
    }
}

/// The loss hears what a network says of samples themselves.
pub(crate) fn tell(loss: &mut dyn Loss, said: &Said) {
    let zeros = Tensor::zeros([said.rows.len()], &Device::flex().autodiff());
    loss.remember(&said.samples(), &Scores::fetch(said.tensor(), zeros));
}

/// A step, as a learner takes it.
pub(crate) fn step(loss: &mut dyn Loss, said: &Said) -> Answer {
    let answer = ask(loss, said);
    if said.prediction == Prediction::Own {
        tell(loss, said);
    }
    answer
}

/// Hands the memory of one loss to another, by way of a checkpoint.
pub(crate) fn hand_over(from: &dyn Loss, to: &mut dyn Loss) {
    let stored: Vec<StoredTensor> = from.store();
    to.restore(&|name| stored.iter().find(|tensor| tensor.name == name))
        .unwrap();
}

/// Fails unless all numbers agree within a tolerance.
pub(crate) fn assert_close(what: &str, ours: &[f32], theirs: &[f64], tolerance: f64) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (ours, theirs) in ours.iter().zip(theirs) {
        let error = (f64::from(*ours) - theirs).abs();
        assert!(
            error <= tolerance * theirs.abs().max(1.0),
            "{what}: {ours} against {theirs}"
        );
    }
}
