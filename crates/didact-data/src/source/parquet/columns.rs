//! Which column is what.

use arrow_schema::{DataType, Field, Schema};

use crate::source::text;

/// Names of a column of images, the most wanted first.
const IMAGE_COLUMNS: [&str; 3] = ["image", "img", "bytes"];

/// A column by position and name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leaf {
    /// The position among the columns of the schema.
    pub(crate) column: usize,
    pub(crate) name: String,
}

/// A column of encoded images.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImageColumn {
    pub(crate) column: usize,
    pub(crate) nesting: Nesting,
}

/// Where in a column the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nesting {
    /// The cells are the bytes.
    Plain,
    /// The cells are structs with a field `bytes`.
    Struct,
}

/// The column of images: one with a known name, otherwise the first struct with a field `bytes`.
pub(crate) fn image(schema: &Schema) -> Option<ImageColumn> {
    let candidates: Vec<(String, ImageColumn)> = schema
        .fields()
        .iter()
        .enumerate()
        .filter_map(|(column, field)| {
            Some((
                field.name().to_lowercase(),
                ImageColumn {
                    column,
                    nesting: nesting(field)?,
                },
            ))
        })
        .collect();
    let named = |wanted: &&str| candidates.iter().find(|(name, _)| name == wanted);
    let struct_column = || {
        candidates
            .iter()
            .find(|(_, column)| column.nesting == Nesting::Struct)
    };
    IMAGE_COLUMNS
        .iter()
        .find_map(named)
        .or_else(struct_column)
        .map(|(_, column)| column.clone())
}

fn nesting(field: &Field) -> Option<Nesting> {
    let is_binary = |kind: &DataType| {
        matches!(
            kind,
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView
        )
    };
    match field.data_type() {
        DataType::Struct(fields) => {
            let found = fields
                .iter()
                .any(|field| field.name() == "bytes" && is_binary(field.data_type()));
            found.then_some(Nesting::Struct)
        }
        kind if is_binary(kind) => Some(Nesting::Plain),
        _ => None,
    }
}

/// The column of labels, by its name.
pub(crate) fn label(schema: &Schema) -> Option<Leaf> {
    let names: Vec<String> = schema.fields().iter().map(|field| field.name().clone()).collect();
    let column = text::label_column(&names, text::Purpose::Given)?;
    Some(Leaf {
        column,
        name: names[column].clone(),
    })
}

/// The columns of numbers that are features.
pub(crate) fn numeric(schema: &Schema, label: Option<&Leaf>) -> Vec<Leaf> {
    let is_index = |name: &str| name.eq_ignore_ascii_case("id") || name.starts_with("__index_level_");
    let leaves = schema.fields().iter().enumerate().filter(|(_, field)| {
        (field.data_type().is_numeric() || *field.data_type() == DataType::Boolean) && !is_index(field.name())
    });
    let leaves = leaves.map(|(column, field)| Leaf {
        column,
        name: field.name().clone(),
    });
    leaves.filter(|leaf| Some(leaf) != label).collect()
}

/// The class names that Hugging Face writes beside the schema: `info.features.NAME.names`.
pub(crate) fn class_names(metadata: &str, column: &str) -> Option<Vec<String>> {
    let metadata: serde_json::Value = serde_json::from_str(metadata).ok()?;
    let names = metadata
        .pointer("/info/features")?
        .get(column)?
        .get("names")?
        .as_array()?;
    names
        .iter()
        .map(|name| name.as_str().map(str::to_owned))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_decide_before_positions() {
        let bytes = || DataType::Struct(vec![Field::new("bytes", DataType::Binary, true)].into());
        let schema = Schema::new(vec![
            Field::new("preview", bytes(), true),
            Field::new("img", bytes(), true),
            Field::new("fine_label", DataType::Int64, true),
            Field::new("x", DataType::Float32, true),
        ]);
        assert_eq!(
            image(&schema),
            Some(ImageColumn {
                column: 1,
                nesting: Nesting::Struct
            })
        );
        let label = label(&schema).unwrap();
        assert_eq!(label.name, "fine_label");
        assert_eq!(
            numeric(&schema, Some(&label)),
            [Leaf {
                column: 3,
                name: "x".into()
            }]
        );
    }

    #[test]
    fn class_names_are_found_in_hugging_faces_metadata() {
        let metadata =
            r#"{"info": {"features": {"label": {"names": ["cat", "dog"], "_type": "ClassLabel"}}}}"#;
        assert_eq!(class_names(metadata, "label").unwrap(), ["cat", "dog"]);
        assert_eq!(class_names(metadata, "image"), None);
        assert_eq!(class_names("{", "label"), None);
    }
}
