//! What footer and help tell of the keys of a question, and the keys of its reason.

use crate::tui::command::{Command, Scope};
use crate::tui::deed::Deed;
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::key::Key;
use crate::tui::place::Seen;
use crate::tui::shared::Shared;
use crate::wire::Ability;

use super::{Button, Confirm, Entry};

impl Confirm {
    /// What the footer tells of.
    pub(super) fn hinted(&self, seen: &Seen<'_>) -> Vec<Hint> {
        // Where a word is wanted, letters do it.
        let key = |command| seen.keymap.first_key_of(command);
        let both = |one, other| format!("{} {}", key(one), key(other));
        let cancel = Hint::new(key(Command::Cancel), "cancel");
        let reason = hints::usable(seen, [Command::Reason]);
        if self.reason.focused {
            let back = Hint::new(key(Command::Press), "done");
            return vec![Hint::new("type", "why"), back, cancel];
        }
        let mut hints = match &self.entry {
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
                let labelled = hints::labelled(Scope::Dialog);
                hints::usable(seen, labelled.filter(|command| *command != Command::Reason))
            }
        };
        // Before the way out, which is the last everywhere.
        let out = hints.pop();
        let hints: Vec<_> = hints.into_iter().chain(reason).chain(out).collect();
        match &self.entry {
            // Letters are for the word there.
            Entry::Word(word) if word.focused => hints,
            Entry::Terms(_) => hints,
            Entry::Nothing | Entry::Word(_) => hints::with_help(seen, hints),
        }
    }

    /// The same with the keys for the reason: it was asked for to be typed.
    #[must_use]
    pub(crate) fn saying_why(mut self) -> Self {
        self.turn_to_reason();
        self
    }

    /// Whether a reason can be given for what it asks.
    pub(super) fn takes_reason(&self, shared: &Shared) -> bool {
        // Where nothing is on record there is no reason on record either.
        shared.session.abilities.refusal(Ability::Events).is_none() && self.deed.takes_reason()
    }

    /// Lets the reason be typed, or goes back to the buttons.
    pub(super) fn turn_to_reason(&mut self) {
        self.reason.focused = !self.reason.focused;
        self.button = Button::Cancel;
        if let Entry::Word(word) = &mut self.entry {
            word.focused = !self.reason.focused;
        }
    }

    /// A key while the reason has the keys.
    pub(super) fn reasoned(&mut self, key: Key) {
        if let Some(why) = self.reason.take(key) {
            self.note = Some(why.to_owned());
        }
    }

    /// The reason can't be kept: it says why, and stays.
    pub(super) fn refuses_reason(&mut self) -> bool {
        let Err(why) = self.reason.given() else { return false };
        self.note = Some(why);
        self.reason.focused = true;
        true
    }

    /// What is confirmed, with all that was chosen for it and said of it.
    pub(super) fn settled(&self, deed: Deed) -> Deed {
        let deed = self.with_terms(deed);
        match self.reason.given() {
            Ok(Some(reason)) if deed.takes_reason() => Deed::Because(Box::new(deed), reason),
            _ => deed,
        }
    }

    /// What the keys do in its field, where it has one for letters.
    pub(super) fn keys_of_field(&self) -> &'static [(&'static str, &'static str)] {
        match &self.entry {
            Entry::Word(_) => &[
                ("letters", "the word that is asked for, letter by letter: a paste is dropped"),
                ("Backspace", "take the last letter back; Ctrl-u all of them"),
            ],
            Entry::Terms(_) => &[
                ("letters", "another overlap (36h, 10d, 2w), or the path of the file"),
                ("Backspace", "take the last letter back; Ctrl-u all of them"),
            ],
            Entry::Nothing => &[],
        }
    }
}
