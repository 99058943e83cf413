//! Where tensors live.

use std::fmt;
use std::str::FromStr;

use burn::tensor::Device;
use serde::{Deserialize, Serialize};

use crate::error::TrainError;

/// The choice of a device, spelt `cpu`, `cuda:0` or `wgpu`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum DeviceChoice {
    /// The processor, by Burn's Flex backend.
    #[default]
    Cpu,
    /// An NVIDIA GPU by its number, in builds with the feature `cuda`.
    Cuda(usize),
    /// Any GPU with a graphics driver, in builds with the feature `wgpu`.
    Wgpu,
}

impl DeviceChoice {
    /// Opens the device, for training.
    ///
    /// # Errors
    ///
    /// [`TrainError::Device`] if this build does not have it.
    pub fn open(self) -> Result<Device, TrainError> {
        match self {
            Self::Cpu => Ok(Device::flex().autodiff()),
            Self::Cuda(_index) => {
                #[cfg(feature = "cuda")]
                return Ok(Device::cuda(_index).autodiff());
                #[cfg(not(feature = "cuda"))]
                Err(self.missing("this build lacks the feature `cuda`; build with --features cuda"))
            }
            Self::Wgpu => {
                #[cfg(feature = "wgpu")]
                return Ok(Device::wgpu(burn::tensor::DeviceKind::DefaultDevice).autodiff());
                #[cfg(not(feature = "wgpu"))]
                Err(self.missing("this build lacks the feature `wgpu`; build with --features wgpu"))
            }
        }
    }

    #[cfg(not(all(feature = "cuda", feature = "wgpu")))]
    fn missing(self, reason: &'static str) -> TrainError {
        TrainError::Device {
            name: self.to_string(),
            reason,
        }
    }
}

impl FromStr for DeviceChoice {
    type Err = TrainError;

    fn from_str(text: &str) -> Result<Self, TrainError> {
        let cuda = text
            .strip_prefix("cuda")
            .map(|rest| rest.strip_prefix(':').unwrap_or(rest));
        match (text, cuda) {
            ("cpu", _) => Ok(Self::Cpu),
            ("wgpu", _) => Ok(Self::Wgpu),
            (_, Some("")) => Ok(Self::Cuda(0)),
            (_, Some(index)) if index.parse::<usize>().is_ok() => {
                Ok(Self::Cuda(index.parse().unwrap_or_default()))
            }
            _ => Err(TrainError::Device {
                name: text.to_owned(),
                reason: "expected cpu, cuda:0 or wgpu",
            }),
        }
    }
}

impl fmt::Display for DeviceChoice {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cpu => formatter.write_str("cpu"),
            Self::Cuda(index) => write!(formatter, "cuda:{index}"),
            Self::Wgpu => formatter.write_str("wgpu"),
        }
    }
}

impl TryFrom<String> for DeviceChoice {
    type Error = TrainError;

    fn try_from(text: String) -> Result<Self, TrainError> {
        text.parse()
    }
}

impl From<DeviceChoice> for String {
    fn from(device: DeviceChoice) -> Self {
        device.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_read_back() {
        for text in ["cpu", "cuda:0", "cuda:3", "wgpu"] {
            assert_eq!(text.parse::<DeviceChoice>().unwrap().to_string(), text);
        }
        assert!("gpu".parse::<DeviceChoice>().is_err());
    }
}
