//! What can be wrong with a file, said so that a person can put it right.

use std::fmt;

use crate::base::limits::{MAX_DEPTH, MAX_FILE_BYTES};

/// Why a file could not be read, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {kind}")]
pub struct YamlError {
    /// What is wrong.
    pub kind: YamlErrorKind,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl YamlError {
    /// What is wrong, without the place and the advice.
    pub fn message(&self) -> String {
        self.kind.message()
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        self.kind.hint()
    }
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum YamlErrorKind {
    /// More bytes than a record may have.
    TooLarge {
        /// How many it has.
        bytes: usize,
    },
    /// Not UTF-8.
    NotUtf8,
    /// A control character outside of an escape.
    ControlCharacter(char),
    /// Lists and maps nested too deep.
    TooDeep,
    /// More values than a record may have.
    TooMany {
        /// How many it may have.
        limit: usize,
    },
    /// `&name`
    Anchor,
    /// `*name`
    Alias,
    /// `!tag`
    Tag,
    /// `%YAML`, `%TAG`
    Directive,
    /// A second `---`.
    SeveralDocuments,
    /// The file is a list or a text.
    NotAMap {
        /// What it is instead.
        found: &'static str,
    },
    /// The same key twice in one map.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it stood first.
        first_line: u32,
    },
    /// A list or a map as a key.
    ComplexKey,
    /// `? key`
    ExplicitKey,
    /// Nothing before the `:`.
    EmptyKey,
    /// A tab where only spaces may indent.
    Tab,
    /// Any other mistake of syntax.
    Syntax {
        /// What is wrong.
        message: String,
        /// What to do about it.
        hint: &'static str,
    },
}

impl YamlErrorKind {
    /// Whether the file is fine but for its size or depth.
    pub(super) fn is_limit(&self) -> bool {
        matches!(self, Self::TooLarge { .. } | Self::TooDeep | Self::TooMany { .. })
    }

    fn message(&self) -> String {
        match self {
            Self::TooLarge { bytes } => {
                format!("the file has {bytes} bytes, more than the {MAX_FILE_BYTES} allowed")
            }
            Self::NotUtf8 => "this is not valid UTF-8".into(),
            Self::ControlCharacter(c) => format!("control character U+{:04X}", u32::from(*c)),
            Self::TooDeep => format!("lists and maps are nested more than {MAX_DEPTH} deep"),
            Self::TooMany { limit } => format!("the file has more than {limit} values"),
            Self::Anchor => "an anchor (&name) has no place in a record".into(),
            Self::Alias => "an alias (*name) has no place in a record".into(),
            Self::Tag => "a tag (!name) has no place in a record".into(),
            Self::Directive => "a directive (%…) has no place in a record".into(),
            Self::SeveralDocuments => "a second document begins here".into(),
            Self::NotAMap { found } => format!("the file holds {found} where `field: value` lines belong"),
            Self::DuplicateKey { key, first_line } => {
                format!("`{key}` is here a second time, first on line {first_line}")
            }
            Self::ComplexKey => "a list or a map cannot be a key".into(),
            Self::ExplicitKey => "a key written with `?` is not supported".into(),
            Self::EmptyKey => "the key before this `:` is missing".into(),
            Self::Tab => "a tab indents this line".into(),
            Self::Syntax { message, .. } => message.clone(),
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "keep long documents as attachments and link them",
            Self::NotUtf8 => "save the file as UTF-8",
            Self::ControlCharacter(_) => "remove it, or write it as an escape in double quotes",
            Self::TooDeep => "flatten it",
            Self::TooMany { .. } => "split it into several records, or keep the data as an attachment",
            Self::Anchor | Self::Alias => {
                "write the value out; if the text itself starts with & or *, put it in quotes"
            }
            Self::Tag => "remove it; if the text itself starts with !, put it in quotes",
            Self::Directive => "remove the line; if it is text, put it in quotes",
            Self::SeveralDocuments => "one file holds one record: move the rest to a file of its own",
            Self::NotAMap { .. } => "start the lines with a field's name and a colon",
            Self::DuplicateKey { .. } => "keep one of the two",
            Self::ComplexKey => "use a word as the key; put text that starts with [ or { in quotes",
            Self::ExplicitKey => "write `key: value`",
            Self::EmptyKey => "write `key: value`; if the text itself starts with a colon, put it in quotes",
            Self::Tab => "indent with spaces",
            Self::Syntax { hint, .. } => hint,
        }
    }

    /// A syntax error in words of ours, from the words of the parser.
    pub(super) fn from_parser(info: &str) -> Self {
        if info.contains("tab ") || info.contains("tabs ") || info.ends_with(" tab") {
            return Self::Tab;
        }
        if info.contains("recursion limit") {
            return Self::TooDeep;
        }
        if info.contains("unknown anchor") {
            return Self::Alias;
        }
        if info.contains("handle wasn't declared")
            || info.contains("parsing a tag")
            || info.contains("scanning a tag")
        {
            return Self::Tag;
        }
        let (message, hint) = SYNTAX
            .iter()
            .find(|(part, ..)| info.contains(part))
            .map_or((info, "check the lines around it"), |(_, message, hint)| (*message, *hint));
        Self::Syntax { message: message.into(), hint }
    }
}

impl fmt::Display for YamlErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.message(), self.hint())
    }
}

/// The parser's wording (a part of it), ours, and the advice.
const SYNTAX: &[(&str, &str, &str)] = &[
    (
        "mapping values are not allowed",
        "a `:` where no key can stand",
        "put the text in quotes if the colon belongs to it, else check the indentation",
    ),
    (
        "simple key expect",
        "this line is not a `key: value`",
        "add the colon, or indent the line to continue the text above it",
    ),
    (
        "did not find expected key",
        "this line does not fit the map around it",
        "indent it like the other keys and write `key: value`",
    ),
    (
        "did not find expected '-'",
        "this line does not fit the list around it",
        "start it with `- `, indented like the others",
    ),
    (
        "unexpected end of stream",
        "the quote that opens here is never closed",
        "close it; a quote inside the text is doubled in '…' and written \\\" in \"…\"",
    ),
    (
        "unexpected document indicator",
        "the quote that opens here is never closed",
        "close it; a quote inside the text is doubled in '…' and written \\\" in \"…\"",
    ),
    (
        "invalid indentation in quoted",
        "the quote that opens here is not closed before the next field",
        "close it; a quote inside the text is doubled in '…' and written \\\" in \"…\"",
    ),
    (
        "invalid trailing content",
        "text behind the closing quote",
        "quote the text as a whole; a quote inside it is doubled in '…' and written \\\" in \"…\"",
    ),
    (
        "unknown escape",
        "an unknown escape in double quotes",
        "write \\\\ for a backslash, or use single quotes",
    ),
    (
        "hexadecimal number",
        "an incomplete escape in double quotes",
        "write \\\\ for a backslash, or use single quotes",
    ),
    ("escape code", "an escape that is no character", "write \\\\ for a backslash, or use single quotes"),
    ("unexpected character", "a text cannot start with this character", "put the text in quotes"),
    ("plain scalar cannot start", "a text cannot start with this character", "put the text in quotes"),
    (
        "expected ',' or ']'",
        "the list that opens before is not continued properly",
        "separate with `,` and close with `]`",
    ),
    (
        "expected ',' or '}'",
        "the map that opens before is not continued properly",
        "separate with `,` and close with `}`",
    ),
    (
        "expected node content",
        "a value is missing here",
        "write the value, in quotes if it is special characters",
    ),
    (
        "illegal placement of ':'",
        "a `:` inside a list in brackets",
        "close the `[` above, or put the text in quotes",
    ),
    (
        "only valid inside a block",
        "a list with dashes inside brackets",
        "write it as `[a, b]`, or close the bracket above",
    ),
    ("misplaced bracket", "a closing bracket that nothing opened", "remove it, or put the text in quotes"),
    ("invalid indentation", "this line is indented too little", "indent it more than the key it belongs to"),
    (
        "wrongly indented line",
        "the text block is not indented evenly",
        "indent its first lines like the rest",
    ),
    (
        "comment intercepting",
        "a comment in the middle of a text",
        "put the comment above, or the text in quotes",
    ),
    (
        "comments must be separated",
        "a comment needs a space before its #",
        "add the space, or put the text in quotes",
    ),
    (
        "expected comment or line break",
        "text behind the sign that opens a text block",
        "start the text on the next line",
    ),
    (
        "indentation indicator equal to 0",
        "a text block cannot be indented by 0",
        "write 1 to 9, or leave the digit out",
    ),
    (
        "sequence entries are not allowed",
        "a list cannot start here",
        "put the first `- ` on a line of its own",
    ),
    ("mapping keys are not allowed", "a key cannot start here", "put it on a line of its own"),
    ("'-' must be followed", "a tab behind the `-`", "use a space"),
    ("byte order mark", "a byte order mark in the middle of the file", "remove the character"),
    (
        "after document end marker",
        "text behind the `...` that ends the record",
        "remove the `...` or the text",
    ),
    ("expected <document start>", "this does not belong to the record above", "check the indentation"),
    ("unexpected eof", "the file ends too early", "complete its last line"),
];
