//! The repository: commits, history, status, identity. The only place that touches git.
