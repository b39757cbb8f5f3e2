//! The figures, side by side.

use super::large::times::Times;
use super::peer::Peer;
use std::fmt;
use std::time::Duration;

/// What a figure counts.
enum Figure {
    /// The time that a share of the rounds did not exceed.
    Times(Times, f64),
    /// Megabytes.
    Memory(f64),
}

/// One line: what was measured, its goal in the figure's unit, and the peer's figure.
pub struct Row {
    what: &'static str,
    goal: Option<f64>,
    ours: Figure,
    peer: Option<(String, Times)>,
}

impl Row {
    /// What took these times; their median counts. The goal is in milliseconds.
    pub fn new(what: &'static str, goal: Option<f64>, times: Times) -> Row {
        Row { what, goal, ours: Figure::Times(times, 0.5), peer: None }
    }

    /// Measures ours and the peer's in turns.
    pub fn beside(
        what: &'static str,
        goal: f64,
        times: usize,
        mut ours: impl FnMut() -> Duration,
        peer: &Peer<'_>,
    ) -> Row {
        let (mine, theirs): (Vec<_>, Vec<_>) = (0..times).map(|_| (ours(), peer.time())).unzip();
        let theirs: Option<Vec<_>> = theirs.into_iter().collect();
        Row::new(what, Some(goal), Times::of(mine)).next_to(&peer.name, theirs.map(Times::of))
    }

    /// What is in memory, in bytes; the goal is in megabytes.
    pub fn memory(what: &'static str, goal: Option<f64>, bytes: u64) -> Row {
        Row { what, goal, ours: Figure::Memory(bytes as f64 / 1e6), peer: None }
    }

    /// Not the median counts but what this share of the rounds did not exceed.
    pub fn by_share(mut self, share: f64) -> Row {
        if let Figure::Times(_, counts) = &mut self.ours {
            *counts = share;
        }
        self
    }

    /// The peer's times, if it is installed.
    pub fn next_to(mut self, name: &str, times: Option<Times>) -> Row {
        self.peer = times.map(|times| (name.to_owned(), times));
        self
    }

    /// The figure that counts, and how it is written.
    fn figure(&self) -> (f64, String) {
        match &self.ours {
            Figure::Memory(megabytes) => (*megabytes, format!("{megabytes:.0} MB")),
            Figure::Times(times, share) => {
                let time = times.at(*share);
                let most =
                    if times.len() > 1 { format!(" (most {})", brief(times.most())) } else { String::new() };
                let what = if *share == 0.5 { "" } else { "p99 " };
                (time, format!("{what}{} ms{most}", brief(time)))
            }
        }
    }
}

/// As many digits as are worth reading.
fn brief(figure: f64) -> String {
    match figure {
        f if f < 0.1 => format!("{f:.3}"),
        f if f < 10.0 => format!("{f:.2}"),
        f if f < 100.0 => format!("{f:.1}"),
        f => format!("{f:.0}"),
    }
}

/// The lines of one workspace, as Markdown.
pub struct Table {
    title: String,
    goals: bool,
    rows: Vec<Row>,
}

impl Table {
    /// A table without a line.
    pub fn new(title: &str) -> Table {
        Table { title: format!("\n### {title}\n\n"), goals: true, rows: Vec::new() }
    }

    /// A table without goals and peers.
    pub fn floors() -> Table {
        Table { title: String::new(), goals: false, rows: Vec::new() }
    }

    /// Adds a line.
    pub fn add(&mut self, row: Row) {
        self.rows.push(row);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)?;
        if !self.goals {
            writeln!(f, "| floor | |\n|---|---:|")?;
            return self.rows.iter().try_for_each(|row| writeln!(f, "| {} | {} |", row.what, row.figure().1));
        }
        writeln!(f, "| what | goal | measured | met | beside | it took | ratio |")?;
        writeln!(f, "|---|---:|---:|:-:|---|---:|---:|")?;
        for row in &self.rows {
            let (figure, shown) = row.figure();
            let unit = if matches!(row.ours, Figure::Memory(_)) { "MB" } else { "ms" };
            let goal = row.goal.map_or(String::new(), |goal| format!("{goal:.0} {unit}"));
            let met = row.goal.map_or("", |goal| if figure <= goal { "✓" } else { "**no**" });
            write!(f, "| {} | {goal} | {shown} | {met} |", row.what)?;
            match &row.peer {
                Some((name, times)) => {
                    let theirs = times.median();
                    writeln!(f, " `{name}` | {} ms | {:.2} |", brief(theirs), figure / theirs)?;
                }
                None => writeln!(f, " | | |")?,
            }
        }
        Ok(())
    }
}
