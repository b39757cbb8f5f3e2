//! What an import would come to, for people.

use super::Job;
use crate::base::show;
use crate::cli::line::{Ink, Line};
use crate::cli::out::Out;
use crate::exchange::import::{Column, How, Level, NewPipeline, NewStage, Note, Plan, Taken, Target};
use crate::model::Book;
use crate::model::kinds::new_file;
use crate::{tr, tr_n};
use rust_decimal::Decimal;
use std::io;

/// So many notes of a level are told, and how many more there are.
const NOTES: usize = 20;
/// So many records are shown as they will be stored.
const RECORDS: usize = 2;
/// So many records that change are shown with what becomes of them.
const CHANGES: usize = 10;
/// So many values of a column are shown.
const SAMPLES: usize = 3;
/// Examples are cut here.
const SAMPLE: usize = 60;

/// Tells it.
pub fn tell(out: &mut Out, job: &Job<'_>, plan: &Plan) -> io::Result<()> {
    let number = |n: usize| show::number(Decimal::from(n), &plan.book.settings().style());
    let plural = job.ty.plural_label.get(plan.book.settings().language()).to_lowercase();
    out.line(&Line::new().ink(Ink::Bold, &job.name).ink(Ink::Dim, " → ").ink(Ink::Bold, plural))?;
    let mut facts = vec![
        tr_n!("{n} row", "{n} rows", job.table.rows.len()).into_owned(),
        tr_n!("{n} column", "{n} columns", job.columns.len()).into_owned(),
        tr!("{encoding}, {delimiter}", encoding = job.format.encoding, delimiter = job.format.delimiter)
            .into_owned(),
    ];
    facts.extend(plan.styles.told());
    out.line(&Line::new().ink(Ink::Dim, facts.join(" · ")))?;
    out.say("")?;
    tell_columns(out, &job.columns, plan)?;
    tell_additions(out, plan)?;
    tell_records(out, job, plan)?;
    out.say("")?;
    tell_notes(out, &plan.notes)?;
    tell_rejects(out, plan)?;
    tell_counts(out, plan, number)
}

/// The first new records as they will be, and what becomes of the first that change.
fn tell_records(out: &mut Out, job: &Job<'_>, plan: &Plan) -> io::Result<()> {
    let head = |taken: &Taken, word: &str| {
        Line::new()
            .ink(Ink::Accent, taken.reference.to_string())
            .ink(Ink::Dim, tr!("  {word}, line {line}", word = word, line = taken.line))
    };
    for taken in plan.taken.iter().filter(|taken| taken.is_new).take(RECORDS) {
        out.say("")?;
        out.line(&head(taken, &tr!("new")))?;
        for line in new_file(job.ty, &taken.fields).lines() {
            out.say(format!("  {line}"))?;
        }
    }
    for taken in plan.taken.iter().filter(|taken| !taken.changes.is_empty()).take(CHANGES) {
        out.say("")?;
        out.line(&head(taken, &tr!("changed")))?;
        for change in &taken.changes {
            out.say(format!("  {}", change.told()))?;
        }
    }
    match plan.counts.updated.saturating_sub(CHANGES) {
        0 => Ok(()),
        more => out.line(
            &Line::new()
                .ink(Ink::Dim, tr_n!("and {n} more record changes", "and {n} more records change", more)),
        ),
    }
}

fn tell_columns(out: &mut Out, columns: &[Column], plan: &Plan) -> io::Result<()> {
    let widest = |texts: Vec<usize>| texts.into_iter().max().unwrap_or_default().min(40);
    let header = widest(columns.iter().map(|c| crate::base::text::width(&c.header)).collect());
    let field = widest(columns.iter().map(|c| c.target.to_string().len()).collect()).max(8);
    for column in columns {
        let line = Line::new().text("  ").text(&column.header).pad_to(header + 2);
        let line = match (&column.target, column.how) {
            (Target::Out, _) => line.ink(Ink::Dim, format!("  – {}", tr!("left out"))),
            (target, how) => {
                let ink = if how == How::Like { Ink::Warn } else { Ink::Accent };
                let mark = if how == How::Like { tr!(" (perhaps)") } else { "".into() };
                let samples = plan.samples(target, SAMPLES).join(", ");
                let samples = crate::base::text::cut(&samples.replace('\n', " "), SAMPLE).into_owned();
                line.ink(Ink::Dim, "  → ")
                    .ink(ink, target.to_string())
                    .ink(Ink::Warn, mark)
                    .pad_to(header + field + 6)
                    .ink(Ink::Dim, format!("  {samples}"))
            }
        };
        out.line(&line)?;
    }
    Ok(())
}

fn tell_additions(out: &mut Out, plan: &Plan) -> io::Result<()> {
    for NewPipeline { name, stages } in &plan.pipelines {
        out.say("")?;
        let head = tr!("A new pipeline of the stages no pipeline knows: ");
        out.line(&Line::new().text(head).ink(Ink::Accent, name))?;
        let stages = stages.iter().map(|(name, chance, kind)| match kind.as_str() {
            "open" => format!("{name} {chance}"),
            kind => format!("{name} ({kind})"),
        });
        out.say(format!("  {}", stages.collect::<Vec<_>>().join(" › ")))?;
    }
    for NewStage { pipeline, name, chance, after, .. } in &plan.stages {
        out.say("")?;
        let title = crate::model::kinds::title_of_ref(&plan.book, pipeline);
        let head = tr!("A new stage of {pipeline}, which knows the others: ", pipeline = title);
        let place = after.as_ref().map(|after| tr!(", after {stage}", stage = after)).unwrap_or_default();
        out.line(&Line::new().text(head).ink(Ink::Accent, name).text(format!(" {chance}{place}")))?;
    }
    let others = others(&plan.book, plan);
    if !others.is_empty() {
        out.say("")?;
        out.say(tr!("Made along with them: {list}", list = others))?;
    }
    Ok(())
}

/// `6 users (Dustin Brinkmann, …), 3 teams (East, …)`
fn others(book: &Book, plan: &Plan) -> String {
    let mut by_folder: Vec<(&str, Vec<String>)> = Vec::new();
    for made in plan.made.iter().filter(|made| made.folder.as_str() != "pipelines") {
        let title = crate::model::kinds::title_of_ref(book, made);
        match by_folder.iter_mut().find(|(folder, _)| *folder == made.folder.as_str()) {
            Some((_, titles)) => titles.push(title),
            None => by_folder.push((made.folder.as_str(), vec![title])),
        }
    }
    let told = by_folder.iter().map(|(folder, titles)| {
        let shown = titles.iter().take(SAMPLES).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = if titles.len() > SAMPLES { ", …" } else { "" };
        format!("{} {folder} ({shown}{more})", titles.len())
    });
    told.collect::<Vec<_>>().join("; ")
}

fn tell_notes(out: &mut Out, notes: &[Note]) -> io::Result<()> {
    for level in [Level::Rule, Level::Warning, Level::Stop] {
        let (ink, mark) = match level {
            Level::Rule => (Ink::Dim, "·"),
            Level::Warning => (Ink::Warn, "!"),
            Level::Stop => (Ink::Bad, "✗"),
        };
        let own: Vec<&Note> = notes.iter().filter(|note| note.level == level).collect();
        for note in own.iter().take(NOTES) {
            let rows = match note.rows {
                0 => String::new(),
                1 => tr!("  line {line}", line = note.line).into_owned(),
                n => tr!("  {n} rows, from line {line}", n = n, line = note.line).into_owned(),
            };
            out.line(&Line::new().ink(ink, mark).text(" ").text(&note.text).ink(Ink::Dim, rows))?;
        }
        if let more @ 1.. = own.len().saturating_sub(NOTES) {
            out.line(&Line::new().ink(ink, mark).text(" ").text(tr_n!(
                "{n} more like that",
                "{n} more like that",
                more
            )))?;
        }
    }
    Ok(())
}

fn tell_rejects(out: &mut Out, plan: &Plan) -> io::Result<()> {
    for reject in plan.rejects.iter().take(NOTES) {
        let place = tr!("line {line} stays out: ", line = reject.line);
        out.line(&Line::new().ink(Ink::Bad, "✗").text(" ").text(place).text(&reject.reason))?;
    }
    if let more @ 1.. = plan.rejects.len().saturating_sub(NOTES) {
        out.line(&Line::new().ink(Ink::Bad, "✗").text(" ").text(tr_n!(
            "{n} more line stays out",
            "{n} more lines stay out",
            more
        )))?;
    }
    Ok(())
}

fn tell_counts(out: &mut Out, plan: &Plan, number: impl Fn(usize) -> String) -> io::Result<()> {
    let counts = plan.counts;
    let words = [
        (counts.created, tr!("new")),
        (counts.updated, tr!("changed")),
        (counts.unchanged, tr!("the same already")),
        (counts.skipped, tr!("left alone")),
        (counts.rejected, tr!("cannot be taken")),
    ];
    let told: Vec<String> =
        words.iter().filter(|(n, _)| *n > 0).map(|(n, word)| format!("{} {word}", number(*n))).collect();
    if told.is_empty() {
        return out.say(tr!("There are no rows under the headers"));
    }
    let by = match plan.matched_by.is_empty() {
        true => tr!("not matched with what is there").into_owned(),
        false => tr!("matched by {fields}", fields = plan.matched_by.join(", ")).into_owned(),
    };
    out.line(&Line::new().ink(Ink::Bold, told.join(", ")).ink(Ink::Dim, format!("  {by}")))
}
