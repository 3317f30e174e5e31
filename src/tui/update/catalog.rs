//! What happens on the Catalog screen: going from list to list, looking at an entry,
//! taking one away.

use crate::backend::{Answer, BackendError, Cause};
use crate::domain::{EntryKind, Refusal};
use crate::text::safe_line;
use crate::tui::call::Call;
use crate::tui::catalog;
use crate::tui::catalog::Shelf;
use crate::tui::command::Command;
use crate::tui::deed::Deed;
use crate::tui::focus::Focus;
use crate::tui::form::EntryForm;
use crate::tui::layers::{Confirm, Reader, Text};
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::orders::Removal;
use crate::tui::screen::Screen;
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::tui::unconfirmed::Attempt;
use crate::wire::{Ability, Run};

impl Shelf {
    /// Removes an entry, after that was confirmed.
    pub(super) fn remove_entry(&mut self, shared: &mut Shared, removal: Removal) {
        self.acting += 1;
        shared.ask(Call::RemoveEntry(removal, Run::Real));
    }
}

impl Shelf {
    fn turn_to_list(&mut self, shared: &Shared, kind: EntryKind) {
        self.turn_to(kind);
        self.shelve(shared);
    }

    /// Searches the list while words are typed; all of it is in memory.
    pub(in crate::tui) fn find_entries(&mut self, shared: &Shared) {
        self.shelve(shared);
    }

    /// Moves as a command says; says whether it moves.
    fn move_among_entries(&mut self, shared: &Shared, command: Command) -> bool {
        self.list.move_by(command, shared.sight())
    }

    /// The window or the rows of a page have another size.
    pub(super) fn settle_shelf(&mut self, shared: &Shared) {
        let sight = shared.sight();
        self.list.settle(sight);
    }
}

impl Shared {
    fn removal_dialog(&self, removal: &Removal, name: &str) -> Confirm {
        let kind = removal.id.kind();
        let title = format!("Remove {kind}");
        let place = safe_line(&format!("{}  {}", self.place(), self.backend()));
        let unused = if self.tries_first() { "nothing uses it. " } else { "" };
        let text = vec![
            format!("Are you sure you want to remove {name}?"),
            format!("{}   {unused}This can't be undone.", removal.id),
        ];
        let stages = vec![Stage { text, button: "Remove" }];
        Confirm::new(title, place, stages, Deed::RemoveEntry(removal.clone()))
            .warning(self.warnings(&[Ability::RemoveEntry], None))
    }

    fn tries_first(&self) -> bool {
        self.session.abilities.refusal(Ability::TryFirst).is_none()
    }
}

impl Model {
    /// First asks the backend whether the entry can go at all, where it can say so: nobody
    /// should confirm what is then refused.
    fn ask_removal(&mut self) {
        let Some(row) = self.screens.shelf.list.current().cloned() else { return };
        let name = row.cells.first().cloned().unwrap_or_default();
        let removal = Removal { id: row.id, name };
        if self.tries_first() {
            self.ask(Call::RemoveEntry(removal, Run::Dry));
        } else {
            let name = safe_line(&removal.name);
            self.layers.push(self.shared.removal_dialog(&removal, &name));
        }
    }

    /// Shows what exists before tokens can use it.
    pub(super) fn show_catalog(&mut self) {
        if self.screens.tokens.focus == Focus::Details {
            self.screens.tokens.leave_details(&self.shared);
        }
        self.layers.clear();
        self.screens.at = Screen::Catalog;
        self.screens.shelf.shelve(&self.shared);
    }

    /// Shows one list of it.
    pub(super) fn show_list(&mut self, kind: EntryKind) {
        self.show_catalog();
        self.screens.shelf.turn_to_list(&self.shared, kind);
    }

    /// What a command does on this screen; nothing where it does what it does
    /// anywhere.
    pub(super) fn run_in_catalog(&mut self, command: Command) -> bool {
        let on_top = self.layers.is_empty() || self.layers.top().is_some_and(Reader::is_entry);
        if self.screens.at != Screen::Catalog || !on_top {
            return false;
        }
        match command {
            Command::New => {
                let kind = self.screens.shelf.list.query.kind;
                let form = EntryForm::open_new(kind, self.account(), &self.ground());
                self.open_form(form);
            }
            Command::Edit => {
                let Some(id) = self.screens.shelf.current() else { return true };
                let Some(now) = self.catalogue.draft(id) else { return true };
                let form = EntryForm::open_edit(id, &now, &self.ground());
                self.open_form(form);
            }
            Command::Delete => self.ask_removal(),
            Command::ToggleEnabled => self.ask_switch(),
            _ => return self.layers.is_empty() && self.run_in_shelf(command),
        }
        true
    }

    /// What a command does where nothing lies over the list.
    fn run_in_shelf(&mut self, command: Command) -> bool {
        match command {
            Command::NextList => {
                self.screens.shelf.turn_to_list(&self.shared, self.screens.shelf.beside(true));
            }
            Command::PreviousList => {
                self.screens.shelf.turn_to_list(&self.shared, self.screens.shelf.beside(false));
            }
            Command::ClearFilters => {
                self.screens.shelf.list.query.text.clear();
                self.screens.shelf.shelve(&self.shared);
            }
            Command::Open => self.layers.push(Reader::of(Text::Entry)),
            Command::PageSize => {
                self.cycle_page_size();
                self.screens.shelf.settle_shelf(&self.shared);
            }
            _ => return self.screens.shelf.move_among_entries(&self.shared, command),
        }
        true
    }

    /// The catalogue came anew, or another account was chosen.
    pub(super) fn renew_shelf(&mut self) {
        if self.screens.at != Screen::Catalog {
            return;
        }
        self.screens.shelf.shelve(&self.shared);
        if std::mem::take(&mut self.screens.shelf.announced) {
            self.tell_refreshed();
        }
        let gone = self.layers.top().is_some_and(Reader::is_entry)
            && self.screens.shelf.current().is_none();
        if gone {
            // Something to read stays something to read: the next key is meant for it.
            self.layers.pop();
            let title = "This entry is no longer here".to_owned();
            self.layers.push(Reader::of(Text::Report { title, reasons: vec![] }));
        }
        self.clamp_scroll();
    }

    /// The backend said whether an entry can go, or that it is gone.
    pub(super) fn entry_removed(&mut self, removal: &Removal, run: Run, result: Answer<()>) {
        let name = safe_line(&removal.name);
        match (run, result) {
            (Run::Dry, _)
                if self.layers.asks()
                    || self.layers.whole().is_some()
                    || self.screens.at != Screen::Catalog => {}
            (_, Err(error)) => {
                self.screens.shelf.acting =
                    self.screens.shelf.acting.saturating_sub(usize::from(run == Run::Real));
                match error {
                    BackendError { cause: Cause::Refused(used @ Refusal::InUse(_)), .. } => {
                        self.say(Kind::Refused, safe_line(&format!("{name} is {used}")));
                    }
                    error => {
                        self.failed(&format!("remove {name}"), &error);
                        if run == Run::Real {
                            let (id, name) = (removal.id, removal.name.clone());
                            self.screens.tokens.doubt(
                                &mut self.shared,
                                Attempt::Removal { id, name },
                                &error,
                            );
                        }
                    }
                }
            }
            (Run::Dry, Ok(())) => {
                let dialog = self.removal_dialog(removal, &name);
                self.layers.push(dialog);
            }
            (Run::Real, Ok(())) => {
                self.screens.shelf.acting = self.screens.shelf.acting.saturating_sub(1);
                self.say(
                    Kind::Ok,
                    format!("{} {name} was removed", catalog::one(removal.id.kind())),
                );
                self.ask(Call::Who);
            }
        }
    }
}
