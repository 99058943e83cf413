//! `didact mentor train`: a mentor learns from examples.

use std::path::PathBuf;
use std::time::Instant;

use didact_curriculum::{
    Mentor, MentorDescription, MentorError, MentorLabels, MentorObjective, MentorTraining, MentornetVariant,
};
use didact_mentor::{ExamplesOrigin, read_examples, write_mentor};
use serde::Serialize;

use crate::arguments::MentorTrainArguments;
use crate::error::{Complaint, Result, Status};
use crate::output::{Printer, refuse_existing};

#[derive(Serialize)]
struct Trained<'a> {
    file: &'a PathBuf,
    parameters: usize,
    mentor: &'a MentorDescription,
    /// Which training was kept, from 0.
    restart: u32,
    restarts: &'a [MentorError],
    seconds: f64,
}

pub(crate) fn mentor_train(arguments: &MentorTrainArguments, printer: Printer) -> Result<Status> {
    refuse_existing(&arguments.output)?;
    let (examples, origin) = read_examples(&arguments.examples)?;
    let training = training(arguments, &origin)?;
    let mut targets = examples.all().map(|example| example.target);
    if let Some(first) = targets
        .next()
        .filter(|first| targets.all(|target| target.to_bits() == first.to_bits()))
    {
        printer.note(&format!(
            "warning: every example has the target {first}, so the mentor will weigh every sample alike"
        ));
    }
    let begun = Instant::now();
    let count = training.restarts;
    let learnt = training.train(&examples, &mut |restart, error| {
        printer.note(&format!(
            "training {} of {count}: {}, {:.1} s",
            restart + 1,
            in_words(error),
            begun.elapsed().as_secs_f64()
        ));
    })?;
    let seconds = begun.elapsed().as_secs_f64();
    let (restart, errors) = (learnt.restart, learnt.errors.clone());
    let taught = (origin.curriculum, origin.percentile);
    let mentor = Mentor::new(learnt, taught, training, &examples);
    write_mentor(&arguments.output, &mentor)?;
    printer.result(&format!(
        "wrote {}: taught {}, {}\n",
        arguments.output.display(),
        mentor.description.curriculum,
        in_words(&mentor.description.error)
    ))?;
    printer.json(&Trained {
        file: &arguments.output,
        parameters: mentor.network.parameters().len(),
        mentor: &mentor.description,
        restart,
        restarts: &errors,
        seconds,
    })?;
    Ok(Status::Done)
}

fn training(arguments: &MentorTrainArguments, origin: &ExamplesOrigin) -> Result<MentorTraining> {
    let labels = match (arguments.label_aware, origin.num_classes) {
        (false, _) => MentorLabels::Ignored,
        (true, Some(classes)) => MentorLabels::Aware { classes },
        (true, None) => {
            let what = "the examples have no labels to tell apart";
            let hint = "make them with `didact mentor data --classes K`, or from data";
            return Err(Complaint::new(what, hint).into());
        }
    };
    Ok(MentorTraining {
        variant: if arguments.compat {
            MentornetVariant::Compat
        } else {
            MentornetVariant::Fixed
        },
        labels,
        steps: arguments.steps.get(),
        batch_size: arguments.batch_size.get(),
        learning_rate: arguments.learning_rate,
        restarts: arguments.restarts.get(),
        seed: arguments.seed,
        ..MentorTraining::default()
    })
}

fn in_words(error: &MentorError) -> String {
    let accuracy = 100.0 * error.accuracy;
    if error.objective == MentorObjective::CrossEntropy {
        format!(
            "cross-entropy {:.2e}, accuracy {accuracy:.2} %",
            error.cross_entropy
        )
    } else {
        format!("mean squared error {:.2e}", error.mean_squared_error)
    }
}
