//! `didact data info`: what is in a data set.

use didact_data::{BadItems, DataInfo, Dataset, OpenOptions, info};

use crate::arguments::DataInfoArguments;
use crate::error::{Result, Status};
use crate::printer::Printer;
use crate::results::{counted, percent};

/// Lines of each list that are shown; `--json` has all.
const SHOWN: usize = 10;
/// Classes that are shown.
const CLASSES_SHOWN: usize = 30;

pub(crate) fn data_info(arguments: &DataInfoArguments, printer: &Printer) -> Result<Status> {
    let options = OpenOptions {
        bad_items: BadItems::Skip,
        image_size: arguments.image_size,
        ..arguments.opening.options()
    };
    let info = info(&Dataset::open(&arguments.data, &options)?);
    printer.result(&text(&info))?;
    printer.json(&info)?;
    Ok(Status::Done)
}

fn text(info: &DataInfo) -> String {
    let DataInfo {
        format,
        samples,
        shape,
        classes,
        ..
    } = info;
    let mut text = format!(
        "{samples} samples of {shape} in {} classes, read as {format}\n",
        classes.len()
    );
    text += &shortened(
        "\nclasses",
        CLASSES_SHOWN,
        classes.iter().map(|class| {
            let share = percent(class.samples as f64 / *samples as f64);
            format!("{:>9} {share:>8}  {}", class.samples, class.name)
        }),
    );
    text += &shortened(
        "\nimage sizes before resizing",
        SHOWN,
        info.image_sizes
            .iter()
            .map(|size| format!("{:>9}  {} x {}", size.images, size.width, size.height)),
    );
    text += &duplicates(info);
    let bad_items = info.bad_items.iter().map(|item| format!("  {item}"));
    text + &shortened(
        &format!("\nbad items: {}", info.bad_items.len()),
        SHOWN,
        bad_items,
    )
}

fn duplicates(info: &DataInfo) -> String {
    let duplicates = &info.duplicates;
    let groups = duplicates.groups.iter().filter(|group| group.is_conflicting());
    let conflicting = groups.map(|group| {
        let named: Vec<String> = group
            .ids
            .iter()
            .zip(&group.labels)
            .map(|(id, label)| format!("{id} ({label})"))
            .collect();
        format!("  {}", named.join(" = "))
    });
    let superfluous = counted(duplicates.superfluous, "sample");
    let groups = counted(duplicates.conflicting, "group");
    let head =
        format!("\nduplicates: {superfluous} equal to another; {groups} of them with different labels");
    shortened(&head, SHOWN, conflicting)
}

/// A head and the first lines below it; nothing below a head is fine.
fn shortened(head: &str, most: usize, lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.collect();
    let mut text = format!("{head}\n");
    for line in lines.iter().take(most) {
        text += &format!("{line}\n");
    }
    if lines.len() > most {
        text += &format!("  and {} more; --json has all\n", lines.len() - most);
    }
    text
}
