//! The terms of a question: they are chosen, typed and agreed on, and go with what is
//! confirmed.

use crate::domain::HandOver;
use crate::text::safe_line;
use crate::tui::bulk::BulkRenewal;
use crate::tui::deed::Deed;
use crate::tui::key::Key;
use crate::tui::orders::{Gift, Renewal};
use crate::tui::shared::Shared;

use super::{Button, Confirm, Entry, Terms};

impl Confirm {
    /// Changes the terms, where it wants any.
    pub(super) fn choose(&mut self, change: impl FnOnce(&mut Terms)) {
        if let Entry::Terms(terms) = &mut self.entry {
            change(terms);
            self.note = None;
        }
    }

    /// Whether the terms can't be; it says why, and stays.
    pub(super) fn refuses_terms(&mut self, shared: &Shared) -> bool {
        let reason = match &self.entry {
            Entry::Terms(terms) if self.button == Button::Act => {
                terms.refusal(shared.wall(), &shared.catalogue)
            }
            Entry::Terms(_) | Entry::Nothing | Entry::Word(_) => None,
        };
        let refused = reason.is_some();
        if refused {
            self.note = reason;
        }
        refused
    }

    /// Where another question follows, it says what was agreed on here.
    pub(super) fn agree(&mut self, shared: &Shared) {
        let Entry::Terms(terms) = &self.entry else { return };
        if self.button == Button::Act
            && let Some(next) = self.stages.get_mut(self.at + 1)
        {
            next.text.extend(terms.agreed(shared.wall()).iter().map(|line| safe_line(line)));
            self.agreed = Some(terms.clone());
        }
    }

    /// What is confirmed, with the terms that were chosen for it.
    pub(super) fn with_terms(&self, deed: Deed) -> Deed {
        let terms = match (&self.entry, &self.agreed) {
            (Entry::Terms(terms), _) | (_, Some(terms)) => terms,
            (Entry::Nothing | Entry::Word(_), None) => return deed,
        };
        // What can't be was refused before.
        let (expiry, overlap) = (terms.expiry, terms.overlap().unwrap_or_default());
        match deed {
            Deed::Regenerate(order) => Deed::Renew(Renewal { order, expiry, overlap }),
            Deed::Run(bulk) => {
                let file = terms.file();
                Deed::Rotate(Box::new(BulkRenewal { bulk, expiry, overlap, file }))
            }
            Deed::Give(gift) => {
                let how = HandOver { new_value: terms.new_value, overlap, ..gift.how };
                Deed::Give(Gift { how, ..gift })
            }
            deed => deed,
        }
    }

    /// Takes pasted text into a field of the terms; says whether there is one for it.
    pub(super) fn pastes(&mut self, text: &str) -> bool {
        match &mut self.entry {
            Entry::Terms(terms) => terms.paste(text),
            Entry::Nothing | Entry::Word(_) => false,
        }
    }

    /// Takes a letter into a field of the terms; says whether it was one.
    pub(super) fn types(&mut self, key: Key) -> bool {
        let Entry::Terms(terms) = &mut self.entry else { return false };
        let taken = terms.take(key);
        if taken {
            self.note = None;
        }
        taken
    }
}
