//! The name of a class as the name of a folder, and back.
//!
//! Characters that some file system refuses in a name are written as `%` and two hexadecimal digits a byte, as in
//! addresses of web pages: the folder of the class `T-shirt/top` is `T-shirt%2Ftop`.

use std::fmt::Write as _;

/// Whether some file system refuses a character in names.
pub(crate) fn is_unfit(character: char) -> bool {
    character.is_control() || "/\\:*?\"<>|".contains(character)
}

/// The folder of a class: different for different classes, never hidden, never another folder.
pub(crate) fn encoded(class: &str) -> String {
    let last = class.chars().count().saturating_sub(1);
    let mut folder = String::with_capacity(class.len());
    for (position, character) in class.chars().enumerate() {
        let at_end = position == 0 || position == last;
        if is_unfit(character) || character == '%' || (at_end && " .".contains(character)) {
            let mut bytes = [0; 4];
            for byte in character.encode_utf8(&mut bytes).bytes() {
                let _ = write!(folder, "%{byte:02X}");
            }
        } else {
            folder.push(character);
        }
    }
    // No class is encoded so, and a folder needs a name.
    if folder.is_empty() {
        "%5F".to_owned()
    } else {
        folder
    }
}

/// The class of a folder. A folder that [`encoded`] would not have called so keeps its name: people have their own
/// uses for `%`.
pub(crate) fn decoded(folder: &str) -> String {
    let mut bytes = Vec::with_capacity(folder.len());
    let mut rest = folder.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let byte = after
            .get(..2)
            .and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        if let (b'%', Some(byte)) = (first, byte) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    let class = String::from_utf8(bytes).ok();
    class
        .filter(|class| encoded(class) == folder)
        .unwrap_or_else(|| folder.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn unfit_characters_are_told_by_their_numbers() {
        assert_eq!(encoded("T-shirt/top"), "T-shirt%2Ftop");
        assert_eq!(encoded(".."), "%2E%2E");
        assert_eq!(encoded("ein Wort"), "ein Wort");
    }

    #[test]
    fn folders_of_other_makers_keep_their_names() {
        for folder in ["100%", "50%20off", "%41", "a%2f", "%"] {
            assert_eq!(decoded(folder), folder);
        }
    }

    proptest! {
        #[test]
        fn every_class_comes_back(class in ".+") {
            prop_assert_eq!(decoded(&encoded(&class)), class);
        }
    }
}
