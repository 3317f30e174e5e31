//! What happens on the Users screen: showing it, listing, moving, searching and
//! filtering. The keys are those of the token list, and mean the same.

mod holders;
mod select;
mod view;

use crate::backend::Answer;
use crate::domain::{AccountId, Direction, HolderVerb};
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::focus::Focus;
use crate::tui::list::List;
use crate::tui::model::Model;
use crate::tui::picker::Subject;
use crate::tui::screen::Screen;
use crate::tui::screens::Screens;
use crate::tui::shared::Shared;
use crate::tui::users::{Users, verb_of};
use crate::wire::{UserColumn, UserPage, UserQuery};

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
        self.tokens.close_user(shared);
        if self.tokens.focus == Focus::Details {
            self.tokens.leave_details(shared);
        }
        self.at = Screen::Users;
        self.users.reload_users(shared);
    }

    /// Asks for the users again where anything of them is on screen.
    pub(super) fn reload_shown_users(&mut self, shared: &mut Shared) {
        let shown = self.at == Screen::Users || self.tokens.viewed().is_some();
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
        let modules = &shared.catalogue.modules;
        query.modules.retain(|id| {
            let module = modules.get(id);
            module.is_some_and(|module| account.is_none_or(|id| module.accounts.contains(&id)))
        });
        self.users.list = List::of(query);
        self.reload_shown_users(shared);
    }
}

impl Model {
    /// Does what a command means on the Users screen; nothing where it means the
    /// same on every screen.
    pub(super) fn run_in_users(&mut self, command: Command) -> bool {
        if self.screens.at != Screen::Users || !self.layers.is_empty() {
            return false;
        }
        if let Some(verb) = verb_of(command) {
            self.propose_holders(verb);
            return true;
        }
        match command {
            Command::Filters => self.open_picker(Subject::user_filters(&self.seen())),
            Command::ClearFilters => self.screens.users.clear_user_filters(&mut self.shared),
            Command::Sort => self.open_picker(Subject::UserSort),
            Command::Open => self.screens.open_user(&mut self.shared),
            Command::Select
            | Command::SelectRange
            | Command::SelectAll
            | Command::InvertSelection
            | Command::ClearSelection => self.select_users(command),
            _ => return self.screens.users.move_among_users(&mut self.shared, command),
        }
        true
    }

    pub(super) fn users_listed(&mut self, result: Answer<UserPage>) {
        match result {
            Ok(page) => {
                let wall = self.wall();
                self.link.reach.read(Screen::Users, Some(wall));
                let (all, sight) = (page.all, self.shared.sight());
                self.screens.users.list.take(page, all, sight);
                self.screens.renew_viewed();
                if std::mem::take(&mut self.screens.users.list.announced) {
                    self.tell_refreshed();
                }
                let moved = self.screens.users.list.asked != self.screens.users.list.cursor;
                if moved && self.screens.at == Screen::Users {
                    self.screens.users.ask_if_users_lack(&mut self.shared);
                }
                self.propose_again::<HolderVerb>();
                self.take_held();
            }
            Err(error) => {
                self.link.reach.missed(Screen::Users);
                self.screens.users.list.announced = false;
                self.screens.users.list.give_up(&error.to_string());
                self.unread("list the users", &error);
                self.drop_held();
            }
        }
    }
}
