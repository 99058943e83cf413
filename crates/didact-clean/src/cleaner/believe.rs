//! A round: every model's cleaner, and what they say together.

use std::fs;
use std::time::Instant;

use didact_labels::metrics::ScoreMatrix;
use didact_labels::{AnchorQuantile, TransitionMatrix, estimate_transition_matrix};
use didact_run::{CleanerRecord, CleaningFolder, ViewRecord};
use didact_train::CleanerWatch;

use super::halves::halves;
use super::learning::{Learning, Use, counted};
use crate::beliefs::Beliefs;
use crate::cleaning_data::CleaningData;
use crate::config::{CleanConfig, CleanerConfig, PosteriorConfig};
use crate::error::CleanError;
use crate::view::{Answers, View};

/// What a round believes, and by what.
pub(crate) struct Believing<'a> {
    pub(crate) config: &'a CleanConfig,
    pub(crate) data: &'a CleaningData,
    pub(crate) folder: &'a CleaningFolder,
    pub(crate) round: u32,
    pub(crate) views: &'a [View],
    /// How the first round learnt, in those after it.
    pub(crate) first: Option<&'a CleanerRecord>,
    pub(crate) watch: CleanerWatch<'a>,
}

/// What the cleaners of a round say.
struct Asked {
    beliefs: Beliefs,
    views: Vec<ViewRecord>,
    transition: TransitionMatrix,
    /// How long they had learnt before they were stopped.
    seconds_before: f64,
}

impl Believing<'_> {
    /// Learns the cleaners of the round and asks them; what was asked before is read.
    ///
    /// Samples to be corrected are judged by the cleaner of the model that answers for them; those that fit, by cleaners that
    /// learnt from the other half of them; those that select and report, by all cleaners in equal shares.
    pub(crate) fn believe(&self) -> Result<(Beliefs, CleanerRecord), CleanError> {
        let (record, beliefs) = (self.folder.cleaner(self.round), self.folder.beliefs(self.round));
        let (num_rows, num_classes) = (self.data.dataset.len(), self.data.dataset.num_classes());
        if record.is_file() {
            self.forget_checkpoint();
            return Ok((
                Beliefs::read(&beliefs, num_rows, num_classes)?,
                CleaningFolder::read_json(&record)?,
            ));
        }
        let begun = Instant::now();
        let Asked {
            beliefs: believed,
            views,
            transition,
            seconds_before,
        } = self.ask()?;
        let learnt = CleanerRecord {
            round: self.round,
            transition_matrix: (0..num_classes)
                .map(|class| transition.row(class).to_vec())
                .collect(),
            views,
            seconds: seconds_before + begun.elapsed().as_secs_f64(),
        };
        self.folder.make_round(self.round)?;
        believed.write(&beliefs)?;
        CleaningFolder::write_json(&record, &learnt)?;
        self.forget_checkpoint();
        // Read as a cleaning that goes on after a stop would: what is written in decimals may differ in the last bit.
        Ok((believed, CleaningFolder::read_json(&record)?))
    }

    /// What the cleaner needed to go on, once its record is there. One that cannot be taken away does no harm.
    fn forget_checkpoint(&self) {
        let _ = fs::remove_file(self.folder.cleaner_checkpoint(self.round));
    }

    fn ask(&self) -> Result<Asked, CleanError> {
        let data = self.data;
        let mut beliefs = Beliefs::none(data.dataset.len(), data.dataset.num_classes());
        let device = self.config.training.device;
        let answers = self.views.iter().map(|view| view.answers(data, device));
        let answers: Vec<Answers> = answers.collect::<Result<_, _>>()?;
        let estimated = match self.config.trusted() {
            Some(_) => None,
            None => Some(self.estimated(&answers)?),
        };
        let (mut views, mut seconds_before) = (Vec::new(), 0.0);
        for (view, answers) in self.views.iter().zip(&answers) {
            let learning = Learning {
                config: self.config,
                data,
                folder: self.folder,
                round: self.round,
                view,
                answers,
                estimated: estimated.as_ref(),
                watch: self.watch,
            };
            let (record, seconds) = self.ask_one(&learning, &mut beliefs)?;
            views.push(record);
            seconds_before += seconds;
        }
        let transition = match estimated {
            Some(estimated) => estimated,
            None => counted(data, &data.fit, self.prior())?,
        };
        Ok(Asked {
            beliefs,
            views,
            transition,
            seconds_before,
        })
    }

    /// Asks the cleaner of one model; how it learnt, and for how many seconds before it was stopped.
    fn ask_one(
        &self,
        learning: &Learning<'_>,
        beliefs: &mut Beliefs,
    ) -> Result<(ViewRecord, f64), CleanError> {
        let data = self.data;
        let (judge, record) = learning.learn(&data.fit, Use::Kept)?;
        let own = &learning.view.rows;
        let worked: Vec<u32> = own
            .iter()
            .copied()
            .filter(|row| data.worked.binary_search(row).is_ok())
            .collect();
        beliefs.add(&worked, &judge.posteriors(&worked)?, 1.0);
        let unseen = View::unseen(data);
        beliefs.add(
            &unseen,
            &judge.posteriors(&unseen)?,
            1.0 / self.views.len() as f64,
        );
        if self.is_cross_fitted() {
            let both = halves(
                &data.fit,
                &data.fold_of,
                data.dataset.keys(),
                self.config.training.seed,
            );
            for (learnt, judged) in [(&both[0], &both[1]), (&both[1], &both[0])] {
                let rows: Vec<u32> = learning
                    .seen_by_the_model(judged)
                    .iter()
                    .map(|checked| checked.row)
                    .collect();
                let (judge, _) = learning.learn(learnt, Use::Once)?;
                beliefs.add(&rows, &judge.posteriors(&rows)?, 1.0);
            }
        }
        Ok((record, judge.seconds_before()))
    }

    /// How many samples of noise alike for all stand behind each row of the matrix that is shown: as many as behind that of
    /// `posterior`, so that a class of which few samples fit is not shown as surely right.
    fn prior(&self) -> f64 {
        let posterior = match self.config.cleaner {
            CleanerConfig::Posterior(posterior) => posterior,
            CleanerConfig::Network(_) => PosteriorConfig::default(),
        };
        posterior.prior.into()
    }

    /// A network that changes the image network takes as long as a model, and is not learnt three times.
    fn is_cross_fitted(&self) -> bool {
        let is_notebook =
            matches!(self.config.cleaner, CleanerConfig::Network(network) if network.is_notebook());
        !self.data.fit.is_empty() && !is_notebook
    }

    /// The transition matrix, from what the first models predict of samples they have not seen. Models of later rounds predict
    /// corrected labels, which say nothing of which labels are given.
    fn estimated(&self, answers: &[Answers]) -> Result<TransitionMatrix, CleanError> {
        if let Some(first) = self.first {
            return Ok(TransitionMatrix::from_rows(&first.transition_matrix)?);
        }
        let pairs = self.views.iter().zip(answers);
        let values: Vec<f32> = pairs
            .flat_map(|(view, answers)| view.rows.iter().flat_map(|&row| answers.row(row)))
            .copied()
            .collect();
        let scores = ScoreMatrix::new(&values, self.data.dataset.num_classes())?;
        Ok(estimate_transition_matrix(scores, AnchorQuantile::default())?)
    }
}
