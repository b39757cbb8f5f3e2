//! One open repository: load, change sets, the one pipeline every write goes through, history, undo.
