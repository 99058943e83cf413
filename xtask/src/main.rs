//! `cargo xtask check`: every check of the project, cheapest first.
fn main() {}
