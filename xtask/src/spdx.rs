//! SPDX licence expressions, as far as crates use them: identifiers, `OR`, `AND`, `WITH` and parentheses.
//!
//! `AND` binds tighter than `OR`. A `/` between identifiers is the older spelling of `OR`.
//!
//! Source: SPDX specification 2.3, annex D, <https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/>.
//! Differs from it: `+` stays a part of the identifier, and `LicenseRef-` has no special meaning.

use std::fmt;
use std::iter::Peekable;
use std::vec::IntoIter;

/// A licence expression.
#[derive(Debug, PartialEq)]
pub(crate) enum Expression {
    /// One licence, with ` WITH exception` where there is one.
    Licence(String),
    /// Any one of these may be chosen.
    Any(Vec<Self>),
    /// All of these apply.
    All(Vec<Self>),
}

/// Why a text is no licence expression.
#[derive(Debug, PartialEq)]
pub(crate) enum ParseError {
    /// The text ended where `expected` should stand.
    Ended { expected: &'static str },
    /// `found` stands where `expected` should.
    Unexpected { found: String, expected: &'static str },
}

impl fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ended { expected } => write!(formatter, "it ends where {expected} should stand"),
            Self::Unexpected { found, expected } => {
                write!(formatter, "`{found}` stands where {expected} should")
            }
        }
    }
}

impl Expression {
    /// Reads an expression.
    pub(crate) fn parse(text: &str) -> Result<Self, ParseError> {
        let mut tokens = tokens(text).into_iter().peekable();
        let expression = any(&mut tokens)?;
        match tokens.next() {
            None => Ok(expression),
            Some(found) => Err(ParseError::Unexpected {
                found,
                expected: "the end",
            }),
        }
    }

    /// Whether licences that `allowed` accepts suffice.
    pub(crate) fn is_satisfied(&self, allowed: &impl Fn(&str) -> bool) -> bool {
        match self {
            Self::Licence(licence) => allowed(licence),
            Self::Any(choices) => choices.iter().any(|choice| choice.is_satisfied(allowed)),
            Self::All(parts) => parts.iter().all(|part| part.is_satisfied(allowed)),
        }
    }
}

type Tokens = Peekable<IntoIter<String>>;

fn tokens(text: &str) -> Vec<String> {
    let spaced = text.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    spaced.split_whitespace().map(String::from).collect()
}

fn any(tokens: &mut Tokens) -> Result<Expression, ParseError> {
    let choices = separated(tokens, "OR", all)?;
    Ok(single_or(choices, Expression::Any))
}

fn all(tokens: &mut Tokens) -> Result<Expression, ParseError> {
    let parts = separated(tokens, "AND", licence)?;
    Ok(single_or(parts, Expression::All))
}

fn separated(
    tokens: &mut Tokens,
    separator: &str,
    part: fn(&mut Tokens) -> Result<Expression, ParseError>,
) -> Result<Vec<Expression>, ParseError> {
    let mut parts = vec![part(tokens)?];
    while tokens.next_if(|token| token == separator).is_some() {
        parts.push(part(tokens)?);
    }
    Ok(parts)
}

fn single_or(mut parts: Vec<Expression>, join: fn(Vec<Expression>) -> Expression) -> Expression {
    if parts.len() == 1 {
        parts.remove(0)
    } else {
        join(parts)
    }
}

fn licence(tokens: &mut Tokens) -> Result<Expression, ParseError> {
    if tokens.next_if(|token| token == "(").is_some() {
        let inner = any(tokens)?;
        return closed(tokens).map(|()| inner);
    }
    let name = identifier(tokens, "a licence")?;
    if tokens.next_if(|token| token == "WITH").is_none() {
        return Ok(Expression::Licence(name));
    }
    let exception = identifier(tokens, "an exception")?;
    Ok(Expression::Licence(format!("{name} WITH {exception}")))
}

fn closed(tokens: &mut Tokens) -> Result<(), ParseError> {
    let expected = "a closing parenthesis";
    match tokens.next() {
        Some(token) if token == ")" => Ok(()),
        Some(found) => Err(ParseError::Unexpected { found, expected }),
        None => Err(ParseError::Ended { expected }),
    }
}

fn identifier(tokens: &mut Tokens, expected: &'static str) -> Result<String, ParseError> {
    match tokens.next() {
        None => Err(ParseError::Ended { expected }),
        Some(found) if ["(", ")", "OR", "AND", "WITH"].contains(&found.as_str()) => {
            Err(ParseError::Unexpected { found, expected })
        }
        Some(found) => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn satisfied(text: &str, allowed: &[&str]) -> bool {
        Expression::parse(text)
            .unwrap()
            .is_satisfied(&|licence| allowed.contains(&licence))
    }

    #[test]
    fn one_licence_is_satisfied_by_itself_alone() {
        assert!(satisfied("MIT", &["MIT"]));
        assert!(!satisfied("GPL-3.0-only", &["MIT"]));
        assert!(!satisfied("MIT", &[]));
    }

    #[test]
    fn or_needs_one_side_and_and_needs_both() {
        assert!(satisfied("GPL-3.0-only OR MIT", &["MIT"]));
        assert!(!satisfied("GPL-3.0-only AND MIT", &["MIT"]));
        assert!(satisfied("ISC AND MIT", &["MIT", "ISC"]));
    }

    #[test]
    fn a_slash_is_an_or_with_or_without_spaces() {
        assert!(satisfied("Unlicense/MIT", &["MIT"]));
        assert!(satisfied("MIT / Apache-2.0", &["Apache-2.0"]));
    }

    #[test]
    fn and_binds_tighter_than_or() {
        assert!(satisfied("MIT OR GPL-3.0-only AND ISC", &["MIT"]));
        assert!(satisfied("GPL-3.0-only AND ISC OR MIT", &["MIT"]));
    }

    #[test]
    fn parentheses_come_first() {
        assert!(!satisfied("(MIT OR Apache-2.0) AND Unicode-3.0", &["MIT"]));
        assert!(satisfied(
            "(MIT OR Apache-2.0) AND Unicode-3.0",
            &["MIT", "Unicode-3.0"]
        ));
        assert!(satisfied("((MIT))", &["MIT"]));
    }

    #[test]
    fn an_exception_makes_another_licence() {
        assert!(!satisfied("Apache-2.0 WITH LLVM-exception", &["Apache-2.0"]));
        assert!(satisfied(
            "Apache-2.0 WITH LLVM-exception OR MIT",
            &["Apache-2.0 WITH LLVM-exception"]
        ));
    }

    #[test]
    fn malformed_expressions_say_what_is_missing() {
        let ended = |expected| Err(ParseError::Ended { expected });
        let unexpected = |found: &str, expected| {
            Err(ParseError::Unexpected {
                found: found.into(),
                expected,
            })
        };
        assert_eq!(Expression::parse(""), ended("a licence"));
        assert_eq!(Expression::parse("MIT OR"), ended("a licence"));
        assert_eq!(Expression::parse("MIT WITH"), ended("an exception"));
        assert_eq!(Expression::parse("(MIT"), ended("a closing parenthesis"));
        assert_eq!(Expression::parse("MIT ISC"), unexpected("ISC", "the end"));
        assert_eq!(Expression::parse("MIT)"), unexpected(")", "the end"));
        assert_eq!(Expression::parse("AND MIT"), unexpected("AND", "a licence"));
    }
}
