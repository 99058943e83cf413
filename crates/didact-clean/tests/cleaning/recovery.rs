//! Known noise is found and mended, and models gain by it.

use didact_run::{CleanSummary, CleanerRecord, LabelFigures};
use didact_train::ModelDescription;

use crate::support::{Workplace, rows};

fn worked(summary: &CleanSummary) -> &LabelFigures {
    summary.rounds.last().unwrap().worked.as_ref().unwrap()
}

/// Test accuracy of the model that was kept, less that of the first one.
fn gain(summary: &CleanSummary) -> f64 {
    let accuracy = |folder: &str| {
        let row = summary
            .models
            .iter()
            .find(|row| row.folder.as_deref() == Some(folder))
            .unwrap();
        row.report.unwrap().accuracy
    };
    accuracy(&summary.delivered) - accuracy("first")
}

#[test]
fn both_cleaners_mend_most_labels_and_the_model_gains() {
    let place = Workplace::new();
    for (name, settings) in [
        ("posterior", "cleaner = { name = \"posterior\" }"),
        ("network", "cleaner = { name = \"network\" }"),
    ] {
        let mut config = place.config(settings);
        config.training.test = Some("embedded:fashion-mnist#8000..9000".to_owned().into());
        config.training.epochs = std::num::NonZeroU32::new(8).unwrap();
        let summary = place.clean(&config, name).unwrap();
        let figures = worked(&summary);
        assert_eq!(figures.n, 600);
        assert!(
            (0.55..0.65).contains(&figures.given_accuracy),
            "{name}: {figures:?}"
        );
        assert!(
            figures.corrected_accuracy > figures.given_accuracy + 0.15,
            "{name}: {figures:?}"
        );
        assert!(figures.area_under_roc.unwrap() > 0.9, "{name}: {figures:?}");
        assert!(gain(&summary) > 0.05, "{name}: {}", gain(&summary));
        let fit = summary.rounds[0].fit.as_ref().unwrap();
        assert!(
            (fit.corrected_accuracy - figures.corrected_accuracy).abs() < 0.1,
            "{name}: {fit:?}"
        );
    }
}

#[test]
fn without_a_trusted_label_models_that_have_not_seen_them_judge() {
    let place = Workplace::new();
    let mut config = place.config("folds = 3");
    config.training.trusted = None;
    config.training.test = Some("embedded:fashion-mnist#8000..9000".to_owned().into());
    config.training.noise = Some("symmetric:0.3".parse().unwrap());
    let summary = place.clean(&config, "cleaned").unwrap();
    let figures = worked(&summary);
    assert!(
        figures.corrected_accuracy > figures.given_accuracy + 0.03,
        "{figures:?}"
    );
    assert!(figures.area_under_roc.unwrap() > 0.8, "{figures:?}");
    let sizes = summary.samples;
    assert_eq!((sizes.all, sizes.worked, sizes.fit), (900, 810, 0));
    assert_eq!(summary.models.len(), 5);
    assert_eq!(summary.models[3].report.unwrap().n, 1000);
    assert_eq!(summary.models[3].parameters, 3 * summary.models[0].parameters);
    assert!(summary.selected_by.contains("as given and maybe wrong"));
}

/// Models of later rounds predict corrected labels, which say nothing of which labels are given: the matrix stays the first one.
#[test]
fn without_a_trusted_label_later_rounds_do_not_undo_the_first() {
    let place = Workplace::new();
    let mut config = place.config("folds = 3\nrounds = 3");
    config.training.trusted = None;
    config.training.test = Some("embedded:fashion-mnist#8000..9000".to_owned().into());
    config.training.noise = Some("symmetric:0.3".parse().unwrap());
    let summary = place.clean(&config, "cleaned").unwrap();
    let accuracies: Vec<f64> = summary
        .rounds
        .iter()
        .map(|round| round.worked.as_ref().unwrap().corrected_accuracy)
        .collect();
    assert!(
        accuracies.iter().all(|accuracy| *accuracy > accuracies[0] - 0.02),
        "{accuracies:?}"
    );
    let matrix = |round: u32| {
        let path = place.path(&format!("cleaned/round-{round}/cleaner.json"));
        didact_run::CleaningFolder::read_json::<CleanerRecord>(&path)
            .unwrap()
            .transition_matrix
    };
    assert_eq!(matrix(1), matrix(2));
}

#[test]
fn folds_are_judged_by_models_without_them_and_averaged_on_what_reports() {
    let place = Workplace::new();
    let summary = place
        .clean(&place.config("folds = 2\nrounds = 2"), "cleaned")
        .unwrap();
    let names: Vec<&str> = summary.models.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "first model, on the labels as given without fold 1",
            "first model, on the labels as given without fold 2",
            "average of the 2 first models",
            "model on the corrected labels of round 1 without fold 1",
            "model on the corrected labels of round 1 without fold 2",
            "average of the 2 models of round 1",
            "retrained: scratch"
        ]
    );
    for average in [&summary.models[2], &summary.models[5]] {
        assert_eq!(average.report.unwrap().n, 50);
        assert_eq!(average.parameters, 2 * summary.models[0].parameters);
    }
    assert!(worked(&summary).corrected_accuracy > worked(&summary).given_accuracy + 0.1);
}

#[test]
fn what_is_not_sure_is_left_out_or_kept() {
    let place = Workplace::new();
    let with = |name: &str, settings: &str| place.clean(&place.config(settings), name);
    let dropped = with("drop", "sure = 0.8\nuncertain = \"drop\"").unwrap();
    let kept = with("keep", "sure = 0.8\nuncertain = \"keep\"").unwrap();
    let round = |summary: &CleanSummary| summary.rounds[0].clone();
    assert!(round(&dropped).left_out > 50 && round(&kept).left_out == 0);
    assert_eq!(round(&dropped).corrected, round(&kept).corrected);
    let (dropped, kept) = (worked(&dropped), worked(&kept));
    assert!(dropped.kept < 0.95 && dropped.kept_accuracy > dropped.corrected_accuracy);
    assert!(kept.kept > 0.999);
    let weights = rows(&place.path("drop/corrected.csv"));
    assert!(weights.iter().any(|row| row.ends_with(",0.000000")));
    let error = with("nothing", "sure = 1.0\nuncertain = \"drop\"").err();
    assert!(error.is_none(), "trusted samples are always sure: {error:?}");
}

#[test]
fn rounds_go_on_with_the_model_of_the_round_before() {
    let place = Workplace::new();
    let summary = place
        .clean(
            &place.config("rounds = 3\ncorrected-labels = \"soft\""),
            "cleaned",
        )
        .unwrap();
    let accuracies: Vec<f64> = summary
        .rounds
        .iter()
        .map(|round| round.worked.as_ref().unwrap().corrected_accuracy)
        .collect();
    let is_as_good = |accuracy: &f64| *accuracy > accuracies[0] - 0.02;
    assert!(accuracies.iter().all(is_as_good), "{accuracies:?}");
    assert!(summary.rounds[1].changed_since_last.is_some());
    let relearnt = summary
        .models
        .iter()
        .filter(|row| row.name.contains("corrected labels of round"));
    assert_eq!(relearnt.count(), summary.rounds.len() - 1);
}

/// Who keeps every label changes none in the second round, and there is no third.
#[test]
fn rounds_end_when_labels_have_settled() {
    let place = Workplace::new();
    let settings = "rounds = 3\nsure = 1.0\nuncertain = \"keep\"";
    let summary = place.clean(&place.config(settings), "cleaned").unwrap();
    let changed: Vec<Option<usize>> = summary
        .rounds
        .iter()
        .map(|round| round.changed_since_last)
        .collect();
    assert_eq!(changed, [None, Some(0)]);
}

/// A network of features for each fold, and for each half of it.
#[test]
fn folds_have_networks_of_their_own() {
    let place = Workplace::new();
    let settings = "cleaner = { name = \"network\" }\nfolds = 2\nrounds = 2";
    let summary = place.clean(&place.config(settings), "cleaned").unwrap();
    assert!(worked(&summary).corrected_accuracy > worked(&summary).given_accuracy + 0.1);
    for round in &summary.rounds {
        let (fit, worked) = (round.fit.as_ref().unwrap(), round.worked.as_ref().unwrap());
        assert_eq!((fit.n, worked.n), (200, 600));
        // Judged by networks that learnt from fifty samples of ten classes.
        assert!(
            fit.corrected_accuracy > fit.given_accuracy && fit.area_under_roc.unwrap() > 0.8,
            "{fit:?}"
        );
    }
    let path = place.path("cleaned/round-2/cleaner.json");
    let record: CleanerRecord = didact_run::CleaningFolder::read_json(&path).unwrap();
    let folds: Vec<Option<u32>> = record.views.iter().map(|view| view.fold).collect();
    assert_eq!(folds, [Some(1), Some(2)]);
    assert!(record.views.iter().all(|view| view.kept_epoch.is_some()));
}

/// The notebook's Model II begins with the image network that the cleaner changed.
#[test]
fn the_notebooks_variant_fine_tunes_the_network_that_its_cleaner_changed() {
    let place = Workplace::new();
    let settings = "sure = 0.0
cleaner = { name = \"network\", variant = \"notebook\", epochs = 3 }
retrain = [{ name = \"fine-tune\", learning-rate = 0.0001 }]";
    let summary = place.clean(&place.config(settings), "cleaned").unwrap();
    assert_eq!(summary.delivered, "retrained-1");
    let config = std::fs::read_to_string(place.path("cleaned/retrained-1/config.toml")).unwrap();
    assert!(config.contains("round-1/encoder.safetensors"), "{config}");
    let weights = |name: &str| {
        ModelDescription::read(&place.path("cleaned").join(name))
            .unwrap()
            .1
    };
    let (first, encoder) = (
        weights("first/model.safetensors"),
        weights("round-1/encoder.safetensors"),
    );
    let is_changed = |name: &str| first.tensor(name).unwrap().values != encoder.tensor(name).unwrap().values;
    let changed = ["hidden.0.weight", "hidden.0.bias", "output.weight", "output.bias"].map(is_changed);
    // All but the output layer, which the cleaner has no use for.
    assert_eq!(changed, [true, true, false, false]);
}
