//! The title line: what is shown, and at the right end the backend and who is at work.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::paint::{put, put_right};
use super::shared::Shared;
use super::theme::Role;
use crate::text::{Safe, cut, cut_middle, width};

/// Columns that the name of the screen keeps.
const LEFT: usize = 22;

/// The title of what has no count of tokens: a form.
pub(super) fn put_name(shared: &Shared, name: &str, frame: &mut Frame<'_>, area: Rect) {
    let who = who(shared);
    let room = usize::from(area.width).saturating_sub(LEFT);
    let right = format!("{} ", cut(who.as_str(), room.saturating_sub(1)));
    let left = put_right(frame, area, &shared.theme.line(right, Role::Text));
    let title = format!(" {}", Safe::line(name));
    let title = cut_middle(&title, usize::from(left.width).saturating_sub(1));
    put(frame, left, &title, shared.theme.style(Role::Title));
}

/// `team (remote)  kim Admin`; what the role was is no news of a server that knows kim no more.
fn who(shared: &Shared) -> Safe {
    let operator = &shared.session.operator;
    let role = shared.session.role().map(|role| format!(" {role}")).unwrap_or_default();
    let role = if shared.link.reach.signed_out { " not signed in" } else { &role };
    Safe::line(&format!("{}  {}{role}", shared.backend(), operator.login))
}

/// The name of a screen; at the right end the backend, who is at work, and how much
/// there is.
pub(super) fn put_heading(
    shared: &Shared,
    heading: &str,
    count: Option<String>,
    frame: &mut Frame<'_>,
    area: Rect,
) {
    let who = who(shared);
    let room = usize::from(area.width).saturating_sub(LEFT);
    let mut right = who.into_string();
    if let Some(count) = count.map(|count| format!("  {count}"))
        && width(&right) + width(&count) < room
    {
        right.push_str(&count);
    }
    right = format!("{} ", cut(&right, room.saturating_sub(1)));
    let left = put_right(frame, area, &shared.theme.line(right, Role::Text));
    let title = Safe::line(heading);
    let title = cut(title.as_str(), usize::from(left.width).saturating_sub(1));
    put(frame, left, &title, shared.theme.style(Role::Title));
}
