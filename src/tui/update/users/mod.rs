//! What happens on the Users screen: showing it, listing, moving, searching and
//! filtering. The keys are those of the token list, and mean the same.

mod holders;
mod select;
mod view;

use crate::backend::Answer;
use crate::domain::{AccountId, Direction};
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::focus::Focus;
use crate::tui::list::List;
use crate::tui::model::Model;
use crate::tui::orders::WantedUsers;
use crate::tui::picker::{Subject, UserDraft};
use crate::tui::screen::Screen;
use crate::tui::selection::Marking;
use crate::tui::words;
use crate::wire::{UserColumn, UserPage, UserQuery};

use super::list::target;

impl Model {
    /// Shows the users and what they hold.
    pub(super) fn show_users(&mut self) {
        self.close_user();
        if self.focus == Focus::Details {
            self.leave_details();
        }
        self.screen = Screen::Users;
        self.reload_users();
    }

    /// Does what a command means on the Users screen; nothing where it means the
    /// same on every screen.
    pub(super) fn run_in_users(&mut self, command: Command) -> bool {
        if self.screen != Screen::Users || !self.overlays.is_empty() {
            return false;
        }
        if let Some(verb) = words::holder_verb(self, command) {
            self.propose_holders(verb);
            return true;
        }
        match command {
            Command::Down
            | Command::Up
            | Command::Top
            | Command::Bottom
            | Command::HalfDown
            | Command::HalfUp => {
                let last = self.users.list.total().saturating_sub(1);
                let page = self.sight().page();
                self.go_to_user(target(command, self.users.list.cursor, page, last));
            }
            Command::PageDown | Command::NextPage => self.turn_users_page(true),
            Command::PageUp | Command::PreviousPage => self.turn_users_page(false),
            Command::FirstPage => self.go_to_user(0),
            Command::LastPage => {
                let page = self.sight().page();
                self.go_to_user(self.users.list.total().saturating_sub(1) / page * page);
            }
            Command::Filters => self.open_user_filters(),
            Command::ClearFilters => self.clear_user_filters(),
            Command::Sort => self.open_picker(Subject::UserSort),
            Command::Open => self.open_user(),
            Command::Select => self.select_user(),
            Command::SelectRange => self.select_user_range(),
            Command::SelectAll => self.mark_users(Marking::All),
            Command::InvertSelection => self.mark_users(Marking::Invert),
            Command::ClearSelection => {
                self.users.selection.clear();
            }
            _ => return false,
        }
        true
    }

    fn go_to_user(&mut self, index: usize) {
        let sight = self.sight();
        self.users.list.go_to(index, sight);
        self.ask_if_users_lack();
    }

    /// A page on or back; at the ends nothing happens (R47).
    fn turn_users_page(&mut self, on: bool) {
        let sight = self.sight();
        let list = &self.users.list;
        let position = list.position(sight);
        let at_end = if on { position.end >= list.total() } else { position.first == 0 };
        if at_end {
            return;
        }
        let (cursor, page) = (list.cursor, sight.page());
        self.go_to_user(if on { cursor.saturating_add(page) } else { cursor.saturating_sub(page) });
    }

    /// Asks for the users on screen who are not in memory.
    pub(super) fn ask_if_users_lack(&mut self) {
        let lacks = self.screen == Screen::Users && self.users.list.lacks_rows(self.sight());
        if lacks {
            self.reload_users();
        }
    }

    /// Asks for the users again where anything of them is on screen.
    pub(super) fn reload_shown_users(&mut self) {
        let shown = self.screen == Screen::Users || self.viewed().is_some();
        if shown {
            self.reload_users();
        }
    }

    /// Asks for the users again, around the one under the cursor or else the row.
    fn reload_users(&mut self) {
        let account = self.shared.account;
        self.users.list.query.account = account;
        self.users.selection.keep_within(account);
        let span = self.sight().span();
        let list = &mut self.users.list;
        list.asked = if list.is_outdated() { 0 } else { list.cursor };
        let wanted =
            WantedUsers { query: list.query.clone(), keep: list.id, index: list.asked, span };
        self.ask(Call::Users(Box::new(wanted)));
    }

    pub(super) fn users_listed(&mut self, result: Answer<UserPage>) {
        match result {
            Ok(page) => {
                let wall = self.wall();
                self.link.reach.read(Screen::Users, Some(wall));
                let (all, sight) = (page.all, self.sight());
                self.users.list.take(page, all, sight);
                self.find_user_range();
                self.renew_viewed();
                if std::mem::take(&mut self.users.list.announced) {
                    self.tell_refreshed();
                }
                let moved = self.users.list.asked != self.users.list.cursor;
                if moved {
                    self.ask_if_users_lack();
                }
                self.propose_holders_again();
                self.take_held();
            }
            Err(error) => {
                self.link.reach.missed(Screen::Users);
                self.users.list.announced = false;
                self.users.list.give_up(&error.to_string());
                self.unread("list the users", &error);
                self.drop_held();
            }
        }
    }

    /// Searches for what was typed (R129).
    pub(super) fn find_users(&mut self) {
        let words = self.users.text.split_whitespace().map(str::to_owned).collect();
        self.list_users(UserQuery { words, ..self.users.list.query.clone() });
    }

    /// Lists what another query finds.
    pub(super) fn list_users(&mut self, query: UserQuery) {
        if query == self.users.list.query {
            return;
        }
        self.users.list.query = query;
        self.reload_users();
    }

    pub(super) fn open_user_filters(&mut self) {
        let draft = UserDraft::of(&self.users.list.query);
        self.open_picker(Subject::UserFilters(Box::new(draft)));
    }

    /// Clears all that narrows the list, the search among it (R43).
    fn clear_user_filters(&mut self) {
        self.users.text.clear();
        let UserQuery { account, sort, .. } = self.users.list.query;
        self.list_users(UserQuery { account, sort, ..UserQuery::default() });
    }

    /// Sorts by a column; by the same again, the other way round (R45).
    pub(super) fn sort_users(&mut self, column: UserColumn) {
        let direction = match self.users.list.query.sort {
            (same, Direction::Ascending) if same == column => Direction::Descending,
            _ => Direction::Ascending,
        };
        self.users.list.id = None;
        self.list_users(UserQuery { sort: (column, direction), ..self.users.list.query.clone() });
    }

    /// The account is another one: nobody of the one before is seen under its name,
    /// and modules it does not have are no longer asked about.
    pub(super) fn turn_users_to_account(&mut self, account: Option<AccountId>) {
        let mut query = std::mem::take(&mut self.users.list.query);
        query.account = self.shared.account;
        let modules = &self.catalogue.modules;
        query.modules.retain(|id| {
            let module = modules.get(id);
            module.is_some_and(|module| account.is_none_or(|id| module.accounts.contains(&id)))
        });
        self.users.list = List::of(query);
        self.reload_shown_users();
    }
}
