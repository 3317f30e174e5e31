//! What is listed: filters, order, account. Every change of it asks for the list anew;
//! keys that act on rows wait for the answer.

use crate::domain::{AccountFilter, AccountId, Column, Direction, Query, SortKey};
use crate::tui::filters::Filters;
use crate::tui::layers::Search;
use crate::tui::list::List;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::screens::Screens;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::state::Change;

impl Tokens {
    /// Narrows the list by these instead of the filters so far.
    pub(in crate::tui) fn set_filters(&mut self, shared: &mut Shared, filters: Filters) {
        if filters == self.filters {
            return;
        }
        self.filters = filters;
        self.renew_dates(shared);
        self.reload(shared);
    }

    /// Counts the lengths of time among the filters from now.
    pub(super) fn renew_dates(&mut self, shared: &Shared) {
        let now = shared.wall();
        self.filters.put_into(&mut self.list.query, now);
    }

    /// Lists in this order, from its first row.
    pub(super) fn set_sort(&mut self, shared: &mut Shared, sort: Vec<SortKey>) {
        if sort == self.list.query.sort {
            return;
        }
        self.list.query.sort = sort;
        self.list.id = None;
        self.reload(shared);
    }

    /// Sorts by a column alone; by the same again, the other way round (R45).
    pub(in crate::tui) fn sort_by(&mut self, shared: &mut Shared, column: Column) {
        let keys = match self.list.query.sort.as_slice() {
            [key] if key.column == column => vec![reversed(*key)],
            _ => vec![SortKey { column, direction: Direction::Ascending }],
        };
        self.set_sort(shared, keys);
    }

    /// Adds a column as the last sort key, or reverses it where it is one already.
    pub(in crate::tui) fn add_sort(&mut self, shared: &mut Shared, column: Column) {
        let mut keys = self.list.query.sort.clone();
        if let Some(key) = keys.iter_mut().find(|key| key.column == column) {
            *key = reversed(*key);
            return self.set_sort(shared, keys);
        }
        // Names decide in any case: before another column they would leave it no say.
        if keys == Query::default().sort {
            keys.clear();
        }
        keys.push(SortKey { column, direction: Direction::Ascending });
        self.set_sort(shared, keys);
    }

    pub(in crate::tui) fn remove_sort(&mut self, shared: &mut Shared, column: Column) {
        let mut keys = self.list.query.sort.clone();
        keys.retain(|key| key.column != column);
        self.set_sort(shared, if keys.is_empty() { Query::default().sort } else { keys });
    }
}

impl Screens {
    /// Scopes and modules that the account does not have would hide all it has.
    fn drop_foreign_filters(&mut self, shared: &Shared, account: Option<AccountId>) {
        let Some(account) = account else { return };
        let catalogue = &shared.catalogue;
        self.tokens
            .filters
            .scopes
            .retain(|id| catalogue.scopes.get(id).is_some_and(|scope| scope.account == account));
        self.tokens.filters.modules.retain(|id| {
            catalogue.modules.get(id).is_some_and(|module| module.accounts.contains(&account))
        });
    }
}

impl Model {
    /// Clears all that narrows the list, searches among it (R43).
    pub(super) fn clear_filters(&mut self) {
        self.layers.take::<Search>();
        self.screens.tokens.list.query.search.clear();
        self.screens.tokens.list.query.guid.clear();
        self.screens.tokens.filters = Filters::default();
        self.screens.tokens.renew_dates(&self.shared);
        self.screens.tokens.reload(&mut self.shared);
    }

    /// Lists the tokens of one account, or of all. The one place where the account
    /// changes: what belongs to the rows of the one before ends here.
    pub(super) fn choose_account(&mut self, account: Option<AccountId>) {
        self.screens.tokens.close_user(&self.shared);
        let seat = self.seat();
        self.remember(Change::Account { seat, account });
        let wanted = AccountFilter::from(account);
        if wanted == self.shared.account {
            return;
        }
        self.screens.tokens.empty_details(&self.shared);
        self.screens.drop_foreign_filters(&self.shared, account);
        let mut query = std::mem::take(&mut self.screens.tokens.list.query);
        query.account = wanted;
        self.shared.account = wanted;
        // No row of the account before is seen under the name of this one.
        self.screens.tokens.list = List::of(query);
        self.screens.tokens.renew_dates(&self.shared);
        self.renew_shelf();
        self.screens.tokens.reload(&mut self.shared);
        self.screens.turn_users_to_account(&mut self.shared, account);
    }

    /// Leaves an account that is no longer the operator's to see.
    pub(super) fn leave_lost_account(&mut self) {
        match self.shared.account {
            AccountFilter::One(account) if !self.may_choose(account) => {
                self.say(Kind::Info, format!("{account} is no longer here"));
                self.choose_account(None);
            }
            _ => {}
        }
    }
}

fn reversed(key: SortKey) -> SortKey {
    let direction = match key.direction {
        Direction::Ascending => Direction::Descending,
        Direction::Descending => Direction::Ascending,
    };
    SortKey { direction, ..key }
}
