//! The Details tab: every date of a token, to the second and in UTC (R82).

use ratatui::text::Line;

use super::line::paragraph;
use crate::domain::{Column, Stamp, Time, calendar, policy};
use crate::text::Safe;
use crate::tui::overlap;
use crate::tui::place::Seen;
use crate::wire::TokenView;

pub(super) fn lines<'m>(model: &Seen<'_>, view: &TokenView, columns: usize) -> Vec<Line<'m>> {
    let token = &view.token;
    let or_never = |time: Option<Time>| time.map_or_else(|| "Never".to_owned(), calendar::seconds);
    let stamp = |stamp: Option<Stamp>| {
        stamp.map_or_else(|| "Never".to_owned(), |stamp| stamped(view, stamp))
    };
    let would = |end| format!(", would have ended {}", calendar::end_day(end));
    let planned = token.planned_end.map(would).unwrap_or_default();
    let mut rows = Vec::new();
    if let Some(old) = model.overlap(token) {
        rows.extend(view.guid.map(|guid| ("GUID", guid.to_string())));
        let until = overlap::until(old, model.wall());
        rows.push(("Old value", format!("{}  {until}", old.guid)));
        rows.extend(view.value_uses().map(|uses| ("Last uses", uses)));
    }
    let expires = if view.ends_after_acceptance() {
        policy::life_of_request(token.account, &model.catalogue, model.wall())
    } else {
        or_never(token.valid_to)
    };
    let from = token.valid_from.map_or_else(String::new, calendar::seconds);
    let dates = [
        (Column::Created, "Created", stamped(view, token.created)),
        (Column::Created, "Updated", stamped(view, token.updated)),
        (Column::ActiveFrom, "Active from", from),
        (Column::Expires, "Expires", expires),
        (Column::LastAccess, "Last access", or_never(token.last_used_at)),
        (Column::Created, "Accepted", stamp(token.accepted)),
        (Column::RevokedAt, "Revoked", format!("{}{planned}", stamp(token.revoked))),
    ];
    let here = |(column, ..): &(Column, _, _)| model.session.descriptors.has(*column);
    rows.extend(dates.into_iter().filter(here).map(|(_, label, text)| (label, text)));
    if let Some(deleted) = token.deleted {
        rows.push(("Deleted", stamped(view, deleted)));
    }
    let row = |(label, text): (_, String)| paragraph(model, label, &Safe::line(&text), columns);
    rows.into_iter().flat_map(row).collect()
}

/// `2026-01-05 09:14:00 UTC by Ada Admin`.
fn stamped(view: &TokenView, stamp: Stamp) -> String {
    let at = calendar::seconds(stamp.at);
    match stamp.by {
        Some(id) => format!("{at} by {}", Safe::line(&view.names.user(id))),
        None => at,
    }
}
