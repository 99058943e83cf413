//! The stages of a cleaning, in their order.

mod models;

use std::cell::RefCell;
use std::path::Path;

use didact_run::{Claim, CleanSummary, CleanerEpoch, CleanerRecord, CleaningFolder, write_atomically};
use didact_train::{CleanerWatch, Interruption, Observer};

use crate::beliefs::Beliefs;
use crate::cleaner::Believing;
use crate::cleaning_data::CleaningData;
use crate::conclusion::conclude;
use crate::config::{CleanConfig, CleanerConfig};
use crate::corrections::{Corrections, Fitting};
use crate::error::CleanError;
use crate::round_outcome::RoundOutcome;
use crate::stage::Stage;
use crate::view::View;

/// Share of the labels that nobody has checked below which a change between two rounds is none.
const SETTLED: f64 = 0.005;

fn is_settled(changed: usize, untrusted: usize) -> bool {
    (changed as f64) < SETTLED * untrusted as f64
}

/// Hears how a cleaning goes.
pub trait Watch {
    /// A stage begins, or is found done.
    fn begun(&mut self, stage: &Stage);
    /// What hears of the training of a model.
    fn observer(&mut self) -> &mut dyn Observer;
    /// An epoch of a label cleaner that is a network is done, of so many at most.
    fn cleaner_epoch_done(&mut self, done: CleanerEpoch, most: u32);
    /// A round has corrected labels; `changed` is how many differ from those of the round before.
    fn corrected(&mut self, round: u32, corrections: &Corrections, changed: Option<usize>);
}

/// A cleaning in progress.
pub struct Cleaning {
    config: CleanConfig,
    data: CleaningData,
    folder: CleaningFolder,
    _claim: Claim,
}

impl Cleaning {
    /// A new cleaning in a new folder. Nothing is written before the data are open and parted.
    ///
    /// # Errors
    ///
    /// [`CleanError::Run`] if the folder is there or cannot be written.
    pub fn begin(config: CleanConfig, data: CleaningData, path: &Path) -> Result<Self, CleanError> {
        let folder = CleaningFolder::create(path)?;
        let text = toml::to_string_pretty(&config).map_err(std::io::Error::other);
        write_atomically(&folder.config(), |file| file.write_all(text?.as_bytes()))?;
        let claim = folder.claim()?;
        Ok(Self {
            config,
            data,
            folder,
            _claim: claim,
        })
    }

    /// A cleaning that goes on where it was stopped.
    ///
    /// # Errors
    ///
    /// [`CleanError::ConfigChanged`] if it was begun with other settings, and those of [`CleaningData::open`].
    pub fn resume(
        config: CleanConfig,
        begun: &CleanConfig,
        folder: CleaningFolder,
    ) -> Result<Self, CleanError> {
        if let Some((key, expected, found)) = begun.first_difference(&config) {
            return Err(CleanError::ConfigChanged { key, expected, found });
        }
        let claim = folder.claim()?;
        let data = CleaningData::open(&config)?;
        Ok(Self {
            config,
            data,
            folder,
            _claim: claim,
        })
    }

    /// The data.
    pub fn data(&self) -> &CleaningData {
        &self.data
    }

    /// Cleans to the end, or until asked to stop. Stages that are done are not done again.
    ///
    /// # Errors
    ///
    /// [`CleanError::Interrupted`] if it was asked to stop, [`CleanError::NothingLeft`] if no label is sure enough, and errors of
    /// training, reading and writing.
    pub fn run(
        &self,
        watch: &mut dyn Watch,
        interruption: &Interruption,
    ) -> Result<CleanSummary, CleanError> {
        let mut models = Vec::new();
        let mut views = self.first_models(&mut models, watch, interruption)?;
        let mut rounds: Vec<RoundOutcome> = Vec::new();
        for round in 1..=self.config.rounds.get() {
            watch.begun(&Stage::Cleaner { round });
            let (beliefs, record) = self.believe(round, &views, rounds.first(), watch, interruption)?;
            let corrections = self.corrections(&beliefs, Fitting::Trusted)?;
            let changed = rounds
                .last()
                .map(|last| corrections.changed_since(&last.corrections));
            watch.corrected(round, &corrections, changed);
            let is_settled = changed.is_some_and(|changed| is_settled(changed, corrections.num_untrusted()));
            rounds.push(RoundOutcome {
                beliefs,
                record,
                corrections,
                changed,
            });
            if is_settled || round == self.config.rounds.get() {
                break;
            }
            views = self.relearn(round, &rounds, &mut models, watch, interruption)?;
        }
        let retrained = self.retrain(&rounds, &views, &mut models, watch, interruption)?;
        conclude(
            &self.config,
            &self.data,
            &self.folder,
            &rounds,
            models,
            &retrained,
        )
    }

    fn believe(
        &self,
        round: u32,
        views: &[View],
        first: Option<&RoundOutcome>,
        watch: &mut dyn Watch,
        interruption: &Interruption,
    ) -> Result<(Beliefs, CleanerRecord), CleanError> {
        let most = match self.config.cleaner {
            CleanerConfig::Network(network) => network.epochs.get(),
            CleanerConfig::Posterior(_) => 0,
        };
        let watch = RefCell::new(watch);
        let believing = Believing {
            config: &self.config,
            data: &self.data,
            folder: &self.folder,
            round,
            views,
            first: first.map(|first| &first.record),
            watch: CleanerWatch {
                interruption,
                epoch_done: &|done| watch.borrow_mut().cleaner_epoch_done(done, most),
            },
        };
        believing.believe()
    }

    fn corrections(&self, beliefs: &Beliefs, fitting: Fitting) -> Result<Corrections, CleanError> {
        Corrections::new(&self.data, beliefs, fitting, &self.config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_than_half_a_per_cent_are_none() {
        assert!(is_settled(199, 40_000) && !is_settled(200, 40_000));
        assert!(!is_settled(0, 0));
    }
}
