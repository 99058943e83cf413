//! `sgd`: stochastic gradient descent with momentum.

use burn::tensor::Tensor;
use didact_kernels::{Momentum, SgdStep, sgd};
use serde::{Deserialize, Serialize};

use super::{Update, UpdateRule, with_decay};
use crate::number::ProperShare;

/// `sgd`: stochastic gradient descent.
///
/// ```text
/// velocity <- momentum velocity + gradient              (the first gradient enters whole: no dampening)
/// classical: value <- value - rate velocity
/// nesterov:  value <- value - rate (gradient + momentum velocity)
/// ```
///
/// Source: as `torch.optim.SGD`; Polyak, 1964; Sutskever et al., 2013.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Settings")]
pub struct SgdConfig {
    /// How much of the velocity a step keeps, in `[0, 1)`; above 0 for Nesterov's variant.
    pub momentum: ProperShare,
    /// Where the velocity is applied.
    pub variant: SgdVariant,
}

/// [`SgdConfig`] as it is read, before it is checked.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    momentum: ProperShare,
    variant: SgdVariant,
}

impl TryFrom<Settings> for SgdConfig {
    type Error = &'static str;

    fn try_from(Settings { momentum, variant }: Settings) -> Result<Self, Self::Error> {
        if variant == SgdVariant::Nesterov && f64::from(momentum) == 0.0 {
            return Err("variant=nesterov needs a momentum, such as momentum=0.9");
        }
        Ok(Self { momentum, variant })
    }
}

/// Where the velocity is applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SgdVariant {
    /// At the parameter.
    #[default]
    Classical,
    /// One step ahead.
    Nesterov,
}

impl UpdateRule for SgdConfig {
    fn memory_names(&self) -> &'static [&'static str] {
        if f64::from(self.momentum) == 0.0 {
            &[]
        } else {
            &["velocity"]
        }
    }

    fn updated(
        &self,
        values: Tensor<1>,
        gradient: Tensor<1>,
        memory: &mut [Tensor<1>],
        update: Update,
    ) -> Tensor<1> {
        let momentum = f64::from(self.momentum);
        let step = SgdStep {
            learning_rate: update.learning_rate,
            momentum,
            follows: match self.variant {
                SgdVariant::Classical => Momentum::Velocity,
                SgdVariant::Nesterov => Momentum::Nesterov,
            },
            weight_decay: update.weight_decay,
        };
        let fused = memory
            .first_mut()
            .and_then(|velocity| sgd(&values, &gradient, velocity, step));
        if let Some(values) = fused {
            return values;
        }
        let gradient = with_decay(gradient, &values, update.weight_decay);
        let Some(velocity) = memory.first_mut() else {
            return values - gradient * update.learning_rate;
        };
        *velocity = velocity.clone() * momentum + gradient.clone();
        let direction = match self.variant {
            SgdVariant::Classical => velocity.clone(),
            SgdVariant::Nesterov => gradient + velocity.clone() * momentum,
        };
        values - direction * update.learning_rate
    }
}
