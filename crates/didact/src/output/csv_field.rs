//! Fields of comma-separated tables.

use std::borrow::Cow;

/// A field as RFC 4180 has it: quoted where it holds a comma, a quote or a line end.
pub(crate) fn csv_field(text: &str) -> Cow<'_, str> {
    if text.contains([',', '"', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_break_the_row_is_quoted() {
        assert_eq!(csv_field("cat.png"), "cat.png");
        assert_eq!(csv_field("a,\"b\".png"), "\"a,\"\"b\"\".png\"");
    }
}
