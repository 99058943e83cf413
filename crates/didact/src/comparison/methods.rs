//! The methods, plain training first, and what they may not change.

use didact_data::SampleShape;
use didact_report::Role;
use didact_train::TrainConfig;
use toml::{Table, Value};

use super::method_name::objection;
use super::spec_file::SpecFile;
use crate::error::{Complaint, Result};
use crate::settings::TrainSettings;

/// A method of the comparison.
#[derive(Clone, Debug)]
pub(super) struct Method {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) settings: TrainSettings,
}

/// Settings that say what is learnt from and how it is judged. Methods that differ in them could not be compared.
///
/// Trusted labels are not among them: what a method makes of labels that someone checked is what it is compared by.
const OF_THE_TASK: [&str; 11] = [
    "data",
    "format",
    "labels",
    "true-labels",
    "image-size",
    "skip-bad",
    "noise",
    "noise-seed",
    "validation",
    "test",
    "seed",
];

/// What each grid says instead.
const OF_THE_GRID: [&str; 2] = ["seed", "noise-seed"];

/// What plain training is, as settings.
const PLAIN: &str = "curriculum = 'none'\nloss = 'cross-entropy'";

/// The methods of a file, plain training first; it is added where it is missing.
///
/// # Errors
///
/// For a name that no folder can have, and a setting that methods may not change.
pub(super) fn methods(file: &SpecFile) -> Result<Vec<Method>> {
    if file.content.shared.data.is_none() {
        let what = format!("{}: [shared] does not say `data`", file.path.display());
        return Err(Complaint::new(what, "add data = \"PATH\" under [shared]").into());
    }
    refuse_keys(file, &["shared"], &OF_THE_GRID, |key| {
        (
            format!("`{key}` is not shared: every grid has its seeds, and the noise follows them"),
            "say seeds = [0, 1, 2] under [[grid]]".to_owned(),
        )
    })?;
    let mut methods = Vec::new();
    for (name, settings) in &file.content.methods {
        methods.push(checked(file, name, settings)?);
    }
    with_plain(file, methods)
}

fn checked(file: &SpecFile, name: &str, settings: &TrainSettings) -> Result<Method> {
    if let Some(objection) = objection(name) {
        let hint = "letters, digits, `-`, `_`, `.` and `+` make a name".to_owned();
        let span = file.place_of(&["methods", name]);
        return Err(file.complaint(&span, &objection, Some(hint)).into());
    }
    refuse_keys(file, &["methods", name], &OF_THE_TASK, |key| {
        (
            format!("a method may not set `{key}`: all methods get the same data, noise, split and seeds"),
            match key {
                "noise" => "say noise = [...] under [[grid]], or `noise` under [shared]".to_owned(),
                "seed" | "noise-seed" => "say seeds = [...] under [[grid]]".to_owned(),
                _ => format!("say `{key}` under [shared]"),
            },
        )
    })?;
    Ok(Method {
        name: name.to_owned(),
        role: role(file, settings)?,
        settings: settings.clone(),
    })
}

fn refuse_keys(
    file: &SpecFile,
    table: &[&str],
    refused: &[&str],
    complain: impl Fn(&str) -> (String, String),
) -> Result<()> {
    let Some(key) = file
        .keys_of(table)
        .into_iter()
        .find(|key| refused.contains(&key.as_str()))
    else {
        return Ok(());
    };
    let span = file.place_of(&[table, &[key.as_str()]].concat());
    let (what, hint) = complain(&key);
    Err(file.complaint(&span, &what, Some(hint)).into())
}

fn with_plain(file: &SpecFile, mut methods: Vec<Method>) -> Result<Vec<Method>> {
    let is_plain = |method: &Method| method.role == Role::Plain;
    // One stands for plain training, even where others differ from it only in how the epoch is chosen, say.
    let named = methods
        .iter()
        .position(|method| is_plain(method) && method.name == "plain");
    let plain = match named.or_else(|| methods.iter().position(is_plain)) {
        Some(position) => methods.remove(position),
        None => added_plain(file, &methods)?,
    };
    for method in &mut methods {
        method.role = Role::Contender;
    }
    methods.insert(0, plain);
    Ok(methods)
}

fn added_plain(file: &SpecFile, methods: &[Method]) -> Result<Method> {
    let settings: TrainSettings = toml::from_str(PLAIN)?;
    if methods.iter().any(|method| method.name == "plain") {
        let span = file.place_of(&["methods", "plain"]);
        let what = "the method `plain` is not plain training";
        let hint = "call it otherwise, or give it curriculum = \"none\" and nothing else".to_owned();
        return Err(file.complaint(&span, what, Some(hint)).into());
    }
    if role(file, &settings)? != Role::Plain {
        let span = file.place_of(&["shared"]);
        let what = "[shared] leaves no method to be plain training, which the others are held against";
        let hint = "move what is not plain, such as mixup, from [shared] to the methods".to_owned();
        return Err(file.complaint(&span, what, Some(hint)).into());
    }
    Ok(Method {
        name: "plain".to_owned(),
        role: Role::Plain,
        settings,
    })
}

/// What a method is, seen from the settings that its runs would have.
fn role(file: &SpecFile, settings: &TrainSettings) -> Result<Role> {
    let any = SampleShape::Features { count: 1 };
    let config = settings.clone().over(file.content.shared.clone()).resolve(any)?;
    Ok(if is_plain(&config) {
        Role::Plain
    } else {
        Role::Contender
    })
}

/// Whether a run is plain training: every sample counts the same, cross-entropy, one network, samples as they are.
fn is_plain(config: &TrainConfig) -> bool {
    let table = Table::try_from(config).unwrap_or_default();
    let name = |key: &str| {
        let value = table.get(key)?;
        value
            .as_table()
            .map_or(value.as_str(), |table| table.get("name")?.as_str())
    };
    let is_off = |key: &str| match table.get(key) {
        None => true,
        Some(Value::Float(number)) => *number == 0.0,
        Some(Value::Integer(number)) => *number == 0,
        Some(_) => name(key) == Some("none"),
    };
    name("curriculum") == Some("none")
        && name("loss") == Some("cross-entropy")
        && ["label-smoothing", "mixup", "weight-averaging", "strategy"]
            .into_iter()
            .all(is_off)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(text: &str) -> Vec<(String, Role)> {
        let file = SpecFile::of(&format!("[shared]\ndata = 'd'\n{text}"));
        let named = methods(&file).unwrap().into_iter();
        named.map(|method| (method.name, method.role)).collect()
    }

    #[test]
    fn plain_training_is_known_by_what_it_does() {
        let found = roles(
            "[methods.mixed]\ncurriculum = 'none'\nmixup = 1\n[methods.baseline]\ncurriculum = 'none'\n\
             [methods.stopped]\ncurriculum = 'none'\nearly-stopping = 3\n",
        );
        let names = [
            ("baseline", Role::Plain),
            ("mixed", Role::Contender),
            ("stopped", Role::Contender),
        ];
        assert_eq!(found, names.map(|(name, role)| (name.to_owned(), role)));
    }

    #[test]
    fn plain_training_is_added_where_it_is_missing() {
        let found = roles("[methods.superloss]\ncurriculum = 'superloss'\n");
        assert_eq!(found[0], ("plain".to_owned(), Role::Plain));
        assert_eq!(found.len(), 2);
    }
}
