//! What the `bench` commands measure, and how.
//!
//! | file | what is in it |
//! |---|---|
//! | `network` | the networks N1, N2 and N3, and how many multiply-adds they take |
//! | `synthetic` | random images |
//! | `side` | one side of a comparison, in a process of its own |
//! | `machine` | the processor, and the most it can do |
//! | `median` | the middle of several measurements |

mod machine;
mod median;
mod network;
mod side;
mod synthetic;

pub(crate) use machine::{Machine, peak_gflops};
pub(crate) use median::median;
pub(crate) use network::{Network, asked_or_all};
pub(crate) use side::{Measured, PeerVersions, Side};
pub(crate) use synthetic::{IMAGES, first_batch, synthetic};
