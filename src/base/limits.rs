//! How much is too much: limits checked before any parser or loop runs on text from outside.

/// The largest record file that is read. One record is a page or two; a mebibyte leaves room for long notes.
pub const MAX_FILE_BYTES: usize = 1 << 20;

/// The deepest nesting of lists and maps in a record file.
pub const MAX_DEPTH: usize = 64;

/// The longest record id, in characters (all ASCII).
pub const MAX_ID: usize = 80;

/// The longest folder (type) name, in characters (all ASCII).
pub const MAX_FOLDER: usize = 40;

/// The longest path inside the repository, in bytes.
pub const MAX_PATH: usize = 4000;

/// The longest single part of a path, in bytes: the limit of every file system in use.
pub const MAX_PATH_PART: usize = 255;

/// The longest text any input parser looks at, in bytes. Numbers, dates and amounts are far shorter.
pub const MAX_INPUT: usize = 200;

/// The longest query or search, in bytes.
pub const MAX_QUERY: usize = 4096;

/// The longest text taken from the clipboard at once, in bytes. Nothing is cut off; what is longer goes into the file.
pub const MAX_PASTE: usize = 1 << 16;

/// Digits before the decimal point of a number: sums of a hundred million such numbers still fit a `Decimal`.
pub const MAX_WHOLE_DIGITS: usize = 18;

/// Digits after the decimal point of a number.
pub const MAX_DECIMALS: u32 = 9;

/// The longest duration, in minutes: a hundred years of 365 days.
pub const MAX_SPAN_MINUTES: u32 = 100 * 365 * 24 * 60;

/// Combining marks kept on one base character; UTS #39 calls more than four a sign of abuse.
pub const MAX_MARKS: usize = 4;

/// Values in one YAML file: keys, elements, texts. Keeps a hostile file from costing more than 50 ms.
pub const MAX_VALUES: usize = 20_000;
