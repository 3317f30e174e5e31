//! A field: what it is called, what is entered in it, and what is wrong with that.

use crossterm::event::KeyCode;
use ratatui::text::Line;

use crate::domain::{Time, leak};
use crate::text::{Safe, safe_line, wrap, yes_no};
use crate::tui::key::Key;
use crate::tui::theme::Role;

use super::choices::Choices;
use super::date::Date;
use super::grid::Grid;
use super::paragraph::Paragraph;
use super::pick::Pick;
use super::radio::Radio;
use super::report::Report;
use super::text::Text;
use super::widget::{KeyTaken, Look, Sketch};

/// What something is entered with.
#[derive(Debug, Clone)]
pub(in crate::tui) enum Control {
    /// One line.
    Text(Text),
    /// Several lines.
    Paragraph(Paragraph),
    /// Yes or no.
    Check(bool),
    /// One of a few.
    Radio(Radio),
    /// A date.
    Date(Date),
    /// One of many.
    Pick(Pick),
    /// Several of many.
    Choices(Choices),
    /// A level for each module.
    Grid(Grid),
    /// What can't be changed here.
    Fixed(String),
    /// What it all comes to.
    Report(Report),
}

/// Whether an error tells that others have that already, which nothing but another text mends.
fn is_taken(error: &str) -> bool {
    error.ends_with("already in use")
}

/// A field of a form.
#[derive(Debug, Clone)]
pub(in crate::tui) struct Field {
    /// What errors and the form's maker call it.
    pub(in crate::tui) name: &'static str,
    /// What people read before it; empty where it takes the whole width.
    pub(in crate::tui) label: &'static str,
    /// Whether it must not stay empty.
    pub(in crate::tui) required: bool,
    /// What is entered.
    pub(in crate::tui) control: Control,
    /// Whether it is left out for now.
    pub(in crate::tui) hidden: bool,
    /// What else there is to know, under it.
    pub(in crate::tui) note: String,
    /// What needs attention, under it.
    pub(in crate::tui) warning: String,
    /// What is wrong.
    pub(in crate::tui) error: Option<String>,
    /// Whether the operator was there, so that an error is no surprise.
    pub(in crate::tui) visited: bool,
}

impl Field {
    /// A field.
    pub(in crate::tui) fn new(name: &'static str, label: &'static str, control: Control) -> Self {
        Self {
            name,
            label,
            required: false,
            control,
            hidden: false,
            note: String::new(),
            warning: String::new(),
            error: None,
            visited: false,
        }
    }

    /// A field of one line.
    pub(in crate::tui) fn text(name: &'static str, label: &'static str, text: &str) -> Self {
        Self::new(name, label, Control::Text(Text::new(text)))
    }

    /// The same, that must not stay empty.
    pub(in crate::tui) fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same with more to know under it.
    pub(in crate::tui) fn noted(self, note: &str) -> Self {
        Self { note: note.to_owned(), ..self }
    }

    /// What is entered, where that can be said in a few words.
    pub(in crate::tui) fn said(&self) -> Option<String> {
        match &self.control {
            Control::Text(text) => Some(format!("'{}'", leak::hide(text.value()))),
            Control::Radio(radio) => Some(radio.word().to_owned()),
            Control::Check(on) => Some(yes_no(*on).to_owned()),
            _ => None,
        }
    }

    /// Whether the keys can go there.
    pub(in crate::tui) fn takes_focus(&self) -> bool {
        !self.hidden && !matches!(self.control, Control::Fixed(_))
    }

    /// The width of the longest word of what can't be changed, which is not broken.
    pub(in crate::tui) fn longest_word(&self) -> usize {
        match &self.control {
            Control::Fixed(text) => {
                text.split_whitespace().map(crate::text::width).max().unwrap_or_default()
            }
            _ => 0,
        }
    }

    /// Whether letters are typed into it.
    pub(in crate::tui) fn takes_text(&self) -> bool {
        match &self.control {
            Control::Text(_) | Control::Paragraph(_) | Control::Pick(_) => true,
            Control::Date(date) => !date.is_open(),
            Control::Choices(choices) => choices.is_open(),
            Control::Grid(grid) => grid.is_open(),
            Control::Check(_) | Control::Radio(_) | Control::Fixed(_) | Control::Report(_) => false,
        }
    }

    /// Whether something of it lies open that gets every key first.
    pub(in crate::tui) fn is_open(&self) -> bool {
        match &self.control {
            Control::Date(date) => date.is_open(),
            Control::Pick(pick) => pick.is_open(),
            Control::Choices(choices) => choices.is_open(),
            Control::Grid(grid) => grid.is_open(),
            _ => false,
        }
    }

    /// Takes a key.
    pub(in crate::tui) fn press(&mut self, key: Key, now: Time) -> KeyTaken {
        match &mut self.control {
            Control::Text(text) => text.press(key),
            Control::Paragraph(text) => text.press(key),
            Control::Check(on) if key.code() == KeyCode::Char(' ') => {
                *on = !*on;
                KeyTaken::Yes
            }
            Control::Radio(radio) => radio.press(key),
            Control::Date(date) => date.press(key, now),
            Control::Pick(pick) => pick.press(key),
            Control::Choices(choices) => choices.press(key),
            Control::Grid(grid) => grid.press(key),
            Control::Report(report) => report.press(key),
            Control::Check(_) | Control::Fixed(_) => KeyTaken::No,
        }
    }

    /// Goes to another place within it, as Tab does before it leads on.
    pub(in crate::tui) fn tab(&mut self, on: bool) -> bool {
        match &mut self.control {
            Control::Grid(grid) => grid.tab(on),
            Control::Text(_)
            | Control::Paragraph(_)
            | Control::Check(_)
            | Control::Radio(_)
            | Control::Date(_)
            | Control::Pick(_)
            | Control::Choices(_)
            | Control::Fixed(_)
            | Control::Report(_) => false,
        }
    }

    /// The keys come to it, from before or from behind.
    pub(in crate::tui) fn enter(&mut self, on: bool) {
        if let Control::Grid(grid) = &mut self.control {
            grid.enter(on);
        }
    }

    /// Takes pasted text. Says whether there is a place for it.
    pub(in crate::tui) fn paste(&mut self, text: &str) -> bool {
        match &mut self.control {
            Control::Text(line) => line.paste(text),
            Control::Paragraph(lines) => lines.paste(text),
            Control::Date(date) => date.paste(text),
            Control::Pick(pick) if pick.is_open() => pick.paste(text),
            Control::Choices(choices) => return choices.paste(text) == KeyTaken::Yes,
            Control::Grid(grid) => return grid.paste(text) == KeyTaken::Yes,
            _ => return false,
        }
        true
    }

    /// What is entered, as text that differs where it differs.
    pub(in crate::tui) fn print(&self) -> String {
        match &self.control {
            Control::Text(text) => text.value().to_owned(),
            Control::Paragraph(text) => text.value().to_owned(),
            Control::Check(on) => on.to_string(),
            Control::Radio(radio) => radio.word().to_owned(),
            Control::Date(date) => date.typed().to_owned(),
            Control::Pick(pick) => pick.chosen().unwrap_or_default().to_owned(),
            Control::Choices(choices) => format!("{:?}", choices.ticked()),
            Control::Grid(grid) => format!("{:?}", grid.levels()),
            Control::Fixed(_) | Control::Report(_) => String::new(),
        }
    }

    /// What is entered, without what is said about it.
    fn sketch_control(&self, look: Look<'_>) -> Sketch {
        let one = |line| Sketch { lines: vec![line], at: 0, cursor: None };
        match &self.control {
            Control::Text(text) => text.sketch(look),
            Control::Paragraph(text) => text.sketch(look),
            Control::Check(on) => {
                let role = if look.focused { Role::Selected } else { Role::Text };
                let mark = if *on { "[x]" } else { "[ ]" };
                one(Line::from(look.theme.span(mark, role)))
            }
            Control::Radio(radio) => radio.sketch(look),
            Control::Date(date) => date.sketch(look),
            Control::Pick(pick) => pick.sketch(look),
            Control::Choices(choices) => choices.sketch(look),
            Control::Grid(grid) => grid.sketch(look),
            Control::Fixed(text) => {
                let lines = wrap(Safe::lines(&leak::hide(text)).as_str(), look.columns);
                let lines = lines.into_iter().map(Line::raw).collect();
                Sketch { lines, at: 0, cursor: None }
            }
            Control::Report(report) => report.sketch(look),
        }
    }

    /// What is wrong with it, once that is told: after it was left, for nobody is found fault
    /// with before a key; at once where it is what others have already, or where there is
    /// nothing to enter.
    pub(in crate::tui) fn told_error(&self) -> Option<&str> {
        let told = self.visited || !self.takes_focus();
        self.error.as_deref().filter(|error| told || is_taken(error))
    }

    /// The field with what is wrong with it and what else there is to know.
    pub(in crate::tui) fn sketch(&self, look: Look<'_>) -> Sketch {
        let mut sketch = self.sketch_control(look);
        let said = [
            (self.told_error().unwrap_or_default(), Role::Error),
            (&self.warning, Role::Warning),
            (&self.note, Role::Dim),
        ];
        for (text, role) in said.into_iter().filter(|(text, _)| !text.is_empty()) {
            let style = look.theme.style(role);
            let lines = wrap(&safe_line(&leak::hide(text)), look.columns);
            sketch.lines.extend(lines.into_iter().map(|line| Line::styled(line, style)));
        }
        sketch
    }
}
