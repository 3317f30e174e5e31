//! The title line: what is shown, and at the right end the backend and who is at work.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::paint::{put, put_right};
use super::shared::Shared;
use super::theme::Role;
use crate::text::{cut, cut_middle, safe_line, width};

/// Columns that the name of the screen keeps.
const LEFT: usize = 22;

/// The title of what has no count of tokens: a form. A long name loses its middle.
pub(super) fn put_name(shared: &Shared, name: &str, frame: &mut Frame<'_>, area: Rect) {
    let left = put_who(shared, None, frame, area);
    let title = cut_middle(&format!(" {}", safe_line(name)), columns_of_title(left));
    put(frame, left, &title, shared.theme.style(Role::Title));
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
    let left = put_who(shared, count, frame, area);
    let title = fitted(&safe_line(heading), columns_of_title(left));
    put(frame, left, &title, shared.theme.style(Role::Title));
}

/// What a name keeps of itself, or it is not its middle that goes.
const LEAST_NAME: usize = 12;

/// A heading in so many columns. `API tokens - Acme ACC-0001-0001` stands there for its name
/// and id, so the middle of that goes, where enough of it is left.
fn fitted(heading: &str, columns: usize) -> String {
    let marks = [" - ", " of "];
    let name = marks.iter().find_map(|mark| Some(heading.find(mark)? + mark.len()));
    let parts = name.and_then(|at| heading.split_at_checked(at));
    match parts.map(|(kind, name)| (kind, name, columns.saturating_sub(width(kind)))) {
        Some((kind, name, room)) if room >= LEAST_NAME => {
            format!("{kind}{}", cut_middle(name, room))
        }
        _ => cut(heading, columns),
    }
}

fn columns_of_title(left: Rect) -> usize {
    usize::from(left.width).saturating_sub(1)
}

/// `team (remote)  kim Admin  120 tokens`; says what is left before it. What the role was is
/// no news of a server that knows kim no more.
fn put_who(shared: &Shared, count: Option<String>, frame: &mut Frame<'_>, area: Rect) -> Rect {
    let operator = &shared.session.operator;
    let role = shared.session.role().map(|role| format!(" {role}")).unwrap_or_default();
    let role = if shared.link.reach.signed_out { " not signed in" } else { &role };
    let mut who = safe_line(&format!("{}  {}{role}", shared.backend(), operator.login));
    let room = usize::from(area.width).saturating_sub(LEFT);
    if let Some(count) = count.map(|count| format!("  {count}"))
        && width(&who) + width(&count) < room
    {
        who.push_str(&count);
    }
    let who = format!("{} ", cut(&who, room.saturating_sub(1)));
    put_right(frame, area, &shared.with_mark(&who, Role::Text))
}

impl Shared {
    /// A line in which the backend is marked with its colour, if it has one.
    pub(super) fn with_mark<'t>(&self, text: &'t str, role: Role) -> Line<'t> {
        let (backend, plain) = (safe_line(&self.backend()), self.theme.style(role));
        let hue = self.backends.at_work().and_then(|open| open.hue);
        let hue = hue.filter(|_| self.options.color);
        let parts = text.rfind(&backend).and_then(|at| {
            let (before, rest) = text.split_at_checked(at)?;
            Some((before, rest.split_at_checked(backend.len())?))
        });
        match (hue, parts) {
            (Some(hue), Some((before, (backend, after)))) => Line::from(vec![
                Span::styled(before, plain),
                Span::styled(backend, hue.over(plain)),
                Span::styled(after, plain),
            ]),
            _ => Line::styled(text, plain),
        }
    }
}
