//! The field for the word that confirms what can't be taken back. It takes letters
//! one by one, or a few of them; a paste never reaches it.

use crossterm::event::KeyCode;

use crate::text::is_hidden;
use crate::tui::key::Key;

/// More letters than any word has.
const LONGEST: usize = 40;

/// A word that must be typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// What has to be typed: `revoke 19`.
    pub(crate) wanted: String,
    /// What has been typed.
    pub(crate) typed: String,
    /// Whether it has the focus; else a button has.
    pub(crate) focused: bool,
}

impl Word {
    /// An empty field with the focus.
    pub(crate) fn new(wanted: String) -> Self {
        Self { wanted, typed: String::new(), focused: true }
    }

    /// Whether exactly the word was typed.
    pub(crate) fn is_given(&self) -> bool {
        self.typed == self.wanted
    }

    /// Takes a key that is for a field; says whether it was.
    pub(crate) fn take(&mut self, key: Key) -> bool {
        match (key.code(), key.with_control()) {
            (KeyCode::Backspace, false) | (KeyCode::Char('h'), true) => self.pop(),
            (KeyCode::Char('u'), true) => self.clear(),
            _ => match key.printable() {
                Some(letter) if !is_hidden(letter) => self.push(letter),
                _ => return false,
            },
        }
        true
    }

    /// Takes a letter, and the focus.
    pub(crate) fn push(&mut self, letter: char) {
        self.focused = true;
        if self.typed.chars().count() < LONGEST {
            self.typed.push(letter);
        }
    }

    /// Takes the last letter back.
    pub(crate) fn pop(&mut self) {
        self.focused = true;
        self.typed.pop();
    }

    /// Empties the field.
    pub(crate) fn clear(&mut self) {
        self.focused = true;
        self.typed.clear();
    }

    /// Why it was emptied, once text was pasted.
    pub(crate) fn pasted(&self) -> String {
        format!("A word can't be pasted: type '{}'", self.wanted)
    }

    /// Why it was emptied, once so much came in one piece that it may be a paste. A slow
    /// line does that too, so it says what to do then.
    pub(crate) fn at_once(&self) -> String {
        format!(
            "That came all at once, as a paste does: type '{}', a few letters at a time on a \
             slow line",
            self.wanted
        )
    }

    /// What is missing, once Enter came too early.
    pub(crate) fn missing(&self) -> String {
        format!("Nothing was done: type '{}' first, then press Enter", self.wanted)
    }
}
