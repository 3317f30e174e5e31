//! Keeps keys that were typed before a question could be read from answering it.

use std::time::Duration;

use super::moment::Moment;

/// How long a dialog must have been on screen before keys count.
const WAIT: Duration = Duration::from_millis(300);

/// Keeps keys from answering a dialog that nobody has read yet (type-ahead on a
/// slow link, a paste).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Guard {
    open_from: Option<Moment>,
    ignored: bool,
}

impl Guard {
    /// The dialog reached the screen.
    pub(crate) fn drawn(&mut self, now: Moment) {
        self.open_from.get_or_insert(now.after(WAIT));
    }

    /// Whether keys count.
    pub(crate) fn is_open(&self, now: Moment) -> bool {
        self.open_from.is_some_and(|from| from <= now)
    }

    /// Whether this key counts. One that does not restarts the wait.
    pub(crate) fn admits(&mut self, now: Moment) -> bool {
        let open = self.is_open(now);
        if open {
            self.ignored = false;
        } else {
            self.startle(now);
        }
        open
    }

    /// Something came that no reader of the dialog would type: the wait starts anew.
    pub(crate) fn startle(&mut self, now: Moment) {
        self.open_from = self.open_from.map(|_| now.after(WAIT));
        self.ignored = true;
    }

    /// Whether the last key was dropped.
    pub(crate) fn ignored(&self) -> bool {
        self.ignored
    }

    /// Whether it waits to be told that it was drawn.
    pub(crate) fn awaits_drawing(&self) -> bool {
        self.open_from.is_none()
    }

    /// When keys begin to count.
    pub(crate) fn deadline(&self, now: Moment) -> Option<Moment> {
        self.open_from.filter(|from| *from > now)
    }
}
