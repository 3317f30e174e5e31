//! Editing one line of text with the readline keys, as people know them from their
//! shell. Knows nothing of what the line is for, but that words to find something by
//! are often opened again.

use crossterm::event::KeyCode;
use tui_input::{Input as LineInput, InputRequest};

use super::key::Key;
use crate::domain::leak;
use crate::text::{cut, is_hidden, is_joiner, width};

/// More than any name has, so that a slip with the clipboard stays small.
const LONGEST: usize = 200;

/// What a key does in a line; nothing where it is none of a line's keys.
fn request(key: Key) -> Option<InputRequest> {
    if key.with_alt() {
        return match key.code() {
            _ if key.with_control() => None,
            KeyCode::Char('b') | KeyCode::Left => Some(InputRequest::GoToPrevWord),
            KeyCode::Char('f') | KeyCode::Right => Some(InputRequest::GoToNextWord),
            KeyCode::Char('d') => Some(InputRequest::DeleteNextWord),
            KeyCode::Backspace => Some(InputRequest::DeletePrevWord),
            _ => None,
        };
    }
    if key.with_control() {
        return match key.code() {
            KeyCode::Char('a') => Some(InputRequest::GoToStart),
            KeyCode::Char('e') => Some(InputRequest::GoToEnd),
            KeyCode::Char('b') => Some(InputRequest::GoToPrevChar),
            KeyCode::Char('f') => Some(InputRequest::GoToNextChar),
            KeyCode::Char('h') => Some(InputRequest::DeletePrevChar),
            KeyCode::Char('d') => Some(InputRequest::DeleteNextChar),
            KeyCode::Char('w') => Some(InputRequest::DeletePrevWord),
            KeyCode::Char('u') => Some(InputRequest::DeleteFromStart),
            KeyCode::Char('k') => Some(InputRequest::DeleteTillEnd),
            KeyCode::Char('y') => Some(InputRequest::Yank),
            KeyCode::Left => Some(InputRequest::GoToPrevWord),
            KeyCode::Right => Some(InputRequest::GoToNextWord),
            _ => None,
        };
    }
    match key.code() {
        KeyCode::Char(c) if may_be_typed(c) => Some(InputRequest::InsertChar(c)),
        KeyCode::Backspace => Some(InputRequest::DeletePrevChar),
        KeyCode::Delete => Some(InputRequest::DeleteNextChar),
        KeyCode::Left => Some(InputRequest::GoToPrevChar),
        KeyCode::Right => Some(InputRequest::GoToNextChar),
        KeyCode::Home => Some(InputRequest::GoToStart),
        KeyCode::End => Some(InputRequest::GoToEnd),
        _ => None,
    }
}

/// Whether a character has its place in some line. A joiner has in words of some scripts;
/// whether it belongs where it came is told when the line is checked.
pub(super) fn may_be_typed(c: char) -> bool {
    !is_hidden(c) || is_joiner(c)
}

/// Whether a key does something in a line.
pub(super) fn has(key: Key) -> bool {
    request(key).is_some()
}

/// Takes a key into the line. Says whether it was one of a line's keys.
pub(super) fn take(line: &mut LineInput, key: Key) -> bool {
    let request = request(key);
    if let Some(request) = request {
        edit(line, &[request]);
    }
    request.is_some()
}

/// Takes pasted text into the line, its line breaks as spaces.
pub(super) fn paste(line: &mut LineInput, text: &str) {
    let blank = |c: char| if c.is_whitespace() { ' ' } else { c };
    let typed = text.chars().map(blank).filter(|c| may_be_typed(*c)).take(LONGEST);
    edit(line, &typed.map(InputRequest::InsertChar).collect::<Vec<_>>());
}

fn edit(line: &mut LineInput, requests: &[InputRequest]) {
    for request in requests {
        let inserts = matches!(request, InputRequest::InsertChar(_) | InputRequest::Yank);
        if !inserts || line.value().chars().count() < LONGEST {
            line.handle(*request);
        }
    }
}

/// The part of a line that so many columns show, of a value in it only what is public, and
/// the column of the cursor in that.
pub(super) fn shown_part(line: &LineInput, columns: usize) -> (String, usize) {
    let scroll = line.visual_scroll(columns);
    let mut before = 0;
    let text = leak::hide(line.value());
    let shown: String = text
        .chars()
        .skip_while(|c| {
            before += width(c.encode_utf8(&mut [0; 4]));
            before <= scroll
        })
        .collect();
    (cut(&shown, columns), line.visual_cursor().saturating_sub(scroll).min(columns))
}

/// Words to find something by. Where they are opened with those of the last time,
/// these are selected as a whole: what is typed takes their place, an arrow edits them.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    line: LineInput,
    selected: bool,
}

impl Words {
    /// These, as if they had been typed.
    pub(super) fn new(text: String) -> Self {
        Self { line: LineInput::new(text), selected: false }
    }

    /// These, from the last time.
    pub(super) fn reopened(text: String) -> Self {
        let mut words = Self::new(text);
        words.select();
        words
    }

    /// Selects them all, where there are any.
    pub(super) fn select(&mut self) {
        self.selected = !self.value().is_empty();
        self.line.handle(InputRequest::GoToEnd);
    }

    /// Keeps them as they are.
    pub(super) fn deselect(&mut self) {
        self.selected = false;
    }

    /// Whether all of them are selected.
    pub(super) fn are_selected(&self) -> bool {
        self.selected
    }

    /// The words.
    pub(super) fn value(&self) -> &str {
        self.line.value()
    }

    /// The line they stand in.
    pub(super) fn line(&self) -> &LineInput {
        &self.line
    }

    /// Empties the line.
    pub(super) fn reset(&mut self) {
        self.line.reset();
        self.selected = false;
    }

    /// Takes a key. Says whether it was one of a line's keys.
    pub(super) fn take(&mut self, key: Key) -> bool {
        let Some(request) = request(key) else { return false };
        if std::mem::take(&mut self.selected) {
            match request {
                InputRequest::InsertChar(_) => self.line.reset(),
                // What is selected goes as a whole.
                InputRequest::DeletePrevChar | InputRequest::DeleteNextChar => {
                    self.line.reset();
                    return true;
                }
                _ => {}
            }
        }
        edit(&mut self.line, &[request]);
        true
    }

    /// Takes pasted text, in place of what is selected.
    pub(super) fn paste(&mut self, text: &str) {
        if std::mem::take(&mut self.selected) {
            self.line.reset();
        }
        paste(&mut self.line, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(keys: &[Key]) -> String {
        let mut words = Words::reopened("rob".to_owned());
        for key in keys {
            assert!(words.take(*key));
        }
        words.value().to_owned()
    }

    #[test]
    fn b04_what_is_typed_takes_the_place_of_the_words_of_the_last_time() {
        let key = Key::plain;
        let typed = [key(KeyCode::Char('b')), key(KeyCode::Char('u'))];
        assert_eq!(after(&typed), "bu");
        assert_eq!(after(&[key(KeyCode::Backspace)]), "");
        assert_eq!(after(&[key(KeyCode::Delete)]), "");
        assert_eq!(after(&[key(KeyCode::Right), key(KeyCode::Char('o'))]), "robo");
        assert_eq!(after(&[key(KeyCode::Left), key(KeyCode::Char('o'))]), "roob");
        assert_eq!(after(&[key(KeyCode::Home), key(KeyCode::Char('x'))]), "xrob");
        assert_eq!(after(&[Key::control('w'), key(KeyCode::Char('x'))]), "x");
        let mut words = Words::reopened("rob".to_owned());
        words.paste("bulk 01");
        assert_eq!(words.value(), "bulk 01");
    }

    #[test]
    fn a_paste_stays_one_line_of_visible_characters_and_small() {
        let mut line = LineInput::default();
        paste(&mut line, "a\nb\u{1b}[2J\u{202e}c");
        assert_eq!(line.value(), "a b[2Jc");
        paste(&mut line, &"x".repeat(5_000));
        assert_eq!(line.value().chars().count(), LONGEST);
    }

    #[test]
    fn keys_that_are_none_of_a_line_are_left_to_others() {
        let mut line = LineInput::default();
        assert!(take(&mut line, Key::plain(KeyCode::Char('a'))));
        for code in [KeyCode::Enter, KeyCode::Esc, KeyCode::Up, KeyCode::Tab, KeyCode::PageDown] {
            assert!(!take(&mut line, Key::plain(code)));
        }
        assert_eq!(line.value(), "a");
    }
}
