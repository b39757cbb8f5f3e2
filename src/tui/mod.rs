//! The workstation: a loop over events, state changed in one place, views that are functions of state.
//!
//! How it hangs together, for whoever adds to it:
//!
//! - [`runtime`] has the [`Program`](runtime::Program) trait: state, `update(message) -> effects`, `view`. Its loop
//!   waits for keys, workers, the watcher and deadlines, and draws only after something happened. Effects are data;
//!   one function performs them, and slow ones go to a worker through the [`Mailbox`](runtime::Mailbox).
//! - [`terminal`] puts a program on the real terminal and gives the terminal back on every way out. Nothing else
//!   touches it. [`harness`] puts the same program and the same loop on a terminal in memory and plays key
//!   [`script`]s; [`picture`] makes text, ANSI or SVG of what is drawn there.
//! - [`theme`] says what a [`Role`](theme::Role) looks like; nothing else knows a colour. [`layout`] is the frame
//!   around every screen, [`widgets`] what screens are made of; [`folder`] is a path that is completed while one types,
//!   on a screen or in a question.
//! - [`keys`] turns key presses into the names of actions, by a keymap made of the table of actions and the user's
//!   own file. [`preferences`] reads that file, the user's themes and choices; [`paths`] knows where they lie.
//!
//! # Text that is safe to show
//!
//! Text from records is untrusted. It is made safe twice, each time in one place: widgets write through
//! [`widgets::paint::Pen`], which passes everything through [`base::text`](crate::base::text), so that it also
//! *measures* right; and [`runtime::finish`] looks at every cell of every finished buffer, whoever drew it, so that
//! a control character can't reach the terminal even through a widget with a mistake.
//!
//! # A screen
//!
//! ```
//! use kontor::tui::{
//!     layout::{Foot, Hint, Shell, Top},
//!     runtime::Hits,
//!     theme::{Role, Theme},
//!     widgets::paint::Pen,
//! };
//! use ratatui::Frame;
//!
//! fn view(frame: &mut Frame<'_>, hits: &mut Hits<String>, theme: &Theme) {
//!     let shell = Shell::of(frame.area());
//!     let buf = frame.buffer_mut();
//!     shell.rules(buf, theme);
//!     let top = Top { crumbs: &["Accounts", "Acme GmbH"], between: " › ", user: "Lena", ..Top::default() };
//!     for (index, area) in top.draw(buf, shell.top, theme).crumbs {
//!         hits.click(area, move || format!("back to {index}"));
//!     }
//!     Pen::new(buf, shell.body).gap(1).text("Acme GmbH", theme.style(Role::Heading));
//!     let hints = [Hint::new("e", "edit"), Hint::new("?", "help")];
//!     Foot { hints: &hints, note: "" }.draw(buf, shell.foot, theme);
//! }
//! ```

pub mod app;
pub mod folder;
pub mod harness;
pub mod keys;
pub mod launch;
pub mod layout;
mod nearest;
pub mod parts;
pub mod paths;
pub mod picture;
pub mod preferences;
pub mod questions;
pub mod render;
pub mod runtime;
pub mod screens;
pub mod script;
pub mod terminal;
pub mod theme;
pub mod widgets;
