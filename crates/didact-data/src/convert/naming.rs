//! Names of files and folders that every file system takes.

use crate::class_folder_name::{encoded, is_unfit};
use crate::classes::is_counted;
use crate::dataset::Dataset;

/// The file name of a sample: its row, so that the order stays, and its old name if it had one.
pub(crate) fn file_name(data: &Dataset, sample: usize) -> String {
    let digits = data.rows_in_data().saturating_sub(1).to_string().len();
    let (row, id) = (data.original_rows()[sample], &data.ids()[sample]);
    if id.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!("{row:0digits$}.png");
    }
    let name = id.rsplit('/').next().unwrap_or(id);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{row:0digits$}-{}.png", plain(stem))
}

/// The folder of each class. Classes without names get leading zeros, so that their order by name is that of their
/// numbers; characters that some file system refuses are written as [`encoded`] does.
pub(crate) fn folder_names(class_names: &[String]) -> Vec<String> {
    let digits = class_names.len().saturating_sub(1).to_string().len();
    if is_counted(class_names) {
        return (0..class_names.len())
            .map(|class| format!("{class:0digits$}"))
            .collect();
    }
    class_names.iter().map(|name| encoded(name)).collect()
}

fn plain(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|character| if is_unfit(character) { '_' } else { character })
        .collect();
    match name.trim() {
        "" => "_".to_owned(),
        trimmed if trimmed.starts_with('.') => format!("_{trimmed}"),
        trimmed => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        folder_names(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn no_name_leaves_its_folder() {
        assert_eq!(
            names(&["T-shirt/top", "..", "", "T-shirt_top"]),
            ["T-shirt%2Ftop", "%2E%2E", "%5F", "T-shirt_top"]
        );
    }

    #[test]
    fn numbers_keep_their_order() {
        let classes: Vec<String> = (0..11).map(|class| class.to_string()).collect();
        let folders = folder_names(&classes);
        assert_eq!((folders[2].as_str(), folders[10].as_str()), ("02", "10"));
        assert!(folders.is_sorted());
    }
}
