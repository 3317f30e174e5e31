//! The tab General of a user: who they are and what they may reach (R115).

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::domain::calendar::seconds;
use crate::text::{or_dash, pad, safe_line, wrap, yes_no};
use crate::tui::paint::put_lines;
use crate::tui::place::Seen;
use crate::tui::theme::Role;
use crate::wire::UserView;

/// Columns of the words before values.
const LABEL: usize = 16;

pub(in crate::tui::view) fn draw(model: &Seen<'_>, frame: &mut Frame<'_>, area: Rect) {
    let scroll = model.screens.tokens().viewed().map_or(0, |viewed| viewed.scroll);
    put_lines(frame, area.rows(), lines(model, area.width.into()).iter().skip(scroll));
}

/// Lines on screen, and lines in all.
pub(in crate::tui) fn extent(model: &Seen<'_>) -> (usize, usize) {
    let rows = model.areas().rows;
    (rows.height.into(), lines(model, rows.width.into()).len())
}

fn lines(model: &Seen<'_>, columns: usize) -> Vec<Line<'static>> {
    let Some(viewed) = model.screens.tokens().viewed() else { return vec![] };
    let room = columns.saturating_sub(LABEL + 2).max(1);
    facts(model, &viewed.user)
        .into_iter()
        .flat_map(|(label, value)| {
            let mut label = label;
            let line = |text: String| {
                let head = format!(" {}", pad(label, LABEL));
                label = "";
                let head = model.theme.span(head, Role::Header);
                Line::from(vec![head, Span::raw(text)])
            };
            wrap(&safe_line(&or_dash(&value)), room).into_iter().map(line).collect::<Vec<_>>()
        })
        .collect()
}

fn facts(model: &Seen<'_>, view: &UserView) -> Vec<(&'static str, String)> {
    let user = &view.user;
    let names = |names: Vec<String>| names.join(", ");
    let catalogue = &model.catalogue;
    let accounts = user.accounts.iter().map(|id| {
        let known = view.names.accounts.get(id).cloned();
        format!("{} {id}", known.unwrap_or_else(|| catalogue.account_name(Some(*id))))
    });
    let all = user.role == crate::domain::Role::Superadmin;
    let scopes = user.scopes.iter().map(|id| view.names.scope(*id));
    let every = |all: bool, names: String| if all { "all".to_owned() } else { names };
    let status = match user.disabled_at {
        Some(at) => format!("Disabled since {}", seconds(at)),
        None => "Active".to_owned(),
    };
    vec![
        ("Name", user.name.clone()),
        ("ID", user.id.to_string()),
        ("Login", user.login.clone()),
        ("E-mail", user.email.clone().unwrap_or_default()),
        ("Status", status),
        ("Role", user.role.to_string()),
        ("Manages tokens", yes_no(user.manage_tokens).to_owned()),
        ("Accounts", every(all, names(accounts.collect()))),
        ("Scopes", every(all, names(scopes.collect()))),
    ]
}
