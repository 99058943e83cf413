//! What a network is made of: named parameters, and a pass through them.

mod builder;
mod initial;
mod parameters;
mod pass;

pub use builder::{ParameterBuilder, Role};
pub use initial::Initial;
pub use parameters::{Parameter, ParameterId, Parameters};
pub use pass::{Mode, Pass};

pub(crate) use parameters::host;
