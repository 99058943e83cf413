//! How methods are spelt: `NAME:key=value,key=value` on the command line, a table with `name` in TOML.

use serde::Serialize;
use serde::de::DeserializeOwned;
use toml::{Table, Value};

/// A method that is misspelt.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}`: {reason}")]
pub struct MethodError {
    /// What was written.
    pub text: String,
    /// What is wrong with it.
    pub reason: String,
}

impl MethodError {
    /// The nearest known name, if the reason is an unknown one.
    pub fn hint(&self) -> Option<String> {
        nearest_hint(&self.reason)
    }
}

/// Reads a method, such as `superloss:lambda=0.25,expectation=constant`.
///
/// # Errors
///
/// [`MethodError`] for unknown names, methods and parameters, and for values out of range.
///
/// ```
/// use didact_train::{ModelConfig, parse_method};
///
/// let model: ModelConfig = parse_method("mlp:hidden=512x256,dropout=0.5")?;
/// let error = parse_method::<ModelConfig>("big-lenett").unwrap_err();
/// assert_eq!(error.hint().unwrap(), "did you mean `big-lenet`?");
/// # Ok::<(), didact_train::MethodError>(())
/// ```
pub fn parse_method<T: DeserializeOwned>(text: &str) -> Result<T, MethodError> {
    let wrong = |reason: String| MethodError {
        text: text.to_owned(),
        reason,
    };
    let table = table(text).map_err(wrong)?;
    read(table.clone())
        .or_else(|reason| read_again(&table, reason))
        .map_err(wrong)
}

fn read<T: DeserializeOwned>(table: Table) -> Result<T, String> {
    Value::Table(table)
        .try_into()
        .map_err(|error: toml::de::Error| error.message().to_owned())
}

/// Takes a number for the word it may have been meant as, such as the folder `3`; otherwise says which parameter is of the
/// wrong type, and which words it could be.
fn read_again<T: DeserializeOwned>(table: &Table, reason: String) -> Result<T, String> {
    if !reason.starts_with("invalid type") {
        return Err(reason);
    }
    let is_culprit = |key: &str| {
        let mut others = table.clone();
        others.remove(key);
        read::<T>(others).err().as_ref() != Some(&reason)
    };
    let culprit = table.iter().find(|(key, _)| *key != "name" && is_culprit(key));
    let Some((key, value)) = culprit else {
        return Err(reason);
    };
    let mut worded = table.clone();
    worded.insert(key.clone(), Value::from(spelt(value)));
    read(worded).map_err(|reason| format!("`{key}`: {reason}"))
}

/// The table that a spelling stands for.
///
/// # Errors
///
/// What is wrong with the spelling, in words.
fn table(text: &str) -> Result<Table, String> {
    let (name, parameters) = text
        .split_once(':')
        .map_or((text, None), |(name, rest)| (name, Some(rest)));
    let mut table = Table::from_iter([("name".to_owned(), Value::from(name))]);
    for parameter in parameters
        .into_iter()
        .flat_map(|parameters| parameters.split(','))
    {
        let (key, value) = parameter
            .split_once('=')
            .ok_or_else(|| format!("`{parameter}` is not spelt key=value"))?;
        if table.insert(key.to_owned(), scalar(value)).is_some() {
            return Err(format!("`{key}` is given twice"));
        }
    }
    Ok(table)
}

fn scalar(text: &str) -> Value {
    let integer = text.parse::<i64>().map(Value::from);
    let number = || text.parse::<f64>().map(Value::from).map_err(|_| ());
    integer
        .or_else(|_| number())
        .unwrap_or_else(|()| Value::from(text))
}

/// How a method is spelt on the command line, with all its parameters.
///
/// ```
/// use didact_train::{ScheduleConfig, method_spelling, parse_method};
///
/// let schedule: ScheduleConfig = parse_method("constant:warmup=2")?;
/// assert_eq!(method_spelling(&schedule), "constant:warmup=2");
/// # Ok::<(), didact_train::MethodError>(())
/// ```
pub fn method_spelling(method: &impl Serialize) -> String {
    let table = Table::try_from(method).unwrap_or_default();
    let name = table.get("name").map_or_else(String::new, spelt);
    let rest = table.iter().filter(|(key, _)| *key != "name");
    let parameters: Vec<String> = rest
        .map(|(key, value)| format!("{key}={}", spelt(value)))
        .collect();
    if parameters.is_empty() {
        name
    } else {
        format!("{name}:{}", parameters.join(","))
    }
}

fn spelt(value: &Value) -> String {
    value.as_str().map_or_else(|| number(value), str::to_owned)
}

fn number(value: &Value) -> String {
    value
        .as_float()
        .map_or_else(|| value.to_string(), |number| number.to_string())
}

/// The name nearest to an unknown one, out of a message of the form "unknown field `a`, expected one of `b`, `c`".
///
/// That is how serde words it for every format, so one reader serves TOML and the command line.
pub fn nearest_hint(message: &str) -> Option<String> {
    let (found, known) = message.split_once("unknown ")?.1.split_once(", expected ")?;
    let quoted = |text: &str| {
        text.split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let found = quoted(found).into_iter().next()?;
    let nearest = quoted(known).into_iter().max_by(|left, right| {
        strsim::jaro_winkler(&found, left).total_cmp(&strsim::jaro_winkler(&found, right))
    })?;
    (strsim::jaro_winkler(&found, &nearest) > 0.6).then(|| format!("did you mean `{nearest}`?"))
}

#[cfg(test)]
mod tests {
    use didact_curriculum::CurriculumConfig;

    use super::*;
    use crate::model::ModelConfig;
    use crate::schedule::ScheduleConfig;

    fn reason<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
        parse_method::<T>(text).unwrap_err().reason
    }

    #[test]
    fn unknown_parameters_name_the_nearest() {
        let error = parse_method::<ScheduleConfig>("cosine:warmpu=2").unwrap_err();
        assert_eq!(error.hint().unwrap(), "did you mean `warmup`?");
    }

    #[test]
    fn values_are_checked() {
        assert_eq!(reason::<ModelConfig>("mlp:dropout=1"), "1 is not in [0, 1)");
        assert_eq!(
            reason::<ModelConfig>("mlp:dropout"),
            "`dropout` is not spelt key=value"
        );
        assert_eq!(
            reason::<ModelConfig>("mlp:dropout=0,dropout=0"),
            "`dropout` is given twice"
        );
    }

    #[test]
    fn a_number_where_a_word_is_meant_names_the_parameter_and_the_words() {
        for text in ["spl-logarithmic:threshold=3", "spl-hard:from=0.3,threshold=0.5"] {
            let reason = reason::<CurriculumConfig>(text);
            assert!(reason.starts_with("`threshold`: unknown variant `"), "{reason}");
            assert!(reason.contains("`quantile`, `growth`, `additive`"), "{reason}");
        }
        let reason = reason::<CurriculumConfig>("spl-hard:from=much");
        assert!(reason.starts_with("`from`: invalid type: string"), "{reason}");
    }

    #[test]
    fn a_word_may_look_like_a_number() {
        let curriculum: CurriculumConfig = parse_method("transfer-teacher:teacher=3").unwrap();
        assert_eq!(curriculum.teacher(), Some(std::path::Path::new("3")));
    }

    #[test]
    fn a_spelling_reads_back() {
        let model: ModelConfig = parse_method("mlp:hidden=16x8,dropout=0.25").unwrap();
        assert_eq!(method_spelling(&model), "mlp:hidden=16x8,dropout=0.25");
        assert_eq!(
            parse_method::<ModelConfig>(&method_spelling(&model)).unwrap(),
            model
        );
    }
}
