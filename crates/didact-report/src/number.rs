//! Numbers as a person reads them.

/// Stands for a figure that does not exist.
pub(crate) const ABSENT: &str = "–";

/// A number with a stated count of decimals, a true minus sign, and words for what is not a number.
pub(crate) fn decimal(value: f64, decimals: usize) -> String {
    if value.is_nan() {
        return "not a number".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "−∞" }.to_owned();
    }
    let text = format!("{value:.decimals$}");
    match text.strip_prefix('-') {
        // What rounds to zero has no sign.
        Some(digits) if digits.bytes().all(|byte| matches!(byte, b'0' | b'.')) => digits.to_owned(),
        Some(digits) => format!("−{digits}"),
        None => text,
    }
}

/// A number with about three significant digits.
pub(crate) fn figure(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && size.is_finite() && !(1e-3..1e6).contains(&size) {
        return format!("{value:.2e}").replace('-', "−");
    }
    decimal(value, significant_decimals(size))
}

fn significant_decimals(size: f64) -> usize {
    match size {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 || size == 0.0 => 2,
        _ => 3,
    }
}

/// A share as percent with one decimal.
pub(crate) fn percent(share: f64) -> String {
    format!("{}\u{202f}%", decimal(share * 100.0, 1))
}

/// A difference of two shares in percentage points, with its sign.
pub(crate) fn points(difference: f64) -> String {
    signed(&decimal(difference * 100.0, 1), " points")
}

/// A difference, with its sign.
pub(crate) fn difference(value: f64) -> String {
    signed(&decimal(value, 3), "")
}

fn signed(text: &str, unit: &str) -> String {
    let nothing = text.bytes().all(|byte| !byte.is_ascii_digit() || byte == b'0');
    if text.starts_with('−') || nothing {
        format!("{text}{unit}")
    } else {
        format!("+{text}{unit}")
    }
}

/// A count with its thousands apart.
pub(crate) fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A length of time, given in seconds.
pub(crate) fn duration(seconds: f64) -> String {
    if !seconds.is_finite() || seconds < 0.0 {
        return ABSENT.to_owned();
    }
    let whole = seconds.round() as u64;
    match whole {
        0..60 => format!("{}\u{202f}s", figure(seconds)),
        60..3600 => format!("{}\u{202f}min {}\u{202f}s", whole / 60, whole % 60),
        _ => format!("{}\u{202f}h {}\u{202f}min", whole / 3600, whole % 3600 / 60),
    }
}

/// An amount of memory, given in bytes; absent where the system did not tell (0).
pub(crate) fn memory(bytes: u64) -> String {
    if bytes == 0 {
        ABSENT.to_owned()
    } else {
        size(bytes)
    }
}

/// The size of a file, given in bytes.
pub(crate) fn size(bytes: u64) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let mut amount = bytes as f64;
    let mut unit = 0;
    while amount >= 1024.0 && unit + 1 < units.len() {
        amount /= 1024.0;
        unit += 1;
    }
    if unit == 0 {
        return format!("{bytes}\u{202f}B");
    }
    format!("{}\u{202f}{}", figure(amount), units[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_about_three_digits() {
        let texts = [0.0, 0.12345, 1.2345, 12.345, 123.45, -0.5, 1e-5, 2e7].map(figure);
        assert_eq!(
            texts,
            [
                "0.00",
                "0.123",
                "1.23",
                "12.3",
                "123",
                "−0.500",
                "1.00e−5",
                "2.00e7"
            ]
        );
    }

    #[test]
    fn what_is_no_number_is_said_in_words() {
        assert_eq!(figure(f64::NAN), "not a number");
        assert_eq!(figure(f64::NEG_INFINITY), "−∞");
        assert_eq!(duration(f64::NAN), ABSENT);
    }

    #[test]
    fn differences_have_a_sign_unless_they_round_to_nothing() {
        assert_eq!(
            [0.0512, -0.0512, 0.0, -0.0001].map(points),
            ["+5.1 points", "−5.1 points", "0.0 points", "0.0 points"]
        );
    }

    #[test]
    fn counts_times_and_sizes_have_units() {
        assert_eq!(
            [0, 999, 1000, 1_234_567].map(count),
            ["0", "999", "1,000", "1,234,567"]
        );
        assert_eq!(duration(3.25), "3.25\u{202f}s");
        assert_eq!(duration(125.4), "2\u{202f}min 5\u{202f}s");
        assert_eq!(duration(3720.0), "1\u{202f}h 2\u{202f}min");
        assert_eq!(memory(0), ABSENT);
        assert_eq!(memory(1_610_612_736), "1.50\u{202f}GiB");
        assert_eq!(size(512), "512\u{202f}B");
    }
}
