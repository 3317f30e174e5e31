//! All that the program knows. Only `update` changes it; `view` reads it.

use super::shared::Shared;
use std::ops::{Deref, DerefMut};

use ratatui::layout::Rect;

use crate::domain::{Catalogue, Column, Status, Time, UserId};
use crate::wire::{HolderTarget, Session, Target, TokenView};

use super::bulk::Whose;
use super::catalog::Shelf;
use super::columns::{self, Strip};
use super::details::Details;
use super::filters::Filters;
use super::focus::Focus;
use super::form::Form;
use super::input::Input;
use super::key::Key;
use super::layout::{self, Areas};
use super::line::Words;
use super::list::{List, Sight};
use super::moment::Moment;
use super::notice::Kind;
use super::options::Options;
use super::orders::Order;
use super::overlay::{Guard, Overlay};
use super::screen::Screen;
use super::selection::{Marking, Selection};
use super::users::{Users, Viewed};

/// What is done with the answer that keys typed meanwhile have to wait for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Tokens are selected.
    Mark(Marking),
    /// A bulk action on these is confirmed.
    Confirm(Box<(Target, Whose)>),
    /// Users are selected.
    MarkUsers(Marking<UserId>),
    /// A bulk action for these users is confirmed.
    ConfirmHolders(Box<HolderTarget>),
    /// A requested token is accepted, after a question where it replaces others.
    Accept(Order),
}

/// What a search looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SearchIn {
    /// Names (R36).
    Name,
    /// GUIDs (R37).
    Guid,
    /// Users: their name, login, id and e-mail (R129).
    User,
    /// Entries of the catalogue.
    Entry,
}

/// A search while it is typed.
#[derive(Debug)]
pub(super) struct Search {
    /// What it looks at.
    pub(super) within: SearchIn,
    /// What was typed so far.
    pub(super) words: Words,
}

/// All that the program knows.
#[derive(Debug)]
pub(super) struct Model {
    /// What every place may know.
    pub(super) shared: Shared,
    /// Which screen is shown.
    pub(super) screen: Screen,
    /// The Users screen.
    pub(super) users: Users,
    /// The Catalog screen.
    pub(super) shelf: Shelf,
    /// The user whose tokens are on screen.
    pub(super) viewed: Option<Box<Viewed>>,
    pub(super) list: List,
    pub(super) selection: Selection,
    pub(super) asking: Option<Purpose>,
    pub(super) details: Details,
    pub(super) focus: Focus,
    /// The form that lies over the screen.
    pub(super) form: Option<Box<Form>>,
    /// The search while it is typed.
    pub(super) search: Option<Search>,
    /// What narrows the list besides.
    pub(super) filters: Filters,
    /// Columns of the list that are scrolled off to the left.
    pub(super) scrolled: usize,
    /// Keys of a sequence that waits for its next key.
    pub(super) pending: Vec<Key>,
    /// Keys that wait for the rows of the query now asked.
    pub(super) held: Vec<Input>,
    pub(super) overlays: Vec<Overlay>,
    /// When the status of a listed token changes by itself.
    pub(super) status_due: Option<Moment>,
}

impl Shared {
    /// The time by the backend's clock.
    pub(super) fn wall(&self) -> Time {
        let (time, at) = self.told;
        if self.options.frozen_clock {
            return time;
        }
        let since = chrono::TimeDelta::from_std(self.now.since(at)).unwrap_or_default();
        time.checked_add_signed(since).unwrap_or(time)
    }

    /// Whether the window is too small to act in.
    pub(super) fn is_too_small(&self) -> bool {
        let (width, height) = self.size;
        layout::is_too_small(Rect::new(0, 0, width, height))
    }

    /// The columns that are on, the most important first.
    pub(super) fn columns(&self) -> Vec<Column> {
        self.state.columns.clone().unwrap_or_else(|| columns::DEFAULT.to_vec())
    }

    /// A token's status now, which may be later than the answer that brought it.
    pub(super) fn status(&self, view: &TokenView) -> Status {
        Status::with(&view.token, view.out_of_service, self.wall())
    }

    /// Tells the operator something.
    pub(super) fn say(&mut self, kind: Kind, text: impl AsRef<str>) {
        let at = self.wall();
        self.notices.say(kind, text.as_ref(), at, self.now);
    }

    /// Tells the operator something that is less than what stands on the line already.
    pub(super) fn mention(&mut self, text: impl AsRef<str>) {
        let at = self.wall();
        self.notices.mention(Kind::Info, text.as_ref(), at, self.now);
    }
}

impl Model {
    /// The program at its start, before any token is known.
    pub(super) fn new(options: Options, session: Session, catalogue: Catalogue) -> Self {
        Self {
            shared: Shared::new(options, session, catalogue),
            screen: Screen::default(),
            users: Users::default(),
            shelf: Shelf::default(),
            viewed: None,
            list: List::default(),
            selection: Selection::default(),
            asking: None,
            details: Details::default(),
            focus: Focus::default(),
            form: None,
            search: None,
            filters: Filters::default(),
            scrolled: 0,
            pending: Vec::new(),
            held: Vec::new(),
            overlays: Vec::new(),
            status_due: None,
        }
    }

    /// The parts of the screen.
    pub(super) fn areas(&self) -> Areas {
        let (width, height) = self.size;
        self.areas_in(Rect::new(0, 0, width, height))
    }

    /// The parts of a screen of that size.
    pub(super) fn areas_in(&self, area: Rect) -> Areas {
        let open = self.details.open && self.lists_tokens();
        layout::areas(area, open, self.viewed().is_some(), self.options.page_size)
    }

    /// How much of the list can be seen.
    pub(super) fn sight(&self) -> Sight {
        let height = self.areas().rows.height.into();
        Sight { height, page_size: self.options.page_size }
    }

    /// The columns in sight.
    pub(super) fn column_strip(&self) -> Strip {
        let (width, _) = self.size;
        columns::strip(&self.columns(), width.into(), self.scrolled)
    }

    /// Whether something is under way that leaving has to wait for.
    pub(super) fn is_at_work(&self) -> bool {
        self.unkept.writing || !self.unkept.changes.is_empty() || self.owes_answers()
    }

    /// Whether the backend has not yet said what became of a change.
    pub(super) fn owes_answers(&self) -> bool {
        let saving = self.form.as_ref().is_some_and(|form| form.saving.is_some());
        let at_work = self.users.acting > 0 || self.shelf.acting > 0;
        saving || !self.acting.is_empty() || at_work
    }

    /// When `update` wants to be called even if nothing happens.
    pub(super) fn deadline(&self) -> Option<Moment> {
        let guard = self.guard().and_then(|guard| guard.deadline(self.now));
        let hide = self.details.shown.as_ref().map(|shown| shown.until);
        let plain = self.overlays.iter().filter_map(|overlay| match overlay {
            Overlay::Plain(plain) => plain.until,
            _ => None,
        });
        let dates = [self.details.follow_at, self.status_due, self.overlap_ends()];
        let waits = [self.jobs.due, self.look_at(), self.link.waits.due(self.now)];
        let waits = dates.into_iter().chain(waits);
        [guard, hide, plain.min(), self.notices.deadline()].into_iter().chain(waits).flatten().min()
    }

    /// Whether `update` wants to know when the next frame was drawn.
    pub(super) fn awaits_drawing(&self) -> bool {
        self.guard().is_some_and(Guard::awaits_drawing)
    }
}

impl Deref for Model {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.shared
    }
}

impl DerefMut for Model {
    fn deref_mut(&mut self) -> &mut Shared {
        &mut self.shared
    }
}
