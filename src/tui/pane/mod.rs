//! What the details pane says: two header lines and the tab on top. `view` draws
//! it, `update` counts its lines to know how far it scrolls.

mod audit;
mod dates;
mod general;
mod line;
mod modules;

pub(super) use general::MASK;

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::Column;
use crate::text::{cut_middle, safe_line, width};
use crate::wire::TokenView;

use super::details::Tab;
use super::place::Seen;
use super::theme::Role;
use super::unconfirmed::Fate;

/// All lines of the pane below its tabs.
pub(super) fn lines<'a>(model: &Seen<'a>, columns: usize) -> Vec<Line<'a>> {
    let Some(view) = model.screens.tokens().details.token.as_deref() else {
        return vec![model.theme.line(" No token", Role::Dim)];
    };
    let mut lines = header(model, view, columns);
    lines.extend(match model.screens.tokens().details.tab {
        Tab::General => general::lines(model, view, columns),
        Tab::Modules => modules::lines(model, view, columns),
        Tab::Details => dates::lines(model, view, columns),
        Tab::Audit => audit::lines(model, columns),
    });
    lines
}

/// Columns of its text, which leaves the last one free: that is for the marks that there is more.
pub(super) fn columns_of(pane: Rect) -> usize {
    usize::from(pane.width)
}

/// Lines on screen, and lines in all.
pub(super) fn extent(model: &Seen<'_>) -> (usize, usize) {
    let Some(pane) = model.areas().pane else { return (0, 0) };
    let height = usize::from(pane.height).saturating_sub(1);
    (height, lines(model, columns_of(pane)).len())
}

/// What a long name keeps of itself in any window.
const LEAST_NAME: usize = 7;

/// Name, id and status; account and last use (R72, R73).
fn header(model: &Seen<'_>, view: &TokenView, columns: usize) -> Vec<Line<'static>> {
    let token = &view.token;
    let status = model.status(view);
    let theme = &model.theme;
    let doubt = model.unconfirmed_of(&token.id);
    let doubt = doubt.map_or_else(String::new, |known| {
        let verb = known.kept.attempt.verb();
        match known.kept.fate {
            Fate::Unknown => format!("  {verb} unconfirmed"),
            Fate::NotDone => format!("  {verb} not done"),
            Fate::Unseen => "  nobody saw its value".to_owned(),
        }
    });
    let beside = [
        Span::raw(format!("  {}  ", token.id)),
        theme.span(
            format!("{} {}", model.glyphs.status(status), view.status_in_words(status)),
            Role::Status(status),
        ),
    ];
    let more = [
        theme.span(model.overlap(token).map_or("", |_| "  old value passes too"), Role::Warning),
        theme.span(doubt, Role::Error),
    ];
    let wide = |spans: &[Span<'_>]| spans.iter().map(Span::width).sum::<usize>();
    // Id and status are what the next key hangs on: a long name makes room for them, and what
    // has no room beside them stands on a line of its own.
    let under = wide(&beside) + wide(&more) + LEAST_NAME + 2 > columns;
    let used_up = wide(&beside) + if under { 0 } else { wide(&more) };
    let room = columns.saturating_sub(used_up + 2).max(LEAST_NAME);
    let name = cut_middle(&safe_line(&token.name), room);
    let name = theme.span(format!(" {name}"), Role::Name);
    let mut first: Line<'static> = [name].into_iter().chain(beside).collect();
    let mut lines = vec![];
    if under {
        let said = more.into_iter().filter(|span| span.width() > 0);
        lines.push(first);
        lines.extend(said.map(Line::from));
    } else {
        first.extend(more);
        lines.push(first);
    }
    lines.extend(facts(model, view, columns));
    lines
}

/// The account and the last use, beside each other where both have room; the name of the
/// account loses its middle before its id is cut.
fn facts(model: &Seen<'_>, view: &TokenView, columns: usize) -> Vec<Line<'static>> {
    let (token, theme) = (&view.token, &model.theme);
    let id = token.account.map(|id| format!(" {id}")).unwrap_or_default();
    let name = safe_line(&view.names.account(token.account));
    let label = " Account ";
    let name = cut_middle(&name, columns.saturating_sub(width(label) + width(&id) + 1));
    let facts = [
        (Column::Account, label, format!("{name}{id}")),
        (Column::LastAccess, "   Last access ", safe_line(&view.last_access())),
    ];
    let facts = facts.into_iter().filter(|(column, ..)| model.session.descriptors.has(*column));
    let fact = |(_, label, text): (Column, &'static str, String)| {
        Line::from(vec![theme.span(label, Role::Header), Span::raw(text)])
    };
    let lines: Vec<_> = facts.map(fact).collect();
    if lines.iter().map(Line::width).sum::<usize>() > columns {
        return lines;
    }
    vec![lines.into_iter().flat_map(|line| line.spans).collect()]
}
