//! What a checkpoint keeps of a curriculum.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::error::CurriculumError;

/// The memory of a curriculum: named columns of numbers, small enough for the header of a checkpoint; and columns of
/// one number a sample, which a checkpoint keeps as tensors and serde therefore leaves out.
///
/// Numbers are written as decimal strings, the shortest that read back to the same bits. As JSON numbers they
/// could come back one bit off: `serde_json` reads floats exactly only with a feature that any crate of the build
/// decides on.
///
/// ```
/// use didact_curriculum::State;
///
/// let state = State::new("superloss").with_column("average", [0.1]);
/// assert_eq!(state.columns("superloss", ["average"]), Ok([&[0.1][..]]));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    curriculum: String,
    columns: BTreeMap<String, Column>,
    #[serde(skip)]
    sample_columns: BTreeMap<String, Vec<f32>>,
}

impl State {
    /// An empty state of the curriculum of this name.
    pub fn new(curriculum: &str) -> Self {
        Self {
            curriculum: curriculum.to_owned(),
            columns: BTreeMap::new(),
            sample_columns: BTreeMap::new(),
        }
    }

    /// Adds a column, or replaces the one of the same name.
    pub fn with_column(mut self, name: &str, numbers: impl IntoIterator<Item = f64>) -> Self {
        self.columns
            .insert(name.to_owned(), Column(numbers.into_iter().collect()));
        self
    }

    /// Adds a column of one number a sample, by row, or replaces the one of the same name.
    pub fn with_sample_column(mut self, name: &str, numbers: Vec<f32>) -> Self {
        self.sample_columns.insert(name.to_owned(), numbers);
        self
    }

    /// All columns of numbers, in the order of their names.
    pub fn all_columns(&self) -> impl Iterator<Item = (&str, &[f64])> {
        self.columns
            .iter()
            .map(|(name, numbers)| (name.as_str(), numbers.0.as_slice()))
    }

    /// All columns of one number a sample, in the order of their names.
    pub fn sample_columns(&self) -> impl Iterator<Item = (&str, &[f32])> {
        self.sample_columns
            .iter()
            .map(|(name, numbers)| (name.as_str(), numbers.as_slice()))
    }

    /// The column of one number a sample of this name.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::WrongState`] if there is none, or it is not that of `num_samples` samples.
    pub fn sample_column(&self, name: &str, num_samples: usize) -> Result<&[f32], CurriculumError> {
        let found = self.sample_columns.get(name).map(Vec::as_slice);
        found
            .filter(|numbers| numbers.len() == num_samples)
            .ok_or_else(|| CurriculumError::WrongState {
                expected: format!("`{name}` of {num_samples} samples"),
                found: found.map_or_else(
                    || "none".to_owned(),
                    |numbers| format!("{} numbers", numbers.len()),
                ),
            })
    }

    /// Refuses a state that keeps other columns of one number a sample than these.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::WrongState`] naming what there is.
    pub(crate) fn check_sample_columns<'a>(
        &self,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), CurriculumError> {
        let expected: BTreeSet<&str> = names.into_iter().collect();
        if self
            .sample_columns
            .keys()
            .map(String::as_str)
            .eq(expected.iter().copied())
        {
            return Ok(());
        }
        let found: Vec<&str> = self.sample_columns.keys().map(String::as_str).collect();
        let expected: Vec<&str> = expected.into_iter().collect();
        Err(CurriculumError::WrongState {
            expected: describe_samples(&expected),
            found: describe_samples(&found),
        })
    }

    /// The columns of these names, in this order, if they are all there is.
    ///
    /// # Errors
    ///
    /// [`CurriculumError::WrongState`] if another curriculum saved the state, or other columns.
    pub fn columns<const N: usize>(
        &self,
        curriculum: &str,
        names: [&str; N],
    ) -> Result<[&[f64]; N], CurriculumError> {
        let all_there = names.iter().all(|&name| self.columns.contains_key(name));
        if self.curriculum == curriculum && all_there && self.columns.len() == N {
            return Ok(names.map(|name| self.columns[name].0.as_slice()));
        }
        let found: Vec<&str> = self.columns.keys().map(String::as_str).collect();
        Err(CurriculumError::WrongState {
            expected: describe(curriculum, &names),
            found: describe(&self.curriculum, &found),
        })
    }

    /// The columns of these names, and the others; for a curriculum whose parts save side by side.
    pub(crate) fn split(&self, names: &[&str]) -> (Self, Self) {
        let (own, rest) = self
            .columns
            .clone()
            .into_iter()
            .partition(|(name, _)| names.contains(&name.as_str()));
        let part = |columns| Self {
            columns,
            ..Self::new(&self.curriculum)
        };
        (part(own), part(rest))
    }
}

fn describe(curriculum: &str, columns: &[&str]) -> String {
    match columns {
        [] => format!("`{curriculum}` without columns"),
        _ => format!("`{curriculum}` with columns `{}`", columns.join("`, `")),
    }
}

fn describe_samples(columns: &[&str]) -> String {
    match columns {
        [] => "nothing of single samples".to_owned(),
        _ => format!("`{}` of each sample", columns.join("`, `")),
    }
}

/// Numbers that survive any text format to the bit.
#[derive(Clone, Debug, PartialEq)]
struct Column(Vec<f64>);

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|number| format!("{number:?}")))
    }
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        let numbers = texts.iter().map(|text| text.parse()).collect::<Result<_, _>>();
        numbers.map(Self).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_as_readable_text() {
        let state = State::new("superloss").with_column("average", [0.1]);
        let json = serde_json::to_string(&state).unwrap();
        assert_eq!(
            json,
            r#"{"curriculum":"superloss","columns":{"average":["0.1"]}}"#
        );
    }

    #[test]
    fn a_column_that_is_not_numbers_is_refused() {
        let json = r#"{"curriculum":"superloss","columns":{"average":["much"]}}"#;
        assert!(serde_json::from_str::<State>(json).is_err());
    }

    #[test]
    fn a_missing_or_extra_column_is_named() {
        let state = State::new("superloss").with_column("sum", [1.0]);
        let message = state.columns("superloss", ["average"]).unwrap_err().to_string();
        assert!(
            message.ends_with(
                "expected `superloss` with columns `average`, found `superloss` with columns `sum`"
            )
        );
        assert!(state.columns("superloss", []).is_err());
        assert!(state.columns("mentornet", ["sum"]).is_err());
    }

    proptest::proptest! {
        #[test]
        fn any_number_comes_back_from_json_to_the_bit(bits: u64) {
            let number = f64::from_bits(bits);
            proptest::prop_assume!(!number.is_nan());
            let json = serde_json::to_string(&State::new("x").with_column("y", [number])).unwrap();
            let back: State = serde_json::from_str(&json).unwrap();
            let [column] = back.columns("x", ["y"]).unwrap();
            proptest::prop_assert_eq!(column[0].to_bits(), bits);
        }
    }
}
