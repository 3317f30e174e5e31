//! Tokens as rows: the columns of a table, the fields of a CSV file and of one
//! token by itself.

use crate::backend::list_file::fields;
use crate::cli::output::{Sheet, Title};
use crate::domain::calendar::{Expiry, end_day, seconds};
use crate::domain::policy::in_words;
use crate::domain::{Column, Stamp, Time, label};
use crate::text::or_dash;
use crate::wire::{Descriptors, TokenView};

/// The columns of a table, the most important first (R35).
const COLUMNS: [Column; 8] = [
    Column::Name,
    Column::Status,
    Column::Id,
    Column::Modules,
    Column::Expires,
    Column::LastAccess,
    Column::Account,
    Column::Created,
];

/// Tokens for people: in these columns, and in those that only the backend knows of.
pub(super) fn table(said: &Descriptors, tokens: &[TokenView]) -> Sheet {
    let own = said.own().filter(|column| column.shown).map(|column| column.key);
    let columns: Vec<_> = COLUMNS.into_iter().filter(|key| said.has(*key)).chain(own).collect();
    let cells = |view: &TokenView| columns.iter().map(|column| view.cell(*column)).collect();
    Sheet::by_importance(
        columns.iter().map(|column| said.title(*column).into_owned()).collect(),
        tokens.iter().map(cells).collect(),
    )
}

/// Tokens for spreadsheets: every field, as a file of the list has them.
pub(in crate::cli) fn sheet_of(said: &Descriptors, tokens: &[TokenView]) -> Sheet {
    let rows = tokens.iter().map(|view| fields::cells(said, view)).collect();
    Sheet::new(fields::titles(said), rows)
}

/// One token for people, label by label.
pub(in crate::cli) fn fields(said: &Descriptors, view: &TokenView) -> Vec<(Title, String)> {
    let token = &view.token;
    let never = |time: Option<Time>| time.map_or_else(|| "Never".to_owned(), seconds);
    let stamped = |stamp: Option<Stamp>| {
        stamp.map(|stamp| {
            let by = stamp.by.map_or_else(|| "the store".to_owned(), |id| view.names.user(id));
            format!("{} by {by}", seconds(stamp.at))
        })
    };
    let account = match token.account {
        Some(id) => format!("{} {id}", view.names.account(token.account)),
        None => view.names.account(None),
    };
    let owner = token.owner.map(|id| view.names.user_with_id(id));
    let expires = if view.ends_after_acceptance() {
        format!("{} from acceptance", Expiry::DEFAULT_OF_USER)
    } else {
        never(token.valid_to)
    };
    let plain = [
        ("Name", token.name.clone()),
        ("ID", token.id.to_string()),
        ("Status", view.status_in_words(view.status)),
        ("Description", or_dash(&token.description)),
        ("Account", account),
        ("Owner", owner.unwrap_or_else(|| "-".to_owned())),
        ("GUID", view.guid.map_or_else(|| "-".to_owned(), |guid| guid.to_string())),
        ("API endpoint", or_dash(view.endpoint.as_deref().unwrap_or_default())),
        ("Modules", or_dash(&fields::access(view))),
        ("Groups", or_dash(&names(token.groups.iter().map(|id| view.names.group(*id))))),
        ("Scopes", or_dash(&names(token.scopes.iter().map(|id| view.names.scope(*id))))),
        ("Labels", or_dash(&label::line(&token.labels))),
        ("Valid from", token.valid_from.map_or_else(|| "-".to_owned(), seconds)),
        ("Expires", expires),
        ("Last access", view.last_access()),
        ("Created", stamped(Some(token.created)).unwrap_or_default()),
        ("Updated", stamped(Some(token.updated)).unwrap_or_default()),
    ];
    let previous = token
        .previous
        .map(|older| format!("{} still passes until {}", older.guid, seconds(older.until)));
    let offends = Some(in_words(&view.offences)).filter(|words| !words.is_empty());
    let rare = [
        ("Older value", previous),
        ("Last uses", view.value_uses()),
        ("Accepted", stamped(token.accepted).filter(|_| token.accepted != Some(token.created))),
        ("Revoked", stamped(token.revoked)),
        ("Would have ended", token.planned_end.map(end_day)),
        ("Deleted", stamped(token.deleted)),
        ("Breaks rules", offends),
    ];
    let rare = rare.into_iter().filter_map(|(label, text)| Some((label, text?)));
    let ours = plain.into_iter().chain(rare).filter(|(label, _)| fields::is_here(said, label));
    let own = said
        .own()
        .map(|column| (Title::Owned(column.title.clone()), or_dash(&view.cell(column.key))));
    ours.map(|(label, text)| (Title::Borrowed(label), text)).chain(own).collect()
}

/// "until 2026-09-10", "without end".
pub(super) fn ending(view: &TokenView) -> String {
    match view.token.valid_to {
        Some(end) => format!("expires {}", end_day(end)),
        None if view.ends_after_acceptance() => {
            format!("expires {} from acceptance", Expiry::DEFAULT_OF_USER)
        }
        None => "expires Never".to_owned(),
    }
}

fn names(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
