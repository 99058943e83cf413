//! The samples that counted most and least, to look at.

use super::panels::heading;
use crate::error::ReportError;
use crate::number::decimal;
use crate::page::{Block, Gallery, Picture, Section};
use crate::record::{Example, RunRecord};
use crate::thumbnail::{Thumbnails, image_source};

/// Pictures of the samples at both ends of weight or confidence.
pub(crate) fn examples(runs: &[RunRecord], thumbnails: &dyn Thumbnails) -> Result<Section, ReportError> {
    let mut blocks = vec![Block::Paragraph(
        "Training samples ranked by their mean over the last third of the epochs: of the weight, or of the \
         confidence where every sample weighs the same. Low ones are worth a look: their labels may be wrong, or \
         they are hard."
            .to_owned(),
    )];
    for run in runs {
        blocks.extend(heading(run, runs));
        blocks.extend(galleries(run, thumbnails)?);
    }
    if !has_pictures(&blocks) {
        let why = "No picture could be had: the data is not at hand, or has none.".to_owned();
        blocks.insert(1, Block::Note(why));
    }
    Ok(Section {
        id: "examples",
        title: "Samples at both ends",
        blocks,
    })
}

fn galleries(run: &RunRecord, thumbnails: &dyn Thumbnails) -> Result<Vec<Block>, ReportError> {
    let Some(samples) = &run.samples else {
        return Ok(vec![Block::Paragraph("There is no ledger yet.".to_owned())]);
    };
    let examples = &samples.examples;
    let name = examples.yardstick.name();
    let gallery = |end: &str, examples: &[Example]| -> Result<Block, ReportError> {
        let pictures = examples
            .iter()
            .map(|example| picture(run, example, name, thumbnails));
        Ok(Block::Gallery(Gallery {
            title: format!("{end} {name}"),
            pictures: pictures.collect::<Result<_, _>>()?,
        }))
    };
    Ok(vec![
        gallery("Lowest", &examples.lowest)?,
        gallery("Highest", &examples.highest)?,
    ])
}

fn picture(
    run: &RunRecord,
    example: &Example,
    yardstick: &str,
    thumbnails: &dyn Thumbnails,
) -> Result<Picture, ReportError> {
    let thumbnail = thumbnails.thumbnail(&example.id);
    let mut lines = vec![
        format!("{yardstick} {}", decimal(example.value, 3)),
        format!("given: {}", run.class_name(example.given_label)),
        format!("predicted: {}", run.class_name(example.predicted)),
    ];
    lines.extend(
        example
            .true_label
            .map(|label| format!("true: {}", run.class_name(label))),
    );
    let verdict = |label| {
        if label == example.given_label {
            "clean label"
        } else {
            "wrong label"
        }
    };
    Ok(Picture {
        id: example.id.clone(),
        source: thumbnail
            .map(|thumbnail| image_source(&example.id, thumbnail))
            .transpose()?,
        lines,
        verdict: example.true_label.map(verdict),
    })
}

fn has_pictures(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Gallery(gallery) => gallery.pictures.iter().any(|picture| picture.source.is_some()),
        _ => false,
    })
}
