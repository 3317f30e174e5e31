//! Why it is done, in the operator's own words, as a line of a question. Nobody has to say
//! so: the line is there once it is asked for, and the way to a button is no longer for it.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::domain::{GivenReason, leak};
use crate::text::{cut, width};
use crate::tui::key::Key;
use crate::tui::line::{Words, shown_part};
use crate::tui::paint::{put_cursor, put_line};
use crate::tui::shared::Shared;
use crate::tui::theme::Role;

/// What the line is called.
const LABEL: &str = "Reason: ";

/// What is said once a value was typed or pasted into it.
const VALUE: &str =
    "A value or a part of one was left out: a reason is on record for ever. Say it in words";

/// The line for a reason.
#[derive(Debug, Clone, Default)]
pub(crate) struct ReasonLine {
    words: Words,
    /// Whether it has the keys; else a button has.
    pub(super) focused: bool,
}

// Two questions with the same words are the same.
impl PartialEq for ReasonLine {
    fn eq(&self, other: &Self) -> bool {
        self.words.value() == other.words.value() && self.focused == other.focused
    }
}

impl Eq for ReasonLine {}

impl ReasonLine {
    /// Whether there is anything of it to be seen.
    pub(super) fn is_shown(&self) -> bool {
        self.focused || !self.words.value().is_empty()
    }

    /// What was said, if anything, or why it can't be kept.
    pub(super) fn given(&self) -> Result<Option<GivenReason>, String> {
        if self.words.value().trim().is_empty() {
            return Ok(None);
        }
        let wrong = |error: crate::domain::FieldError| format!("Reason: {}", error.message);
        GivenReason::of(self.words.value()).map(Some).map_err(wrong)
    }

    /// Takes a key of a line; says why the line was emptied, if it was.
    pub(super) fn take(&mut self, key: Key) -> Option<&'static str> {
        self.words.take(key);
        self.without_value()
    }

    /// Takes pasted text; says why the line was emptied, if it was.
    pub(super) fn paste(&mut self, text: &str) -> Option<&'static str> {
        // It is looked at as it came: cut to the length of a line it may look like none.
        if !leak::all(text).is_empty() {
            return Some(VALUE);
        }
        self.words.paste(text);
        self.without_value()
    }

    fn without_value(&mut self) -> Option<&'static str> {
        if leak::all(self.words.value()).is_empty() {
            return None;
        }
        self.words.reset();
        Some(VALUE)
    }

    /// `Reason: leaver, INC-4711______`.
    pub(super) fn draw(&self, model: &Shared, frame: &mut Frame<'_>, area: Rect) {
        let room = usize::from(area.width).saturating_sub(width(LABEL));
        let (typed, column) = shown_part(self.words.line(), room.saturating_sub(1).max(1));
        let typed = cut(&typed, room);
        let blank = "_".repeat(room.saturating_sub(width(&typed)));
        let role = if self.focused { Role::Title } else { Role::Text };
        let spans = vec![
            model.theme.span(LABEL, Role::Text),
            model.theme.span(typed, role),
            model.theme.span(blank, Role::Dim),
        ];
        put_line(frame, area, &Line::from(spans));
        if self.focused {
            put_cursor(frame, area, width(LABEL) + column);
        }
    }
}
