//! One list under all that are moved in, on screens and over them: the rows, the cursor that
//! stays on its row, what is selected, the page. Pure; what it lacks it says, and whoever
//! shows it asks for it.

mod moves;
mod selection;

use std::fmt;

use crate::tui::command::Command;
use crate::tui::options::PageSize;

pub(super) use moves::{moves, target};
pub(super) use selection::{Marking, Selection};

use selection::Range;

/// The rows that are in memory: all of a list, or a window of a longer one.
pub(super) trait RowSet: fmt::Debug + Default {
    /// A row.
    type Row;
    /// What a row is found again by.
    type Id: fmt::Debug + Clone + PartialEq;

    /// The rows.
    fn rows(&self) -> &[Self::Row];

    /// The place of the first of them in the whole.
    fn offset(&self) -> usize {
        0
    }

    /// How many rows there are in all.
    fn total(&self) -> usize {
        self.rows().len()
    }

    /// What a row is found again by.
    fn id(row: &Self::Row) -> Self::Id;
}

/// Rows that are kept elsewhere, and known here by what they are found again by.
impl<I: fmt::Debug + Clone + PartialEq> RowSet for Vec<I> {
    type Row = I;
    type Id = I;

    fn rows(&self) -> &[I] {
        self
    }

    fn id(row: &I) -> I {
        row.clone()
    }
}

/// Rows that a page key passes in a list without pages, where each takes a line.
pub(super) const PAGE: usize = 10;

/// How much of a list can be seen.
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

/// What the position line says. Rows are counted from 0, pages from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Position {
    /// First row.
    pub(super) first: usize,
    /// The row after the last.
    pub(super) end: usize,
    /// Of so many.
    pub(super) total: usize,
    /// This page.
    pub(super) page: usize,
    /// Of so many.
    pub(super) pages: usize,
}

/// Rows, a place among them, and which are selected.
#[derive(Debug)]
pub(super) struct ListView<W: RowSet> {
    /// The rows in memory.
    pub(super) page: W,
    /// The row under the cursor, counted from the first of the whole list.
    pub(super) cursor: usize,
    /// What that row is found again by after every change.
    pub(super) id: Option<W::Id>,
    /// Those that are selected, in memory or not.
    pub(super) selection: Selection<W::Id>,
    top: usize,
}

impl<W: RowSet> Default for ListView<W> {
    fn default() -> Self {
        Self { page: W::default(), cursor: 0, id: None, selection: Selection::default(), top: 0 }
    }
}

impl<W: RowSet> ListView<W> {
    /// How many rows there are in all.
    pub(super) fn total(&self) -> usize {
        self.page.total()
    }

    /// The rows in memory.
    pub(super) fn rows(&self) -> &[W::Row] {
        self.page.rows()
    }

    /// A row by its place in the whole list, if it is in memory.
    pub(super) fn row(&self, index: usize) -> Option<&W::Row> {
        self.rows().get(index.checked_sub(self.page.offset())?)
    }

    /// The row under the cursor, if it is in memory.
    pub(super) fn current(&self) -> Option<&W::Row> {
        self.row(self.cursor)
    }

    /// A row by id, if it is in memory.
    pub(super) fn find(&self, id: &W::Id) -> Option<&W::Row> {
        self.rows().iter().find(|row| W::id(row) == *id)
    }

    /// The place of a row in the whole, if it is in memory.
    fn place(&self, id: &W::Id) -> Option<usize> {
        let place = self.rows().iter().position(|row| W::id(row) == *id)?;
        Some(self.page.offset() + place)
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

    /// How many rows the page has that the cursor is on: all of them where the list scrolls
    /// by row.
    pub(super) fn rows_of_page(&self, page_size: PageSize) -> usize {
        let (start, end) = self.bounds(Sight { height: 0, page_size });
        end.saturating_sub(start)
    }

    /// The rows on screen: from the first to before the second.
    fn visible(&self, sight: Sight) -> (usize, usize) {
        let (start, end) = self.bounds(sight);
        let top = self.top.clamp(start, end.max(start));
        (top, (top + sight.rows()).min(end))
    }

    /// The rows on screen with their places; one that is not in memory has only that.
    pub(super) fn on_screen(&self, sight: Sight) -> impl Iterator<Item = (usize, Option<&W::Row>)> {
        let (top, end) = self.visible(sight);
        (top..end).map(|index| (index, self.row(index)))
    }

    /// The first row on screen in a list that keeps no place of its own: the cursor is in
    /// the middle where there is more than fits.
    pub(super) fn first_of(&self, height: usize) -> usize {
        self.cursor.saturating_sub(height / 2).min(self.total().saturating_sub(height))
    }

    /// Whether rows on screen are not in memory.
    pub(super) fn lacks_rows(&self, sight: Sight) -> bool {
        let (top, end) = self.visible(sight);
        top < end && (self.row(top).is_none() || self.row(end - 1).is_none())
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
        Position { first, end, total: self.total(), page, pages }
    }

    /// Puts the cursor on a row, or the last one where there are not so many.
    pub(super) fn put_on(&mut self, index: usize) {
        self.cursor = index.min(self.total().saturating_sub(1));
        self.id = self.current().map(W::id);
    }

    /// The same, and brings the row on screen.
    pub(super) fn go_to(&mut self, index: usize, sight: Sight) {
        self.put_on(index);
        self.settle(sight);
    }

    /// Moves what is on screen so that the cursor is in it.
    pub(super) fn settle(&mut self, sight: Sight) {
        let (start, end) = self.bounds(sight);
        let last_top = end.saturating_sub(sight.rows()).max(start);
        let lowest = (self.cursor + 1).saturating_sub(sight.rows());
        self.top = self.top.clamp(lowest, self.cursor.max(lowest)).clamp(start, last_top);
    }

    /// Takes the rows as they are now: the cursor stays on its row where that is still
    /// there (R49), else at its place, and so does the start of a range.
    pub(super) fn renew(&mut self, page: W) {
        self.page = page;
        let place = |id: &W::Id| self.place(id);
        let start = self.selection.range.as_ref().and_then(|range| place(&range.anchor));
        let cursor = self.id.as_ref().and_then(place);
        if let (Some(range), Some(start)) = (&mut self.selection.range, start) {
            range.row = start;
        }
        self.put_on(cursor.unwrap_or(self.cursor));
    }

    /// Does what a command means that moves by rows, with pages of so many; says whether
    /// it is one.
    pub(super) fn step(&mut self, command: Command, page: usize) -> bool {
        let last = self.total().saturating_sub(1);
        let to = target(command, self.cursor, page, last);
        to.is_some_and(|to| {
            self.put_on(to);
            true
        })
    }

    /// The same in a list with pages, at whose ends a page key does nothing (R47).
    pub(super) fn move_by(&mut self, command: Command, sight: Sight) -> bool {
        let position = self.position(sight);
        let at_end = match command {
            Command::PageDown | Command::NextPage => position.end >= self.total(),
            Command::PageUp | Command::PreviousPage => position.first == 0,
            _ => false,
        };
        let moves = at_end || self.step(command, sight.page());
        self.settle(sight);
        moves
    }
}

impl<W: RowSet<Id: Ord>> ListView<W> {
    /// Whether a row bears the mark: selected, or in the range being drawn out.
    pub(super) fn marks(&self, index: usize) -> bool {
        self.selection.spans(index, self.cursor)
            || self.row(index).is_some_and(|row| self.selection.contains(&W::id(row)))
    }

    /// Selects as a command says. What has to be found first comes back, for whoever can
    /// ask for it.
    pub(super) fn select(&mut self, command: Command, sight: Sight) -> Option<Marking<W::Id>> {
        let marking = match command {
            Command::Select | Command::SelectRange if self.selection.range.is_some() => {
                return self.end_range();
            }
            Command::Select => {
                self.selection.toggle(self.current().map(W::id)?);
                // The next key is for the next row.
                self.go_to(self.cursor.saturating_add(1), sight);
                return None;
            }
            Command::SelectRange => {
                let (anchor, row) = (self.current().map(W::id), self.cursor);
                self.selection.range = anchor.map(|anchor| Range { anchor, row });
                return None;
            }
            Command::ClearSelection => {
                self.selection.clear();
                return None;
            }
            Command::SelectAll => Marking::All,
            Command::InvertSelection => Marking::Invert,
            _ => return None,
        };
        self.selection.range = None;
        Some(marking)
    }

    /// Ends the range at the cursor, and says what it is.
    pub(super) fn end_range(&mut self) -> Option<Marking<W::Id>> {
        let range = self.selection.range.take()?;
        Some(Marking::Between(range.anchor, self.current().map(W::id)?))
    }
}

impl<I: fmt::Debug + Clone + PartialEq> ListView<Vec<I>> {
    /// A list on this row, or else on its first.
    pub(super) fn on(id: Option<I>) -> Self {
        Self { id, ..Self::default() }
    }

    /// The same list with the rows as they are now.
    pub(super) fn over(&self, rows: impl IntoIterator<Item = I>) -> Self {
        let mut list = Self { cursor: self.cursor, ..Self::on(self.id.clone()) };
        list.renew(rows.into_iter().collect());
        list
    }
}

#[cfg(test)]
mod tests;
