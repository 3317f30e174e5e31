//! What every place may know and use: the settings, who is at work, what exists, the line
//! to the backend, the messages, and the outbox. It knows no screen.

use std::collections::BTreeSet;

use ratatui::layout::Rect;

use crate::domain::view::Views;
use crate::domain::{AccountFilter, Catalogue, Column, GivenReason, Status, Time};
use crate::wire::{RowId, Session, TokenView};

use super::backends::BackendChoices;
use super::call::Call;
use super::columns;
use super::command::Command;
use super::copied::Copied;
use super::effect::Effect;
use super::glyphs::Glyphs;
use super::input::Input;
use super::jobs::Jobs;
use super::keymap::Keymap;
use super::layout::{self, Areas, Beside};
use super::link::Link;
use super::list_view::Sight;
use super::moment::Moment;
use super::notice::{Kind, Notices};
use super::options::{Options, PageSize};
use super::purpose::Purpose;
use super::screen::Screen;
use super::state::{Unkept, ViewState};
use super::theme::Theme;
use super::ticket::Ticket;
use super::unconfirmed::{Unconfirmed, Warned};

/// What every place may know.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) options: Options,
    /// The page size of the settings; that of the options may be the operator's.
    pub(super) configured_page_size: PageSize,
    pub(super) keymap: Keymap,
    pub(super) theme: Theme,
    pub(super) glyphs: Glyphs,
    /// The backends there are.
    pub(super) backends: BackendChoices,
    /// The line to the open one.
    pub(super) link: Link,
    pub(super) session: Session,
    pub(super) catalogue: Catalogue,
    /// The account that is looked at.
    pub(super) account: AccountFilter,
    /// The moment of the latest message.
    pub(super) now: Moment,
    /// The backend's clock as it was last told, and when that was.
    pub(super) told: (Time, Moment),
    pub(super) size: (u16, u16),
    pub(super) notices: Notices,
    /// Tokens with a change under way.
    pub(super) acting: BTreeSet<RowId>,
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
    /// The views that the operator keeps, as they were last read.
    pub(super) views: Views,
    /// What of it is still to be written.
    pub(super) unkept: Unkept,
    /// Whether the program ends as soon as nothing is under way.
    pub(super) leaving: bool,
    /// What copying has to remember.
    pub(super) copied: Copied,
    /// Whether the system wants it to end, so that nobody can be asked any more.
    pub(super) told_to_end: bool,
    /// What keys typed meanwhile wait for, besides rows.
    pub(super) asking: Option<Purpose>,
    /// Those keys.
    pub(super) held: Vec<Input>,
    /// When Ctrl-c was pressed.
    pub(super) interrupted: Option<Moment>,
    /// Why what is ordered now is done, as the operator said.
    pub(super) because: Option<GivenReason>,
    /// The list that is being written to a file.
    pub(super) exporting: Option<Exporting>,
    /// What is to be done outside, in its order.
    pub(super) outbox: Vec<Effect>,
}

/// A list that is being written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exporting {
    /// Under which ticket.
    pub(super) ticket: Ticket,
    /// How many rows are written, and of how many, once that is known.
    pub(super) rows: Option<(usize, usize)>,
}

impl Shared {
    /// What is known at the start.
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
            backends: BackendChoices::default(),
            link,
            session,
            catalogue,
            account: AccountFilter::Any,
            now: Moment::default(),
            size: (0, 0),
            notices: Notices::default(),
            acting: BTreeSet::new(),
            unconfirmed: Vec::new(),
            warned: Warned::No,
            jobs: Jobs::default(),
            asking_who: false,
            state: ViewState::default(),
            views: Views::new(),
            unkept: Unkept::default(),
            leaving: false,
            copied: Copied::default(),
            told_to_end: false,
            asking: None,
            held: Vec::new(),
            interrupted: None,
            because: None,
            exporting: None,
            outbox: Vec::new(),
        }
    }
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
        let said = &self.session.descriptors;
        let usual = || said.columns.iter().filter(|column| column.shown).map(|column| column.key);
        let on = self.state.columns.clone().unwrap_or_else(|| usual().collect());
        columns::tidy(&on).into_iter().filter(|column| said.has(*column)).collect()
    }

    /// A token's status now, which may be later than the answer that brought it.
    pub(super) fn status(&self, view: &TokenView) -> Status {
        view.status_at(self.wall())
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

    /// Says that keys do nothing in this place, and which one tells what does.
    pub(super) fn tell_idle(&mut self, keys: &str) {
        let help = self.keymap.first_key_of(Command::Help);
        let help = if help.is_empty() { help } else { format!("; {help} keys") };
        let at = self.wall();
        self.notices.remark(&format!("{keys} does nothing here{help}"), at, self.now);
    }

    /// Asks the backend; the answer comes as a message, and is waited for.
    pub(super) fn ask(&mut self, call: Call) -> Ticket {
        let ticket = self.link.asked(&call, self.now);
        let reason = self.because.clone().filter(|_| call.row().writes);
        if let Some(reason) = reason {
            self.link.said_why(ticket, reason.clone());
            self.put(Effect::CallBecause(ticket, call, reason));
        } else {
            self.put(Effect::Call(ticket, call));
        }
        ticket
    }

    /// Puts an effect into the outbox, which `update` hands out at its end.
    pub(super) fn put(&mut self, effect: Effect) {
        self.outbox.push(effect);
    }

    /// What is in the outbox.
    pub(super) fn take_outbox(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.outbox)
    }

    /// The whole window.
    pub(super) fn area(&self) -> Rect {
        let (width, height) = self.size;
        Rect::new(0, 0, width, height)
    }

    /// The parts of a screen that is all list.
    pub(super) fn areas_in(&self, area: Rect) -> Areas {
        layout::areas(area, Beside::Nothing, false, self.options.page_size)
    }

    /// How much of a list can be seen in these.
    pub(super) fn sight_of(&self, areas: Areas) -> Sight {
        Sight { height: areas.rows.height.into(), page_size: self.options.page_size }
    }

    /// How much can be seen of a list that has the screen to itself.
    pub(super) fn sight(&self) -> Sight {
        self.sight_of(self.areas_in(self.area()))
    }
}
