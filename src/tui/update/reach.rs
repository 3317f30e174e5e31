//! Noticing that the backend stopped answering, and that it answers again; giving up
//! to wait for it. What was read before stays on screen, marked as old.

use crate::backend::{BackendError, Cause};
use crate::domain::Refusal;
use crate::text::{Safe, safe_line};
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::reach::Sign;
use crate::tui::shared::Shared;
use crate::wire::BackendKind;

impl Shared {
    /// Something that is read again by itself could not be read. That is said once; then
    /// the mark on screen says it. What a key came to is never covered by it.
    pub(in crate::tui) fn unread(&mut self, what: &str, error: &BackendError) {
        if error.cause == Cause::Stopped || self.link.reach.tell(error) {
            return;
        }
        let (at, text) = (self.wall(), self.could_not(what, error));
        self.notices.mention(Kind::Error, &text, at, self.now);
    }

    /// Why something failed. Where the reason has a remedy here, the reason comes first:
    /// a narrow line shows the beginning only.
    fn could_not(&self, what: &str, error: &BackendError) -> String {
        let key = |command| self.keymap.first_key_of(command);
        match error {
            BackendError { cause: Cause::Refused(Refusal::NotSignedIn), .. } => format!(
                "Not signed in: could not {what}. Once a new credential is in place, {} signs in \
                 again; {error}",
                key(Command::Refresh)
            ),
            BackendError { cause: Cause::NotAwaited, .. } => format!(
                "Not waited for, outcome unknown, {} keeps it: {what}",
                key(Command::Unconfirmed)
            ),
            error => format!("Could not {what}: {error}"),
        }
    }

    pub(in crate::tui) fn failed(&mut self, what: &str, error: &BackendError) {
        // Whoever gave up waiting knows why there is nothing.
        if error.cause == Cause::Stopped {
            return;
        }
        // Whatever can't be read next for the same reason need not be said, too.
        self.link.reach.tell(error);
        let text = self.could_not(what, error);
        self.say(Kind::Error, text);
    }

    /// Nothing came for so long that what is on screen has to be marked as old.
    pub(super) fn notice_silence(&mut self) {
        // A store on this machine is at work, and says what on.
        if self.session.kind == BackendKind::Local {
            return;
        }
        let Some(silence) = self.link.waits.silence(self.now) else { return };
        if self.link.reach.silent_since.is_none() {
            let now = self.wall();
            let since = chrono::TimeDelta::from_std(silence).ok();
            let since = since.and_then(|silence| now.checked_sub_signed(silence));
            self.link.reach.silent_since = Some(since.unwrap_or(now));
        }
    }
}

impl Model {
    /// Takes what an answer tells of the connection. All is read again once there is
    /// one after a silence.
    pub(super) fn heed_sign(&mut self, sign: Option<Sign>) {
        match sign {
            // A store of this machine is no further away for being slow.
            Some(Sign::Silence) if self.session.kind == BackendKind::Local => {}
            Some(Sign::Silence) if self.link.reach.silent_since.is_none() => {
                self.link.reach.silent_since = Some(self.wall());
            }
            Some(Sign::SignedOut) => {
                self.link.reach.signed_out = true;
                // It answers, at least; what it says is told by whoever asked.
                self.link.reach.silent_since = None;
            }
            Some(Sign::Answer) => {
                if let Some(since) = self.shared.link.reach.answers(self.shared.now) {
                    let backend = safe_line(&self.backend());
                    let since = since.format("%H:%M:%S");
                    self.mention(format!("{backend} answers again, after silence since {since}"));
                    self.changed();
                }
            }
            _ => {}
        }
    }

    /// Whether there is no step back from here.
    pub(super) fn is_at_top(&self) -> bool {
        self.seen().is_at_top()
    }

    /// Gives up what the operator is told is waited for; says whether there was any.
    /// What was sent to be changed may be done all the same, and is read back.
    pub(super) fn stop_waiting(&mut self) -> bool {
        if !self.link.waits.can_stop(self.now) {
            return false;
        }
        // One that is on its way already is not to be seen, either.
        self.screens.tokens_mut().details.hide_value();
        let name = Safe::line(&self.session.backend);
        let open = if self.owes_answers() {
            let key = self.keymap.first_key_of(Command::Unconfirmed);
            format!("; the change goes on, its outcome is unknown: {key}")
        } else {
            String::new()
        };
        self.say(Kind::Info, format!("Stopped waiting for {name}{open}"));
        self.put(Effect::StopWaiting);
        true
    }
}
