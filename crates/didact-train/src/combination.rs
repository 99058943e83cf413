//! Which methods can be combined, and why others cannot.

use didact_curriculum::CurriculumConfig;

use crate::config::TrainConfig;
use crate::error::TrainError;
use crate::loss::LossConfig;
use crate::number::ProperShare;
use crate::strategy::{MentorMixConfig, SecondWeighing, StrategyConfig};

/// Refuses methods that have no meaning together.
///
/// # Errors
///
/// [`TrainError::Combination`], with the reason.
pub fn check_combination(config: &TrainConfig) -> Result<(), TrainError> {
    let refuse = |what, why| Err(TrainError::Combination { what, why });
    let is_smoothed = config.label_smoothing != ProperShare::default();
    if is_smoothed && config.loss != (LossConfig::CrossEntropy {}) {
        return refuse(
            "--label-smoothing with another --loss than cross-entropy",
            "smoothing is a part of the cross-entropy; the others have ways of their own not to believe a label wholly",
        );
    }
    if config.mixup.is_some() && matches!(config.strategy, StrategyConfig::DataParameters(_)) {
        return refuse(
            "--strategy data-parameters with --mixup",
            "a mixture is of two samples and maybe two classes, and so would have two temperatures",
        );
    }
    if config.strategy == (StrategyConfig::CoTeaching {}) && config.initial_weights.is_some() {
        return refuse(
            "--strategy co-teaching with --initial-weights",
            "both networks would begin alike and make the same mistakes, and neither could correct the other",
        );
    }
    if config.strategy == (StrategyConfig::CoTeaching {}) && config.curriculum == CurriculumConfig::None {
        return refuse(
            "--strategy co-teaching without a --curriculum",
            "each network teaches the other by the weights it gives, and without a curriculum all are 1; \
             small-loss is the published choice",
        );
    }
    if let StrategyConfig::MentorMix(_) = config.strategy {
        if config.curriculum == CurriculumConfig::None {
            return refuse(
                "--strategy mentor-mix without a --curriculum",
                "partners are drawn by the weights of the curriculum, and without one all are 1; \
                 mentornet-predefined and mentornet are the published choices",
            );
        }
        if config.mixup.is_some() {
            return refuse(
                "--strategy mentor-mix with --mixup",
                "it mixes samples itself; give mentor-mix:alpha=NUMBER instead of --mixup",
            );
        }
    }
    if config.curriculum.learns_from_trusted() {
        if config.trusted.is_none() {
            return refuse(
                "--curriculum mentornet-data-driven without --trusted",
                "the mentor learns from samples whose labels someone checked",
            );
        }
        if config.strategy == (StrategyConfig::CoTeaching {}) {
            return refuse(
                "--curriculum mentornet-data-driven with --strategy co-teaching",
                "the mentor would learn from the losses of one network and weigh those of both",
            );
        }
        let weighs_mixtures = |own: &MentorMixConfig| own.second_weighing == SecondWeighing::Mixtures;
        if matches!(&config.strategy, StrategyConfig::MentorMix(own) if weighs_mixtures(own)) {
            return refuse(
                "--curriculum mentornet-data-driven with mentor-mix:second-weighing=mixtures",
                "the mentor learns from samples, and has not seen the losses of mixtures",
            );
        }
        if config.mixup.is_some() {
            return refuse(
                "--curriculum mentornet-data-driven with --mixup",
                "the mentor would learn from samples and weigh mixtures; --strategy mentor-mix weighs samples and mixes then",
            );
        }
    }
    let warmup = match &config.loss {
        LossConfig::ForwardCorrected(config) => config.warmup,
        LossConfig::GeneralizedCrossEntropy(config) => config.warmup,
        LossConfig::SelfAdaptive(config) => config.warmup,
        _ => None,
    };
    if warmup.is_some_and(|warmup| warmup >= config.epochs.get()) {
        return refuse(
            "a --loss whose warmup lasts as long as --epochs",
            "until warm-up is over it is another loss, and the run would be over first",
        );
    }
    Ok(())
}
