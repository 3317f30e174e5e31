//! The one place where the model changes: a message in, effects out. No IO, no
//! clock; the time comes in with each message.

mod account;
mod answers;
mod base;
#[cfg(test)]
#[expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on should fail")]
mod bulk_tests;
mod carry;
mod catalog;
mod commands;
pub(super) mod copy;
mod credential;
mod envelope;
mod inputs;
mod jobs;
#[cfg(test)]
#[expect(clippy::panic, reason = "a test that cannot go on should fail")]
mod jobs_tests;
mod leak;
mod line;
mod offer;
#[cfg(test)]
#[expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on should fail")]
mod offers_tests;
mod own;
mod plan;
mod reach;
mod remember;
mod save;
mod search;
mod switch;
mod switch_user;
#[cfg(test)]
#[expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on should fail")]
mod tests;
mod tokens;
mod unconfirmed;
mod users;
mod views;
mod waiting;

use super::effect::Effect;
use super::message::Msg;
use super::model::Model;
use super::moment::Moment;
use crate::tui::layers::{Confirm, Connecting, JobList};
use crate::tui::place::Place;
use crate::tui::reply::Known;
use crate::tui::screen::Screen;

impl Model {
    /// What the program does before anything has happened.
    pub(super) fn start(&mut self, columns: u16, rows: u16) -> Vec<Effect> {
        self.begin(columns, rows);
        self.take_outbox()
    }

    /// The same before the backend has answered at all.
    pub(super) fn connect(&mut self, columns: u16, rows: u16) -> Vec<Effect> {
        self.resized(columns, rows);
        let connecting = Connecting::begin(&mut self.shared);
        self.layers.push(connecting);
        self.take_outbox()
    }

    /// Whether no backend has answered yet, so that nothing can be asked.
    fn is_connecting(&self) -> bool {
        self.layers.find::<Connecting>().is_some()
    }

    /// The backend answered for the first time.
    fn connected(&mut self, known: Known) {
        let (session, catalogue) = *known;
        self.told = (session.now, self.now);
        self.link.reach.read(Screen::Catalog, Some(session.now));
        self.session = session;
        self.catalogue = catalogue;
        self.begin_with();
        let (columns, rows) = self.size;
        self.begin(columns, rows);
    }

    /// Takes up what was remembered, and says what there is to be warned of.
    pub(super) fn begin_with(&mut self) {
        let state = std::mem::take(&mut self.state);
        self.recall(state);
        self.warn_of_credential();
        self.warn_of_clock();
    }

    /// Asks for what is on screen at first.
    fn begin(&mut self, columns: u16, rows: u16) {
        self.resized(columns, rows);
        self.screens.tokens_mut().reload(&mut self.shared);
        self.ask_jobs();
        self.tell_of_unconfirmed();
        self.read_back();
    }

    /// Takes one message at that moment.
    pub(super) fn update(&mut self, msg: Msg, now: Moment) -> Vec<Effect> {
        self.now = now;
        self.heed(msg);
        // Whatever happened may have cleared the way for a question that waits.
        self.offer_job();
        self.keep_noted();
        self.take_outbox()
    }

    fn heed(&mut self, msg: Msg) {
        let now = self.now;
        match msg {
            Msg::Lent(name, ended) => self.lent(&name, ended),
            Msg::Input(input) => self.on_input(input),
            Msg::Drawn => {
                if let Some(guard) = self.layers.guard_mut() {
                    guard.drawn(now);
                }
            }
            Msg::Due => self.due(),
            Msg::Changed => self.changed(),
            Msg::Answered(answered) => self.heed_answer(*answered),
            Msg::Exporting { ticket, rows, of } => self.export_came_to(ticket, rows, of),
            Msg::Closed(result) => self.closed(result),
            Msg::Copied { clip, way, result } => self.arrived(clip, way, result),
        }
    }

    /// A deadline has come; which one does not matter, as each is asked.
    fn due(&mut self) {
        let now = self.now;
        self.notices.expire(now);
        self.layers.expire(now);
        for at in (0..self.layers.len()).rev() {
            self.within(at, Place::due);
        }
        if self.is_connecting() {
            return;
        }
        self.notice_silence();
        for (_, screen) in self.screens.each() {
            screen.due(&mut self.shared);
        }
        if self.jobs.due.is_some_and(|at| at <= now) {
            self.ask_jobs();
        }
        if self.look_at().is_some_and(|at| at <= now) {
            self.look();
        }
    }

    /// Somebody changed something.
    fn changed(&mut self) {
        // What there is will be read once it is known who reads it.
        if self.is_connecting() {
            return;
        }
        for (shown, screen) in self.screens.each() {
            screen.renew(&mut self.shared, shown);
        }
        // What tokens can be given may be other modules, scopes and groups now.
        self.ask_who();
        self.read_back();
        let asks_about_job =
            self.layers.top::<Confirm>().is_some_and(|asked| asked.job().is_some());
        if self.layers.is::<JobList>() || asks_about_job {
            self.ask_jobs();
        }
    }
}
