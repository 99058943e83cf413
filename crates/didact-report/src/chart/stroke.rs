//! How a line looks: colour, dashes and markers together, so that none of them is needed alone.

/// A colour of the style sheet, after Okabe and Ito's palette for all kinds of colour vision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    Text,
    Blue,
    Vermillion,
    Green,
    Orange,
    Purple,
}

impl Ink {
    /// The class in the style sheet.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Text => "ink-text",
            Self::Blue => "ink-blue",
            Self::Vermillion => "ink-vermillion",
            Self::Green => "ink-green",
            Self::Orange => "ink-orange",
            Self::Purple => "ink-purple",
        }
    }
}

/// The dashes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dashes {
    Solid,
    Long,
    Short,
}

impl Dashes {
    /// The class in the style sheet.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Long => "long-dashes",
            Self::Short => "short-dashes",
        }
    }
}

/// The shape of the points on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    Circle,
    Square,
    Triangle,
}

impl Marker {
    /// The marker's outline about a point, as the data of an SVG path.
    pub(crate) fn path(self, [x, y]: [f64; 2]) -> String {
        match self {
            Self::Circle => format!("M{:.1} {y:.1}a2.7 2.7 0 1 0 5.4 0a2.7 2.7 0 1 0 -5.4 0z", x - 2.7),
            Self::Square => format!("M{:.1} {:.1}h5v5h-5z", x - 2.5, y - 2.5),
            Self::Triangle => format!("M{x:.1} {:.1}l3.2 5.6h-6.4z", y - 3.6),
        }
    }
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stroke {
    pub(crate) ink: Ink,
    pub(crate) dashes: Dashes,
    pub(crate) marker: Marker,
}

impl Stroke {
    /// Training samples.
    pub(crate) const TRAIN: Self = Self::new(Ink::Blue, Dashes::Long, Marker::Square);
    /// Validation samples.
    pub(crate) const VALIDATION: Self = Self::new(Ink::Orange, Dashes::Short, Marker::Triangle);
    /// Test samples.
    pub(crate) const TEST: Self = Self::new(Ink::Text, Dashes::Solid, Marker::Circle);
    /// Samples with a clean given label.
    pub(crate) const CLEAN: Self = Self::new(Ink::Blue, Dashes::Solid, Marker::Circle);
    /// Samples with a wrong given label.
    pub(crate) const WRONG: Self = Self::new(Ink::Vermillion, Dashes::Short, Marker::Triangle);
    /// Clean samples with a low loss.
    pub(crate) const EASY: Self = Self::new(Ink::Green, Dashes::Solid, Marker::Circle);
    /// Clean samples with a high loss.
    pub(crate) const HARD: Self = Self::new(Ink::Blue, Dashes::Long, Marker::Square);

    const fn new(ink: Ink, dashes: Dashes, marker: Marker) -> Self {
        Self { ink, dashes, marker }
    }

    /// The look of a run among others: 15 different ones, then again from the first.
    pub(crate) fn of_run(position: usize) -> Self {
        let inks = [Ink::Text, Ink::Vermillion, Ink::Blue, Ink::Green, Ink::Purple];
        let shapes = [
            (Dashes::Solid, Marker::Circle),
            (Dashes::Long, Marker::Triangle),
            (Dashes::Short, Marker::Square),
        ];
        let (dashes, marker) = shapes[position % shapes.len()];
        Self::new(inks[position % inks.len()], dashes, marker)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_runs_look_different() {
        let looks: Vec<Stroke> = (0..15).map(Stroke::of_run).collect();
        for (position, look) in looks.iter().enumerate() {
            assert!(!looks[..position].contains(look), "{position}: {look:?}");
        }
    }
}
