//! The form of an entry of the catalogue: opening it, saving it, and what comes of
//! that (R138, R139).

use crate::backend::{Answer, BackendError, Cause};
use crate::domain::{EntryDraft, Refusal};
use crate::text::Safe;
use crate::tui::call::Call;
use crate::tui::catalog;
use crate::tui::form::{EntryForm, FormPlace, Kind};
use crate::tui::model::Model;
use crate::tui::notice::Kind as NoticeKind;
use crate::tui::orders::EntrySave;
use crate::tui::shared::Shared;
use crate::tui::ticket::Ticket;
use crate::tui::unconfirmed::Attempt;
use crate::wire::EntryView;

impl FormPlace {
    fn entry_form(&self) -> Option<&EntryForm> {
        match self.open.as_ref().map(|form| &form.kind) {
            Some(Kind::Entry(entry)) => Some(entry),
            _ => None,
        }
    }
}

impl FormPlace {
    /// Sends what the form says.
    pub(super) fn save_entry(&mut self, shared: &mut Shared) {
        let save = self.with_form(shared, |form, _| {
            let Kind::Entry(entry) = &form.kind else { return None };
            let save = entry.save(&form.sheet)?;
            Some(save)
        });
        if let Some(save) = save.flatten() {
            let ticket = shared.ask(Call::SaveEntry(Box::new(save)));
            self.form_is_saving(ticket);
        }
    }

    /// Asks for the catalogue, to go on from what it says of the entry now.
    pub(super) fn reload_entry_form(&mut self, shared: &mut Shared) {
        self.with_form(shared, |form, _| {
            if let Kind::Entry(entry) = &mut form.kind {
                entry.reloading = true;
            }
        });
        shared.ask(Call::Who);
    }

    /// The catalogue came: a form that waits for it goes on from there.
    pub(super) fn rebase_entry_form(&mut self, shared: &mut Shared) {
        let Some(id) = self.entry_form().filter(|entry| entry.reloading).and_then(EntryForm::id)
        else {
            return;
        };
        let theirs: Option<EntryDraft> = shared.catalogue.draft(id);
        let there = theirs.is_some();
        self.with_form(shared, |form, ground| {
            let Kind::Entry(entry) = &mut form.kind else { return };
            match theirs {
                Some(theirs) => entry.rebase(&mut form.sheet, &theirs, ground),
                None => entry.reloading = false,
            }
            form.renew(ground);
        });
        if there {
            shared.say(NoticeKind::Info, "Reloaded: what they changed is marked");
        } else {
            shared.say(NoticeKind::Refused, format!("{id} is no longer here"));
        }
    }
}

impl Model {
    /// A form for a new entry of the list on screen.
    pub(super) fn open_new_entry(&mut self) {
        let (kind, account) = (self.screens.shelf.list.query.kind, self.account());
        let form = EntryForm::open_new(kind, account, &self.ground());
        self.layers.clear();
        self.open_form(form);
    }

    /// A form with the entry under the cursor.
    pub(super) fn open_edit_entry(&mut self) {
        let Some(id) = self.screens.shelf.current() else { return };
        let Some(now) = self.catalogue.draft(id) else { return };
        let form = EntryForm::open_edit(id, &now, &self.ground());
        self.layers.clear();
        self.open_form(form);
    }

    /// What came of a save.
    pub(super) fn entry_saved(
        &mut self,
        ticket: Ticket,
        save: Box<EntrySave>,
        result: Answer<EntryView>,
    ) {
        if self.form.open.as_ref().is_none_or(|form| form.saving != Some(ticket)) {
            return;
        }
        let edited = self.form.entry_form().and_then(EntryForm::id).is_some();
        match result {
            Ok(view) => self.take_saved_entry(&view, edited),
            Err(error) => self.entry_not_saved(save, &error, edited),
        }
        self.leave_if_done();
    }

    /// The form goes, and everything else shows the entry at once, the list under its
    /// cursor.
    fn take_saved_entry(&mut self, view: &EntryView, edited: bool) {
        self.form.open = None;
        let done = if edited { "updated" } else { "added" };
        let name = Safe::line(view.entry.name()).into_string();
        let said = format!("{} {name} was {done}", catalog::one(view.id.kind()));
        match view.warning() {
            Some(warning) => {
                self.say(NoticeKind::Info, format!("{said}. {}", Safe::line(&warning)));
            }
            None => self.say(NoticeKind::Ok, said),
        }
        self.catalogue.put(view.id, view.entry.clone());
        // What hides it would leave the operator wondering where it is.
        if !edited {
            self.screens.shelf.list.query.text.clear();
        }
        self.screens.shelf.list.id = Some(view.id);
        self.renew_shelf();
        self.screens.tokens.reload(&mut self.shared);
        self.ask(Call::Who);
    }

    /// It stays, with what was typed and the reason.
    fn entry_not_saved(&mut self, save: Box<EntrySave>, error: &BackendError, edited: bool) {
        let unsure = self.screens.tokens.doubt(&mut self.shared, Attempt::Entry(save), error);
        let Some(form) = &mut self.form.open else { return };
        form.saving = None;
        form.unsure = unsure;
        let what = self.form.entry_form().map(|entry| entry.kind().to_string()).unwrap_or_default();
        let what = format!("{} the {what}", if edited { "update" } else { "add" });
        match error {
            BackendError { cause: Cause::Refused(Refusal::StaleVersion { by, at }), .. } => {
                self.ask_to_reload(by, *at);
            }
            BackendError { cause: Cause::Refused(Refusal::Invalid(errors)), .. } => {
                let errors = errors.clone();
                self.form.with_form(&self.shared, |form, ground| form.refuse(errors, ground));
                if self.form.open.as_ref().is_some_and(|form| form.sheet.errors() == 0) {
                    self.failed(&what, error);
                }
            }
            _ => self.failed(&what, error),
        }
        self.look();
    }
}
