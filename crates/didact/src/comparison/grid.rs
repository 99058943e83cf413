//! Which method on which noise, model and seed.

use std::ops::Range;

use didact_labels::NoiseConfig;
use didact_report::Role;
use didact_train::{ModelConfig, nearest_hint, parse_method};
use toml::Spanned;

use super::methods::Method;
use super::spec_file::{GridTable, SpecFile};
use crate::error::{Complaint, Result};
use crate::settings::in_words;

/// A grid in which everything is said.
#[derive(Clone, Debug)]
pub(super) struct Grid {
    /// Positions among the methods.
    pub(super) methods: Vec<usize>,
    /// Each noise; none for clean labels.
    pub(super) noise: Vec<Option<NoiseConfig>>,
    /// Each model as it is spelt; none for what the shared settings or the method say.
    pub(super) models: Vec<Option<(String, ModelConfig)>>,
    pub(super) seeds: Vec<u64>,
}

/// The grids of a file; one of all methods where it has none.
///
/// # Errors
///
/// The place of what is unknown, out of range or empty.
pub(super) fn grids(file: &SpecFile, methods: &[Method]) -> Result<Vec<Grid>> {
    let whole = [GridTable::default()];
    let tables = if file.content.grid.is_empty() {
        &whole[..]
    } else {
        &file.content.grid
    };
    tables.iter().map(|table| grid(file, table, methods)).collect()
}

fn grid(file: &SpecFile, table: &GridTable, methods: &[Method]) -> Result<Grid> {
    let all_methods = || (0..methods.len()).collect();
    refuse_replaced_models(file, table, methods)?;
    let shared_noise = || vec![file.content.shared.noise.clone()];
    Ok(Grid {
        methods: read(file, table.methods.as_ref(), |name| position(name, methods))?
            .unwrap_or_else(all_methods),
        noise: read(file, table.noise.as_ref(), |text| noise(text))?.unwrap_or_else(shared_noise),
        models: read(file, table.models.as_ref(), |text| model(text))?.unwrap_or_else(|| vec![None]),
        seeds: read(file, table.seeds.as_ref(), |&seed| {
            u64::try_from(seed).map_err(|_| (format!("{seed} is no seed: seeds begin at 0"), None))
        })?
        .unwrap_or_else(|| vec![0]),
    })
}

/// A model that a method has of its own is a part of it. The grid's would replace it.
fn refuse_replaced_models(file: &SpecFile, table: &GridTable, methods: &[Method]) -> Result<()> {
    let (Some(models), named) = (&table.models, &table.methods) else {
        return Ok(());
    };
    let is_named = |method: &Method| {
        let names = named.as_ref().map(Spanned::get_ref);
        names.is_none_or(|names| names.iter().any(|name| *name.get_ref() == method.name))
    };
    // Plain training is in every grid.
    let mut meant = methods
        .iter()
        .filter(|method| method.role == Role::Plain || is_named(method));
    let Some(method) = meant.find(|method| method.settings.model.is_some()) else {
        return Ok(());
    };
    let what = format!(
        "the method `{}` has a model of its own, which these would replace",
        method.name
    );
    let hint = "leave the method out of this grid, or its model out of the method".to_owned();
    Err(file.complaint(&models.span(), &what, Some(hint)).into())
}

type Objection = (String, Option<String>);
type List<T> = Spanned<Vec<Spanned<T>>>;

/// The values of a list that is there, each in its place.
fn read<T, V>(
    file: &SpecFile,
    list: Option<&List<T>>,
    value: impl Fn(&T) -> std::result::Result<V, Objection>,
) -> Result<Option<Vec<V>>> {
    let Some(list) = list else { return Ok(None) };
    let complain =
        |span: Range<usize>, (what, hint): Objection| -> Complaint { file.complaint(&span, &what, hint) };
    if list.get_ref().is_empty() {
        let empty = (
            "an empty list leaves nothing to run".to_owned(),
            Some("leave it out for the default".to_owned()),
        );
        return Err(complain(list.span(), empty).into());
    }
    let values = list
        .get_ref()
        .iter()
        .map(|item| value(item.get_ref()).map_err(|objection| complain(item.span(), objection).into()));
    values.collect::<Result<Vec<V>>>().map(Some)
}

fn position(name: &str, methods: &[Method]) -> std::result::Result<usize, Objection> {
    let found = methods.iter().position(|method| method.name == name);
    found.ok_or_else(|| {
        let known: Vec<String> = methods
            .iter()
            .map(|method| format!("`{}`", method.name))
            .collect();
        let message = format!("unknown name `{name}`, expected one of {}", known.join(", "));
        let hint = nearest_hint(&message);
        (message, hint)
    })
}

fn noise(text: &str) -> std::result::Result<Option<NoiseConfig>, Objection> {
    if text == "none" {
        return Ok(None);
    }
    let objection = |message: String| {
        let hint = nearest_hint(&message);
        (in_words(&message), hint)
    };
    text.parse()
        .map(Some)
        .map_err(|error: didact_labels::LabelsError| objection(error.to_string()))
}

fn model(text: &str) -> std::result::Result<Option<(String, ModelConfig)>, Objection> {
    let model = parse_method(text).map_err(|error| (in_words(&error.to_string()), error.hint()))?;
    Ok(Some((text.to_owned(), model)))
}
