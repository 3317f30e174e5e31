//! All that the program knows. Only `update` changes it; `view` reads it.

use std::collections::BTreeSet;

use ratatui::layout::Rect;
use tui_input::Input as LineInput;

use crate::domain::{AccountFilter, AccountId, Catalogue, Column, Role, Status, Time, TokenId};
use crate::wire::{Session, Target, TokenView};

use super::bulk::Whose;
use super::columns::{self, Strip};
use super::command::Scope;
use super::details::{Details, Tab};
use super::filters::Filters;
use super::glyphs::Glyphs;
use super::input::Input;
use super::key::Key;
use super::keymap::Keymap;
use super::layout::{self, Areas};
use super::list::{List, Sight};
use super::moment::Moment;
use super::notice::{Kind, Notices};
use super::options::{Options, PageSize};
use super::overlay::{Confirm, Entry, Guard, Overlay};
use super::picker::Picker;
use super::selection::{Marking, Selection};
use super::state::{Change, ViewState};
use super::theme::Theme;
use super::update::copy::Copied;

/// Which pane has the keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Focus {
    /// The list.
    #[default]
    List,
    /// The details pane.
    Details,
}

/// What the backend was asked that keys typed meanwhile have to wait for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asking {
    /// The request's number.
    pub(super) request: u64,
    /// What is done with the answer.
    pub(super) purpose: Purpose,
}

/// What is done with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Tokens are selected.
    Mark(Marking),
    /// A bulk action on these is confirmed.
    Confirm(Box<(Target, Whose)>),
}

/// What a search looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SearchIn {
    /// Names (R36).
    Name,
    /// GUIDs (R37).
    Guid,
}

/// A search while it is typed.
#[derive(Debug)]
pub(super) struct Search {
    /// What it looks at.
    pub(super) within: SearchIn,
    /// What was typed so far.
    pub(super) line: LineInput,
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
    pub(super) session: Session,
    pub(super) catalogue: Catalogue,
    /// The moment of the latest message.
    pub(super) now: Moment,
    /// The backend's clock as it was last told, and when that was.
    pub(super) told: (Time, Moment),
    pub(super) size: (u16, u16),
    pub(super) list: List,
    pub(super) selection: Selection,
    pub(super) asking: Option<Asking>,
    /// The number of the latest request for the plan of the dialog that is open.
    pub(super) replan: u64,
    pub(super) details: Details,
    pub(super) focus: Focus,
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
    /// What is remembered between runs.
    pub(super) state: ViewState,
    /// Changes of it that no write has taken along yet.
    pub(super) unkept: Vec<Change>,
    /// Whether a write of it is under way.
    pub(super) keeping: bool,
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
    requests: u64,
}

impl Model {
    /// The program at its start, before any token is known.
    pub(super) fn new(options: Options, session: Session, catalogue: Catalogue) -> Self {
        Self {
            keymap: options.keymap.clone(),
            theme: options.themes.named(&options.theme, options.color),
            glyphs: Glyphs::new(options.unicode),
            told: (session.now, Moment::default()),
            configured_page_size: options.page_size,
            options,
            session,
            catalogue,
            now: Moment::default(),
            size: (0, 0),
            list: List::default(),
            selection: Selection::default(),
            asking: None,
            replan: 0,
            details: Details::default(),
            focus: Focus::default(),
            search: None,
            filters: Filters::default(),
            scrolled: 0,
            pending: Vec::new(),
            held: Vec::new(),
            overlays: Vec::new(),
            notices: Notices::default(),
            acting: BTreeSet::new(),
            state: ViewState::default(),
            unkept: Vec::new(),
            keeping: false,
            leaving: false,
            copied: Copied::default(),
            told_to_end: false,
            interrupted: None,
            status_due: None,
            requests: 0,
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

    /// A number no request had before.
    pub(super) fn next_request(&mut self) -> u64 {
        self.requests += 1;
        self.requests
    }

    /// The parts of the screen.
    pub(super) fn areas(&self) -> Areas {
        let (width, height) = self.size;
        self.areas_in(Rect::new(0, 0, width, height))
    }

    /// The parts of a screen of that size.
    pub(super) fn areas_in(&self, area: Rect) -> Areas {
        layout::areas(area, self.details.open, self.options.page_size)
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

    /// Where keys are looked up, innermost first.
    pub(super) fn scopes(&self) -> &'static [Scope] {
        match (self.overlays.last(), self.focus) {
            (Some(Overlay::Confirm(dialog)), _) => match dialog.entry {
                Entry::Terms(_) => &[Scope::Choice, Scope::Dialog],
                Entry::Nothing | Entry::Word(_) => &[Scope::Dialog],
            },
            (Some(Overlay::Issue(_)), _) => &[Scope::Dialog],
            (Some(Overlay::Menu { .. }), _) => {
                &[Scope::Dialog, Scope::Act, Scope::Move, Scope::Global]
            }
            (Some(Overlay::Plain(_) | Overlay::Line(_)), _) => &[Scope::Global],
            (Some(Overlay::Tabs { .. }), _) => &[Scope::Tabs, Scope::Move, Scope::Global],
            (Some(Overlay::Help { .. } | Overlay::Messages { .. } | Overlay::Report { .. }), _) => {
                &[Scope::Move, Scope::Global]
            }
            (Some(Overlay::Picker(_)), _) => &[Scope::Pick, Scope::Move],
            (None, _) => self.pane_scopes(),
        }
    }

    /// Where keys are looked up when nothing lies over the screen.
    pub(super) fn pane_scopes(&self) -> &'static [Scope] {
        match self.focus {
            Focus::List => &[Scope::List, Scope::Act, Scope::Move, Scope::Global],
            Focus::Details => &[Scope::Details, Scope::Act, Scope::Move, Scope::Global],
        }
    }

    /// The dialog on top, if there is one.
    pub(super) fn dialog(&self) -> Option<&Confirm> {
        match self.overlays.last() {
            Some(Overlay::Confirm(confirm)) => Some(confirm),
            _ => None,
        }
    }

    /// The dialog on top, to change it.
    pub(super) fn dialog_mut(&mut self) -> Option<&mut Confirm> {
        match self.overlays.last_mut() {
            Some(Overlay::Confirm(confirm)) => Some(confirm),
            _ => None,
        }
    }

    /// The tabs of the details that are shown (R84).
    pub(super) fn tabs(&self) -> Vec<Tab> {
        Tab::shown(&self.state.hidden_tabs)
    }

    /// Whether keys are typed into a text field.
    pub(super) fn takes_text(&self) -> bool {
        match self.overlays.last() {
            Some(Overlay::Picker(picker)) => picker.finding,
            Some(overlay) => matches!(overlay, Overlay::Line(_)),
            None => self.search.is_some(),
        }
    }

    /// Whether a question or a choice is open that nothing may cover.
    pub(super) fn is_asked(&self) -> bool {
        !matches!(
            self.overlays.last(),
            None | Some(
                Overlay::Help { .. }
                    | Overlay::Messages { .. }
                    | Overlay::Report { .. }
                    | Overlay::Issue(_)
                    | Overlay::Plain(_)
            )
        )
    }

    /// What keeps early keys from the dialog on top.
    pub(super) fn guard(&self) -> Option<&Guard> {
        match self.overlays.last() {
            Some(Overlay::Confirm(confirm)) => Some(&confirm.guard),
            Some(Overlay::Issue(issue)) => Some(&issue.guard),
            _ => None,
        }
    }

    /// The same, to change it.
    pub(super) fn guard_mut(&mut self) -> Option<&mut Guard> {
        match self.overlays.last_mut() {
            Some(Overlay::Confirm(confirm)) => Some(&mut confirm.guard),
            Some(Overlay::Issue(issue)) => Some(&mut issue.guard),
            _ => None,
        }
    }

    /// Whether an action is for the selected tokens: in the list, where there are
    /// any. In the details it is for the token they show.
    pub(super) fn acts_on_selection(&self) -> bool {
        self.focus == Focus::List && !self.selection.is_empty()
    }

    /// The picker on top, if there is one.
    pub(super) fn picker(&self) -> Option<&Picker> {
        match self.overlays.last() {
            Some(Overlay::Picker(picker)) => Some(picker),
            _ => None,
        }
    }

    /// The picker on top, to change it.
    pub(super) fn picker_mut(&mut self) -> Option<&mut Picker> {
        match self.overlays.last_mut() {
            Some(Overlay::Picker(picker)) => Some(picker),
            _ => None,
        }
    }

    /// The token that actions are for: under the cursor, or in the details.
    pub(super) fn target(&self) -> Option<&TokenView> {
        match self.focus {
            Focus::List => self.list.current(),
            Focus::Details => self.details.token.as_deref(),
        }
    }

    /// A token's status now, which may be later than the answer that brought it.
    pub(super) fn status(&self, view: &TokenView) -> Status {
        Status::of(&view.token, self.wall())
    }

    /// The account whose tokens these are: the chosen one, or the only one there is.
    pub(super) fn account(&self) -> Option<AccountId> {
        match self.list.query.account {
            AccountFilter::One(account) => Some(account),
            AccountFilter::Any if self.session.operator.role == Role::Superadmin => None,
            AccountFilter::Any => match self.session.operator.accounts_in(&self.catalogue)[..] {
                [only] => Some(only.id),
                _ => None,
            },
        }
    }

    /// Whose tokens these are: `Acme ACC-0001-0001`, All accounts.
    pub(super) fn place(&self) -> String {
        match self.account() {
            Some(id) => format!("{} {id}", self.catalogue.account_name(Some(id))),
            None => self.all_accounts().to_owned(),
        }
    }

    /// What all accounts of the operator together are called.
    pub(super) fn all_accounts(&self) -> &'static str {
        match self.session.operator.role {
            Role::Superadmin => "All accounts",
            _ => "All my accounts",
        }
    }

    /// Whether the operator may look at that account.
    pub(super) fn may_choose(&self, account: AccountId) -> bool {
        let operator = &self.session.operator;
        self.catalogue.accounts.contains_key(&account) && operator.reaches(account)
    }

    /// Who sits at which backend: for whom the last account is remembered.
    pub(super) fn seat(&self) -> String {
        format!("{}@{}", self.session.operator.login, self.session.place)
    }

    /// Whether something is under way that leaving has to wait for.
    pub(super) fn is_at_work(&self) -> bool {
        self.keeping || !self.acting.is_empty()
    }

    /// The backend as the title names it: `local`, `team (remote)`.
    pub(super) fn backend(&self) -> String {
        match self.session.kind {
            crate::wire::BackendKind::Local => self.session.backend.clone(),
            crate::wire::BackendKind::Remote => format!("{} (remote)", self.session.backend),
        }
    }

    /// Tells the operator something.
    pub(super) fn say(&mut self, kind: Kind, text: impl AsRef<str>) {
        let at = self.wall();
        self.notices.say(kind, text.as_ref(), at, self.now);
    }

    /// When `update` wants to be called even if nothing happens.
    pub(super) fn deadline(&self) -> Option<Moment> {
        let guard = self.guard().and_then(|guard| guard.deadline(self.now));
        let hide = self.details.shown.as_ref().map(|shown| shown.until);
        let plain = self.overlays.iter().filter_map(|overlay| match overlay {
            Overlay::Plain(plain) => plain.until,
            _ => None,
        });
        [guard, hide, plain.min(), self.details.follow_at, self.notices.deadline(), self.status_due]
            .into_iter()
            .flatten()
            .min()
    }

    /// Whether `update` wants to know when the next frame was drawn.
    pub(super) fn awaits_drawing(&self) -> bool {
        self.guard().is_some_and(Guard::awaits_drawing)
    }
}
