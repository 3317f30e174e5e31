//! What is remembered between runs: taken over at the start, kept when it changes.
//! One write at a time, so that a later change is never overwritten by an earlier.

use crate::backend::Answer;
use crate::domain::AccountFilter;
use crate::tui::call::Call;
use crate::tui::columns;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::options::PageSize;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::state::{Change, ViewState};

/// The largest page that is taken from a file.
const MOST_ROWS: usize = 1_000;

impl Shared {
    /// Changes what is remembered, and has it kept.
    pub(in crate::tui) fn remember(&mut self, change: Change) {
        self.note_change(change);
        self.keep_noted();
    }

    /// Changes what is remembered; it is kept before the program waits again.
    pub(super) fn note_change(&mut self, change: Change) {
        self.state.apply(change.clone());
        self.unkept.changes.push(change);
    }

    /// Has kept what is not under way yet.
    pub(super) fn keep_noted(&mut self) {
        if !self.unkept.writing {
            self.keep();
        }
    }

    fn keep(&mut self) {
        self.unkept.writing = !self.unkept.changes.is_empty();
        if !self.unkept.writing {
            return;
        }
        let changes = std::mem::take(&mut self.unkept.changes);
        self.ask(Call::Remember(changes));
    }
}

impl Tokens {
    /// The part of it that is the list's of tokens.
    fn recall(&mut self, shared: &mut Shared, state: ViewState) {
        if let Some(size) = state.page_size.filter(|size| is_sensible(*size)) {
            shared.options.page_size = size;
        }
        let last = state.account_at(&shared.seat());
        if let Some(account) = last.filter(|account| shared.may_choose(*account)) {
            shared.account = AccountFilter::One(account);
            self.list.query.account = shared.account;
        }
        shared.state = state;
        shared.recall_unconfirmed();
        self.details.tab = shared.tabs().first().copied().unwrap_or_default();
        if let Some(on) = &mut shared.state.columns {
            *on = columns::tidy(on);
        }
    }
}

impl Model {
    /// Takes over what the run before left, before anything was asked.
    pub(in crate::tui) fn recall(&mut self, state: ViewState) {
        self.screens.tokens_mut().recall(&mut self.shared, state);
        self.screens.users.recall(&self.shared);
    }

    pub(super) fn remembered(&mut self, result: Answer<()>) {
        if let Err(why) = result {
            self.say(Kind::Error, format!("Could not keep the view state: {why}"));
        }
        self.keep();
    }
}

fn is_sensible(size: PageSize) -> bool {
    match size {
        PageSize::Auto => true,
        PageSize::Rows(rows) => (1..=MOST_ROWS).contains(&rows),
    }
}
