//! The `didact` command.
fn main() {}
