//! The filter language: parse and evaluate. No IO.
