//! The Tokens screen: the list, what narrows it, what is selected, the details, and the
//! user whose tokens it shows, if it is one user's.

mod offers;

use ratatui::layout::Rect;

use crate::domain::{Column, Query};
use crate::tui::columns::{Columns, Strip};
use crate::tui::command::Scope;
use crate::tui::details::Details;
use crate::tui::filters::{self, Filters};
use crate::tui::focus::Focus;
use crate::tui::layout::{self, Areas, Beside};
use crate::tui::list::TokenList;
use crate::tui::list_view::Sight;
use crate::tui::moment::Moment;
use crate::tui::shared::Shared;
use crate::tui::users::{UserTab, Viewed};
use crate::wire::{RowId, TokenView};

/// What was shown before a view was.
#[derive(Debug)]
pub(in crate::tui) struct BeforeView {
    /// Order and searches.
    pub(in crate::tui) query: Query,
    /// What narrowed it besides.
    pub(in crate::tui) filters: Filters,
    /// The columns.
    pub(in crate::tui) columns: Option<Vec<Column>>,
    /// The row under the cursor.
    pub(in crate::tui) row: Option<RowId>,
    /// What the view narrowed by: where that is something else by now, nobody goes back.
    pub(in crate::tui) of_view: Filters,
}

/// What the Tokens screen knows.
#[derive(Debug, Default)]
pub(in crate::tui) struct Tokens {
    /// The user whose tokens these are, where they are one user's.
    pub(in crate::tui) viewed: Option<Box<Viewed>>,
    /// The rows, and those that are selected.
    pub(in crate::tui) list: TokenList,
    /// What narrows the list besides the searches.
    pub(in crate::tui) filters: Filters,
    /// The details.
    pub(in crate::tui) details: Details,
    /// Which pane has the keys.
    pub(in crate::tui) focus: Focus,
    /// Columns of the list that are scrolled off to the left.
    pub(in crate::tui) scrolled: usize,
    /// What was shown before a view, to go back to.
    pub(in crate::tui) before_view: Option<Box<BeforeView>>,
    /// When the status of a listed token changes by itself.
    pub(in crate::tui) status_due: Option<Moment>,
}

impl Tokens {
    /// The parts of a screen of that size.
    pub(in crate::tui) fn areas_in(&self, shared: &Shared, area: Rect) -> Areas {
        let page_size = shared.options.page_size;
        let beside = match self.beside() {
            // Not while the list has the keys: it would change its height with every letter
            // of a search.
            Beside::Details if self.focus == Focus::Details && !self.list.is_outdated() => {
                Beside::DetailsUnder(self.list.rows_of_page(page_size))
            }
            beside => beside,
        };
        layout::areas(area, beside, self.viewed.is_some(), page_size)
    }

    fn beside(&self) -> Beside {
        if self.details.open && self.lists_tokens() { Beside::Details } else { Beside::Nothing }
    }

    /// How much of the list can be seen where it has all the rows that it may ever have.
    pub(in crate::tui) fn widest_sight(&self, shared: &Shared) -> Sight {
        let (tabs, page_size) = (self.viewed.is_some(), shared.options.page_size);
        shared.sight_of(layout::areas(shared.area(), self.beside(), tabs, page_size))
    }

    /// How much of the list can be seen.
    pub(in crate::tui) fn sight(&self, shared: &Shared) -> Sight {
        shared.sight_of(self.areas_in(shared, shared.area()))
    }

    /// Whether the tab General of a user has taken the place of their tokens.
    pub(in crate::tui) fn views_general(&self) -> bool {
        self.viewed.as_ref().is_some_and(|viewed| viewed.tab == UserTab::General)
    }

    /// Whether tokens are on screen, and not who the user is.
    pub(in crate::tui) fn lists_tokens(&self) -> bool {
        !self.views_general()
    }

    /// The token that an action is for.
    pub(in crate::tui) fn target(&self) -> Option<&TokenView> {
        match self.focus {
            _ if !self.lists_tokens() => None,
            Focus::List => self.list.current(),
            Focus::Details => self.details.token.as_deref(),
        }
    }

    /// Whether an action is for the selected tokens: in the list, where there are any. In
    /// the details it is for the token they show.
    pub(in crate::tui) fn acts_on_selection(&self) -> bool {
        self.lists_tokens() && self.focus == Focus::List && !self.list.selection.is_empty()
    }

    /// Whether others are selected than the token under the cursor: what is done to one
    /// token would be done to one that nobody selected.
    pub(in crate::tui) fn selects_others(&self) -> bool {
        let here = self.target().map(|view| view.token.id.clone());
        self.acts_on_selection() && !here.is_some_and(|id| self.list.selection.is_only(&id))
    }

    /// The columns in sight.
    pub(in crate::tui) fn column_strip(&self, shared: &Shared) -> Strip {
        let (width, _) = shared.size;
        let (said, on) = (&shared.session.descriptors, shared.columns());
        let several = shared.account_of(self.list.shown().account).is_none();
        Columns { said, on: &on, several }.strip(width.into(), self.scrolled)
    }

    /// Where keys are looked up while nothing lies over it, innermost first.
    pub(in crate::tui) fn token_scopes(&self) -> &'static [Scope] {
        match self.focus {
            // The tabs of a user take the keys that those of the details take.
            Focus::List if self.viewed().is_some() => {
                &[Scope::List, Scope::Details, Scope::Act, Scope::Move, Scope::Global]
            }
            Focus::List => &[Scope::List, Scope::Act, Scope::Move, Scope::Global],
            Focus::Details => &[Scope::Details, Scope::Act, Scope::Move, Scope::Global],
        }
    }

    /// The user whose tokens are on screen.
    pub(in crate::tui) fn viewed(&self) -> Option<&Viewed> {
        self.viewed.as_deref()
    }

    /// What narrows the list, in the words of the filter line.
    pub(in crate::tui) fn filter_words(&self, shared: &Shared) -> String {
        filters::words(&self.list.query, &self.filters, &shared.catalogue)
    }

    /// When the overlap that the details show is over, so that they say so by
    /// themselves.
    pub(in crate::tui) fn overlap_ends(&self, shared: &Shared) -> Option<Moment> {
        let old = shared.overlap(&self.details.token.as_ref()?.token)?;
        let left = (old.until - shared.wall()).to_std().ok()?;
        (self.details.open && !shared.options.frozen_clock).then(|| shared.now.after(left))
    }
}
