//! The values of a configuration, as words.

use toml::{Table, Value};

/// A value on one line: a table with a `name` as `NAME:key=value,key=value`, as on the command line.
pub(crate) fn display_value(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Table(table) => display_method(table),
        Value::Array(values) => values.iter().map(display_value).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

fn display_method(table: &Table) -> String {
    let parameters: Vec<String> = table
        .iter()
        .filter(|(key, _)| *key != "name")
        .map(|(key, value)| format!("{key}={}", display_value(value)))
        .collect();
    match (table.get("name").and_then(Value::as_str), parameters.is_empty()) {
        (Some(name), true) => name.to_owned(),
        (Some(name), false) => format!("{name}:{}", parameters.join(",")),
        (None, _) => parameters.join(","),
    }
}

/// All keys with their values on one line each, those of sections as `section.key`.
pub(crate) fn flattened(table: &Table) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    for (key, value) in table {
        match value {
            Value::Table(section) if !section.contains_key("name") => {
                let section = flattened(section).into_iter();
                rows.extend(section.map(|(inner, value)| (format!("{key}.{inner}"), value)));
            }
            other => rows.push((key.clone(), display_value(other))),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_are_spelt_as_on_the_command_line() {
        let table: Table = toml::from_str(
            "seed = 7\n[curriculum]\nname = 'superloss'\nlambda = 0.25\n[data]\nsize = [32, 32]\n[model]\nname = 'mlp'",
        )
        .unwrap();
        let rows = flattened(&table);
        let rows: Vec<(&str, &str)> = rows.iter().map(|(key, value)| (&key[..], &value[..])).collect();
        assert_eq!(
            rows,
            [
                ("seed", "7"),
                ("curriculum", "superloss:lambda=0.25"),
                ("data.size", "32, 32"),
                ("model", "mlp")
            ]
        );
    }
}
