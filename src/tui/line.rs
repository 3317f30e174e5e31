//! Editing one line of text with the readline keys, as people know them from their
//! shell. Knows nothing of what the line is for.

use crossterm::event::KeyCode;
use tui_input::{Input as LineInput, InputRequest};

use super::key::Key;
use crate::text::is_hidden;

/// More than any name has, so that a slip with the clipboard stays small.
const LONGEST: usize = 200;

/// What a key does in a line; nothing where it is none of a line's keys.
fn request(key: Key) -> Option<InputRequest> {
    if key.with_alt() {
        return match key.code() {
            KeyCode::Char('b') => Some(InputRequest::GoToPrevWord),
            KeyCode::Char('f') => Some(InputRequest::GoToNextWord),
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
        KeyCode::Char(c) if !is_hidden(c) => Some(InputRequest::InsertChar(c)),
        KeyCode::Backspace => Some(InputRequest::DeletePrevChar),
        KeyCode::Delete => Some(InputRequest::DeleteNextChar),
        KeyCode::Left => Some(InputRequest::GoToPrevChar),
        KeyCode::Right => Some(InputRequest::GoToNextChar),
        KeyCode::Home => Some(InputRequest::GoToStart),
        KeyCode::End => Some(InputRequest::GoToEnd),
        _ => None,
    }
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
    let typed = text.chars().map(blank).filter(|c| !is_hidden(*c)).take(LONGEST);
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

#[cfg(test)]
mod tests {
    use super::*;

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
