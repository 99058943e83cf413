//! The header of an `.npy` file: a Python dictionary of three entries.
//!
//! Source: NumPy enhancement proposal 1, "A simple file format for NumPy arrays", versions 1 to 3.

/// What every `.npy` begins with.
pub(crate) const MAGIC: &[u8] = b"\x93NUMPY";

/// What the header says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Header {
    /// NumPy's name of the element type, such as `<f4`.
    pub(crate) element: String,
    pub(crate) fortran_order: bool,
    pub(crate) shape: Vec<usize>,
    /// Where the elements begin.
    pub(crate) end: usize,
}

impl Header {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, String> {
        let (length, start) = match bytes.get(6..12).ok_or("it ends within its header")? {
            [1, _, low, high, ..] => (usize::from(u16::from_le_bytes([*low, *high])), 10),
            [2 | 3, _, length @ ..] => (
                length
                    .iter()
                    .rev()
                    .fold(0, |all, byte| all << 8 | usize::from(*byte)),
                12,
            ),
            _ => return Err("its version is unknown".to_owned()),
        };
        let end = start + length;
        let text = bytes.get(start..end).ok_or("it ends within its header")?;
        let text = std::str::from_utf8(text).map_err(|_| "its header is no text")?;
        Ok(Self {
            element: element(after(text, "descr")?),
            fortran_order: after(text, "fortran_order")?.starts_with("True"),
            shape: shape(after(text, "shape")?)?,
            end,
        })
    }
}

/// What follows a key of the dictionary.
fn after<'a>(text: &'a str, key: &str) -> Result<&'a str, String> {
    let missing = || format!("its header has no `{key}`");
    let quotes = [format!("'{key}'"), format!("\"{key}\"")];
    let start = quotes
        .iter()
        .find_map(|quoted| Some(text.find(quoted)? + quoted.len()))
        .ok_or_else(missing)?;
    Ok(text[start..]
        .trim_start()
        .strip_prefix(':')
        .ok_or_else(missing)?
        .trim_start())
}

/// The type between quotes; what else stands there, such as a list of fields, as it is.
fn element(text: &str) -> String {
    let quoted = |quote| {
        text.strip_prefix(quote)
            .and_then(|rest| rest.split_once(quote))
            .map(|(name, _)| name)
    };
    let other = || text.split_inclusive([']', ',']).next().unwrap_or_default();
    quoted('\'')
        .or_else(|| quoted('"'))
        .unwrap_or_else(other)
        .to_owned()
}

fn shape(text: &str) -> Result<Vec<usize>, String> {
    let inside = text
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .map(|(inside, _)| inside);
    let sizes = inside
        .ok_or("its shape is no tuple")?
        .split(',')
        .map(str::trim)
        .filter(|size| !size.is_empty());
    sizes
        .map(|size| {
            size.parse()
                .map_err(|_| format!("`{size}` in its shape is no size"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> Result<Header, String> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend([1, 0, text.len() as u8, 0]);
        bytes.extend(text.as_bytes());
        Header::parse(&bytes)
    }

    #[test]
    fn the_three_entries_are_found_in_any_order() {
        let parsed = header("{'shape': (2, 3), 'descr': '<f4', 'fortran_order': False, }\n").unwrap();
        assert_eq!(parsed.element, "<f4");
        assert_eq!(parsed.shape, [2, 3]);
        assert!(!parsed.fortran_order);
        assert_eq!(
            header("{'descr': '|u1', 'fortran_order': True, 'shape': ()}")
                .unwrap()
                .shape,
            [0; 0]
        );
    }

    #[test]
    fn a_structured_type_is_shown_as_it_is() {
        let parsed = header("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}").unwrap();
        assert!(parsed.element.starts_with("[("));
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(header("{'descr': '<f4', 'fortran_order': False, 'shape': (2, -3)}").is_err());
        assert!(header("{'fortran_order': False, 'shape': (2,)}").is_err());
        assert!(Header::parse(b"\x93NUMPY\x01\x00\xff\xff{").is_err());
        assert!(Header::parse(b"\x93NUMPY").is_err());
    }
}
