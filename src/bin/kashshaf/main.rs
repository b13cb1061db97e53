//! The `kashshaf` command line.
fn main() {}
