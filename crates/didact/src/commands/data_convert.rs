//! `didact data convert`: class folders or Parquet.

use didact_data::{Dataset, OpenOptions, convert};
use serde::Serialize;

use crate::arguments::{DataConvertArguments, bad_items};
use crate::error::{Result, Status};
use crate::output::Printer;

#[derive(Serialize)]
struct Converted {
    path: std::path::PathBuf,
    samples: usize,
    left_out: usize,
}

pub(crate) fn data_convert(arguments: DataConvertArguments, printer: Printer) -> Result<Status> {
    let options = OpenOptions {
        image_size: arguments.image_size,
        bad_items: bad_items(arguments.skip_bad),
        ..arguments.opening.options()
    };
    let data = Dataset::open(&arguments.data, &options)?;
    convert(&data, &arguments.output, arguments.to)?;
    let (path, samples, left_out) = (arguments.output, data.len(), data.skipped().len());
    printer.result(&format!("wrote {samples} samples to {}\n", path.display()))?;
    printer.json(&Converted {
        path,
        samples,
        left_out,
    })?;
    Ok(Status::Done)
}
