//! Drawing one field: label, content, and what is said about it beside or below.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::edit::Editing;
use super::look::{sign, typed};
use super::spec::{Editor, FieldSpec, FormModel, Level};
use super::table::Table;
use super::value::FormValue;
use super::{Form, Stop};
use crate::base::text;
use crate::tr;
use crate::tui::theme::{Role, Theme};
use crate::tui::widgets::area::lines_at;
use crate::tui::widgets::multi::chips;
use crate::tui::widgets::paint::{self, Pen};

/// The shared columns of a form at one width: bar, label, content, notes.
pub(super) struct Frame<'f> {
    form: &'f Form,
    model: &'f dyn FormModel,
    width: u16,
    value: u16,
    value_width: u16,
    /// The column of the notes; none where they stand below.
    notes: Option<u16>,
}

/// Columns left of the label: the bar and space around it.
pub(super) const MARGIN: u16 = 3;

impl<'f> Frame<'f> {
    /// The columns of a form.
    pub(super) fn new(form: &'f Form, width: u16, model: &'f dyn FormModel) -> Frame<'f> {
        let (value, value_width, notes) = columns(form, width);
        Frame { form, model, width, value, value_width, notes }
    }

    /// What there is to say about the field with the focus and has no room beside it.
    pub(super) fn left_over(&self) -> Option<(Level, String)> {
        let index = self.form.focus.field;
        let help = || {
            let help = &self.form.focused_field()?.help;
            Some((Level::Fine, help.clone())).filter(|(_, help)| !help.is_empty())
        };
        match self.said(index) {
            Some((level, said)) if self.notes.is_some() && !self.fits(&said) => Some((level, said)),
            Some(_) => help(),
            None => help().filter(|(_, help)| !self.fits(help)),
        }
    }

    /// Whether a note on the field with the focus has room beside it; what is open lies over that room.
    fn fits(&self, note: &str) -> bool {
        self.form.overlay.is_none()
            && self.notes.is_some_and(|notes| notes + paint::columns(&text::safe(note)) + 2 < self.width)
    }

    /// Lines a field takes.
    pub(super) fn height(&self, index: usize) -> u16 {
        let field = &self.form.fields[index];
        let focused = self.form.focus.field == index;
        let value = self.form.values.get(&field.name);
        let own = match &field.editor {
            Editor::Multiline => {
                let lines = lines_at(value.text(), self.value_width);
                if focused { (lines + 1).clamp(3, 10) } else { lines.clamp(1, 3) }
            }
            Editor::Parts(parts) if focused => count(1 + parts.len()),
            Editor::Lines(_) => count(
                1 + value.lines().len() + usize::from(!value.lines().is_empty() && field.locked.is_none()),
            ),
            _ => 1,
        };
        own.saturating_add(u16::from(self.note_below(index)))
    }

    /// Draws a field, and notes where its stops are.
    pub(super) fn draw(
        &self,
        index: usize,
        place: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        stops: &mut Vec<(Stop, Rect)>,
    ) {
        let field = &self.form.fields[index];
        let focused = self.form.focus.field == index;
        let level =
            if self.form.shows_errors(&field.name) { self.form.verdict(index).0 } else { Level::Fine };
        let label = match (level, focused) {
            (Level::Error, _) => theme.style(Role::Bad),
            (_, true) => theme.style(Role::Heading),
            _ => theme.style(Role::Muted),
        };
        let mut pen = Pen::new(buf, place);
        pen.gap(1).cell(if focused { "▌" } else { "" }, 1, theme.style(Role::Cursor)).gap(1);
        pen.cell(&field.label, self.value.saturating_sub(MARGIN + 1), label);

        let short = matches!(
            field.editor,
            Editor::Choice | Editor::Date | Editor::Datetime | Editor::Number | Editor::Toggle
        );
        let room = Rect {
            x: self.value,
            width: if short { self.value_width.min(SHORT) } else { self.value_width },
            height: place.height - u16::from(self.note_below(index)),
            ..place
        };
        match &field.editor {
            Editor::Lines(columns) => self.lines(index, columns, room, buf, theme, stops),
            Editor::Parts(parts) if focused => self.parts(index, parts, room, buf, theme, stops),
            _ => {
                if field.locked.is_none() {
                    stops.push((Stop { field: index, part: 0 }, room));
                    if let Editor::Parts(_) = field.editor {
                        stops.push((Stop { field: index, part: self.form.focus.part }, room));
                    }
                }
                self.content(index, room, buf, theme, focused);
            }
        }
        if let Some((level, note)) = self.note(index) {
            let line = match self.notes.filter(|_| !self.fills_the_line(index)) {
                Some(notes) => paint::inset_left(paint::line(place, 0), notes),
                None => paint::inset_left(paint::line(place, place.height - 1), self.value),
            };
            let (mark, role) = sign(level);
            Pen::new(buf, line).text(mark, theme.style(role)).text(&note, theme.style(role));
        }
    }

    /// Whether what there is to say about a field takes a line of its own below it.
    fn note_below(&self, index: usize) -> bool {
        (self.notes.is_none() || self.fills_the_line(index)) && self.note(index).is_some()
    }

    /// Lines with their headings leave no room beside them.
    fn fills_the_line(&self, index: usize) -> bool {
        let field = &self.form.fields[index];
        matches!(field.editor, Editor::Lines(_)) && !self.form.values.get(&field.name).lines().is_empty()
    }

    /// What stands beside or below a field: what is said about it, else its help.
    fn note(&self, index: usize) -> Option<(Level, String)> {
        let help = || {
            let help = &self.form.fields[index].help;
            let shown = self.form.focus.field == index && !help.is_empty() && self.fits(help);
            shown.then(|| (Level::Fine, help.clone()))
        };
        let covered = self.form.overlay.is_some() && self.form.focus.field == index;
        self.said(index).filter(|_| !covered).or_else(help)
    }

    /// What is said about a field, most serious first: why it is locked, an error, a warning, how it is read.
    fn said(&self, index: usize) -> Option<(Level, String)> {
        let field = self.form.fields.get(index)?;
        if let Some(reason) = &field.locked {
            // It is muted already: the reason is worth no line of its own.
            let told = self.notes.is_some() && !reason.is_empty();
            return told.then(|| (Level::Fine, reason.clone()));
        }
        let (level, note) = self.form.verdict(index);
        let shown = level == Level::Warn || (level == Level::Error && self.form.shows_errors(&field.name));
        if shown && !note.is_empty() {
            return Some((level, note));
        }
        let status = &self.form.statuses[index];
        let changed = || {
            // How many lines there were says nothing of what has changed in them.
            let told = self.form.is_changed(&field.name) && !self.fills_the_line(index);
            let was = told.then(|| self.model.before(&self.form.path(field)));
            was.flatten().map(|was| (Level::Fine, was))
        };
        if self.form.focus.field != index || level == Level::Error {
            return changed();
        }
        let text = self.form.values.get(&field.name).text();
        let typed = matches!(self.form.editing, Editing::Line(_)) && !text.is_empty();
        let read = status.shown.as_ref().filter(|shown| typed && *shown != text);
        let said = read.map_or_else(|| status.note.clone(), |read| format!("= {read}"));
        Some((Level::Fine, said)).filter(|(_, said)| !said.is_empty()).or_else(changed)
    }

    /// A field's content on one line, or several for long text.
    fn content(&self, index: usize, room: Rect, buf: &mut Buffer, theme: &Theme, focused: bool) {
        let field = &self.form.fields[index];
        let ground = match (&field.locked, focused) {
            (Some(_), _) => theme.style(Role::Muted),
            (None, true) => typed(theme),
            (None, false) => theme.style(Role::Text),
        };
        if focused && field.locked.is_none() {
            paint::tint(buf, room, ground);
        }
        match &self.form.editing {
            Editing::Line(input) if focused => return input.draw(room, buf, theme, true),
            Editing::Area(area) if focused => return area.draw(room, buf, theme, true),
            _ => {}
        }
        let mut pen = Pen::new(buf, room);
        if focused && opens(&field.editor) {
            pen.right("▾", ground.patch(theme.style(Role::Muted))).gap_right(1);
        }
        let value = self.form.values.get(&field.name);
        if value.is_empty() {
            let suggestion = if field.required { tr!("required") } else { "–".into() };
            pen.text(&suggestion, ground.patch(theme.style(Role::Placeholder)));
            return;
        }
        let path = self.form.path(field);
        match (&field.editor, value) {
            (Editor::Tags | Editor::Links { .. }, value) => {
                let labels: Vec<String> =
                    value.list().iter().map(|key| self.model.label(&path, key)).collect();
                if field.editor == Editor::Tags {
                    chips(&mut pen, theme, labels.iter().map(String::as_str), ground);
                } else {
                    pen.text(&labels.join(", "), ground);
                }
            }
            (Editor::Multiline, value) => {
                let lines = paint::wrap(value.text(), room.width);
                let more = lines.len() > usize::from(room.height);
                for (y, line) in lines.iter().take(room.height.into()).enumerate() {
                    let mut pen = Pen::new(buf, paint::line(room, y as u16));
                    if more && y + 1 == usize::from(room.height) {
                        pen.right("…", theme.style(Role::Muted));
                    }
                    pen.text(line, ground);
                }
            }
            (Editor::Parts(parts), value) => {
                let filled = parts.iter().map(|(part, _)| value.part(part)).filter(|part| !part.is_empty());
                pen.text(&filled.collect::<Vec<_>>().join(", "), ground);
            }
            _ => {
                pen.text(&self.shown(field, &path, value, index), ground);
            }
        }
    }

    fn shown(&self, field: &FieldSpec, path: &str, value: &FormValue, index: usize) -> String {
        let status = &self.form.statuses[index];
        match (&status.shown, &field.editor) {
            (Some(shown), _) => shown.clone(),
            (None, Editor::Choice | Editor::Link { .. }) => self.model.label(path, value.text()),
            (None, Editor::Toggle) => match value.text() {
                "true" => tr!("yes").into_owned(),
                "false" => tr!("no").into_owned(),
                other => other.to_owned(),
            },
            (None, _) => value.text().to_owned(),
        }
    }

    /// The parts of an address, each on its line.
    fn parts(
        &self,
        index: usize,
        parts: &[(smol_str::SmolStr, String)],
        room: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        stops: &mut Vec<(Stop, Rect)>,
    ) {
        let field = &self.form.fields[index];
        let value = self.form.values.get(&field.name);
        let widest = parts.iter().map(|(_, label)| paint::columns(&text::safe(label))).max().unwrap_or(0);
        let indent = (MARGIN + 2 + widest + 2).max(self.value) - self.value;
        for (part, (name, label)) in parts.iter().enumerate() {
            let line = paint::line(room, count(part + 1));
            let here = self.form.focus.part == part;
            let style = theme.style(if here { Role::Heading } else { Role::Muted });
            let start = Rect { x: MARGIN + 2, width: line.right() - MARGIN - 2, ..line };
            Pen::new(buf, start).text(label, style);
            let cell = paint::inset_left(line, indent);
            stops.push((Stop { field: index, part }, cell));
            match &self.form.editing {
                Editing::Line(input) if here => {
                    paint::tint(buf, cell, typed(theme));
                    input.draw(cell, buf, theme, true);
                }
                _ if value.part(name).is_empty() => {
                    Pen::new(buf, cell).text("–", theme.style(Role::Placeholder));
                }
                _ => {
                    Pen::new(buf, cell).text(value.part(name), theme.style(Role::Text));
                }
            }
        }
    }

    /// A list of lines as a small table: headings, the lines, and the place to add one.
    fn lines(
        &self,
        index: usize,
        columns: &[FieldSpec],
        room: Rect,
        buf: &mut Buffer,
        theme: &Theme,
        stops: &mut Vec<(Stop, Rect)>,
    ) {
        let field = &self.form.fields[index];
        let path = self.form.path(field);
        let lines = self.form.values.get(&field.name).lines();
        // Lines need more room than a field: they may run on below the notes.
        let room = Rect { width: buf.area.width.saturating_sub(room.x + 1), ..room };
        let focused = self.form.focus.field == index;
        let (sums, total) = self.model.sums(&path, &self.form.values).unzip();
        let table = Table::of(columns, lines, &path, self.model, room.width, sums);
        if !lines.is_empty() {
            table.heading(room, buf, theme);
        }
        for part in 0..lines.len() {
            let line = paint::line(room, count(part + 1));
            let here = focused && self.form.focus.part == part;
            let style = if here { typed(theme) } else { theme.style(Role::Text) };
            if here {
                paint::tint(buf, line, style);
            }
            stops.push((Stop { field: index, part }, line));
            table.row(part, line, buf, theme, style);
        }
        if field.locked.is_none() {
            let add = Stop { field: index, part: lines.len() };
            let behind = if lines.is_empty() { 0 } else { count(lines.len() + 1) };
            let line = paint::line(room, behind);
            let here = self.form.focus == add;
            let style = if here { typed(theme) } else { theme.style(Role::Faint) };
            stops.push((add, line));
            Pen::new(buf, line).text(&format!("+ {}", tr!("add a line")), style);
            if let Some(total) = total.filter(|_| !lines.is_empty()) {
                let under = Rect { width: table.width().min(line.width), ..line };
                Pen::new(buf, under).gap(16).right(&total, theme.style(Role::Heading));
            }
        }
    }
}

/// A number of lines, as far as it matters to a screen.
fn count(lines: usize) -> u16 {
    u16::try_from(lines).unwrap_or(u16::MAX)
}

/// Most columns of what is never long, so that its list or calendar finds room beside it.
const SHORT: u16 = 28;

/// Fewest columns for notes beside the fields.
const NOTES_MIN: u16 = 24;

/// Where content and notes stand, for a form's labels and width.
fn columns(form: &Form, width: u16) -> (u16, u16, Option<u16>) {
    let widest = form.fields.iter().map(|field| paint::columns(&text::safe(&field.label))).max();
    let most = if width < 60 { width / 3 } else { 22 };
    let value = MARGIN + widest.unwrap_or(0).min(most) + 2;
    let room = width.saturating_sub(value + 1);
    if room >= 28 + NOTES_MIN {
        let value_width = (room * 6 / 10).min(48);
        (value, value_width, Some(value + value_width + 2))
    } else {
        (value, room, None)
    }
}

fn opens(editor: &Editor) -> bool {
    matches!(editor, Editor::Choice | Editor::Link { .. } | Editor::Links { .. } | Editor::Tags)
}
