//! The widths of hidden layers.

use serde::{Deserialize, Serialize};

/// Units of the hidden layers, first to last, each in `1..=65536`, 64 layers at most; spelt `256` or `512x256`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Spelling", into = "String")]
pub struct Widths(Vec<usize>);

impl Widths {
    /// Units of each layer.
    pub fn units(&self) -> &[usize] {
        &self.0
    }
}

impl Default for Widths {
    fn default() -> Self {
        Self(vec![256])
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Spelling {
    One(usize),
    Several(String),
}

impl TryFrom<Spelling> for Widths {
    type Error = String;

    fn try_from(spelling: Spelling) -> Result<Self, String> {
        let text = match spelling {
            Spelling::One(units) => units.to_string(),
            Spelling::Several(text) => text,
        };
        let units: Option<Vec<usize>> = text
            .split('x')
            .map(|units| units.parse().ok().filter(|units| (1..=65_536).contains(units)))
            .collect();
        units
            .filter(|units| units.len() <= 64)
            .map(Self)
            .ok_or_else(|| format!("`{text}` is not the widths of 1 to 64 hidden layers, each of 1 to 65536 units, such as 256 or 512x256"))
    }
}

impl From<Widths> for String {
    fn from(widths: Widths) -> Self {
        let units: Vec<Self> = widths.0.iter().map(ToString::to_string).collect();
        units.join("x")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_spelt_with_an_x() {
        let read = |json| serde_json::from_str::<Widths>(json);
        assert_eq!(read("\"16x8\"").unwrap().units(), [16, 8]);
        assert_eq!(read("32").unwrap().units(), [32]);
        assert!(read("\"16x0\"").is_err());
        assert_eq!(
            serde_json::to_string(&read("\"16x8\"").unwrap()).unwrap(),
            "\"16x8\""
        );
    }
}
