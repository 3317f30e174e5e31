//! What footer and help tell of the keys of a question.

use crate::tui::command::Command;
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::place::Seen;

use super::{Confirm, Entry};

impl Confirm {
    /// What the footer tells of.
    pub(super) fn hinted(&self, seen: &Seen<'_>) -> Vec<Hint> {
        // Where a word is wanted, letters do it.
        let key = |command| seen.keymap.first_key_of(command);
        let both = |one, other| format!("{} {}", key(one), key(other));
        let cancel = Hint::new(key(Command::Cancel), "cancel");
        match &self.entry {
            Entry::Word(word) if word.focused => {
                let then = format!("{}, then {}", word.wanted, key(Command::Press));
                vec![Hint::new("type", then), cancel]
            }
            Entry::Terms(_) => vec![
                Hint::new(both(Command::PreviousChoice, Command::NextChoice), "choice"),
                Hint::new(key(Command::OtherField), "field"),
                Hint::new(both(Command::PreviousButton, Command::NextButton), "button"),
                Hint::new(key(Command::Press), "press"),
                cancel,
            ],
            Entry::Nothing | Entry::Word(_) => {
                hints::with_help(seen, hints::in_scopes(seen, seen.scopes()))
            }
        }
    }

    /// What the keys do in its field, where it has one for letters.
    pub(super) fn keys_of_field(&self) -> &'static [(&'static str, &'static str)] {
        match &self.entry {
            Entry::Word(_) => &[
                ("letters", "the word that is asked for, letter by letter: a paste is dropped"),
                ("Backspace", "take the last letter back; Ctrl-u all of them"),
            ],
            Entry::Nothing | Entry::Terms(_) => &[],
        }
    }
}
