//! `constant`: the same learning rate throughout.

use serde::{Deserialize, Serialize};

use crate::number::NonNegativeNumber;

/// `constant`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConstantConfig {
    /// Epochs in which the rate climbs from 0.
    pub warmup: NonNegativeNumber,
}
