//! The command line of acquaint.
fn main() {}
