//! A field of several lines, with the keys of a line besides those that go from
//! line to line. Wrapped where the room ends; knows nothing of what it is for.

use crossterm::event::KeyCode;
use ratatui::text::Line;
use tui_input::{Input as LineInput, InputRequest};

use super::widget::{KeyTaken, Look, Sketch};
use crate::domain::leak;
use crate::text::{code_point, is_hidden, width};
use crate::tui::key::Key;
use crate::tui::line;
use crate::tui::theme::Role;

/// More than any field may have, so that a slip with the clipboard stays small.
const LONGEST: usize = 2_000;

/// Several lines of text.
#[derive(Debug, Clone, Default)]
pub(in crate::tui) struct Paragraph {
    text: LineInput,
}

impl Paragraph {
    /// A field with this in it, the cursor behind it.
    pub(in crate::tui) fn new(text: &str) -> Self {
        Self { text: LineInput::new(text.to_owned()) }
    }

    /// What is in it.
    pub(in crate::tui) fn value(&self) -> &str {
        self.text.value()
    }

    /// Takes a key; an arrow that leads out of the text is not one of its own.
    pub(in crate::tui) fn press(&mut self, key: Key) -> KeyTaken {
        let control = |letter| key == Key::control(letter);
        match key.code() {
            KeyCode::Enter if !key.with_alt() => self.insert('\n'),
            KeyCode::Up => return self.by_line(false),
            KeyCode::Down => return self.by_line(true),
            KeyCode::Home => self.go_to(self.start_of_line()),
            KeyCode::End => self.go_to(self.end_of_line()),
            _ if control('a') => self.go_to(self.start_of_line()),
            _ if control('e') => self.go_to(self.end_of_line()),
            _ if control('u') => self.delete_to(self.start_of_line()),
            _ if control('k') => self.delete_to(self.end_of_line()),
            KeyCode::Char(c) if key.printable().is_some() && line::may_be_typed(c) => {
                self.insert(c);
            }
            _ => return KeyTaken::from(line::take(&mut self.text, key)),
        }
        KeyTaken::Yes
    }

    /// Takes pasted text with its line breaks.
    pub(in crate::tui) fn paste(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace(['\r', '\t'], " ");
        text.chars().for_each(|c| self.insert(c));
    }

    fn insert(&mut self, c: char) {
        if self.text.value().chars().count() < LONGEST {
            self.text.handle(InputRequest::InsertChar(c));
        }
    }

    fn go_to(&mut self, place: usize) {
        self.text.handle(InputRequest::SetCursor(place));
    }

    fn delete_to(&mut self, place: usize) {
        let at = self.text.cursor();
        let request =
            if place < at { InputRequest::DeletePrevChar } else { InputRequest::DeleteNextChar };
        for _ in 0..at.abs_diff(place) {
            self.text.handle(request);
        }
    }

    fn start_of_line(&self) -> usize {
        let before = self.text.value().chars().take(self.text.cursor());
        let breaks = before.enumerate().filter(|(_, c)| *c == '\n');
        breaks.last().map_or(0, |(place, _)| place + 1)
    }

    fn end_of_line(&self) -> usize {
        let at = self.text.cursor();
        let mut after = self.text.value().chars().skip(at);
        at + after.by_ref().take_while(|c| *c != '\n').count()
    }

    /// To the line above or below, as far in as here.
    fn by_line(&mut self, down: bool) -> KeyTaken {
        let (start, end) = (self.start_of_line(), self.end_of_line());
        let column = self.text.cursor() - start;
        if down {
            if end >= self.text.value().chars().count() {
                return KeyTaken::No;
            }
            self.go_to(end + 1);
        } else {
            let Some(above) = start.checked_sub(1) else { return KeyTaken::No };
            self.go_to(above);
            self.go_to(self.start_of_line());
        }
        let (start, end) = (self.start_of_line(), self.end_of_line());
        self.go_to((start + column).min(end));
        KeyTaken::Yes
    }

    /// Its lines, broken where the room ends.
    pub(in crate::tui) fn sketch(&self, look: Look<'_>) -> Sketch {
        let columns = look.columns.saturating_sub(1).max(1);
        let mut lines = vec![String::new()];
        let (mut at, mut column) = (0, 0);
        let mut used = 0;
        // A value that was pasted here is refused, and not drawn until then.
        for (place, c) in leak::hide(self.text.value()).chars().enumerate() {
            let shown = if c != '\n' && is_hidden(c) { code_point(c) } else { c.to_string() };
            let wide = width(&shown);
            if c != '\n' && used + wide > columns {
                lines.push(String::new());
                used = 0;
            }
            if place == self.text.cursor() {
                (at, column) = (lines.len() - 1, used);
            }
            if c == '\n' {
                lines.push(String::new());
                used = 0;
            } else if let Some(line) = lines.last_mut() {
                line.push_str(&shown);
                used += wide;
            }
        }
        if self.text.cursor() >= self.text.value().chars().count() {
            (at, column) = (lines.len() - 1, used);
        }
        let role = if look.focused { Role::Title } else { Role::Text };
        let style = look.theme.style(role);
        let blank = "_".repeat(look.columns.min(48));
        let lines = match self.text.value() {
            "" => vec![look.theme.line(blank, Role::Dim)],
            _ => lines.into_iter().map(|line| Line::styled(line, style)).collect(),
        };
        Sketch { lines, at, cursor: look.focused.then_some(column) }
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test that cannot go on should fail")]
mod tests {
    use super::*;

    fn press(field: &mut Paragraph, keys: &str) {
        for word in keys.split(' ') {
            field.press(word.parse().expect("a key"));
        }
    }

    #[test]
    fn lines_are_made_joined_and_left() {
        let mut field = Paragraph::default();
        press(&mut field, "a b Enter c d Up x Down End y");
        assert_eq!(field.value(), "abx\ncdy");
        press(&mut field, "Home Backspace");
        assert_eq!(field.value(), "abxcdy");
        assert_eq!(field.press("Up".parse().expect("a key")), KeyTaken::No);
        assert_eq!(field.press("Down".parse().expect("a key")), KeyTaken::No);
    }

    #[test]
    fn deleting_to_the_ends_stays_within_the_line() {
        let mut field = Paragraph::new("one\ntwo\nthree");
        press(&mut field, "Up End Ctrl-u");
        assert_eq!(field.value(), "one\n\nthree");
        press(&mut field, "Down Home Right Ctrl-k");
        assert_eq!(field.value(), "one\n\nt");
    }

    #[test]
    fn a_paste_keeps_its_lines() {
        let mut field = Paragraph::default();
        field.paste("a\r\nb\tc");
        assert_eq!(field.value(), "a\nb c");
    }
}
