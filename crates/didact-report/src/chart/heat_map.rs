//! A matrix of counts as a heat map with its numbers.

use super::svg::{Anchor, Drawing, Svg, shortened};
use crate::number::{count, percent};

const LEFT: f64 = 112.0;
const TOP: f64 = 112.0;
const NAME_LENGTH: usize = 13;

/// Counts of a class against a class.
///
/// A cell is as dark as its share of its row; its number is the count.
#[derive(Debug)]
pub(crate) struct HeatMap<'a> {
    pub(crate) title: &'a str,
    /// What the rows and what the columns are.
    pub(crate) sides: [&'a str; 2],
    pub(crate) names: &'a [String],
    /// `[row, column]`, as many of each as names.
    pub(crate) counts: &'a [Vec<u64>],
}

impl HeatMap<'_> {
    /// Draws the heat map.
    pub(crate) fn draw(&self) -> Svg {
        // Beyond that, two of them do not fit side by side on paper.
        let class = if self.names.len() > 12 {
            "matrix large"
        } else {
            "matrix"
        };
        let mut drawing = Drawing::new(class, self.size(), self.title, &self.description());
        self.paint(&mut drawing);
        drawing.finish()
    }

    /// Width and height.
    pub(crate) fn size(&self) -> [f64; 2] {
        let side = self.cell() * self.names.len() as f64;
        [LEFT + side + 6.0, TOP + side + 6.0]
    }

    /// Draws itself at the origin.
    pub(crate) fn paint(&self, drawing: &mut Drawing) {
        self.draw_names(drawing, self.cell() * self.names.len() as f64);
        for (row, counts) in self.counts.iter().enumerate() {
            let total = counts.iter().sum::<u64>().max(1);
            for (column, &cell) in counts.iter().enumerate() {
                self.draw_cell(drawing, [row, column], (cell, total));
            }
        }
    }

    /// Side of a cell: wide enough for a few digits, and smaller if there are many.
    fn cell(&self) -> f64 {
        (360.0 / self.names.len().max(1) as f64).clamp(28.0, 40.0)
    }

    pub(crate) fn description(&self) -> String {
        let [rows, columns] = self.sides;
        let diagonal = self.counts.iter().enumerate().map(|(class, counts)| {
            let share = counts[class] as f64 / counts.iter().sum::<u64>().max(1) as f64;
            format!("{} {}", self.names[class], percent(share))
        });
        let right = diagonal.collect::<Vec<_>>().join(", ");
        format!("Rows: {rows}. Columns: {columns}. Share of each row on the diagonal: {right}.")
    }

    fn draw_names(&self, drawing: &mut Drawing, side: f64) {
        let [rows, columns] = self.sides;
        drawing.text(
            "axis-name",
            [LEFT + side / 2.0, 13.0],
            Anchor::Middle,
            &format!("{columns} →"),
        );
        drawing.upright_text(
            "axis-name",
            [13.0, TOP + side / 2.0],
            Anchor::Middle,
            &format!("← {rows}"),
        );
        for (class, name) in self.names.iter().enumerate() {
            let middle = self.cell() * (class as f64 + 0.5) + 4.0;
            let name = shortened(name, NAME_LENGTH);
            drawing.text("tick", [LEFT - 6.0, TOP + middle], Anchor::End, &name);
            drawing.upright_text("tick", [LEFT + middle, TOP - 6.0], Anchor::Start, &name);
        }
    }

    fn draw_cell(&self, drawing: &mut Drawing, [row, column]: [usize; 2], (cell, total): (u64, u64)) {
        let share = cell as f64 / total as f64;
        let (x, y) = (LEFT + self.cell() * column as f64, TOP + self.cell() * row as f64);
        let side = self.cell() - 1.0;
        let right = if row == column { " right" } else { "" };
        drawing.element(
            "rect",
            format_args!(r#"class="cell{right}" x="{x:.1}" y="{y:.1}" width="{side:.1}" height="{side:.1}" fill-opacity="{share:.2}""#),
        );
        if cell > 0 {
            let class = if share > 0.72 {
                "cell-count on-dark"
            } else {
                "cell-count"
            };
            let middle = [x + side / 2.0, y + side / 2.0 + 4.0];
            drawing.text(class, middle, Anchor::Middle, &count(cell));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_as_dark_as_their_share_of_the_row() {
        let (names, counts) = (["a".to_owned(), "b".to_owned()], [vec![3, 1], vec![0, 0]]);
        let map = HeatMap {
            title: "t",
            sides: ["label", "predicted"],
            names: &names,
            counts: &counts,
        };
        let svg = map.draw().to_string();
        assert!(
            svg.contains(r#"fill-opacity="0.75""#) && svg.contains(r#"fill-opacity="0.25""#),
            "{svg}"
        );
        assert!(svg.contains("a 75.0\u{202f}%, b 0.0\u{202f}%"), "{svg}");
        assert!(!svg.contains("NaN"), "{svg}");
    }
}
