//! Messages to the operator: one at a time on its line, all of them in the log.
//! Whoever writes one keeps secrets out of it; what looks like a value is hidden all the same.

use std::collections::VecDeque;
use std::time::Duration;

use crate::domain::{Time, leak};
use crate::text::{safe_line, width};

use super::moment::Moment;
use super::theme::Role;

/// How long a message stays.
const SHOWN: Duration = Duration::from_secs(5);
/// Columns of what stands before a message on its line: kind and time.
pub(super) const HEAD: usize = 16;
/// Columns of a message that is read at a glance: those of its line at 80 columns. A longer
/// one takes its time, so it stays until a key.
const GLANCE: usize = 80 - HEAD;
/// How many the log keeps.
const KEPT: usize = 500;

/// What kind of message it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Something was done.
    Ok,
    /// Something to know.
    Info,
    /// A key that does nothing here, with the reason.
    Refused,
    /// Something failed.
    Error,
}

impl Kind {
    /// The word before the message, so that no meaning hangs on a colour.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Info => "info",
            Self::Refused => "no",
            Self::Error => "error",
        }
    }

    /// How it is drawn.
    pub(super) fn role(self) -> Role {
        match self {
            Self::Ok => Role::Ok,
            Self::Info => Role::Text,
            Self::Refused => Role::Warning,
            Self::Error => Role::Error,
        }
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Notice {
    /// Its kind.
    pub(super) kind: Kind,
    /// When it was written, by the backend's clock.
    pub(super) at: Time,
    /// What it says, safe for a terminal.
    pub(super) text: String,
}

/// The messages of this run.
#[derive(Debug, Default)]
pub(super) struct Notices {
    /// The message on its line, and when it goes by itself, if it does.
    shown: Option<(Notice, Option<Moment>)>,
    /// Whether what is said stays until a key, however short it is.
    held: bool,
    log: VecDeque<Notice>,
}

impl Notices {
    /// Shows a message and keeps it in the log.
    pub(super) fn say(&mut self, kind: Kind, text: &str, at: Time, now: Moment) {
        // What it repeats of what was typed, or of a backend's answer, may hold a value.
        let text = safe_line(&leak::hide(text));
        let notice = Notice { kind, at, text };
        if self.log.len() >= KEPT {
            self.log.pop_back();
        }
        self.log.push_front(notice.clone());
        let goes = width(&notice.text) <= GLANCE && !self.held;
        let until = goes.then(|| now.after(SHOWN));
        self.shown = Some((notice, until));
    }

    /// Keeps a message in the log, and shows it where it covers nothing but information.
    pub(super) fn mention(&mut self, kind: Kind, text: &str, at: Time, now: Moment) {
        let before = self.shown.take();
        self.say(kind, text, at, now);
        if before.as_ref().is_some_and(|(notice, _)| notice.kind != Kind::Info) {
            self.shown = before;
        }
    }

    /// Shows what answers a key and is worth no line of the log.
    pub(super) fn remark(&mut self, text: &str, at: Time, now: Moment) {
        let notice = Notice { kind: Kind::Refused, at, text: safe_line(text) };
        self.shown = Some((notice, Some(now.after(SHOWN))));
    }

    /// What is said from now on stays until a key: it answers a line that was typed, and
    /// whoever typed it may look at the keys still.
    pub(super) fn hold(&mut self) {
        self.held = true;
    }

    /// Takes the message off its line: a key was pressed.
    pub(super) fn dismiss(&mut self) {
        self.shown = None;
        self.held = false;
    }

    /// Takes it off if its time is over.
    pub(super) fn expire(&mut self, now: Moment) {
        if self.deadline().is_some_and(|end| end <= now) {
            self.shown = None;
        }
    }

    /// When the message goes by itself.
    pub(super) fn deadline(&self) -> Option<Moment> {
        self.shown.as_ref().and_then(|(_, end)| *end)
    }

    /// The message on its line.
    pub(super) fn shown(&self) -> Option<&Notice> {
        self.shown.as_ref().map(|(notice, _)| notice)
    }

    /// All of them, newest first.
    pub(super) fn log(&self) -> impl ExactSizeIterator<Item = &Notice> {
        self.log.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(n: u64) -> Moment {
        Moment::new(Duration::from_secs(n))
    }

    #[test]
    fn a_message_goes_after_five_seconds_and_stays_in_the_log() {
        let mut notices = Notices::default();
        notices.say(Kind::Ok, "done", Time::UNIX_EPOCH, second(1));
        notices.expire(second(5));
        assert!(notices.shown().is_some());
        notices.expire(second(6));
        assert!(notices.shown().is_none());
        assert_eq!(notices.log().len(), 1);
    }

    #[test]
    fn b23_a_message_longer_than_a_line_stays_until_a_key() {
        let mut notices = Notices::default();
        notices.say(Kind::Error, &"why ".repeat(20), Time::UNIX_EPOCH, second(1));
        assert_eq!(notices.deadline(), None);
        notices.expire(second(600));
        assert!(notices.shown().is_some());
        notices.dismiss();
        assert!(notices.shown().is_none());
    }

    #[test]
    fn what_is_only_mentioned_covers_no_answer_to_a_key() {
        let mut notices = Notices::default();
        let shown = |notices: &Notices| notices.shown().map(|notice| notice.text.clone());
        notices.say(Kind::Refused, "Revoked tokens cannot be edited", Time::UNIX_EPOCH, second(0));
        notices.mention(Kind::Info, "Changed by Pia", Time::UNIX_EPOCH, second(1));
        assert_eq!(shown(&notices).as_deref(), Some("Revoked tokens cannot be edited"));
        notices.dismiss();
        notices.mention(Kind::Info, "Changed by Ada", Time::UNIX_EPOCH, second(2));
        assert_eq!(shown(&notices).as_deref(), Some("Changed by Ada"));
        assert_eq!(notices.log().len(), 3);
    }

    #[test]
    fn a_message_holds_nothing_a_terminal_would_obey() {
        let mut notices = Notices::default();
        notices.say(Kind::Error, "a\u{1b}[2Jb\u{202e}c", Time::UNIX_EPOCH, second(0));
        let text = notices.shown().map(|notice| notice.text.clone());
        assert_eq!(text.as_deref(), Some("a<U+001B>[2Jb<U+202E>c"));
    }

    #[test]
    fn the_log_forgets_the_oldest() {
        let mut notices = Notices::default();
        for n in 0..=KEPT {
            notices.say(Kind::Info, &n.to_string(), Time::UNIX_EPOCH, second(0));
        }
        assert_eq!(notices.log().len(), KEPT);
        assert_eq!(notices.log().last().map(|notice| notice.text.as_str()), Some("1"));
    }
}
