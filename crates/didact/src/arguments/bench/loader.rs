//! `didact bench loader`.

use std::num::{NonZeroU32, NonZeroUsize};

use clap::{Args, ValueEnum};
use didact_data::{Augmentation, DataError, Operation};

use crate::settings::{count, threads};

/// How many images a second the loader makes, with nobody training
///
/// Reads, normalises and augments random images of 3 x 32 x 32 that lie in memory, in batches of 128. Beside training,
/// the loader has to be faster than the steps only; what it cannot hide, `didact bench epoch` shows.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  didact bench loader --augment standard --augment tutorial --workers 2")]
pub(crate) struct BenchLoaderArguments {
    /// Random changes to measure, may be given several times [default: all]
    #[arg(long, value_name = "CHANGES")]
    pub(crate) augment: Vec<LoaderAugmentation>,
    /// Threads that make batches
    #[arg(long, value_name = "N", default_value = "1", allow_negative_numbers = true, value_parser = threads)]
    pub(crate) workers: NonZeroUsize,
    /// Images in an epoch
    #[arg(long, value_name = "N", default_value = "16384", allow_negative_numbers = true,
        value_parser = count::<NonZeroU32>)]
    pub(crate) samples: NonZeroU32,
    /// Epochs, of which the median counts
    #[arg(long, value_name = "N", default_value = "5", allow_negative_numbers = true,
        value_parser = count::<NonZeroU32>)]
    pub(crate) rounds: NonZeroU32,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Random changes of images.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LoaderAugmentation {
    /// Only normalised
    None,
    /// A border of 4 zeros, crop, flip
    Standard,
    /// A reflected border of 4, crop, flip, an 8x8 hole
    Tutorial,
    /// Turned by up to 10 degrees and scaled by up to a tenth
    RotationZoom,
}

impl LoaderAugmentation {
    /// How it is spelt.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Standard => "standard",
            Self::Tutorial => "tutorial",
            Self::RotationZoom => "rotation-zoom",
        }
    }

    /// What it does.
    pub(crate) fn augmentation(self) -> Result<Augmentation, DataError> {
        match self {
            Self::None => Ok(Augmentation::none()),
            Self::Standard => Ok(Augmentation::standard()),
            Self::Tutorial => Ok(Augmentation::tutorial()),
            Self::RotationZoom => Augmentation::new(vec![
                Operation::Rotation { degrees: 10.0 },
                Operation::Zoom { range: 0.1 },
            ]),
        }
    }
}
