//! The integration tests, one binary with a module per subject.
