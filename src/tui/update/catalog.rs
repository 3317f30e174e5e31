//! What happens on the Catalog screen: going from list to list, looking at an entry,
//! taking one away.

use crate::backend::{Answer, BackendError, Cause};
use crate::domain::{EntryId, EntryKind, Refusal};
use crate::text::safe_line;
use crate::tui::call::Call;
use crate::tui::catalog;
use crate::tui::catalog::Shelf;
use crate::tui::command::Command;
use crate::tui::deed::Deed;
use crate::tui::form::{EntryForm, Form};
use crate::tui::layers::{Confirm, Menu, Reader, Text};
use crate::tui::news::News;
use crate::tui::notice::Kind;
use crate::tui::orders::Removal;
use crate::tui::place::{Outside, Taken, Then};
use crate::tui::reply::{Answered, answer};
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::tui::unconfirmed::Attempt;
use crate::tui::update::base::Base;
use crate::tui::update::switch_user;
use crate::wire::{Ability, Run};

impl Shelf {
    /// First asks the backend whether the entry can go at all, where it can say so: nobody
    /// should confirm what is then refused.
    fn ask_removal(&self, outside: &mut Outside<'_>) {
        let Some(row) = self.list.current() else { return };
        let name = row.cells.first().cloned().unwrap_or_default();
        let removal = Removal { id: row.id, name };
        if tries_first(outside.shared) {
            outside.shared.ask(Call::RemoveEntry(removal, Run::Dry));
        } else {
            ask_to_remove(&removal, outside);
        }
    }

    /// Removes an entry, after that was confirmed.
    pub(super) fn remove_entry(&mut self, shared: &mut Shared, removal: Removal) {
        self.acting += 1;
        shared.ask(Call::RemoveEntry(removal, Run::Real));
    }
}

impl Shelf {
    /// Shows one list of it.
    pub(in crate::tui::update) fn turn_to_list(&mut self, shared: &Shared, kind: EntryKind) {
        self.turn_to(kind);
        self.shelve(shared);
    }

    /// Searches the list while words are typed; all of it is in memory.
    pub(in crate::tui) fn find_entries(&mut self, shared: &Shared) {
        self.shelve(shared);
    }

    fn form_of_current(&self, shared: &Shared) -> Option<Form> {
        let id = self.current()?;
        let now = shared.catalogue.draft(id)?;
        Some(EntryForm::open_edit(id, &now, &shared.ground()))
    }

    /// The backend said whether an entry can go, or that it is gone.
    fn removed(
        &mut self,
        (removal, run): (&Removal, Run),
        result: Answer<()>,
        outside: &mut Outside<'_>,
    ) {
        let name = safe_line(&removal.name);
        let elsewhere = outside.over.asks() || outside.over.whole().is_some() || !outside.shown;
        let shared = &mut *outside.shared;
        self.acting = self.acting.saturating_sub(usize::from(run == Run::Real));
        match (run, result) {
            (Run::Dry, _) if elsewhere => {}
            (_, Err(BackendError { cause: Cause::Refused(used @ Refusal::InUse(_)), .. })) => {
                shared.say(Kind::Refused, safe_line(&format!("{name} is {used}")));
            }
            (run, Err(error)) => {
                shared.failed(&format!("remove {name}"), &error);
                if run == Run::Real {
                    let (id, name) = (removal.id, removal.name.clone());
                    shared.doubt(Attempt::Removal { id, name }, false, &error);
                }
            }
            (Run::Dry, Ok(())) => ask_to_remove(removal, outside),
            (Run::Real, Ok(())) => {
                let kind = catalog::one(removal.id.kind());
                shared.say(Kind::Ok, format!("{kind} {name} was removed"));
                shared.ask(Call::Who);
            }
        }
    }
}

impl Base for Shelf {
    fn run(&mut self, command: Command, outside: &mut Outside<'_>) -> Taken {
        let over_entry = outside.over.top().is_some_and(Reader::is_entry);
        let shared = &mut *outside.shared;
        match command {
            Command::New => {
                let (kind, account) = (self.list.query.kind, shared.account());
                let form = EntryForm::open_new(kind, account, &shared.ground());
                outside.then.push(Then::Alone(Box::new(form)));
            }
            Command::Edit => {
                let form = self.form_of_current(shared);
                outside.then.extend(form.map(|form| Then::Alone(Box::new(form))));
            }
            Command::Delete => self.ask_removal(outside),
            Command::ToggleEnabled | Command::Enable | Command::Disable => {
                let Some(EntryId::User(id)) = self.current() else { return Taken::NotMine };
                switch_user::ask(command, id, outside);
            }
            Command::More => {
                outside.then.push(Then::Build(|seen| Box::new(Menu::open(seen))));
            }
            _ if over_entry => return Taken::NotMine,
            Command::NextList => self.turn_to_list(shared, self.beside(true)),
            Command::PreviousList => self.turn_to_list(shared, self.beside(false)),
            Command::ClearFilters => {
                self.list.query.text.clear();
                self.shelve(shared);
            }
            Command::Open => outside.open(Reader::of(Text::Entry)),
            _ if self.list.move_by(command, shared.sight()) => {}
            _ => return Taken::NotMine,
        }
        Taken::Here
    }

    fn rows(&self) -> usize {
        self.list.total()
    }

    fn go_to_row(&mut self, row: usize, shared: &mut Shared) {
        self.list.go_to(row, shared.sight());
    }

    fn leave(&mut self, _outside: &mut Outside<'_>) -> Taken {
        Taken::NotMine
    }

    fn answer(&mut self, answered: Answered, outside: &mut Outside<'_>) -> Option<Answered> {
        let Answered { ticket, call, result } = answered;
        match call {
            Call::RemoveEntry(removal, run) => {
                self.removed((&removal, run), answer(result), outside);
            }
            Call::Working(order) => switch_user::counted_working(order, answer(result), outside),
            Call::SwitchUser(order) => self.switched(&order, answer(result), outside),
            call => return Some(Answered { ticket, call, result }),
        }
        None
    }

    fn heed(&mut self, news: &News, outside: &mut Outside<'_>) {
        match news {
            News::Known if outside.shown => {
                self.shelve(outside.shared);
                if std::mem::take(&mut self.announced) {
                    outside.shared.tell_refreshed();
                }
            }
            News::Known
            | News::Tokens
            | News::Users
            | News::Token(_)
            | News::Gone(_)
            | News::Jobs
            | News::Ended(_)
            | News::Written => {}
        }
    }

    /// It is renewed with the catalogue.
    fn renew(&mut self, _shared: &mut Shared, _shown: bool) {}

    fn refresh(&mut self, _shared: &mut Shared, shown: bool) {
        self.announced = shown;
    }

    fn settle(&mut self, shared: &mut Shared) {
        self.list.settle(shared.sight());
    }
}

fn tries_first(shared: &Shared) -> bool {
    shared.session.abilities.refusal(Ability::TryFirst).is_none()
}

fn ask_to_remove(removal: &Removal, outside: &mut Outside<'_>) {
    let title = format!("Remove {}", removal.id.kind());
    let unused = if tries_first(outside.shared) { "nothing uses it. " } else { "" };
    let text = vec![
        format!("Are you sure you want to remove {}?", safe_line(&removal.name)),
        format!("{}   {unused}This can't be undone.", removal.id),
    ];
    let stages = vec![Stage { text, button: "Remove" }];
    let question = Confirm::new(title, outside.here(), stages, Deed::RemoveEntry(removal.clone()))
        .warning(outside.shared.warnings(&[Ability::RemoveEntry], None));
    outside.open(question);
}
