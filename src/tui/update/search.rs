//! The search by name, narrowed while it is typed (R36).

use crossterm::event::KeyCode;
use tui_input::{Input as LineInput, InputRequest};

use crate::text::is_hidden;
use crate::tui::effect::Effect;
use crate::tui::key::Key;
use crate::tui::model::Model;

/// More than any name has, so that a slip with the clipboard stays small.
const LONGEST: usize = 200;

/// The readline keys, as people know them from their shell.
pub(super) fn request(key: Key) -> Option<InputRequest> {
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

impl Model {
    pub(super) fn open_search(&mut self) -> Vec<Effect> {
        self.search = Some(LineInput::new(self.list.query.text.clone()));
        vec![]
    }

    /// An open text field has the keys before all others.
    pub(super) fn on_search_key(&mut self, key: Key) -> Vec<Effect> {
        match key.code() {
            KeyCode::Enter => {
                self.search = None;
                let words = self.list.query.text.trim().to_owned();
                self.search_for(words)
            }
            KeyCode::Esc => self.clear_search(),
            _ => match request(key) {
                Some(request) => self.edit_search(&[request]),
                None => vec![],
            },
        }
    }

    pub(super) fn paste_into_search(&mut self, text: &str) -> Vec<Effect> {
        let blank = |c: char| if c.is_whitespace() { ' ' } else { c };
        let typed = text.chars().map(blank).filter(|c| !is_hidden(*c)).take(LONGEST);
        let requests: Vec<_> = typed.map(InputRequest::InsertChar).collect();
        self.edit_search(&requests)
    }

    fn edit_search(&mut self, requests: &[InputRequest]) -> Vec<Effect> {
        let Some(line) = &mut self.search else { return vec![] };
        for request in requests {
            let inserts = matches!(request, InputRequest::InsertChar(_) | InputRequest::Yank);
            if !inserts || line.value().chars().count() < LONGEST {
                line.handle(*request);
            }
        }
        let text = line.value().to_owned();
        self.search_for(text)
    }

    fn search_for(&mut self, text: String) -> Vec<Effect> {
        if text == self.list.query.text {
            return vec![];
        }
        self.list.query.text = text;
        self.reload()
    }

    pub(super) fn clear_search(&mut self) -> Vec<Effect> {
        self.search = None;
        self.search_for(String::new())
    }
}
