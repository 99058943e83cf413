//! Samples with their pictures.

/// Samples in a row that breaks.
#[derive(Debug)]
pub(crate) struct Gallery {
    pub(crate) title: String,
    pub(crate) pictures: Vec<Picture>,
}

/// One sample.
#[derive(Debug)]
pub(crate) struct Picture {
    pub(crate) id: String,
    /// The picture as a data address, if there is one.
    pub(crate) source: Option<String>,
    /// What is known of it, a line each.
    pub(crate) lines: Vec<String>,
    /// Said where the given label is known to be right or wrong.
    pub(crate) verdict: Option<&'static str>,
}

impl Picture {
    /// The picture in words.
    pub(crate) fn alternative(&self) -> String {
        format!("sample {}: {}", self.id, self.lines.join(", "))
    }
}
