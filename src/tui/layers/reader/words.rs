//! Words that the help is narrowed by, while they are typed and after.

use crossterm::event::KeyCode;

use crate::domain::leak::{self, Leak};
use crate::tui::key::Key;
use crate::tui::line::Words;
use crate::tui::notice::Kind;
use crate::tui::place::Taken;
use crate::tui::shared::Shared;

/// What is looked for in a text.
#[derive(Debug, Default)]
pub(super) struct HelpWords {
    /// The words.
    words: Words,
    /// Whether letters are typed into them now.
    typed: bool,
}

impl HelpWords {
    /// What was typed so far.
    pub(super) fn value(&self) -> &str {
        self.words.value()
    }

    /// The line of it.
    pub(super) fn line(&self) -> &Words {
        &self.words
    }

    /// Whether letters are typed into them now.
    pub(super) fn is_typed(&self) -> bool {
        self.typed
    }

    /// Letters are typed into them from now on; the first takes the place of the last words.
    pub(super) fn open(&mut self) {
        self.typed = true;
        self.words.select();
    }

    /// Gives them up; says whether there was anything.
    pub(super) fn clear(&mut self) -> bool {
        let any = self.typed || !self.value().is_empty();
        *self = Self::default();
        any
    }

    /// Takes a key while they are typed.
    pub(super) fn take(&mut self, key: Key, shared: &mut Shared) -> Taken {
        match key.code() {
            _ if !self.typed => return Taken::NotMine,
            KeyCode::Enter => {
                self.typed = false;
                self.words.deselect();
            }
            KeyCode::Esc => drop(self.clear()),
            _ if self.words.take(key) => self.drop_values(shared),
            _ => return Taken::NotMine,
        }
        Taken::Here
    }

    /// Takes pasted text while they are typed.
    pub(super) fn paste(&mut self, text: &str, shared: &mut Shared) -> Taken {
        if !self.typed {
            return Taken::NotMine;
        }
        self.words.paste(text);
        self.drop_values(shared);
        Taken::Here
    }

    /// No value stands on a screen because it was pasted into the wrong line.
    fn drop_values(&mut self, shared: &mut Shared) {
        let whole = leak::find(self.value()).is_some_and(|leak| !matches!(leak, Leak::Part(_)));
        if whole {
            self.clear();
            shared.say(Kind::Refused, "A token value, not kept: the help has no use for it");
        }
    }
}
