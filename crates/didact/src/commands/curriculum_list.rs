//! `didact curriculum list`: every curriculum with its parameters.

use didact_curriculum::{Entry, catalogue};
use serde::Serialize;

use crate::arguments::CurriculumListArguments;
use crate::error::{Result, Status};
use crate::printer::Printer;

#[derive(Serialize)]
struct Listed {
    curricula: Vec<ListedCurriculum>,
}

#[derive(Serialize)]
struct ListedCurriculum {
    name: &'static str,
    idea: &'static str,
    source: Option<&'static str>,
    parameters: Vec<ListedParameter>,
}

#[derive(Serialize)]
struct ListedParameter {
    name: &'static str,
    meaning: &'static str,
    range: &'static str,
    default: &'static str,
}

pub(crate) fn curriculum_list(_arguments: &CurriculumListArguments, printer: &Printer) -> Result<Status> {
    printer.result(&catalogue().iter().map(text).collect::<Vec<_>>().join("\n"))?;
    printer.json(&Listed {
        curricula: catalogue().iter().map(listed).collect(),
    })?;
    Ok(Status::Done)
}

fn text(entry: &Entry) -> String {
    let mut text = format!("{}\n  {}\n", entry.name, entry.idea);
    if let Some(source) = entry.source {
        text += &format!("  Source: {source}\n");
    }
    for parameter in entry.parameters {
        text += &format!("  {:<12} {}\n", parameter.name, parameter.meaning);
        text += &format!(
            "  {:<12} values: {}; default: {}\n",
            "", parameter.range, parameter.default
        );
    }
    text
}

fn listed(entry: &Entry) -> ListedCurriculum {
    let parameters = entry.parameters.iter().map(|parameter| ListedParameter {
        name: parameter.name,
        meaning: parameter.meaning,
        range: parameter.range,
        default: parameter.default,
    });
    ListedCurriculum {
        name: entry.name,
        idea: entry.idea,
        source: entry.source,
        parameters: parameters.collect(),
    }
}
