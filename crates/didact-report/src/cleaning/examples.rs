//! Corrected samples to look at.

use crate::error::ReportError;
use crate::number::decimal;
use crate::page::{Block, Gallery, Picture, Section};
use crate::thumbnail::{Thumbnails, image_source};

/// A sample whose label was corrected.
#[derive(Clone, Debug, PartialEq)]
pub struct CorrectedSample {
    /// Its id.
    pub id: String,
    /// The label it was given; empty if none.
    pub given_label: String,
    /// What the label should be.
    pub corrected_label: String,
    /// How likely that is.
    pub probability: f64,
}

/// Corrections that are surest, and those that are least sure.
pub(super) fn examples(
    surest: &[CorrectedSample],
    unsure: &[CorrectedSample],
    thumbnails: &dyn Thumbnails,
) -> Result<Section, ReportError> {
    let gallery = |title: &str, samples: &[CorrectedSample]| -> Result<Block, ReportError> {
        let pictures = samples.iter().map(|sample| picture(sample, thumbnails));
        Ok(Block::Gallery(Gallery {
            title: title.to_owned(),
            pictures: pictures.collect::<Result<_, _>>()?,
        }))
    };
    let reading = "Samples whose labels were changed, for a look at whether you would have changed them, too. They are in \
                   corrected.csv with all others.";
    Ok(Section {
        id: "examples",
        title: "Corrected samples",
        blocks: vec![
            Block::Paragraph(reading.to_owned()),
            gallery("Changed with the most certainty", surest)?,
            gallery("Changed with the least", unsure)?,
        ],
    })
}

fn picture(sample: &CorrectedSample, thumbnails: &dyn Thumbnails) -> Result<Picture, ReportError> {
    let thumbnail = thumbnails.thumbnail(&sample.id);
    Ok(Picture {
        id: sample.id.clone(),
        source: thumbnail
            .map(|thumbnail| image_source(&sample.id, thumbnail))
            .transpose()?,
        lines: vec![
            format!("given: {}", sample.given_label),
            format!("corrected: {}", sample.corrected_label),
            format!("probability {}", decimal(sample.probability, 3)),
        ],
        verdict: None,
    })
}
