//! Tests that every instruction set passes: each is a binary, because a process uses one set for good.
//!
//! The binary says which it is by `LEVEL`, and by `CASES` how many random cases of each kind it tries.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod agreement;
mod by_hand;
mod case;
mod differences;
mod exact;
mod larger_shapes;
mod level;
mod not_a_number;
mod operations;
mod precision;
mod random_case;
mod shortcuts;
mod steps;
mod threads;

pub(crate) use agreement::Cases;
pub(crate) use level::Level;
