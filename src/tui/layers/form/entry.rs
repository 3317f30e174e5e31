//! The form of an entry of the catalogue: opening it, and what comes of its save (R138, R139).

use crate::backend::Answer;
use crate::domain::EntryDraft;
use crate::text::{Safe, safe_line};
use crate::tui::call::Call;
use crate::tui::catalog;
use crate::tui::form::{EntryForm, Form, Kind};
use crate::tui::news::News;
use crate::tui::notice::Kind as NoticeKind;
use crate::tui::orders::EntrySave;
use crate::tui::place::{Context, Then};
use crate::tui::shared::Shared;
use crate::tui::unconfirmed::Attempt;
use crate::wire::EntryView;

impl Form {
    fn entry(&self) -> Option<&EntryForm> {
        match &self.kind {
            Kind::Entry(entry) => Some(entry),
            Kind::Token(_) => None,
        }
    }

    /// The catalogue came: a form that waits for it goes on from there.
    pub(super) fn rebase_entry(&mut self, shared: &mut Shared) {
        let Kind::Entry(entry) = &mut self.kind else { return };
        let Some(id) = entry.id().filter(|_| entry.reloading) else { return };
        let theirs: Option<EntryDraft> = shared.catalogue.draft(id);
        let said = if let Some(theirs) = theirs {
            entry.rebase(&mut self.sheet, &theirs, &shared.ground());
            (NoticeKind::Info, "Reloaded: what they changed is marked".to_owned())
        } else {
            entry.reloading = false;
            (NoticeKind::Refused, format!("{id} is no longer here"))
        };
        shared.say(said.0, said.1);
    }

    /// What came of a save.
    pub(super) fn entry_saved(
        &mut self,
        save: Box<EntrySave>,
        result: Answer<EntryView>,
        context: &mut Context<'_>,
    ) {
        let edited = self.entry().and_then(EntryForm::id).is_some();
        match result {
            Ok(view) => take(&view, edited, context),
            Err(error) => {
                let what = self.entry().map(|entry| entry.kind().to_string()).unwrap_or_default();
                let what = format!("{} the {what}", if edited { "update" } else { "add" });
                self.not_saved((Attempt::Entry(save), &what), &error, context);
            }
        }
    }
}

/// The form goes, and everything else shows the entry at once, the list under its cursor.
fn take(view: &EntryView, edited: bool, context: &mut Context<'_>) {
    let done = if edited { "updated" } else { "added" };
    let name = safe_line(view.entry.name());
    let said = format!("{} {name} was {done}", catalog::one(view.id.kind()));
    match view.warning() {
        Some(warning) => {
            context.shared.say(NoticeKind::Info, format!("{said}. {}", Safe::line(&warning)));
        }
        None => context.shared.say(NoticeKind::Ok, said),
    }
    context.shared.catalogue.put(view.id, view.entry.clone());
    let shelf = &mut context.screens.shelf;
    // What hides it would leave the operator wondering where it is.
    if !edited {
        shelf.list.query.text.clear();
    }
    shelf.list.id = Some(view.id);
    context.screens.tokens_mut().reload(context.shared);
    // Of who is shown among the users it may be the name, or the account.
    context.screens.reload_shown_users(context.shared);
    context.shared.ask(Call::Who);
    context.then.extend([Then::Close, Then::Tell(News::Known)]);
}
