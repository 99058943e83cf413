//! Settings that have no meaning together, and samples that are too few.

use didact_clean::CleaningData;
use didact_train::{TrainConfig, parse_method};

use crate::support::{Workplace, true_labels};

fn refusal(place: &Workplace, settings: &str, trusted: bool) -> String {
    let mut config = place.config(settings);
    if !trusted {
        config.training.trusted = None;
    }
    CleaningData::open(&config).unwrap_err().to_string()
}

#[test]
fn each_is_refused_with_a_reason() {
    let place = Workplace::new();
    let begins = |settings: &str, trusted, start: &str| {
        let message = refusal(&place, settings, trusted);
        assert!(message.starts_with(start), "{message}");
    };
    let network = "cleaner = { name = \"network\" }";
    let notebook = "cleaner = { name = \"network\", variant = \"notebook\" }";
    begins("", false, "neither --trusted nor --folds: ");
    begins(
        &format!("{network}\nfolds = 3"),
        false,
        "--cleaner network without --trusted: ",
    );
    begins(
        &format!("{notebook}\nrounds = 2"),
        true,
        "--rounds with --cleaner network:variant=notebook: ",
    );
    begins(
        &format!("{notebook}\nfolds = 2"),
        true,
        "--folds with --cleaner network:variant=notebook: ",
    );
    begins("retrain = []", true, "no --retrain: ");
    let mixed = "retrain = [{ name = \"scratch\", mixup = 0.2 }]";
    let refused = |change: fn(&mut TrainConfig), settings: &str| {
        let mut config = place.config(settings);
        change(&mut config.training);
        CleaningData::open(&config).unwrap_err().to_string()
    };
    let tempered = |training: &mut TrainConfig| training.strategy = parse_method("data-parameters").unwrap();
    assert!(refused(tempered, mixed).starts_with("--strategy data-parameters with --mixup: "));
    let logistic = |training: &mut TrainConfig| training.model = parse_method("logistic").unwrap();
    assert!(
        refused(logistic, notebook).starts_with("--cleaner network:variant=notebook with --model logistic: ")
    );
    let robust = |training: &mut TrainConfig| training.loss = parse_method("early-learning").unwrap();
    let soft = "corrected-labels = \"soft\"";
    assert!(refused(robust, soft).starts_with("--corrected-labels soft with another loss"));
    let plain_later = format!("{soft}\nretrain = [{{ name = \"scratch\", loss = \"cross-entropy\" }}]");
    let between = format!("{plain_later}\nrounds = 2");
    assert!(refused(robust, &between).starts_with("--corrected-labels soft with another loss"));
    let mut config = place.config(&plain_later);
    robust(&mut config.training);
    assert!(CleaningData::open(&config).is_ok());
    let nothing_reports = "trusted-split = { name = \"in-order\", fit = 200, select = 100 }";
    begins(
        nothing_reports,
        true,
        "no trusted sample is left to report by, and there are no test data",
    );
    let few_fit = "trusted-split = { name = \"in-order\", fit = 9, select = 50 }";
    begins(
        few_fit,
        true,
        "9 trusted samples fit the cleaner, and cleaning needs at least 10",
    );
    let shares = "trusted-split = { name = \"random\", fit = 0.9, select = 0.3 }";
    begins(shares, true, "trusted split: fit=0.9 and select=0.3 ");
    let halves = format!("{network}\ntrusted-split = {{ name = \"in-order\", fit = 19, select = 50 }}");
    begins(
        &halves,
        true,
        "19 trusted samples fit the cleaner of one model, a network, and cleaning needs at least 20",
    );
}

#[test]
fn a_fold_without_enough_trusted_samples_cannot_teach_a_network() {
    let place = Workplace::new();
    place.trust(&true_labels()[..40]);
    let settings = "cleaner = { name = \"network\", epochs = 2 }
folds = 3
trusted-split = { name = \"in-order\", fit = 30, select = 5 }";
    let error = place.clean(&place.config(settings), "cleaned").unwrap_err();
    assert!(
        error
            .to_string()
            .contains("trusted samples fit the cleaner of one model"),
        "{error}"
    );
}
