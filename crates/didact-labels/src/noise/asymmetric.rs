//! By a list of confusions.

use std::collections::BTreeSet;
use std::path::Path;

use super::class_list::ClassList;
use super::matrix_file::{FileRow, MatrixFile};
use crate::error::LabelsError;
use crate::transition_matrix::TransitionMatrix;

const HEADER: [&str; 3] = ["true", "given", "rate"];

/// Room for rates of one class that sum to 1 but for rounding.
const SUM_SLACK: f64 = 1e-9;

/// Reads rows `true,given,rate`: that share of the true class is given as the other class, and what no row takes away
/// keeps its label.
///
/// Classes are names or numbers. The first row may be the header `true,given,rate`. No pair may occur twice, and
/// no class may be given as itself, since that share follows from the others.
///
/// Source: the class-dependent noise of Patrini, Rozza, Menon, Nock and Qu, 2017, <https://arxiv.org/abs/1609.03683>,
/// in which a few classes are confused with one other class each.
pub(super) fn read(path: &Path, classes: ClassList<'_>) -> Result<TransitionMatrix, LabelsError> {
    let file = MatrixFile::read(path)?;
    let mut rows: Vec<Vec<f64>> = (0..classes.num_classes)
        .map(|class| identity(class, classes))
        .collect();
    let mut seen = BTreeSet::new();
    for row in file.rows.iter().skip(usize::from(has_header(&file))) {
        let pair = read_pair(&file, row, classes)?;
        if !seen.insert(pair) {
            let found = format!("{},{} again", row.cells[0], row.cells[1]);
            return Err(file.fault(
                (Some(row.line), None),
                "each pair of classes once".to_owned(),
                found,
            ));
        }
        take(&file, row, &mut rows[pair.0], pair)?;
    }
    TransitionMatrix::from_rows(&rows)
}

fn identity(class: usize, classes: ClassList<'_>) -> Vec<f64> {
    (0..classes.num_classes)
        .map(|given| f64::from(u8::from(given == class)))
        .collect()
}

fn has_header(file: &MatrixFile) -> bool {
    file.rows.first().is_some_and(|row| {
        row.cells.len() == HEADER.len()
            && row
                .cells
                .iter()
                .zip(HEADER)
                .all(|(cell, name)| cell.eq_ignore_ascii_case(name))
    })
}

fn read_pair(
    file: &MatrixFile,
    row: &FileRow,
    classes: ClassList<'_>,
) -> Result<(usize, usize), LabelsError> {
    if row.cells.len() != HEADER.len() {
        let expected = "3 columns `true,given,rate`".to_owned();
        return Err(file.fault((Some(row.line), None), expected, row.cells.len().to_string()));
    }
    let class = |column: usize| {
        let cell = &row.cells[column];
        classes.find(cell).ok_or_else(|| {
            let expected = format!("a class name or a number in 0..{}", classes.num_classes);
            file.fault((Some(row.line), Some(column + 1)), expected, format!("{cell:?}"))
        })
    };
    let (truth, given) = (class(0)?, class(1)?);
    if truth == given {
        let expected = "another class than the true one".to_owned();
        return Err(file.fault((Some(row.line), Some(2)), expected, format!("{:?}", row.cells[1])));
    }
    Ok((truth, given))
}

/// Moves the row's rate from the true class to the given one.
fn take(
    file: &MatrixFile,
    row: &FileRow,
    shares: &mut [f64],
    (truth, given): (usize, usize),
) -> Result<(), LabelsError> {
    let fault = |expected: &str, found: String| {
        Err(file.fault((Some(row.line), Some(3)), expected.to_owned(), found))
    };
    let rate = file.number(row, 2)?;
    if !(0.0..=1.0).contains(&rate) {
        return fault("a probability in [0, 1]", rate.to_string());
    }
    if rate > shares[truth] + SUM_SLACK {
        let found = format!("{rate} where {} is left", shares[truth]);
        return fault("rates of a true class that sum to at most 1", found);
    }
    shares[given] = rate;
    let left = shares[truth] - rate;
    shares[truth] = if left < SUM_SLACK { 0.0 } else { left };
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "these figures are exact")]

    use super::*;
    use std::fs;

    fn read_text(text: &str) -> Result<TransitionMatrix, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pairs.csv");
        fs::write(&path, text).unwrap();
        let names = ["cat", "dog", "deer"].map(str::to_owned);
        let error = |error: LabelsError| {
            error
                .to_string()
                .replace(&folder.path().join("").display().to_string(), "")
        };
        read(
            &path,
            ClassList {
                num_classes: 3,
                names: &names,
            },
        )
        .map_err(error)
    }

    #[test]
    fn what_no_row_takes_away_keeps_its_label() {
        let expected =
            TransitionMatrix::from_rows(&[vec![0.25, 0.5, 0.25], vec![0.5, 0.5, 0.0], vec![0.0, 0.0, 1.0]])
                .unwrap();
        let rows = "cat,dog,0.5\n cat , 2 , 0.25\n1,0,0.5\n";
        assert_eq!(read_text(rows).unwrap(), expected);
        assert_eq!(read_text(&format!("True,Given,Rate\n{rows}")).unwrap(), expected);
    }

    #[test]
    fn an_empty_list_changes_nothing() {
        assert_eq!(read_text("true,given,rate\n").unwrap().row(1), [0.0, 1.0, 0.0]);
    }

    #[test]
    fn a_class_may_lose_all_its_labels() {
        // 1 - 0.7 - 0.3 is 5.6e-17 in f64.
        assert_eq!(read_text("0,1,0.7\n0,2,0.3\n").unwrap().get(0, 0), 0.0);
    }

    #[test]
    fn faults_name_file_row_and_column() {
        for (text, expected) in [
            (
                "cat,dog\n",
                "pairs.csv, row 1: expected 3 columns `true,given,rate`, found 2",
            ),
            (
                "true,given,rate\ncat,bird,0.5\n",
                "pairs.csv, row 2, column 2: expected a class name or a number in 0..3, found \"bird\"",
            ),
            (
                "from,to,rate\n",
                "pairs.csv, row 1, column 1: expected a class name or a number in 0..3, found \"from\"",
            ),
            (
                "cat,0,0.5\n",
                "pairs.csv, row 1, column 2: expected another class than the true one, found \"0\"",
            ),
            (
                "cat,dog,x\n",
                "pairs.csv, row 1, column 3: expected a probability in [0, 1], found \"x\"",
            ),
            (
                "cat,dog,-0.5\n",
                "pairs.csv, row 1, column 3: expected a probability in [0, 1], found -0.5",
            ),
            (
                "cat,dog,0\n0,1,0.25\n",
                "pairs.csv, row 2: expected each pair of classes once, found 0,1 again",
            ),
            (
                "cat,dog,0.75\ncat,deer,0.5\n",
                "pairs.csv, row 2, column 3: expected rates of a true class that sum to at most 1, found 0.5 where 0.25 is left",
            ),
        ] {
            assert_eq!(read_text(text).unwrap_err(), expected);
        }
    }
}
