//! Random documents as people and programs write them: every style, indicator and place for a comment.

use fastrand::Rng;

/// Texts that are valid bare, in block and flow alike.
const BARE: &[&str] = &[
    "Acme GmbH",
    "x",
    "NO",
    "007",
    "1.10",
    "+34600123456",
    "12:30",
    "2026-11-21",
    "it's fine",
    "a\tb",
    "über 黒田 👍",
    "https://x.example/#y",
    "50% off",
    "a-b_c",
    "~",
    "null",
    "'",
    "say \"hi\"",
    "-x",
    "x:y",
    "1_000",
    "émigré",
];
/// Texts that need quotes in some or all places.
const ODD: &[&str] = &[
    "",
    " lead",
    "trail ",
    "a: b",
    "a #b",
    "# no comment",
    "- item",
    "[x]",
    "{x",
    "a, b",
    "*star",
    "&and",
    "!bang",
    "|",
    ">",
    "%",
    "@at",
    "`tick`",
    "'single'",
    "\"double\"",
    "back\\slash",
    "?",
    ":",
    "x:",
    "tab\t",
    "---",
    "...",
    "no",
    "Yes",
    "0x1f",
    ".inf",
    "\u{a0}",
    "黒: 田",
    "<<",
    "=",
    "e\u{301}",
];
const KEYS: &[&str] =
    &["name", "stage", "owner", "close_date", "tags", "notes", "x", "y", "n", "ключ", "a b", "k-1", "城市"];

/// Characters that mean something to YAML, and some that mean nothing good.
const SIGNS: [char; 27] = [
    'a', 'é', '黒', ' ', ':', '#', '-', '\'', '"', '\t', '\\', '|', '>', ',', '[', ']', '{', '}', '&', '*',
    '!', '%', '`', '\u{7}', '\u{85}', '\u{2028}', '\r',
];

/// Writes one document.
pub struct Writer {
    rng: Rng,
    out: String,
    newline: &'static str,
    comments: usize,
    keys: usize,
}

impl Writer {
    pub fn new(seed: u64) -> Self {
        Self { rng: Rng::with_seed(seed), out: String::new(), newline: "\n", comments: 0, keys: 0 }
    }

    /// A document.
    pub fn document(mut self) -> String {
        if self.one_in(4) {
            self.newline = "\r\n";
        }
        if self.one_in(8) {
            self.out.push('\u{feff}');
        }
        if self.one_in(4) {
            self.comment_line(0);
        }
        if self.one_in(8) {
            self.out.push_str("---");
            self.line_end();
        }
        if self.one_in(30) {
            self.flow_map(0, 2);
            self.line_end();
        } else if !self.one_in(60) {
            self.map(0, 3);
        }
        if self.one_in(4) {
            self.gap(0);
        }
        if self.one_in(20) {
            self.out.push_str("...");
            self.line_end();
        }
        if self.one_in(4) && self.out.ends_with(self.newline) {
            self.out.truncate(self.out.len() - self.newline.len());
        }
        self.out
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.rng.usize(0..n) == 0
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.rng.usize(0..of.len())]
    }

    fn comment(&mut self) {
        self.comments += 1;
        let tail = self.pick(&["", ": x", " 'q", " - é"]);
        self.out.push_str(&format!("# c{};{tail}", self.comments));
    }

    fn comment_line(&mut self, column: usize) {
        self.indent(column);
        self.comment();
        self.out.push_str(self.newline);
    }

    /// The rest of a line: perhaps spaces, perhaps a comment.
    fn line_end(&mut self) {
        match self.rng.usize(0..8) {
            0 => {
                // libyaml takes no tab behind an indicator.
                let indicator =
                    self.out.ends_with([':', '-', '[', '{', ',', '\n', ' ']) || self.out.is_empty();
                let space = self.pick(if indicator { &[" ", "  "] } else { &[" ", "  ", "\t", "   \t"] });
                self.out.push_str(space);
                self.comment();
            }
            1 => self.out.push_str("  "),
            _ => {}
        }
        self.out.push_str(self.newline);
    }

    fn indent(&mut self, column: usize) {
        self.out.push_str(&" ".repeat(column));
    }

    /// Blank and comment lines.
    fn gap(&mut self, column: usize) {
        for _ in 0..self.rng.usize(1..3) {
            if self.one_in(3) {
                self.out.push_str(self.newline);
            } else {
                self.comment_line(column);
            }
        }
    }

    fn maybe_gap(&mut self, column: usize) {
        if self.one_in(6) {
            self.gap(column);
        }
    }

    fn key(&mut self, flow: bool) {
        self.keys += 1;
        let key = self.pick(KEYS);
        // Never the same twice.
        let key = format!("{key}_{}", self.keys);
        match self.rng.usize(0..8) {
            0 => self.out.push_str(&format!("'{key}'")),
            1 => self.out.push_str(&format!("\"{key}\"")),
            _ => self.out.push_str(&key),
        }
        if !flow && self.one_in(20) {
            self.out.push(' ');
        }
        self.out.push(':');
    }

    fn map(&mut self, column: usize, depth: usize) {
        self.map_from(column, depth, true);
    }

    /// A map whose first key stands here already.
    fn map_from(&mut self, column: usize, depth: usize, mut indent: bool) {
        for _ in 0..self.rng.usize(1..6) {
            if indent {
                self.maybe_gap(column);
                self.indent(column);
            }
            indent = true;
            self.key(false);
            self.value(column, depth, false);
        }
    }

    fn list_from(&mut self, column: usize, depth: usize, mut indent: bool) {
        for _ in 0..self.rng.usize(1..5) {
            if indent {
                self.maybe_gap(column);
                self.indent(column);
            }
            indent = true;
            self.out.push('-');
            self.value(column, depth, true);
        }
    }

    /// What follows an indicator, with its line end. `column` is that of the key or dash.
    fn value(&mut self, column: usize, depth: usize, item: bool) {
        match self.rng.usize(0..if depth == 0 { 11 } else { 16 }) {
            0 => self.line_end(),
            1..=4 => {
                let text = self.bare(true);
                self.out.push_str(&format!(" {text}"));
                self.line_end();
            }
            5 | 6 => {
                self.out.push(' ');
                self.quoted(column);
                self.line_end();
            }
            7 => self.block(column),
            8 => {
                self.out.push(' ');
                if self.rng.bool() {
                    self.flow_list(column, 2)
                } else {
                    self.flow_map(column, 2)
                }
                self.line_end();
            }
            9 => {
                // On the next line.
                self.line_end();
                self.maybe_gap(column + 1);
                let deeper = column + self.rng.usize(1..4);
                self.indent(deeper);
                let text = self.bare(true);
                self.out.push_str(&text);
                self.line_end();
            }
            10 => {
                // Over several lines.
                let (a, b) = (self.pick(&["one", "ü z"]), self.pick(&["two", "'x", "3"]));
                self.out.push_str(&format!(" {a}{}", self.newline));
                if self.one_in(3) {
                    self.out.push_str(self.newline);
                }
                let deeper = column + self.rng.usize(1..4);
                self.indent(deeper);
                self.out.push_str(b);
                self.line_end();
            }
            11 | 12 if item => {
                let spaces = self.rng.usize(1..4);
                self.indent(spaces);
                let deeper = column + 1 + spaces;
                if self.one_in(4) {
                    self.list_from(deeper, depth - 1, false);
                } else {
                    self.map_from(deeper, depth - 1, false);
                }
            }
            11..=13 => {
                self.line_end();
                let deeper = column + self.rng.usize(1..5);
                self.maybe_gap(deeper);
                self.map(deeper, depth - 1);
                if self.one_in(8) {
                    self.comment_line(column + 1);
                }
            }
            _ => {
                self.line_end();
                let deeper = if item || self.rng.bool() { column + self.rng.usize(1..4) } else { column };
                self.list_from(deeper, depth - 1, true);
            }
        }
    }

    fn bare(&mut self, block: bool) -> String {
        let text = self.pick(BARE);
        // Not in flow: readers of YAML 1.1 are strict about colons there, and a quote or `~` alone is odd.
        if (!block && (text.contains([':', '-', '\'']) || text == "~")) || text == "'" {
            return "plain".into();
        }
        text.into()
    }

    fn quoted(&mut self, column: usize) {
        let text = if self.rng.bool() { self.pick(ODD) } else { self.pick(BARE) };
        if self.rng.bool() {
            let text = text.replace('\'', "''");
            self.out.push_str(&format!("'{text}'"));
        } else {
            let text =
                text.replace('\\', "\\\\").replace('"', "\\\"").replace('é', "\\u00e9").replace('\t', "\\t");
            self.out.push_str(&format!("\"{text}"));
            if self.one_in(6) {
                let more = self.pick(&["one", "\\ttab", "#hash"]);
                self.out.push_str(self.newline);
                self.indent(column + 1);
                self.out.push_str(more);
            }
            self.out.push('"');
        }
    }

    /// A text block with its header, which starts on this line.
    fn block(&mut self, column: usize) {
        let sign = self.pick(&[" |", " >"]);
        let chomp = self.pick(&["", "-", "+"]);
        let deeper = self.rng.usize(1..5);
        let digit = self.one_in(3);
        self.out.push_str(sign);
        match (digit, self.rng.bool()) {
            (true, true) => self.out.push_str(&format!("{deeper}{chomp}")),
            (true, false) => self.out.push_str(&format!("{chomp}{deeper}")),
            _ => self.out.push_str(chomp),
        }
        if self.one_in(6) {
            self.out.push(' ');
            self.comment();
        }
        self.out.push_str(self.newline);
        let lines = self.rng.usize(0..5);
        let mut started = false;
        for _ in 0..lines {
            match self.rng.usize(0..8) {
                0 => {
                    self.out.push_str(self.newline);
                    continue;
                }
                1 if started || digit => self.indent(column + deeper + 2),
                _ => self.indent(column + deeper),
            }
            let text = self.pick(&[
                "text",
                "key: value",
                "# no comment",
                "- item",
                "trailing  ",
                "a\tb",
                "黒田 é",
                "'q",
                "...",
            ]);
            self.out.push_str(text);
            self.out.push_str(self.newline);
            // Only behind a first line may lines be indented more without a digit.
            started = true;
        }
        for _ in 0..self.rng.usize(0..3) {
            if self.one_in(3) {
                self.indent(column);
            }
            self.out.push_str(self.newline);
        }
    }

    fn flow_gap(&mut self, column: usize, lines: bool) {
        if lines {
            self.line_end();
            self.indent(column + 2);
        } else if self.one_in(4) {
            self.out.push(' ');
        }
    }

    fn flow_list(&mut self, column: usize, depth: usize) {
        self.flow(column, depth, ('[', ']'), |writer| {
            writer.flow_value(column, depth);
        });
    }

    fn flow_map(&mut self, column: usize, depth: usize) {
        self.flow(column, depth, ('{', '}'), |writer| {
            writer.key(true);
            writer.out.push(' ');
            writer.flow_value(column, depth);
        });
    }

    fn flow(&mut self, column: usize, _depth: usize, (open, close): (char, char), part: impl Fn(&mut Self)) {
        let lines = self.one_in(3);
        self.out.push(open);
        let parts = self.rng.usize(0..4);
        for n in 0..parts {
            self.flow_gap(column, lines);
            part(self);
            if n + 1 < parts || self.one_in(4) {
                self.out.push(',');
                if !lines {
                    self.out.push(' ');
                }
            }
        }
        if lines {
            self.line_end();
            self.indent(column + 1);
        }
        self.out.push(close);
    }

    fn flow_value(&mut self, column: usize, depth: usize) {
        match self.rng.usize(0..if depth == 0 { 6 } else { 8 }) {
            0..=3 => {
                let text = self.bare(false);
                self.out.push_str(&text);
            }
            4 | 5 => self.quoted(column),
            6 => self.flow_list(column, depth - 1),
            _ => self.flow_map(column, depth - 1),
        }
    }
}

/// A text to set.
pub fn text(rng: &mut Rng) -> String {
    let one = |rng: &mut Rng| match rng.usize(0..6) {
        0 => ODD[rng.usize(0..ODD.len())].to_owned(),
        1 => (0..rng.usize(0..8)).map(|_| SIGNS[rng.usize(0..SIGNS.len())]).collect(),
        _ => BARE[rng.usize(0..BARE.len())].to_owned(),
    };
    match rng.usize(0..4) {
        0 => {
            let mut lines: Vec<String> = (0..rng.usize(1..5)).map(|_| one(rng)).collect();
            lines.extend((0..rng.usize(0..3)).map(|_| String::new()));
            lines.join("\n")
        }
        _ => one(rng),
    }
}

/// A character to break a document with.
pub fn sign(rng: &mut Rng) -> char {
    SIGNS[rng.usize(0..SIGNS.len())]
}
