//! How values are spelt, on the command line and in TOML.

use std::fmt::Display;
use std::num::{NonZeroU64, NonZeroUsize};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use didact_data::{Augmentation, DataError, Format};
use didact_labels::NoiseConfig;
use didact_train::{MethodError, ValidationChoice, parse_method};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use toml::Value;

/// The long help of `--format`.
pub(super) const FORMAT_HELP: &str = "\
The format of DATA, if it is not to be found by looking

class-folders, image-folder, cifar-10, cifar-100, cifar-100-coarse, idx, parquet, csv or numpy. cifar-100-coarse takes \
the 20 coarse labels of CIFAR-100.";

/// Reads a method such as `mlp:hidden=64` for clap.
pub(crate) fn method<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    parse_method(text).map_err(|error| with_tip(&in_words(&error.reason), error.hint()))
}

/// Reads a checked number for clap.
pub(super) fn number<T: TryFrom<f64, Error = String>>(text: &str) -> Result<T, String> {
    let number: f64 = text.parse().map_err(|_| "not a number".to_owned())?;
    T::try_from(number)
}

/// Reads a whole number above 0 for clap.
pub(crate) fn count<T: TryFrom<NonZeroU64>>(text: &str) -> Result<T, &'static str> {
    let number = text
        .parse::<NonZeroU64>()
        .ok()
        .and_then(|number| number.try_into().ok());
    number.ok_or("not a whole number above 0")
}

/// Most threads; more would only wait for each other.
pub(super) const MOST_THREADS: NonZeroUsize = NonZeroUsize::new(256).unwrap();

/// Reads a number of threads for clap.
pub(crate) fn threads(text: &str) -> Result<NonZeroUsize, String> {
    let count = text
        .parse()
        .ok()
        .filter(|count: &NonZeroUsize| *count <= MOST_THREADS);
    count.ok_or_else(|| format!("not a whole number from 1 to {MOST_THREADS}"))
}

/// Reads a number of threads from TOML.
pub(super) fn threads_in_toml<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<NonZeroUsize>, D::Error> {
    let text = plain(&Value::deserialize(deserializer)?);
    threads(&text)
        .map(Some)
        .map_err(|reason| Error::custom(format!("`{text}` is {reason}")))
}

/// Reads a seed for clap. TOML, which a run's settings are kept in, has no larger numbers.
pub(crate) fn seed_parser() -> impl TypedValueParser<Value = u64> {
    clap::value_parser!(u64).range(..=i64::MAX.cast_unsigned())
}

/// Reads the name of an augmentation for clap.
pub(crate) fn augmentation(text: &str) -> Result<Augmentation, String> {
    text.parse()
        .map_err(|error: DataError| with_tip(&error, error.hint()))
}

/// Reads the name of a format for clap, which knows all of them and so can suggest one.
pub(crate) fn format_parser() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name)).try_map(|name| name.parse::<Format>())
}

/// Reads one of a few words for clap.
pub(crate) fn word_parser<T>(words: &'static [&'static str]) -> impl TypedValueParser<Value = T>
where
    T: DeserializeOwned + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|word| Value::from(word).try_into::<T>())
}

const FROM_ONE: &str = "a whole number from 1";

/// What serde says, in the words of the help.
pub(crate) fn in_words(reason: &str) -> String {
    reason
        .replace("unknown variant", "unknown name")
        .replace("unknown field", "unknown parameter")
        .replace("a nonzero usize", FROM_ONE)
        .replace("a nonzero u32", FROM_ONE)
        .replace("a nonzero u64", FROM_ONE)
}

/// A message as clap shows it, with its tip set apart as clap sets its own.
fn with_tip(message: &impl Display, hint: Option<String>) -> String {
    hint.map_or_else(
        || message.to_string(),
        |hint| format!("{message}\n\n  tip: {hint}"),
    )
}

/// Reads a method from TOML: a string such as `mlp:hidden=64`, or a table with `name`.
pub(super) fn method_or_table<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let method = match Value::deserialize(deserializer)? {
        Value::String(text) => parse_method(&text).map_err(|error: MethodError| error.reason),
        table => table
            .try_into()
            .map_err(|error: toml::de::Error| error.message().to_owned()),
    };
    method
        .map(Some)
        .map_err(|reason| Error::custom(in_words(&reason)))
}

/// Reads several methods from TOML, each a string or a table.
pub(super) fn methods<'de, D, T>(deserializer: D) -> Result<Option<Vec<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let values = Vec::<Value>::deserialize(deserializer)?;
    let method = |value: Value| {
        method_or_table(value)
            .map_err(Error::custom)
            .and_then(|method| method.ok_or_else(|| Error::custom("nothing")))
    };
    values.into_iter().map(method).collect::<Result<_, _>>().map(Some)
}

/// Reads noise from TOML: a string such as `symmetric:0.4`, or a table with `name` and `rate` or `file`.
pub(super) fn noise<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NoiseConfig>, D::Error> {
    let text = match Value::deserialize(deserializer)? {
        Value::Table(table) => didact_train::method_spelling(&table),
        value => plain(&value),
    };
    text.parse().map(Some).map_err(Error::custom)
}

/// Reads what chooses the epoch from TOML: a number or a string.
pub(super) fn validation<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<ValidationChoice>, D::Error> {
    plain(&Value::deserialize(deserializer)?)
        .parse()
        .map(Some)
        .map_err(Error::custom)
}

/// A value without the quotes that TOML puts around strings.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
