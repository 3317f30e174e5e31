//! All that the program knows. Only `update` changes it; `view` reads it.

use std::collections::BTreeSet;

use ratatui::layout::Rect;

use crate::domain::{Catalogue, Column, Status, Time, TokenId, UserId};
use crate::wire::{HolderTarget, Session, Target, TokenView};

use super::backends::Choices;
use super::bulk::Whose;
use super::catalog::Shelf;
use super::columns::{self, Strip};
use super::details::Details;
use super::effect::Effect;
use super::filters::Filters;
use super::focus::Focus;
use super::form::Form;
use super::glyphs::Glyphs;
use super::input::Input;
use super::jobs::Jobs;
use super::key::Key;
use super::keymap::Keymap;
use super::layout::{self, Areas};
use super::line::Words;
use super::link::Link;
use super::list::{List, Sight};
use super::moment::Moment;
use super::notice::{Kind, Notices};
use super::options::{Options, PageSize};
use super::orders::Order;
use super::overlay::{Guard, Overlay};
use super::screen::Screen;
use super::selection::{Marking, Selection};
use super::state::{Unkept, ViewState};
use super::theme::Theme;
use super::unconfirmed::{Unconfirmed, Warned};
use super::update::copy::Copied;
use super::users::Users;

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
    pub(super) options: Options,
    /// The page size of the settings; that of the options may be the operator's.
    pub(super) configured_page_size: PageSize,
    pub(super) keymap: Keymap,
    pub(super) theme: Theme,
    pub(super) glyphs: Glyphs,
    /// The backends there are.
    pub(super) backends: Choices,
    /// The line to the open one.
    pub(super) link: Link,
    pub(super) session: Session,
    pub(super) catalogue: Catalogue,
    /// The moment of the latest message.
    pub(super) now: Moment,
    /// The backend's clock as it was last told, and when that was.
    pub(super) told: (Time, Moment),
    pub(super) size: (u16, u16),
    /// Which screen is shown.
    pub(super) screen: Screen,
    /// The Users screen.
    pub(super) users: Users,
    /// The Catalog screen.
    pub(super) shelf: Shelf,
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
    pub(super) notices: Notices,
    /// Tokens with a change under way.
    pub(super) acting: BTreeSet<TokenId>,
    /// Changes that are not known to be done, of every backend of this run.
    pub(super) unconfirmed: Vec<Unconfirmed>,
    /// How far the operator was warned of leaving with them open.
    pub(super) warned: Warned,
    /// Bulk work.
    pub(super) jobs: Jobs,
    /// Whether the backend is being asked who is at work and what exists.
    pub(super) asking_who: bool,
    /// What is remembered between runs.
    pub(super) state: ViewState,
    /// What of it is still to be written.
    pub(super) unkept: Unkept,
    /// Whether the program ends as soon as nothing is under way.
    pub(super) leaving: bool,
    /// What copying has to remember.
    pub(super) copied: Copied,
    /// Whether the system wants it to end, so that nobody can be asked any more.
    pub(super) told_to_end: bool,
    /// When Ctrl-c was pressed.
    pub(super) interrupted: Option<Moment>,
    /// When the status of a listed token changes by itself.
    pub(super) status_due: Option<Moment>,
    /// What is to be done outside, in its order.
    pub(super) outbox: Vec<Effect>,
}

impl Model {
    /// The program at its start, before any token is known.
    pub(super) fn new(options: Options, session: Session, catalogue: Catalogue) -> Self {
        let mut link = Link::default();
        link.reach.read(Screen::Catalog, Some(session.now));
        Self {
            keymap: options.keymap.clone(),
            theme: options.themes.named(&options.theme, options.color),
            glyphs: Glyphs::new(options.unicode),
            told: (session.now, Moment::default()),
            configured_page_size: options.page_size,
            options,
            backends: Choices::default(),
            link,
            session,
            catalogue,
            now: Moment::default(),
            size: (0, 0),
            screen: Screen::default(),
            users: Users::default(),
            shelf: Shelf::default(),
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
            notices: Notices::default(),
            acting: BTreeSet::new(),
            unconfirmed: Vec::new(),
            warned: Warned::No,
            jobs: Jobs::default(),
            asking_who: false,
            state: ViewState::default(),
            unkept: Unkept::default(),
            leaving: false,
            copied: Copied::default(),
            told_to_end: false,
            interrupted: None,
            status_due: None,
            outbox: Vec::new(),
        }
    }

    /// The time by the backend's clock.
    pub(super) fn wall(&self) -> Time {
        let (time, at) = self.told;
        if self.options.frozen_clock {
            return time;
        }
        let since = chrono::TimeDelta::from_std(self.now.since(at)).unwrap_or_default();
        time.checked_add_signed(since).unwrap_or(time)
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

    /// Whether the window is too small to act in.
    pub(super) fn is_too_small(&self) -> bool {
        let (width, height) = self.size;
        layout::is_too_small(Rect::new(0, 0, width, height))
    }

    /// How much of the list can be seen.
    pub(super) fn sight(&self) -> Sight {
        let height = self.areas().rows.height.into();
        Sight { height, page_size: self.options.page_size }
    }

    /// The columns that are on, the most important first.
    pub(super) fn columns(&self) -> Vec<Column> {
        self.state.columns.clone().unwrap_or_else(|| columns::DEFAULT.to_vec())
    }

    /// The columns in sight.
    pub(super) fn column_strip(&self) -> Strip {
        let (width, _) = self.size;
        columns::strip(&self.columns(), width.into(), self.scrolled)
    }

    /// A token's status now, which may be later than the answer that brought it.
    pub(super) fn status(&self, view: &TokenView) -> Status {
        Status::with(&view.token, view.out_of_service, self.wall())
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
