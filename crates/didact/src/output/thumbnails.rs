//! Pictures of samples, out of the data of a run.

use std::collections::HashMap;
use std::sync::Arc;

use didact_data::{Dataset, SampleShape};
use didact_report::{Thumbnail, Thumbnails};

/// The pictures of a data set by the ids of its samples.
pub(crate) struct DatasetThumbnails {
    data: Arc<Dataset>,
    rows: HashMap<String, usize>,
}

impl DatasetThumbnails {
    pub(crate) fn new(data: Arc<Dataset>) -> Self {
        let rows = data.ids().iter().cloned().zip(0..).collect();
        Self { data, rows }
    }
}

impl Thumbnails for DatasetThumbnails {
    fn thumbnail(&self, id: &str) -> Option<Thumbnail> {
        let SampleShape::Image {
            channels,
            height,
            width,
        } = self.data.source_shape()
        else {
            return None;
        };
        let pixels = self.data.read_pixels(*self.rows.get(id)?).ok()??;
        let [width, height, channels] =
            [width, height, channels].map(|count| u32::try_from(count).unwrap_or(0));
        Some(Thumbnail {
            width,
            height,
            channels,
            pixels,
        })
    }
}
