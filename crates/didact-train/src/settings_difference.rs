//! Where two tables of settings differ.

use toml::{Table, Value};

/// The first key under which two tables differ, in the order of the first and then of the second, and both values in words.
///
/// ```
/// let table = |text: &str| text.parse::<toml::Table>().unwrap();
/// let found = didact_train::first_difference(&table("a = 1\nb = 2"), &table("a = 1\nb = 3"));
/// assert_eq!(found, Some(("b".to_owned(), "2".to_owned(), "3".to_owned())));
/// ```
pub fn first_difference(ours: &Table, theirs: &Table) -> Option<(String, String, String)> {
    let shown = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), ToString::to_string);
    let mut keys = ours
        .keys()
        .chain(theirs.keys().filter(|key| !ours.contains_key(*key)));
    keys.find(|key| ours.get(*key) != theirs.get(*key))
        .map(|key| (key.clone(), shown(ours.get(key)), shown(theirs.get(key))))
}
