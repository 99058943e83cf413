//! Which class does a cell of a file mean?

/// The classes as a matrix file may name them.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClassList<'a> {
    pub(super) num_classes: usize,
    /// One name per class, or none.
    pub(super) names: &'a [String],
}

impl ClassList<'_> {
    /// The class of this name or, where no class has that name, of this number.
    pub(super) fn find(&self, cell: &str) -> Option<usize> {
        let named = self.names.iter().position(|name| name == cell);
        named.or_else(|| cell.parse().ok().filter(|class| *class < self.num_classes))
    }

    /// What a person would call the class.
    pub(super) fn describe(&self, class: usize) -> String {
        self.names
            .get(class)
            .cloned()
            .unwrap_or_else(|| class.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_before_numbers() {
        let names = ["1".to_owned(), "cat".to_owned()];
        let classes = ClassList {
            num_classes: 2,
            names: &names,
        };
        assert_eq!(
            ["1", "cat", "0", "2", "dog"].map(|cell| classes.find(cell)),
            [Some(0), Some(1), Some(0), None, None]
        );
    }
}
