//! A list: the rows in memory, the cursor, the page. What its rows are, a [`Kind`]
//! says. Pure; what it lacks it says, and `update` asks for it.

use std::fmt;

use crate::domain::{Query, Time};
use crate::wire::{Page, RowId, TokenView};

use super::options::PageSize;

/// What a list is of.
pub(super) trait Kind: fmt::Debug {
    /// What says which rows are listed.
    type Query: fmt::Debug + Clone + PartialEq + Default;
    /// A row.
    type Row: fmt::Debug + Clone;
    /// What a row is found again by.
    type Id: fmt::Debug + Clone + Ord;
    /// A part of the rows.
    type Page: fmt::Debug + Default;

    /// The rows of a part.
    fn rows(page: &Self::Page) -> &[Self::Row];
    /// The place of its first row in the whole.
    fn offset(page: &Self::Page) -> usize;
    /// How many rows there are in all.
    fn total(page: &Self::Page) -> usize;
    /// What a row is found again by.
    fn id(row: &Self::Row) -> Self::Id;
}

/// The tokens of the backend.
#[derive(Debug)]
pub(super) struct TokenRows;

impl Kind for TokenRows {
    type Query = Query;
    type Row = TokenView;
    type Id = RowId;
    type Page = Page;

    fn rows(page: &Page) -> &[TokenView] {
        &page.tokens
    }

    fn offset(page: &Page) -> usize {
        page.offset
    }

    fn total(page: &Page) -> usize {
        page.total
    }

    fn id(row: &TokenView) -> RowId {
        row.token.id.clone()
    }
}

/// A part of the list that is held in memory, and a place in the whole.
#[derive(Debug)]
pub(super) struct List<K: Kind = TokenRows> {
    /// What is listed.
    pub(super) query: K::Query,
    /// The row the latest request was made around.
    pub(super) asked: usize,
    /// Whether the operator asked for it by key: the next answer, though it may be to a
    /// request that overtook that one, is what they wait for.
    pub(super) announced: bool,
    /// A row that was just saved and is to be in the next answer, with what was said of it.
    pub(super) sought: Option<(K::Id, String)>,
    /// The query that the rows in memory answer; none before the first answer.
    answered: Option<K::Query>,
    /// What narrowed it, in the words of the filter line.
    answered_words: String,
    /// Why the latest request left no rows, if it failed.
    failure: Option<String>,
    /// The rows in memory.
    pub(super) page: K::Page,
    /// How many there are without filters.
    pub(super) all: usize,
    /// The row under the cursor, counted from the first of the whole list.
    pub(super) cursor: usize,
    /// Its id, by which it is found again after every change.
    pub(super) id: Option<K::Id>,
    top: usize,
}

/// How much of the list can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sight {
    /// Rows on screen.
    pub(super) height: usize,
    /// Rows of a page.
    pub(super) page_size: PageSize,
}

impl Sight {
    fn rows(self) -> usize {
        self.height.max(1)
    }

    /// How far a page key goes.
    pub(super) fn page(self) -> usize {
        match self.page_size {
            PageSize::Auto => self.rows(),
            PageSize::Rows(rows) => rows.max(1),
        }
    }

    /// How many rows to hold on either side, so that the next step needs no wait.
    pub(super) fn span(self) -> usize {
        self.page().max(self.rows()).saturating_mul(2)
    }
}

impl<K: Kind> Default for List<K> {
    fn default() -> Self {
        Self {
            query: K::Query::default(),
            asked: 0,
            announced: false,
            sought: None,
            answered: None,
            answered_words: String::new(),
            failure: None,
            page: K::Page::default(),
            all: 0,
            cursor: 0,
            id: None,
            top: 0,
        }
    }
}

impl<K: Kind> List<K> {
    /// A list of which no row is known yet.
    pub(super) fn of(query: K::Query) -> Self {
        Self { query, ..Self::default() }
    }

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
    pub(super) fn shown(&self) -> &K::Query {
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
            self.page = K::Page::default();
            self.id = None;
            self.answered = Some(self.query.clone());
        }
        // Nobody waits for a row that will not come.
        if self.current().is_none() {
            self.failure = Some(why.to_owned());
        }
    }

    /// How many rows the query has.
    pub(super) fn total(&self) -> usize {
        K::total(&self.page)
    }

    /// A row by its place in the whole list, if it is in memory.
    pub(super) fn row(&self, index: usize) -> Option<&K::Row> {
        K::rows(&self.page).get(index.checked_sub(K::offset(&self.page))?)
    }

    /// The row under the cursor, if it is in memory.
    pub(super) fn current(&self) -> Option<&K::Row> {
        self.row(self.cursor)
    }

    /// The rows in memory.
    pub(super) fn rows(&self) -> &[K::Row] {
        K::rows(&self.page)
    }

    /// A row by id, if it is in memory.
    pub(super) fn find(&self, id: &K::Id) -> Option<&K::Row> {
        K::rows(&self.page).iter().find(|row| K::id(row) == *id)
    }

    /// The place of a row in the whole, if it is in memory.
    pub(super) fn place(&self, id: &K::Id) -> Option<usize> {
        let place = K::rows(&self.page).iter().position(|row| K::id(row) == *id)?;
        Some(K::offset(&self.page) + place)
    }

    /// First and last-but-one row of the page the cursor is on: all rows where
    /// the list scrolls by row.
    fn bounds(&self, sight: Sight) -> (usize, usize) {
        match sight.page_size {
            PageSize::Auto => (0, self.total()),
            PageSize::Rows(_) => {
                let start = self.cursor / sight.page() * sight.page();
                (start, (start + sight.page()).min(self.total()))
            }
        }
    }

    /// The rows on screen: from the first to before the second.
    pub(super) fn visible(&self, sight: Sight) -> (usize, usize) {
        let (start, end) = self.bounds(sight);
        let top = self.top.clamp(start, end.max(start));
        (top, (top + sight.rows()).min(end))
    }

    /// The rows the position line names, and which page of how many they are.
    pub(super) fn position(&self, sight: Sight) -> Position {
        let (first, end) = match sight.page_size {
            PageSize::Auto => self.visible(sight),
            PageSize::Rows(_) => self.bounds(sight),
        };
        let pages = self.total().div_ceil(sight.page()).max(1);
        let page = match sight.page_size {
            PageSize::Auto if end == self.total() => pages,
            PageSize::Auto => first / sight.page() + 1,
            PageSize::Rows(_) => self.cursor / sight.page() + 1,
        };
        Position { first, end, page, pages }
    }

    /// Puts the cursor on a row, or the last one where there are not so many.
    pub(super) fn go_to(&mut self, index: usize, sight: Sight) {
        self.cursor = index.min(self.total().saturating_sub(1));
        self.id = self.current().map(K::id);
        self.settle(sight);
    }

    /// Takes an answer: the cursor stays on its row where that is still listed
    /// (R49); where not, it stays at its place, or goes to the first of a new query.
    pub(super) fn take(&mut self, page: K::Page, all: usize, sight: Sight) {
        let same_query = !self.is_outdated();
        self.page = page;
        self.all = all;
        self.answered = Some(self.query.clone());
        self.failure = None;
        let same = self.id.as_ref().and_then(|id| self.place(id));
        // What was the tenth row of one answer means nothing in another.
        let row = if same_query { self.cursor } else { 0 };
        self.go_to(same.unwrap_or(row), sight);
    }

    /// What narrows the list as it now is, for the time when it narrows it no longer.
    pub(super) fn put_in_words(&mut self, words: String) {
        self.answered_words = words;
    }

    /// Moves what is on screen so that the cursor is in it.
    pub(super) fn settle(&mut self, sight: Sight) {
        let (start, end) = self.bounds(sight);
        let last_top = end.saturating_sub(sight.rows()).max(start);
        let lowest = (self.cursor + 1).saturating_sub(sight.rows());
        self.top = self.top.clamp(lowest, self.cursor.max(lowest)).clamp(start, last_top);
    }

    /// Whether rows on screen are not in memory.
    pub(super) fn lacks_rows(&self, sight: Sight) -> bool {
        let (top, end) = self.visible(sight);
        top < end && (self.row(top).is_none() || self.row(end - 1).is_none())
    }
}

impl List {
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

/// What the position line says. Rows are counted from 0, pages from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    /// First row.
    pub(super) first: usize,
    /// The row after the last.
    pub(super) end: usize,
    /// This page.
    pub(super) page: usize,
    /// Of so many.
    pub(super) pages: usize,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn list(total: usize) -> List {
        List { page: Page { total, ..Page::default() }, ..List::default() }
    }

    fn rows(count: u64) -> Vec<TokenView> {
        (0..count).map(crate::tui::fixture::token).collect()
    }

    fn pages_of(rows: usize) -> Sight {
        Sight { height: 40, page_size: PageSize::Rows(rows) }
    }

    #[test]
    fn r034_the_position_names_the_rows_of_the_page() {
        let mut list = list(21);
        list.go_to(0, pages_of(10));
        let position = list.position(pages_of(10));
        assert_eq!(position, Position { first: 0, end: 10, page: 1, pages: 3 });
        list.go_to(20, pages_of(10));
        let position = list.position(pages_of(10));
        assert_eq!(position, Position { first: 20, end: 21, page: 3, pages: 3 });
    }

    #[test]
    fn a_page_larger_than_the_screen_scrolls_within_itself() {
        let sight = Sight { height: 4, page_size: PageSize::Rows(10) };
        let mut list = list(21);
        list.go_to(9, sight);
        assert_eq!(list.visible(sight), (6, 10));
        list.go_to(10, sight);
        assert_eq!(list.visible(sight), (10, 14));
    }

    #[test]
    fn an_automatic_page_scrolls_by_row() {
        let sight = Sight { height: 5, page_size: PageSize::Auto };
        let mut list = list(21);
        list.go_to(5, sight);
        assert_eq!(list.visible(sight), (1, 6));
        list.go_to(3, sight);
        assert_eq!(list.visible(sight), (1, 6));
    }

    #[test]
    fn an_empty_list_has_one_empty_page() {
        let list = list(0);
        let position = list.position(pages_of(10));
        assert_eq!(position, Position { first: 0, end: 0, page: 1, pages: 1 });
        assert!(!list.lacks_rows(pages_of(10)));
    }

    #[test]
    fn only_where_no_row_is_known_is_the_reason_shown() {
        let mut list = list(1_000);
        list.take(Page { total: 1_000, tokens: rows(40), ..Page::default() }, 1_000, pages_of(10));
        list.go_to(999, pages_of(10));
        list.give_up("no answer");
        assert_eq!((list.failure(), list.is_read()), (Some("no answer"), false));
        list.go_to(3, pages_of(10));
        assert_eq!((list.failure(), list.is_read()), (None, true));
    }

    proptest! {
        #[test]
        fn the_cursor_is_always_on_screen(
            total in 0_usize..200,
            height in 0_usize..60,
            rows in prop::option::of(1_usize..60),
            steps in prop::collection::vec(0_usize..250, 1..20),
        ) {
            let page_size = rows.map_or(PageSize::Auto, PageSize::Rows);
            let sight = Sight { height, page_size };
            let mut list = list(total);
            for step in steps {
                list.go_to(step, sight);
                let (top, end) = list.visible(sight);
                prop_assert!(total == 0 || (top..end).contains(&list.cursor));
                prop_assert!(end <= total && end - top <= height.max(1));
                prop_assert!(list.cursor < total.max(1));
            }
        }
    }
}
