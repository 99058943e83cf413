//! Mentors in the catalogue.

use super::super::entries::{AFTER_BURN_IN, AVERAGING, BURN_IN, DECAY, DROPOUT, PERCENTILE, SOURCE, VARIANT};
use crate::catalogue::{Entry, Parameter};

pub(crate) const MENTORNET: Entry = Entry {
    name: "mentornet",
    idea: "a small network, trained before by `didact mentor train`, gives each sample its weight",
    source: Some(SOURCE),
    parameters: &[
        Parameter {
            name: "mentor",
            meaning: "the mentor's file; without it there is nothing to ask",
            range: "a file of `didact mentor train`, or RUN/mentor.safetensors",
            default: "none",
        },
        PERCENTILE,
        DECAY,
        BURN_IN,
        AFTER_BURN_IN,
        Parameter {
            default: "0.5x17x0.05x83",
            ..DROPOUT
        },
        VARIANT,
        AVERAGING,
    ],
};

pub(crate) const DATA_DRIVEN: Entry = Entry {
    name: "mentornet-data-driven",
    idea: "a small network learns from samples with --trusted labels which losses are those of wrong labels",
    source: Some(SOURCE),
    parameters: &[
        Parameter {
            meaning: "which percentile of a batch's losses is the limit; auto is the share of trusted samples given a right label",
            ..PERCENTILE
        },
        DECAY,
        Parameter {
            meaning: "how many percent of the run every sample weighs 1; the mentor first learns at their end",
            default: "20",
            ..BURN_IN
        },
        Parameter {
            name: "refresh",
            meaning: "at which percents of the run the mentor learns anew",
            range: "percents as in 21x75, or none",
            default: "21x75",
        },
        Parameter {
            name: "labels",
            meaning: "whether the mentor is told the given label, so that rare and difficult classes can differ",
            range: "ignored, aware",
            default: "ignored",
        },
        Parameter {
            name: "steps",
            meaning: "steps of each of the mentor's trainings",
            range: ">= 1",
            default: "10000",
        },
        Parameter {
            name: "restarts",
            meaning: "trainings of the mentor each time, of which the best is kept",
            range: ">= 1",
            default: "2",
        },
        Parameter {
            default: "0.5x17x0.05x83",
            ..DROPOUT
        },
        AVERAGING,
    ],
};
