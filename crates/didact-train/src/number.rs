//! Numbers that were checked once, at the door.

use serde::{Deserialize, Serialize};

macro_rules! checked_number {
    ($(#[$doc:meta])* $name:ident, $allowed:literal, $check:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
        #[serde(try_from = "f64", into = "f64")]
        pub struct $name(f64);

        impl TryFrom<f64> for $name {
            type Error = String;

            fn try_from(number: f64) -> Result<Self, String> {
                let check: fn(f64) -> bool = $check;
                if check(number) { Ok(Self(number)) } else { Err(format!("{number} is not {}", $allowed)) }
            }
        }

        impl From<$name> for f64 {
            fn from(number: $name) -> Self {
                number.0
            }
        }
    };
}

checked_number!(
    /// A finite number above 0.
    PositiveNumber,
    "above 0",
    |number| number > 0.0 && number.is_finite()
);
checked_number!(
    /// A finite number of at least 0.
    NonNegativeNumber,
    "at least 0",
    |number| number >= 0.0 && number.is_finite()
);
checked_number!(
    /// A number in `[0, 1]`.
    Share,
    "in [0, 1]",
    |number| (0.0..=1.0).contains(&number)
);
checked_number!(
    /// A number in `[0, 1)`.
    ProperShare,
    "in [0, 1)",
    |number| (0.0..1.0).contains(&number)
);

checked_number!(
    /// An exponent of a probability in `[0.01, 1]`; a smaller one would leave single precision no digits.
    Exponent,
    "in [0.01, 1]",
    |number| (0.01..=1.0).contains(&number)
);
checked_number!(
    /// A finite number of at least 1.
    AtLeastOne,
    "at least 1",
    |number| number >= 1.0 && number.is_finite()
);

impl PositiveNumber {
    pub(crate) const TWO: Self = Self(2.0);
}

impl Default for AtLeastOne {
    fn default() -> Self {
        Self(1.0)
    }
}

impl Exponent {
    /// A default written in the source.
    pub(crate) const fn of(number: f64) -> Self {
        assert!(number >= 0.01 && number <= 1.0);
        Self(number)
    }
}

impl NonNegativeNumber {
    /// A default written in the source.
    ///
    /// # Panics
    ///
    /// If it is below 0; where the source is compiled, if it is a constant.
    pub const fn of(number: f64) -> Self {
        assert!(number >= 0.0);
        Self(number)
    }
}

impl PositiveNumber {
    /// A default written in the source.
    ///
    /// # Panics
    ///
    /// If it is not above 0; where the source is compiled, if it is a constant.
    pub const fn of(number: f64) -> Self {
        assert!(number > 0.0);
        Self(number)
    }
}

impl ProperShare {
    /// A default written in the source.
    pub(crate) const fn of(number: f64) -> Self {
        assert!(number >= 0.0 && number < 1.0);
        Self(number)
    }
}

impl Default for NonNegativeNumber {
    fn default() -> Self {
        Self(0.0)
    }
}

impl Default for ProperShare {
    fn default() -> Self {
        Self(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_out_of_range_is_refused_in_words() {
        assert_eq!(ProperShare::try_from(1.0).unwrap_err(), "1 is not in [0, 1)");
        assert_eq!(Share::try_from(1.0).map(f64::from), Ok(1.0));
        assert!(PositiveNumber::try_from(f64::INFINITY).is_err());
        assert!(NonNegativeNumber::try_from(f64::NAN).is_err());
    }
}
