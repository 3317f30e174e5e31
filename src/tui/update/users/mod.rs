//! What happens on the Users screen: showing it, listing, moving, searching and
//! filtering. The keys are those of the token list, and mean the same.

mod holders;
mod select;
mod view;

use crate::backend::Answer;
use crate::domain::{AccountId, Direction};
use crate::tui::call::Call;
use crate::tui::command::{Command, Scope};
use crate::tui::focus::Focus;
use crate::tui::layers::Menu;
use crate::tui::list::List;
use crate::tui::news::News;
use crate::tui::picker::{Picker, Subject};
use crate::tui::place::{Outside, Taken, Then};
use crate::tui::reply::{Answered, answer};
use crate::tui::screen::Screen;
use crate::tui::screens::Screens;
use crate::tui::shared::Shared;
use crate::tui::state::Change;
use crate::tui::update::base::Base;
use crate::tui::update::{plan, switch_user};
use crate::tui::users::{Users, verb_of};
use crate::wire::{JobReport, UserColumn, UserPage, UserQuery};

impl Users {
    /// Moves as a command says; says whether it moves.
    fn move_among_users(&mut self, shared: &mut Shared, command: Command) -> bool {
        let moves = self.list.move_by(command, shared.sight());
        if moves {
            self.ask_if_users_lack(shared);
        }
        moves
    }

    /// Asks for the users on screen who are not in memory.
    pub(super) fn ask_if_users_lack(&mut self, shared: &mut Shared) {
        let lacks = self.list.lacks_rows(shared.sight());
        if lacks {
            self.reload_users(shared);
        }
    }

    /// Asks for the users again, around the one under the cursor or else the row.
    fn reload_users(&mut self, shared: &mut Shared) {
        self.list.query.account = shared.account;
        let wanted = self.list.portion(shared.sight().span());
        shared.ask(Call::Users(Box::new(wanted)));
    }

    /// Searches for what was typed (R129).
    pub(in crate::tui) fn find_users(&mut self, shared: &mut Shared) {
        let words = self.text.split_whitespace().map(str::to_owned).collect();
        self.list_users(shared, UserQuery { words, ..self.list.query.clone() });
    }

    /// Lists what another query finds.
    pub(in crate::tui) fn list_users(&mut self, shared: &mut Shared, query: UserQuery) {
        if query == self.list.query {
            return;
        }
        self.list.query = query;
        self.reload_users(shared);
    }

    /// The same where the operator chose what narrows it: the modules are what they start
    /// from the next time.
    pub(in crate::tui) fn filter_users(&mut self, shared: &mut Shared, query: UserQuery) {
        if query.modules != self.list.query.modules {
            let (seat, modules) = (shared.seat(), query.modules.clone());
            shared.remember(Change::Modules { seat, modules });
        }
        self.list_users(shared, query);
    }

    /// Takes over what the run before left, as far as the account has it.
    pub(in crate::tui) fn recall(&mut self, shared: &Shared) {
        self.list.query.account = shared.account;
        self.list.query.modules = shared.state.modules_at(&shared.seat());
        self.drop_foreign_modules(shared, shared.account());
    }

    /// Modules that the account does not have are not asked about.
    fn drop_foreign_modules(&mut self, shared: &Shared, account: Option<AccountId>) {
        let modules = &shared.catalogue.modules;
        self.list.query.modules.retain(|id| {
            let module = modules.get(id);
            module.is_some_and(|module| account.is_none_or(|id| module.accounts.contains(&id)))
        });
    }

    /// Clears all that narrows the list, the search among it (R43).
    fn clear_user_filters(&mut self, shared: &mut Shared) {
        self.text.clear();
        let UserQuery { account, sort, .. } = self.list.query;
        self.list_users(shared, UserQuery { account, sort, ..UserQuery::default() });
    }

    /// Sorts by a column; by the same again, the other way round (R45).
    pub(in crate::tui) fn sort_users(&mut self, shared: &mut Shared, column: UserColumn) {
        let direction = match self.list.query.sort {
            (same, Direction::Ascending) if same == column => Direction::Descending,
            _ => Direction::Ascending,
        };
        self.list.id = None;
        self.list_users(shared, UserQuery { sort: (column, direction), ..self.list.query.clone() });
    }
}

impl Screens {
    /// Shows the users and what they hold.
    pub(super) fn show_users(&mut self, shared: &mut Shared) {
        self.close_user(shared);
        if self.tokens().focus == Focus::Details {
            self.tokens_mut().leave_details(shared);
        }
        self.at = Screen::Users;
        self.users.reload_users(shared);
    }

    /// Asks for the users again where anything of them is on screen.
    pub(in crate::tui) fn reload_shown_users(&mut self, shared: &mut Shared) {
        let shown = self.at == Screen::Users || self.tokens().viewed().is_some();
        if shown {
            self.users.reload_users(shared);
        }
    }

    /// The account is another one: nobody of the one before is seen under its name,
    /// and modules it does not have are no longer asked about.
    pub(super) fn turn_users_to_account(
        &mut self,
        shared: &mut Shared,
        account: Option<AccountId>,
    ) {
        let mut query = std::mem::take(&mut self.users.list.query);
        query.account = shared.account;
        self.users.list = List::of(query);
        self.users.drop_foreign_modules(shared, account);
        self.reload_shown_users(shared);
    }
}

impl Base for Users {
    fn run(&mut self, command: Command, outside: &mut Outside<'_>) -> Taken {
        if let Some(verb) = verb_of(command) {
            return self.propose(verb, outside);
        }
        let build = match command {
            Command::ClearFilters => {
                self.clear_user_filters(outside.shared);
                return Taken::Here;
            }
            Command::Edit => {
                let user = self.list.current().map(|view| view.user.id);
                let form = user.and_then(|id| switch_user::form(id, outside.shared));
                outside.then.extend(form);
                return Taken::Here;
            }
            Command::ToggleEnabled | Command::Enable | Command::Disable => {
                let Some(view) = self.list.current() else { return Taken::NotMine };
                switch_user::ask(command, view.user.id, outside);
                return Taken::Here;
            }
            Command::Open => Then::OpenUser,
            Command::Filters => {
                Then::Build(|seen| Box::new(Picker::open(Subject::user_filters(seen), seen)))
            }
            Command::Sort => Then::Build(|seen| Box::new(Picker::open(Subject::UserSort, seen))),
            Command::More => Then::Build(|seen| Box::new(Menu::open(seen))),
            Command::Select
            | Command::SelectRange
            | Command::SelectAll
            | Command::InvertSelection
            | Command::ClearSelection => {
                self.select(command, outside.shared);
                return Taken::Here;
            }
            _ if self.move_among_users(outside.shared, command) => return Taken::Here,
            _ => return Taken::NotMine,
        };
        outside.then.push(build);
        Taken::Here
    }

    fn rows(&self) -> usize {
        self.list.total()
    }

    fn go_to_row(&mut self, row: usize, shared: &mut Shared) {
        self.list.go_to(row, shared.sight());
        self.fill(shared);
    }

    fn leave(&mut self, _outside: &mut Outside<'_>) -> Taken {
        if self.list.selection.range.take().is_some() { Taken::Here } else { Taken::NotMine }
    }

    fn answer(&mut self, answered: Answered, outside: &mut Outside<'_>) -> Option<Answered> {
        let Answered { ticket, call, result } = answered;
        match call {
            Call::Users(wanted) if wanted.query.account == self.list.query.account => {
                self.listed(answer(result), outside);
            }
            // Of the account before.
            Call::Users(_) => {}
            Call::FoundUsers(_) => self.found(answer(result), outside.shared),
            Call::PlanHolders(proposal) => plan::planned(*proposal, answer(result), outside),
            Call::StartHolders(bulk) => self.started(&bulk, answer(result), outside),
            Call::Generate(bulk) => self.generated(&bulk, answer(result), outside),
            call => return Some(Answered { ticket, call, result }),
        }
        None
    }

    fn heed(&mut self, news: &News, outside: &mut Outside<'_>) {
        match news {
            News::Ended(report) => {
                if let Some(JobReport::Holders(report)) = report.as_deref() {
                    self.deselect_done(report);
                }
                self.renew(outside.shared, outside.shown);
            }
            News::Written => self.renew(outside.shared, outside.shown),
            News::Tokens
            | News::Token(_)
            | News::Gone(_)
            | News::Jobs
            | News::Known
            | News::Users => {}
        }
    }

    fn renew(&mut self, shared: &mut Shared, shown: bool) {
        if shown {
            self.reload_users(shared);
        }
    }

    fn refresh(&mut self, shared: &mut Shared, shown: bool) {
        self.renew(shared, shown);
        self.list.announced = shown;
    }

    fn settle(&mut self, shared: &mut Shared) {
        self.list.settle(shared.sight());
    }

    fn fill(&mut self, shared: &mut Shared) {
        self.ask_if_users_lack(shared);
    }

    fn waits_for_rows(&self) -> bool {
        self.list.is_outdated()
    }

    fn draws_range(&self) -> bool {
        self.list.selection.range.is_some()
    }

    fn acting_scopes(&self) -> &'static [Scope] {
        &[Scope::Users, Scope::Act]
    }

    fn end_range(&mut self, outside: &mut Outside<'_>) {
        let marking = self.list.end_range();
        self.mark(marking, outside.shared);
    }

    fn drop_range(&mut self) {
        self.list.selection.range = None;
    }
}

impl Users {
    fn listed(&mut self, result: Answer<UserPage>, outside: &mut Outside<'_>) {
        let Outside { shared, shown, then, .. } = outside;
        match result {
            Ok(page) => {
                let wall = shared.wall();
                shared.link.reach.read(Screen::Users, Some(wall));
                let (all, sight) = (page.all, shared.sight());
                self.list.take(page, all, sight);
                if std::mem::take(&mut self.list.announced) {
                    shared.tell_refreshed();
                }
                if *shown && self.list.asked != self.list.cursor {
                    self.ask_if_users_lack(shared);
                }
                then.push(Then::Tell(News::Users));
            }
            Err(error) => {
                shared.link.reach.missed(Screen::Users);
                self.list.announced = false;
                self.list.give_up(&error.to_string());
                shared.unread("list the users", &error);
                shared.drop_held();
            }
        }
    }
}
