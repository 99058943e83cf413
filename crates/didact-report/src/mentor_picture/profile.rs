//! Weights at a middle loss, as curves.

use super::maps::MentorMaps;
use super::tile::HALF;
use super::view::weight_axis;
use crate::chart::shortened;
use crate::number::figure;
use crate::picture::{Curve, CurvePanel, Mark, Pen};

/// Places of a curve.
const PLACES: u32 = 241;
/// Curves that look the same differ by less on average: where they are steep, a hair's breadth makes them differ wholly.
const SAME: f64 = 0.01;
/// As many curves as the legend has room for.
const MOST_CURVES: usize = 13;
/// As many signs of a mentor's name as the title has room for.
const NAME_LENGTH: usize = 26;

/// Percents of the run, from which to which, at which the weights look the same.
struct Stretch {
    from: u32,
    to: u32,
    weights: Vec<f32>,
}

/// Weight against difference at half the loss bound, a curve for each percent or stretch of percents that look the same.
///
/// Curves end where the difference is the loss: beyond, it cannot be.
pub(super) fn profile_panel(maps: &MentorMaps) -> CurvePanel {
    let loss = maps.view().loss_bound / 2.0;
    let stretches = thinned(stretches(maps, loss));
    let count = stretches.len();
    let curves = stretches.iter().enumerate().map(|(position, stretch)| Curve {
        name: name(stretch),
        pen: Pen::of_stage(position, count),
        mark: Mark::Line,
        points: differences(maps, loss)
            .zip(&stretch.weights)
            .map(|(difference, &weight)| [difference, f64::from(weight)])
            .collect(),
    });
    CurvePanel {
        title: format!(
            "weight at a loss of {}: {}",
            figure(loss),
            shortened(maps.name(), NAME_LENGTH)
        ),
        x: maps.view().difference_axis(),
        y: weight_axis(),
        reference: Some(HALF),
        curves: curves.collect(),
    }
}

fn name(&Stretch { from, to, .. }: &Stretch) -> String {
    if from == to {
        format!("{from} % of the run")
    } else {
        format!("{from} to {to} %")
    }
}

fn differences(maps: &MentorMaps, loss: f64) -> impl Iterator<Item = f64> {
    let least = -maps.view().loss_bound;
    (0..PLACES).map(move |place| least + (loss - least) * f64::from(place) / f64::from(PLACES - 1))
}

fn stretches(maps: &MentorMaps, loss: f64) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for &percent in &maps.view().percents {
        let weights: Vec<f32> = differences(maps, loss)
            .map(|difference| maps.weight([difference, loss], percent))
            .collect();
        match stretches.last_mut() {
            Some(last) if alike(&last.weights, &weights) => last.to = percent,
            _ => stretches.push(Stretch {
                from: percent,
                to: percent,
                weights,
            }),
        }
    }
    stretches
}

fn alike(one: &[f32], other: &[f32]) -> bool {
    let difference = |(one, other): (&f32, &f32)| f64::from((one - other).abs());
    let sum: f64 = one.iter().zip(other).map(difference).sum();
    sum < SAME * one.len() as f64
}

/// As many as the legend has room for, evenly, the first and the last among them.
fn thinned<T>(items: Vec<T>) -> Vec<T> {
    let last = items.len().saturating_sub(1);
    if last < MOST_CURVES {
        return items;
    }
    let kept: Vec<usize> = (0..MOST_CURVES)
        .map(|position| position * last / (MOST_CURVES - 1))
        .collect();
    let positioned = items.into_iter().enumerate();
    positioned
        .filter_map(|(position, item)| kept.contains(&position).then_some(item))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_a_hair_apart_look_the_same() {
        let step =
            |at: usize| -> Vec<f32> { (0..200).map(|place| f32::from(u8::from(place < at))).collect() };
        assert!(alike(&step(100), &step(101)));
        assert!(!alike(&step(100), &step(110)));
    }

    #[test]
    fn many_curves_are_thinned_evenly() {
        assert_eq!(thinned(vec![1, 2, 3]), [1, 2, 3]);
        let kept = thinned((0..100).collect());
        assert_eq!((kept.len(), kept[0], kept[6], kept[12]), (13, 0, 49, 99));
    }
}
