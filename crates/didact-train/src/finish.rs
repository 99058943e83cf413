//! What a run leaves behind: after each epoch, and at its end.

use std::path::Path;

use didact_labels::metrics::ConfusionMatrix;
use didact_mentor::write_mentor;
use didact_run::{
    EpochMetrics, EpochTiming, Evaluation as StoredEvaluation, Seconds, SplitEvaluation, Summary,
    TrainSummary, read_ledger, write_array, write_rows,
};

use crate::error::TrainError;
use crate::evaluation::Evaluation;
use crate::groups::label_groups;
use crate::method::method_spelling;
use crate::model_file::ModelDescription;
use crate::network::Parameters;
use crate::part::Part;
use crate::selection::Select;
use crate::trainer::Trainer;

impl Trainer {
    /// Writes the tables, and the weights if this epoch is the best so far.
    pub(crate) fn write_epoch(&self) -> Result<(), TrainError> {
        let position = &self.position;
        write_rows(
            &self.folder.metrics(),
            &EpochMetrics::header(),
            position.history.iter().map(EpochMetrics::cells),
        )?;
        write_rows(
            &self.folder.timings(),
            &EpochTiming::header(),
            position.timings.iter().map(EpochTiming::cells),
        )?;
        if self.selected_epoch() == position.epochs_done() {
            self.write_model(&self.folder.model())?;
        }
        if let Some(mentor) = self.learner().curriculum.mentor() {
            write_mentor(&self.folder.mentor(), mentor)?;
        }
        Ok(())
    }

    /// Lists the samples that were left out.
    pub(crate) fn write_skipped(&self) -> Result<(), TrainError> {
        if self.data.skipped.is_empty() {
            return Ok(());
        }
        let header = ["file", "place", "reason"].map(str::to_owned);
        let rows = self.data.skipped.iter().map(|item| {
            let place = item.place.as_ref().map_or_else(String::new, ToString::to_string);
            [item.file.clone(), place, item.reason.to_string()]
        });
        Ok(write_rows(&self.folder.skipped(), &header, rows)?)
    }

    /// Writes the last weights, the averages, the features and the figures.
    pub(crate) fn finish(&mut self, seconds: f64) -> Result<(), TrainError> {
        self.write_model(&self.folder.last_model())?;
        let averages = self.probabilities.averages();
        let shape = [averages.len(), self.data.train.dataset.num_classes()];
        write_array(&self.folder.probabilities(), shape, averages)?;
        let last = self.learner().evaluated();
        let mut selected = last.clone();
        let (_, file) = ModelDescription::read(&self.folder.model())?;
        selected.restore(|name| file.tensor(name))?;
        self.write_features(&selected)?;
        let evaluation = self.evaluate_parts(&selected, &last)?;
        self.folder.write_json(&self.folder.evaluation(), &evaluation)?;
        let summary = self.summary(seconds)?;
        Ok(self.folder.write_json(&self.folder.summary(), &summary)?)
    }

    fn selected_epoch(&self) -> u32 {
        self.selection().epoch(&self.position.history)
    }

    fn write_model(&self, path: &Path) -> Result<(), TrainError> {
        let dataset = &self.data.train.dataset;
        let description = ModelDescription {
            version: self.config.version.clone(),
            model: self.config.model.clone(),
            loss: self.config.loss.clone(),
            label_smoothing: self.config.label_smoothing,
            precision: self.config.precision,
            input: dataset.source_shape(),
            features: self.config.features,
            class_names: dataset.class_names().to_vec(),
            normalization: self.data.normalization.clone(),
        };
        description.write(path, &self.learner().evaluated())
    }

    fn write_features(&self, selected: &Parameters) -> Result<(), TrainError> {
        let all = Part::whole(self.data.train.dataset.clone());
        if let Some((features, width)) = self.evaluation(&all).features(selected)? {
            write_array(
                &self.folder.features(),
                [all.len(), width],
                features.chunks_exact(width),
            )?;
        }
        Ok(())
    }

    /// A pass over a part as it is.
    pub(crate) fn evaluation<'a>(&'a self, part: &'a Part) -> Evaluation<'a> {
        Evaluation::new(&self.learner().classifier, part, self.loading())
    }

    fn evaluate_parts(
        &self,
        selected: &Parameters,
        last: &Parameters,
    ) -> Result<StoredEvaluation, TrainError> {
        let dataset = &self.data.train.dataset;
        let mut train_counts = vec![0; dataset.num_classes()];
        for (_, label) in self.data.train.labelled() {
            train_counts[label as usize] += 1;
        }
        let evaluate =
            |part: &Option<Part>, parameters: &Parameters| -> Result<Option<SplitEvaluation>, TrainError> {
                let Some(part) = part else { return Ok(None) };
                let mut watcher = self.config.confidence.observer(Some(dataset.num_classes()))?;
                let outcomes = self
                    .evaluation(part)
                    .outcomes(parameters, &mut watcher, |_, _| ())?;
                Ok(Some(SplitEvaluation {
                    confusion_matrix: counts(&outcomes.confusion(part)?),
                }))
            };
        Ok(StoredEvaluation {
            class_names: dataset.class_names().to_vec(),
            train_counts,
            validation: evaluate(&self.data.validation, selected)?,
            test: evaluate(&self.data.test, selected)?,
            test_last: evaluate(&self.data.test, last)?,
        })
    }

    fn summary(&self, seconds: f64) -> Result<Summary, TrainError> {
        let (config, position) = (&self.config, &self.position);
        let epochs = position.epochs_done();
        let selected = self.selected_epoch();
        let row = &position.history[selected as usize - 1];
        let per_epoch = |value: fn(&EpochTiming) -> f64| {
            position.timings.iter().map(value).sum::<f64>() / f64::from(epochs)
        };
        let groups = |epoch| Ok::<_, TrainError>(label_groups(&read_ledger(&self.folder.ledger(epoch))?));
        Ok(Summary {
            version: config.version.clone(),
            task: "classification".to_owned(),
            model: method_spelling(&config.model),
            parameters: self.learner().parameters.num_trained() as u64,
            loss: method_spelling(&config.loss),
            curriculum: method_spelling(&config.curriculum),
            strategy: method_spelling(&config.strategy),
            seed: config.seed,
            noise: self.data.noise.clone(),
            estimated_noise_rate: row.estimated_noise_rate,
            epochs_run: epochs,
            selected_epoch: selected,
            selected_by: self.selected_by(),
            train: TrainSummary {
                metrics: row.train,
                unlabelled: self.data.train.num_unlabelled(),
                selected: groups(selected)?,
                last: groups(epochs)?,
            },
            validation: row.validation,
            test: row.test,
            test_last: position.history[epochs as usize - 1].test,
            seconds: Seconds {
                total: seconds,
                per_epoch: per_epoch(|timing| timing.seconds),
            },
            // Every epoch has as many samples, so the rate of them all is the harmonic mean.
            samples_per_second: 1.0 / per_epoch(|timing| 1.0 / timing.samples_per_second.max(1e-9)),
            peak_rss_bytes: position.peak_rss_bytes(),
            device: config.device.to_string(),
        })
    }

    fn selected_by(&self) -> String {
        let position = &self.position;
        if self.config.select == Select::LabelWave && self.selection().is_undecided(&position.history) {
            return "last epoch (too few epochs for labelwave)".to_owned();
        }
        if self.config.select == Select::LabelWave {
            return "labelwave (fewest changed predictions; no label chose)".to_owned();
        }
        if self.config.select == Select::Last || self.data.validation.is_none() {
            return "last epoch".to_owned();
        }
        format!(
            "validation {} ({})",
            self.config.select_metric.name(),
            self.data.validation_labels
        )
    }
}

fn counts(confusion: &ConfusionMatrix) -> Vec<Vec<u64>> {
    (0..confusion.num_classes())
        .map(|class| confusion.row(class).to_vec())
        .collect()
}
