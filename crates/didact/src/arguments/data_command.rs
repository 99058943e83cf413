//! `didact data`.

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use didact_data::Conversion;

use super::OpeningArguments;
use crate::settings::count;

/// What is in a data set; into other formats
#[derive(Debug, Subcommand)]
pub(crate) enum DataCommand {
    Info(DataInfoArguments),
    Convert(DataConvertArguments),
}

/// Classes, counts, sizes, duplicates and bad items of a data set
///
/// Bad items do not stop it: they are what one wants to know.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  didact data info photos/ --labels labels.csv")]
pub(crate) struct DataInfoArguments {
    /// Data in any format that `didact train` reads
    pub(crate) data: PathBuf,
    /// Resize all images to SIDE x SIDE pixels
    #[arg(long, value_name = "SIDE", value_parser = count::<NonZeroU32>)]
    pub(crate) image_size: Option<NonZeroU32>,
    #[command(flatten)]
    pub(crate) opening: OpeningArguments,
    /// Print one JSON object, with every group of duplicates and every bad item
    #[arg(long)]
    pub(crate) json: bool,
}

/// Write a data set as class folders or Parquet
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  didact data convert cifar-100-binary/ -o cifar-100.parquet --to parquet")]
pub(crate) struct DataConvertArguments {
    /// Data in any format that `didact train` reads
    pub(crate) data: PathBuf,
    /// The file or folder to write; it must not exist yet
    #[arg(short, long, value_name = "OUT")]
    pub(crate) output: PathBuf,
    /// What to write
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(["class-folders", "parquet"])
        .try_map(|name| name.parse::<Conversion>()))]
    pub(crate) to: Conversion,
    /// Resize all images to SIDE x SIDE pixels
    #[arg(long, value_name = "SIDE", value_parser = count::<NonZeroU32>)]
    pub(crate) image_size: Option<NonZeroU32>,
    #[command(flatten)]
    pub(crate) opening: OpeningArguments,
    /// Leave out samples that cannot be read instead of refusing the data
    #[arg(long)]
    pub(crate) skip_bad: bool,
    /// Print one JSON object with the path and the number of samples
    #[arg(long)]
    pub(crate) json: bool,
}
