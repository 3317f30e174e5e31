//! What the details pane says: two header lines and the tab on top. `view` draws
//! it, `update` counts its lines to know how far it scrolls.

mod audit;
mod dates;
mod general;
mod line;
mod modules;

pub(super) use general::MASK;

use ratatui::text::{Line, Span};

use crate::domain::Column;
use crate::text::{cut_middle, safe_line};
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

/// Lines on screen, and lines in all.
pub(super) fn extent(model: &Seen<'_>) -> (usize, usize) {
    let Some(pane) = model.areas().pane else { return (0, 0) };
    let height = usize::from(pane.height).saturating_sub(1);
    (height, lines(model, pane.width.into()).len())
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
    let account = view.names.account(token.account);
    let id = token.account.map(|id| format!(" {id}")).unwrap_or_default();
    let facts = [
        (Column::Account, " Account ", format!("{account}{id}")),
        (Column::LastAccess, "   Last access ", view.last_access()),
    ];
    let facts = facts.into_iter().filter(|(column, ..)| model.session.descriptors.has(*column));
    let fact = |(_, label, text): (Column, &'static str, String)| {
        [theme.span(label, Role::Header), Span::raw(safe_line(&text))]
    };
    let beside = [
        Span::raw(format!("  {}  ", token.id)),
        theme.span(
            format!("{} {}", model.glyphs.status(status), view.status_in_words(status)),
            Role::Status(status),
        ),
        theme.span(model.overlap(token).map_or("", |_| "  old value passes too"), Role::Warning),
        theme.span(doubt, Role::Error),
    ];
    // Id and status are what the next key hangs on: a long name makes room for them.
    let used_up: usize = beside.iter().map(Span::width).sum();
    let room = columns.saturating_sub(used_up + 2).max(LEAST_NAME);
    let name = cut_middle(&safe_line(&token.name), room);
    let name = theme.span(format!(" {name}"), Role::Name);
    vec![[name].into_iter().chain(beside).collect(), facts.flat_map(fact).collect()]
}
