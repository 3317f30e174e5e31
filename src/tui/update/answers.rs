//! Who is at work and what exists, asked again and again; and what is said of what was read.

use crate::backend::Answer;
use crate::domain::Catalogue;
use crate::tui::call::Call;
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::news::News;
use crate::tui::screen::Screen;
use crate::tui::shared::Shared;
use crate::wire::{RowId, Session};

impl Shared {
    /// Asks who is at work and what exists, unless that is being asked: rights and
    /// names may have changed, and what is dimmed hangs on them.
    pub(in crate::tui) fn ask_who(&mut self) {
        let asked = std::mem::replace(&mut self.asking_who, true);
        if !asked {
            self.ask(Call::Who);
        }
    }

    /// Tells that what was asked for by key was done (R12).
    pub(super) fn tell_refreshed(&mut self) {
        let at = self.wall().format("%H:%M:%S").to_string();
        self.mention(format!("Refreshed {at}"));
    }

    /// Asks whether a token is still there, and how it is.
    pub(in crate::tui) fn ask_if_there(&mut self, id: RowId) {
        self.ask(Call::Show(id));
    }
}

impl Model {
    pub(super) fn known(&mut self, result: Answer<Box<(Session, Catalogue)>>) {
        self.asking_who = false;
        match result {
            Ok(known) => {
                let (session, catalogue) = *known;
                self.told = (session.now, self.now);
                self.link.reach.read(Screen::Catalog, Some(session.now));
                self.session = session;
                self.catalogue = catalogue;
                self.leave_lost_account();
                self.tell(&News::Known);
            }
            Err(error) => {
                self.link.reach.missed(Screen::Catalog);
                self.unread("refresh", &error);
            }
        }
    }

    /// Leaving waited for what was under way.
    pub(super) fn leave_if_done(&mut self) {
        if !self.leaving {
            return;
        }
        // Work that was being put on record runs now.
        if !self.told_to_end && self.would_interrupt() {
            self.leaving = false;
            return self.ask_leave();
        }
        if self.is_at_work() {
            return;
        }
        if self.must_warn() {
            self.leaving = false;
            self.ask_leave_unconfirmed();
            return;
        }
        self.put(Effect::Quit);
    }
}
