//! Schema, field kinds, values, records, validation and the book that holds all records. No IO.
