//! What is listed: filters and order. Every change of it asks for the list anew; keys that act on
//! rows wait for the answer.

use crate::domain::{Column, Direction, Query, SortKey};
use crate::tui::filters::Filters;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;

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
    pub(in crate::tui) fn renew_dates(&mut self, shared: &Shared) {
        let now = shared.wall();
        self.filters.put_into(&mut self.list.query, now);
    }

    /// Lists in this order, from its first row.
    pub(in crate::tui) fn set_sort(&mut self, shared: &mut Shared, sort: Vec<SortKey>) {
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

    /// Clears all that narrows the list, searches among it (R43).
    pub(super) fn clear_filters(&mut self, shared: &mut Shared) {
        self.list.query.search.clear();
        self.list.query.guid.clear();
        self.filters = Filters::default();
        self.renew_dates(shared);
        self.reload(shared);
    }
}

fn reversed(key: SortKey) -> SortKey {
    let direction = match key.direction {
        Direction::Ascending => Direction::Descending,
        Direction::Descending => Direction::Ascending,
    };
    SortKey { direction, ..key }
}
