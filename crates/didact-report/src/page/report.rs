//! The page.

use askama::Template;

use super::block::Block;

/// The page, complete but for its template's style and script.
#[derive(Debug, Template)]
#[template(path = "report.html")]
pub(crate) struct Report<'a> {
    pub(crate) title: &'a str,
    /// One sentence under the title.
    pub(crate) lead: String,
    pub(crate) sections: Vec<Section>,
    /// The version of didact that wrote the page.
    pub(crate) version: &'static str,
}

/// One subject.
#[derive(Debug)]
pub(crate) struct Section {
    /// Where links lead to.
    pub(crate) id: &'static str,
    pub(crate) title: &'static str,
    pub(crate) blocks: Vec<Block>,
}
