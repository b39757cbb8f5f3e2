//! The command line: one file per command, all running the same actions.
