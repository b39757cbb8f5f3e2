//! Everything a person can do, one file each: name, doc, keys, when it is available, what it does.
