//! A field of one line. It keeps hidden characters that were pasted, so that the
//! check can refuse them where they can be seen.

use ratatui::text::Line;
use tui_input::{Input as LineInput, InputRequest};

use super::widget::{KeyTaken, Look, Sketch};
use crate::domain::leak;
use crate::text::{Safe, pad, safe_line, width};
use crate::tui::key::Key;
use crate::tui::line;
use crate::tui::theme::Role;

/// More than any field may have, so that a slip with the clipboard stays small.
const LONGEST: usize = 1_000;
/// The widest the blank of a field is drawn.
const BLANK: usize = 48;

/// A line of text.
#[derive(Debug, Clone, Default)]
pub(in crate::tui) struct Text {
    line: LineInput,
}

impl Text {
    /// A field with this in it, the cursor behind it.
    pub(in crate::tui) fn new(text: &str) -> Self {
        Self { line: LineInput::new(text.to_owned()) }
    }

    /// What is in it.
    pub(in crate::tui) fn value(&self) -> &str {
        self.line.value()
    }

    /// Takes the keys of a line.
    pub(in crate::tui) fn press(&mut self, key: Key) -> KeyTaken {
        KeyTaken::from(line::take(&mut self.line, key))
    }

    /// Takes pasted text as one line.
    pub(in crate::tui) fn paste(&mut self, text: &str) {
        let breaks = |c: char| matches!(c, '\n' | '\r');
        let blank = |c: char| if breaks(c) || c == '\t' { ' ' } else { c };
        // A value that was broken over lines stays one word, to be seen as a value and refused.
        let is_leak = leak::find(text).is_some();
        let kept = text.trim_end_matches(['\r', '\n']).chars();
        let kept = kept.filter(|c| !(is_leak && breaks(*c)));
        let room = LONGEST.saturating_sub(self.line.value().chars().count());
        for c in kept.map(blank).take(room) {
            self.line.handle(InputRequest::InsertChar(c));
        }
    }

    /// `moves-parts_________`, the part around the cursor where it is too long.
    pub(in crate::tui) fn sketch(&self, look: Look<'_>) -> Sketch {
        let columns = look.columns.min(BLANK.max(width(self.value()) + 1)).max(1);
        // A value that was pasted here is refused, and not drawn until then.
        let value = leak::hide(self.line.value());
        let value = value.as_str();
        let at = value.char_indices().nth(self.line.cursor()).map_or(value.len(), |(at, _)| at);
        let (before, after) = value.split_at_checked(at).unwrap_or((value, ""));
        let before = tail(&safe_line(before), columns.saturating_sub(1));
        let column = width(&before);
        let shown = format!("{before}{}", Safe::line(after));
        let shown = crate::text::cut(&shown, columns);
        let fill = pad("", columns.saturating_sub(width(&shown))).replace(' ', "_");
        let role = if look.focused { Role::Title } else { Role::Text };
        let line = Line::from(vec![look.theme.span(shown, role), look.theme.span(fill, Role::Dim)]);
        Sketch { lines: vec![line], at: 0, cursor: look.focused.then_some(column) }
    }
}

/// The end of a text that fits.
fn tail(text: &str, columns: usize) -> String {
    let mut over = width(text).saturating_sub(columns);
    let kept = text.chars().skip_while(|c| {
        let gone = over > 0;
        over = over.saturating_sub(width(c.encode_utf8(&mut [0; 4])).max(1));
        gone
    });
    kept.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paste_is_one_line_and_keeps_what_is_hidden_for_the_check() {
        let mut text = Text::default();
        text.paste("a\nb\u{202e}c\r\n");
        assert_eq!(text.value(), "a b\u{202e}c");
        text.paste(&"x".repeat(5_000));
        assert_eq!(text.value().chars().count(), LONGEST);
    }

    #[test]
    fn the_end_of_a_long_text_stays_in_sight() {
        assert_eq!(tail("abcdef", 4), "cdef");
        assert_eq!(tail("ab", 4), "ab");
    }
}
