//! The figures, side by side.

use super::peer::Peer;
use std::fmt;
use std::time::Duration;

/// One line: what was measured, its goal, and the peer's figure.
pub struct Row {
    what: &'static str,
    goal: u64,
    ours: Vec<Duration>,
    peer: Option<(String, Vec<Duration>)>,
}

impl Row {
    /// Measures ours and the peer's in turns. The goal is in milliseconds.
    pub fn beside(
        what: &'static str,
        goal: u64,
        times: usize,
        mut ours: impl FnMut() -> Duration,
        peer: &Peer<'_>,
    ) -> Row {
        let (mine, theirs): (Vec<_>, Vec<_>) = (0..times).map(|_| (ours(), peer.time())).unzip();
        let theirs: Option<Vec<_>> = theirs.into_iter().collect();
        Row { what, goal, ours: mine, peer: theirs.map(|times| (peer.name.clone(), times)) }
    }

    /// What has no peer.
    pub fn alone(what: &'static str, goal: u64, ours: Vec<Duration>) -> Row {
        Row { what, goal, ours, peer: None }
    }
}

/// The lines of one workspace, as Markdown.
pub struct Table {
    title: String,
    rows: Vec<Row>,
    notes: Vec<String>,
}

impl Table {
    /// A table without a line.
    pub fn new(title: String) -> Table {
        Table { title, rows: Vec::new(), notes: Vec::new() }
    }

    /// Adds a line.
    pub fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Adds a sentence below.
    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }
}

/// The median and the greatest, in milliseconds.
fn figures(times: &[Duration]) -> (f64, f64) {
    let mut times: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1000.0).collect();
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], times[times.len() - 1])
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n### {}\n", self.title)?;
        writeln!(f, "| what | goal, ms | median, ms | most, ms | beside | its median, ms | ratio |")?;
        writeln!(f, "|---|---:|---:|---:|---|---:|---:|")?;
        for row in &self.rows {
            let (median, most) = figures(&row.ours);
            write!(f, "| {} | {} | {median:.1} | {most:.1} |", row.what, row.goal)?;
            match &row.peer {
                Some((name, times)) => {
                    let (theirs, _) = figures(times);
                    writeln!(f, " `{name}` | {theirs:.1} | {:.2} |", median / theirs)?;
                }
                None => writeln!(f, " | | |")?,
            }
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "\n{note}"))
    }
}
