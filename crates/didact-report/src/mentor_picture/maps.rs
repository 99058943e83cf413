//! The weights of one mentor.

use didact_curriculum::{Mentor, MentorLabels};

use super::view::MentorView;
use crate::error::ReportError;
use crate::number::figure;
use crate::picture::Surface;

/// The weights that one mentor gives over differences and losses, at every percent of a view.
#[derive(Debug)]
pub struct MentorMaps {
    name: String,
    mentor: Mentor,
    view: MentorView,
    surfaces: Vec<Surface>,
}

/// Weights at one percent of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightGrid {
    /// How far the run has come, in whole percent.
    pub percent: u32,
    /// `[loss, difference]` after [`MentorView::losses`] and [`MentorView::differences`], in `[0, 1]`.
    pub weights: Vec<Vec<f32>>,
}

impl MentorMaps {
    /// Asks a mentor for its weights; `name` is what pictures call it.
    ///
    /// # Errors
    ///
    /// [`ReportError::OutOfRange`] for a percent above 99 or a bound outside its range,
    /// [`ReportError::MentorLabel`] for a label that the mentor ignores or does not know.
    ///
    /// ```
    /// use didact_curriculum::{
    ///     Mentor, MentorExamples, MentorTraining, MentornetVariant, PredefinedCurriculum, predefined_examples,
    /// };
    /// use didact_report::{MentorMaps, MentorView, draw_mentors};
    ///
    /// let examples = predefined_examples(&PredefinedCurriculum::SelfPaced.into(), 200, 0, 0);
    /// let examples = MentorExamples::split(examples, MentornetVariant::Fixed, 0);
    /// let training = MentorTraining { steps: 20, restarts: 1, ..MentorTraining::default() };
    /// let learnt = training.train(&examples, &mut |_, _| ())?;
    /// let mentor = Mentor::new(learnt, ("self-paced".to_owned(), None), training, &examples);
    ///
    /// let maps = MentorMaps::of("mine", &mentor, &MentorView::default())?;
    /// assert_eq!(maps.grids().len(), 13);
    /// let picture = draw_mentors(&[maps]).expect("there is a mentor to draw");
    /// assert!(picture.svg().contains("mine"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(name: &str, mentor: &Mentor, view: &MentorView) -> Result<Self, ReportError> {
        view.check()?;
        check_label(name, mentor.network.labels(), view.label)?;
        let axes = [&view.difference_axis(), &view.loss_axis()];
        let surface = |&percent: &u32| {
            Surface::of(axes, |difference, loss| {
                f64::from(mentor.weight(view.features([difference, loss], percent)))
            })
        };
        Ok(Self {
            name: name.to_owned(),
            mentor: mentor.clone(),
            view: view.clone(),
            surfaces: view.percents.iter().map(surface).collect(),
        })
    }

    /// What pictures call the mentor.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is looked at.
    pub fn view(&self) -> &MentorView {
        &self.view
    }

    /// The weights on a grid of 21 losses and 21 differences, at every percent of the view.
    pub fn grids(&self) -> Vec<WeightGrid> {
        let differences = self.view.differences();
        let losses = self.view.losses();
        let row = |percent: u32, loss: f64| {
            differences
                .iter()
                .map(|&difference| self.weight([difference, loss], percent))
                .collect()
        };
        let percents = self.view.percents.iter();
        percents
            .map(|&percent| WeightGrid {
                percent,
                weights: losses.iter().map(|&loss| row(percent, loss)).collect(),
            })
            .collect()
    }

    /// The weight at a difference and a loss.
    pub(super) fn weight(&self, place: [f64; 2], percent: u32) -> f32 {
        self.mentor.weight(self.view.features(place, percent))
    }

    /// Percents and their maps.
    pub(super) fn surfaces(&self) -> impl Iterator<Item = (u32, &Surface)> {
        self.view.percents.iter().copied().zip(&self.surfaces)
    }

    /// Smallest and largest difference, and smallest and largest loss, that it was taught.
    pub(super) fn taught_ranges(&self) -> [[f64; 2]; 2] {
        let description = &self.mentor.description;
        [description.differences, description.losses].map(|range| range.map(f64::from))
    }

    /// What it was taught, in a line.
    pub(super) fn taught(&self) -> String {
        let description = &self.mentor.description;
        let range = |[least, most]: [f32; 2]| {
            let [least, most] = [least, most].map(|number| figure(f64::from(number)));
            format!("{least} to {most}")
        };
        let label = match self.mentor.network.labels() {
            MentorLabels::Ignored => String::new(),
            MentorLabels::Aware { .. } => format!(", here given label {}", self.view.label.unwrap_or(0)),
        };
        format!(
            "taught {} on losses from {}, differences from {}{label}",
            description.curriculum,
            range(description.losses),
            range(description.differences),
        )
    }
}

fn check_label(name: &str, labels: MentorLabels, label: Option<u32>) -> Result<(), ReportError> {
    let Some(found) = label else {
        return Ok(());
    };
    let expected = match labels {
        MentorLabels::Ignored => "no label, as it ignores labels".to_owned(),
        MentorLabels::Aware { classes } if (found as usize) < classes => return Ok(()),
        MentorLabels::Aware { classes } => format!("a label from 0 to {}", classes.saturating_sub(1)),
    };
    Err(ReportError::MentorLabel {
        mentor: name.to_owned(),
        expected,
        found,
    })
}
