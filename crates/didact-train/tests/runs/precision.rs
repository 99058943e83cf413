//! The precision of a run.

use std::num::NonZeroU32;

use didact_train::{ModelDescription, Precision, TrainConfig};

use crate::small_config::small_config;
use crate::support::run;

#[test]
fn the_weights_say_the_precision_they_were_trained_with() {
    let parent = tempfile::tempdir().unwrap();
    let mut config = small_config();
    config.epochs = NonZeroU32::MIN;
    config.precision = Precision::Bf16;
    let folder = run(&config, &parent.path().join("run"));
    for weights in [folder.model(), folder.last_model()] {
        let (description, _) = ModelDescription::read(&weights).unwrap();
        assert_eq!(description.precision, Precision::Bf16);
    }
}

#[test]
fn a_configuration_from_before_there_was_a_choice_means_f32() {
    let config = small_config();
    let mut table = toml::Table::try_from(&config).unwrap();
    assert_eq!(table.remove("precision").unwrap().as_str(), Some("f32"));
    assert_eq!(table.try_into::<TrainConfig>().unwrap(), config);
}
