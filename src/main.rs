//! The `kontor` binary: hands the arguments to the library.
fn main() {}
