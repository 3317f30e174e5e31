//! Which rows are selected: by identity, so that paging, filters, sorting and
//! refreshing change nothing about it. Knows no screen and no backend.

use std::collections::BTreeSet;

/// A range that is being drawn out: from its anchor to the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) struct Range<I> {
    /// The row it starts at, by its id.
    pub(super) anchor: I,
    /// Its place when it was last seen.
    pub(super) row: usize,
}

/// What is done with what a query finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) enum Marking<I> {
    /// All are selected besides what is selected already.
    All,
    /// Each is turned round; what the filter hides stays as it is.
    Invert,
    /// Those from the one to the other are selected.
    Between(I, I),
}

/// The selected rows.
#[derive(Debug)]
pub(in crate::tui) struct Selection<I> {
    ids: BTreeSet<I>,
    /// The range being drawn out.
    pub(in crate::tui) range: Option<Range<I>>,
}

impl<I> Default for Selection<I> {
    fn default() -> Self {
        Self { ids: BTreeSet::new(), range: None }
    }
}

impl<I: Clone + Ord> Selection<I> {
    /// How many there are, a range being drawn out apart.
    pub(in crate::tui) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub(in crate::tui) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Whether it is selected.
    pub(in crate::tui) fn contains(&self, id: &I) -> bool {
        self.ids.contains(id)
    }

    /// Whether it is selected and nothing else is.
    pub(in crate::tui) fn is_only(&self, id: &I) -> bool {
        self.ids.len() == 1 && self.contains(id)
    }

    /// All of them.
    pub(in crate::tui) fn ids(&self) -> Vec<I> {
        self.ids.iter().cloned().collect()
    }

    /// Selects one, or leaves it out where it was selected.
    pub(super) fn toggle(&mut self, id: I) {
        if !self.ids.remove(&id) {
            self.ids.insert(id);
        }
    }

    /// Leaves one out.
    pub(in crate::tui) fn remove(&mut self, id: &I) {
        self.ids.remove(id);
    }

    /// Selects none.
    pub(in crate::tui) fn clear(&mut self) {
        self.ids.clear();
        self.range = None;
    }

    /// Whether a row lies in the range being drawn out.
    pub(super) fn spans(&self, row: usize, cursor: usize) -> bool {
        self.range
            .as_ref()
            .is_some_and(|range| (range.row.min(cursor)..=range.row.max(cursor)).contains(&row))
    }

    /// Does something with what a query finds, given in its order.
    pub(in crate::tui) fn mark(&mut self, marking: Marking<I>, found: &[I]) {
        match marking {
            Marking::All => self.ids.extend(found.iter().cloned()),
            Marking::Invert => found.iter().for_each(|id| self.toggle(id.clone())),
            Marking::Between(one, other) => {
                let place = |id: &I| found.iter().position(|found| found == id);
                // One that is gone meanwhile takes its end of the range with it.
                let places: Vec<_> = [place(&one), place(&other)].into_iter().flatten().collect();
                let ends = places.iter().min().zip(places.iter().max());
                let range = ends.and_then(|(first, last)| found.get(*first..=*last));
                self.ids.extend(range.unwrap_or_default().iter().cloned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selected(ids: &[u64]) -> Selection<u64> {
        Selection { ids: ids.iter().copied().collect(), ..Selection::default() }
    }

    #[test]
    fn r050_all_that_match_are_added_to_what_is_selected() {
        let mut selection = selected(&[9]);
        selection.mark(Marking::All, &[1, 2]);
        assert_eq!(selection.ids(), [1, 2, 9]);
    }

    #[test]
    fn inverting_leaves_alone_what_the_filter_hides() {
        let mut selection = selected(&[1, 9]);
        selection.mark(Marking::Invert, &[1, 2, 3]);
        assert_eq!(selection.ids(), [2, 3, 9]);
    }

    #[test]
    fn a_range_follows_the_order_of_the_list_in_either_direction() {
        let found = [5, 3, 8, 1];
        for (one, other) in [(3, 1), (1, 3)] {
            let mut selection = selected(&[]);
            selection.mark(Marking::Between(one, other), &found);
            assert_eq!(selection.ids(), [1, 3, 8]);
        }
    }

    #[test]
    fn a_range_whose_start_is_gone_is_its_end() {
        let mut selection = selected(&[]);
        selection.mark(Marking::Between(7, 3), &[5, 3, 8]);
        assert_eq!(selection.ids(), [3]);
        selection.mark(Marking::Between(7, 6), &[5]);
        assert_eq!(selection.ids(), [3]);
    }
}
