//! The lossless YAML document: parse, find, change one value, verify. No IO, no knowledge of CRM.
