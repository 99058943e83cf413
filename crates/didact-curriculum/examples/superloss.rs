//! What SuperLoss makes of a batch in which one label is probably wrong.
//!
//! ```text
//! cargo run -p didact-curriculum --example superloss
//! ```
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use std::f32::consts::LN_10;

use didact_curriculum::{CurriculumError, Observation, SuperlossConfig};

fn main() -> Result<(), CurriculumError> {
    // Ten classes, so a guess costs ln 10; the last sample costs far more than a guess.
    let losses = [0.01, 0.4, 1.6, LN_10, 9.0];
    let Observation {
        confidences,
        values,
        expectation,
    } = SuperlossConfig::default().init(Some(10))?.observe(&losses)?;

    println!("expected loss {expectation:.4}");
    println!("{:>8} {:>10} {:>10}", "loss", "weight", "SuperLoss");
    for ((loss, weight), value) in losses.iter().zip(confidences).zip(values) {
        println!("{loss:8.3} {weight:10.4} {value:10.4}");
    }
    Ok(())
}
