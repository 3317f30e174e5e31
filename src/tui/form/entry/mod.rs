//! The form of an entry of the catalogue: new or edited (R139). It asks the domain
//! what is wrong, as the authority will, and knows neither keys nor backend.

mod offers;
mod open;
mod rebase;
mod values;

use crate::domain::catalogue_rules::{EntryPlace, check};
use crate::domain::{EntryDraft, EntryId, EntryKind, FieldError, name};

use super::{Ground, Sheet};
use crate::tui::orders::EntrySave;

/// What the form of an entry knows besides its fields.
#[derive(Debug, Clone)]
pub(in crate::tui) struct EntryForm {
    kind: EntryKind,
    /// The entry that is edited, as it was read.
    before: Option<(EntryId, EntryDraft)>,
    /// The account, where it can't be chosen.
    account: Option<String>,
    /// Whether the box of the permission was checked, while a role can't have it.
    manages: bool,
    /// Whether the catalogue was asked for, to go on from what it says now.
    pub(in crate::tui) reloading: bool,
}

impl EntryForm {
    /// Which list it is for.
    pub(in crate::tui) fn kind(&self) -> EntryKind {
        self.kind
    }

    /// The entry that is edited.
    pub(in crate::tui) fn id(&self) -> Option<EntryId> {
        self.before.as_ref().map(|(id, _)| *id)
    }

    /// Brings what depends on other fields up to date; returns what is wrong.
    pub(super) fn renew(&mut self, sheet: &mut Sheet, ground: &Ground<'_>) -> Vec<FieldError> {
        match self.kind {
            EntryKind::Group => self.offer_modules(sheet, ground),
            EntryKind::User => {
                self.offer_permission(sheet);
                self.offer_scopes(sheet, ground);
            }
            EntryKind::Account | EntryKind::Module | EntryKind::Scope => {}
        }
        let Some(draft) = self.draft(sheet) else {
            let mut errors = vec![FieldError::new("account", "Choose an account")];
            let named = name::check(sheet.text("name"), "Name");
            errors.extend(named.err().map(|message| FieldError::new("name", message)));
            return errors;
        };
        let before = self.id();
        let Ground { catalogue, operator, .. } = *ground;
        let checked = check(&draft, &EntryPlace { catalogue, operator, before });
        let mut errors = values::rule_errors(sheet);
        errors.extend(checked.err().unwrap_or_default());
        errors
    }

    /// What saving it asks for, once nothing is wrong.
    pub(in crate::tui) fn save(&self, sheet: &Sheet) -> Option<EntrySave> {
        let draft = self.draft(sheet)?;
        Some(EntrySave { before: self.before.clone(), draft })
    }
}
