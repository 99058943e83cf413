//! Rows and columns.

/// A table; the first cell of each row names it.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// The head of a column.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// The class of its cells in the style sheet.
    pub(crate) class: &'static str,
}

impl Column {
    /// A column of words.
    pub(crate) fn words(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            class: "words",
        }
    }

    /// A column of numbers, flush right.
    pub(crate) fn numbers(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            class: "number",
        }
    }
}

impl Table {
    /// A table of numbers under a first column of words.
    pub(crate) fn of_numbers(caption: impl Into<String>, heads: &[&str], rows: Vec<Vec<String>>) -> Self {
        let columns = heads.iter().enumerate().map(|(position, &head)| {
            if position == 0 {
                Column::words(head)
            } else {
                Column::numbers(head)
            }
        });
        Self {
            caption: caption.into(),
            columns: columns.collect(),
            rows,
        }
    }

    /// A cell with the class of its column; rows longer than the heads end in words.
    pub(crate) fn class(&self, column: usize) -> &'static str {
        self.columns.get(column).map_or("words", |column| column.class)
    }
}
