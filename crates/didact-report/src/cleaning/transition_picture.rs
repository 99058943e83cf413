//! The transition matrix as a picture.

use crate::chart::{Drawing, HeatMap};
use crate::picture::{Picture, STYLE};

/// How cells look outside the page.
const CELLS: &str = "\
.cell{fill:#0b5cad;stroke:none}.cell.right{stroke:#1b1f24;stroke-width:1.5}\
.cell-count{font-size:10px}.on-dark{fill:#ffffff}.axis-name{fill:#59636e}";

/// Of a hundred samples of each class, how many are given as each.
pub(super) fn hundredths(matrix: &[Vec<f64>]) -> Vec<Vec<u64>> {
    let rounded = |rate: &f64| (100.0 * rate).round() as u64;
    matrix
        .iter()
        .map(|row| row.iter().map(rounded).collect())
        .collect()
}

/// Draws which class is given as which: of a hundred samples of each class, how many.
///
/// # Shapes
///
/// - `matrix`: `[true class, given class]`, rows sum to 1
/// - `names`: of the classes
///
/// ```
/// let names = ["cat".to_owned(), "dog".to_owned()];
/// let picture = didact_report::draw_transition_matrix(&names, &[vec![0.75, 0.25], vec![0.1, 0.9]]);
/// assert!(picture.svg().contains(">75</text>"));
/// ```
pub fn draw_transition_matrix(names: &[String], matrix: &[Vec<f64>]) -> Picture {
    let counts = hundredths(matrix);
    let map = HeatMap {
        title: "Which class is given as which, of a hundred samples of each",
        sides: ["true class", "given as"],
        names,
        counts: &counts,
    };
    let style = format!("{STYLE}{CELLS}");
    let mut drawing = Drawing::standalone(map.size(), map.title, &map.description(), &style);
    map.paint(&mut drawing);
    Picture::new(&drawing.finish())
}
