//! A list that is asked of somebody: what is asked, what the answer on screen is to, and why
//! there is none. How one moves and selects in its rows is [`ListView`]'s. Pure; what it lacks
//! it says, and `update` asks for it.

use std::ops::{Deref, DerefMut};

use crate::domain::{Query, Time};
use crate::wire::{EventPage, EventView, Page, RowId, TokenView};

use super::list_view::{ListView, RowSet, Sight};
use super::orders::Portion;

impl RowSet for Page {
    type Row = TokenView;
    type Id = RowId;

    fn rows(&self) -> &[TokenView] {
        &self.tokens
    }

    fn offset(&self) -> usize {
        self.offset
    }

    fn total(&self) -> usize {
        self.total
    }

    fn id(row: &TokenView) -> RowId {
        row.token.id.clone()
    }
}

impl RowSet for EventPage {
    type Row = EventView;
    type Id = u64;

    fn rows(&self) -> &[EventView] {
        &self.events
    }

    fn offset(&self) -> usize {
        self.offset
    }

    fn total(&self) -> usize {
        self.total
    }

    fn id(row: &EventView) -> u64 {
        row.event.sequence
    }
}

/// Rows that answer a query.
#[derive(Debug)]
pub(super) struct List<Q, W: RowSet> {
    /// What is listed.
    pub(super) query: Q,
    /// The row the latest request was made around.
    pub(super) asked: usize,
    /// Whether the operator asked for it by key: the next answer, though it may be to a
    /// request that overtook that one, is what they wait for.
    pub(super) announced: bool,
    /// A row that was just saved and is to be in the next answer, with what was said of it.
    pub(super) sought: Option<(W::Id, String)>,
    /// The query that the rows in memory answer; none before the first answer.
    answered: Option<Q>,
    /// What narrowed it, in the words of the filter line.
    answered_words: String,
    /// Why the latest request left no rows, if it failed.
    failure: Option<String>,
    /// How many there are without filters.
    pub(super) all: usize,
    view: ListView<W>,
}

impl<Q: Default, W: RowSet> Default for List<Q, W> {
    fn default() -> Self {
        Self::of(Q::default())
    }
}

impl<Q, W: RowSet> List<Q, W> {
    /// A list of which no row is known yet.
    pub(super) fn of(query: Q) -> Self {
        Self {
            query,
            asked: 0,
            announced: false,
            sought: None,
            answered: None,
            answered_words: String::new(),
            failure: None,
            all: 0,
            view: ListView::default(),
        }
    }
}

impl<Q: Clone + PartialEq, W: RowSet> List<Q, W> {
    /// Whether any answer has come yet.
    pub(super) fn is_loaded(&self) -> bool {
        self.answered.is_some()
    }

    /// Whether what is known of it was read, and not given up.
    pub(super) fn is_read(&self) -> bool {
        self.is_loaded() && self.failure().is_none()
    }

    /// Whether the rows in memory answer another query than the one now asked.
    pub(super) fn is_outdated(&self) -> bool {
        self.answered.as_ref() != Some(&self.query)
    }

    /// The query that what is on screen answers, so that title, filter line and rows are
    /// of one answer however long the next one takes.
    pub(super) fn shown(&self) -> &Q {
        self.answered.as_ref().unwrap_or(&self.query)
    }

    /// What narrows the rows on screen, where that is no longer what is asked for.
    pub(super) fn outdated_words(&self) -> Option<&str> {
        (self.is_loaded() && self.is_outdated()).then_some(self.answered_words.as_str())
    }

    /// Why there are no rows here, where they could not be read.
    pub(super) fn failure(&self) -> Option<&str> {
        self.failure.as_deref().filter(|_| self.current().is_none())
    }

    /// No answer will come to the latest request. Rows that answer another question
    /// go, for an action must not find a row that nobody asked for.
    pub(super) fn give_up(&mut self, why: &str) {
        if self.is_outdated() {
            self.view.page = W::default();
            self.view.id = None;
            self.answered = Some(self.query.clone());
        }
        // Nobody waits for a row that will not come.
        if self.current().is_none() {
            self.failure = Some(why.to_owned());
        }
    }

    /// Takes an answer: the cursor stays on its row where that is still listed (R49);
    /// where not, it stays at its place, or goes to the first of a new query.
    pub(super) fn take(&mut self, page: W, all: usize, sight: Sight) {
        // What was the tenth row of one answer means nothing in another.
        if self.is_outdated() {
            self.view.cursor = 0;
        }
        self.answered = Some(self.query.clone());
        self.failure = None;
        self.all = all;
        self.view.renew(page);
        self.view.settle(sight);
    }

    /// The rows to ask for: around the one under the cursor, or else its place, and so many on
    /// either side.
    pub(super) fn portion(&mut self, span: usize) -> Portion<Q, W::Id> {
        self.asked = if self.is_outdated() { 0 } else { self.cursor };
        Portion { query: self.query.clone(), keep: self.id.clone(), index: self.asked, span }
    }

    /// What narrows the list as it now is, for the time when it narrows it no longer.
    pub(super) fn put_in_words(&mut self, words: String) {
        self.answered_words = words;
    }
}

impl<Q, W: RowSet> Deref for List<Q, W> {
    type Target = ListView<W>;

    fn deref(&self) -> &ListView<W> {
        &self.view
    }
}

impl<Q, W: RowSet> DerefMut for List<Q, W> {
    fn deref_mut(&mut self) -> &mut ListView<W> {
        &mut self.view
    }
}

/// The tokens of the backend.
pub(super) type TokenList = List<Query, Page>;

impl TokenList {
    /// Shows a token as it is now, without waiting for the list to come again.
    pub(super) fn replace(&mut self, view: &TokenView) {
        for row in self.page.tokens.iter_mut().filter(|row| row.token.id == view.token.id) {
            row.clone_from(view);
        }
    }

    /// When the answer was made.
    pub(super) fn as_of(&self) -> Option<Time> {
        self.page.as_of
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::options::PageSize;

    #[test]
    fn only_where_no_row_is_known_is_the_reason_shown() {
        let sight = Sight { height: 40, page_size: PageSize::Rows(10) };
        let tokens = (0..40).map(crate::tui::fixture::token).collect();
        let mut list = TokenList::default();
        list.take(Page { total: 1_000, tokens, ..Page::default() }, 1_000, sight);
        list.go_to(999, sight);
        list.give_up("no answer");
        assert_eq!((list.failure(), list.is_read()), (Some("no answer"), false));
        list.go_to(3, sight);
        assert_eq!((list.failure(), list.is_read()), (None, true));
    }

    #[test]
    fn an_answer_to_another_query_begins_at_its_first_row() {
        let sight = Sight { height: 5, page_size: PageSize::Auto };
        let mut list = List::<&str, Vec<u32>>::of("all");
        list.take((0..20).collect(), 20, sight);
        list.go_to(9, sight);
        list.query = "even";
        list.take((0..20).filter(|id| id % 2 == 0).collect(), 20, sight);
        assert_eq!((list.cursor, list.id), (0, Some(0)));
    }
}
