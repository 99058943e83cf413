//! `didact data convert`: class folders or Parquet.

use didact_data::{Dataset, OpenOptions, convert};
use serde::Serialize;

use crate::arguments::DataConvertArguments;
use crate::error::{Result, Status};
use crate::printer::Printer;

#[derive(Serialize)]
struct Converted {
    path: std::path::PathBuf,
    samples: usize,
    bad_items: usize,
}

pub(crate) fn data_convert(arguments: DataConvertArguments, printer: &Printer) -> Result<Status> {
    let options = OpenOptions {
        image_size: arguments.image_size,
        ..arguments.opening.options()
    };
    let data = Dataset::open(&arguments.data, &options)?;
    convert(&data, &arguments.output, arguments.to)?;
    let (path, samples, bad_items) = (arguments.output, data.len(), data.skipped().len());
    printer.result(&format!(
        "wrote {samples} samples to {}, {bad_items} bad items left out\n",
        path.display()
    ))?;
    printer.json(&Converted {
        path,
        samples,
        bad_items,
    })?;
    Ok(Status::Done)
}
