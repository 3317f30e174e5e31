//! What can't be relied on, in the position line of every list: that the backend does
//! not answer, how old the rows are then, and that changes are unconfirmed.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::put;
use crate::domain::Time;
use crate::text::width;
use crate::tui::model::Model;
use crate::tui::theme::Role;
use crate::tui::unconfirmed::Fate;

/// Writes it at the start of an area and says what is left behind it.
pub(super) fn draw(model: &Model, as_of: Option<Time>, frame: &mut Frame<'_>, area: Rect) -> Rect {
    let room = usize::from(area.width);
    let Some(text) = texts(model, as_of).into_iter().find(|text| width(text) <= room) else {
        return area;
    };
    put(frame, area, &text, model.theme.style(Role::Error));
    let used = u16::try_from(width(&text)).unwrap_or(u16::MAX).min(area.width);
    Rect { x: area.x.saturating_add(used), width: area.width - used, ..area }
}

/// Whether the line has to say anything of that kind.
pub(super) fn is_doubtful(model: &Model) -> bool {
    model.reach.silent_since.is_some() || model.unconfirmed_here().next().is_some()
}

/// `1 not done, 2 unconfirmed`.
fn open(model: &Model) -> Option<String> {
    let count = |fate| model.unconfirmed_here().filter(|known| known.kept.fate == fate).count();
    let parts = [(count(Fate::NotDone), "not done"), (count(Fate::Unknown), "unconfirmed")];
    let said: Vec<_> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    (!said.is_empty()).then(|| said.join(", "))
}

/// From all there is to say to the least that must be said.
fn texts(model: &Model, as_of: Option<Time>) -> Vec<String> {
    let clock = |time: Time| time.format("%H:%M:%S").to_string();
    let silent = model.reach.silent_since.map(clock);
    let read = as_of.map(|at| format!(", as of {}", clock(at))).unwrap_or_default();
    let open = open(model);
    match (silent, open) {
        (None, None) => vec![],
        (None, Some(open)) => vec![format!(" {open}")],
        (Some(since), None) => vec![
            format!(" no answer since {since}{read}"),
            format!(" no answer since {since}"),
            " no answer".to_owned(),
        ],
        (Some(since), Some(open)) => vec![
            format!(" {open}, no answer since {since}{read}"),
            format!(" {open}, no answer since {since}"),
            format!(" {open}, no answer"),
            format!(" {open}"),
        ],
    }
}
