//! Tokens as rows: the columns of a table, the fields of a CSV file and of one
//! token by itself.

use crate::cli::moment::instant;
use crate::cli::output::{Sheet, Title};
use crate::domain::calendar::{Expiry, end_day, seconds};
use crate::domain::policy::in_words;
use crate::domain::{Column, Stamp, Time, label};
use crate::text::or_dash;
use crate::wire::{Descriptors, OwnValue, TokenView};

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

/// The column of which a field tells; none where it belongs to every token.
fn column_of(field: &str) -> Option<Column> {
    match field {
        "status" | "Status" => Some(Column::Status),
        "guid" | "GUID" => Some(Column::Guid),
        "account" | "account_name" | "Account" => Some(Column::Account),
        "access" | "groups" | "scopes" | "Modules" | "Groups" | "Scopes" => Some(Column::Modules),
        "labels" | "Labels" => Some(Column::Labels),
        "valid_from" | "Valid from" => Some(Column::ActiveFrom),
        "valid_to" | "Expires" => Some(Column::Expires),
        "created_at" | "Created" => Some(Column::Created),
        "created_by" | "created_by_name" => Some(Column::CreatedBy),
        "revoked_at" => Some(Column::RevokedAt),
        "revoked_by" | "revoked_by_name" => Some(Column::RevokedBy),
        "last_used_at" | "Last access" => Some(Column::LastAccess),
        _ => None,
    }
}

fn is_here(said: &Descriptors, field: &str) -> bool {
    column_of(field).is_none_or(|column| said.has(column))
}

/// Tokens for spreadsheets: every field, ids beside names, instants in RFC 3339.
pub(in crate::cli) fn sheet_of(said: &Descriptors, tokens: &[TokenView]) -> Sheet {
    const TITLES: [&str; 27] = [
        "id",
        "name",
        "description",
        "status",
        "guid",
        "account",
        "account_name",
        "owner",
        "owner_name",
        "access",
        "groups",
        "scopes",
        "labels",
        "enabled",
        "valid_from",
        "valid_to",
        "planned_end",
        "created_at",
        "created_by",
        "created_by_name",
        "updated_at",
        "revoked_at",
        "revoked_by",
        "revoked_by_name",
        "last_used_at",
        "version",
        "offences",
    ];
    let own = said.own().map(|column| column.key.key().replace('-', "_"));
    let titles = TITLES.into_iter().filter(|title| is_here(said, title)).map(str::to_owned);
    let cells = |view: &TokenView| {
        let here = TITLES.iter().zip(row(view)).filter(|(title, _)| is_here(said, title));
        let own = said.own().map(|column| own_field(view, column.key));
        here.map(|(_, cell)| cell).chain(own).collect()
    };
    Sheet::new(titles.chain(own).collect(), tokens.iter().map(cells).collect())
}

/// What programs read of a column that only the backend knows of.
fn own_field(view: &TokenView, column: Column) -> String {
    match view.own.get(column.key()) {
        Some(OwnValue::Time(time)) => instant(Some(*time)),
        Some(OwnValue::Flag(on)) => on.to_string(),
        Some(OwnValue::Number(_) | OwnValue::Text(_)) | None => view.cell(column),
    }
}

fn row(view: &TokenView) -> Vec<String> {
    let token = &view.token;
    let by = |stamp: Option<Stamp>| text(stamp.and_then(|stamp| stamp.by));
    let by_name =
        |stamp: Option<Stamp>| text(stamp.and_then(|stamp| stamp.by).map(|id| view.names.user(id)));
    vec![
        token.id.to_string(),
        token.name.clone(),
        token.description.clone(),
        view.status.to_string().to_lowercase(),
        text(view.guid),
        text(token.account),
        view.names.account(token.account),
        text(token.owner),
        token.owner.map_or_else(String::new, |id| view.names.user(id)),
        access(view),
        names(token.groups.iter().map(|id| view.names.group(*id))),
        names(token.scopes.iter().map(|id| view.names.scope(*id))),
        label::line(&token.labels),
        token.enabled.to_string(),
        instant(token.valid_from),
        instant(token.valid_to),
        instant(token.planned_end),
        instant(Some(token.created.at)),
        by(Some(token.created)),
        by_name(Some(token.created)),
        instant(Some(token.updated.at)),
        instant(token.revoked.map(|stamp| stamp.at)),
        by(token.revoked),
        by_name(token.revoked),
        instant(token.last_used_at),
        token.version.to_string(),
        names(view.offences.iter().map(|offence| offence.code().to_owned())),
    ]
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
        ("Modules", or_dash(&access(view))),
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
    let ours = plain.into_iter().chain(rare).filter(|(label, _)| is_here(said, label));
    let own = said
        .own()
        .map(|column| (Title::Owned(column.title.clone()), or_dash(&view.cell(column.key))));
    ours.map(|(label, text)| (Title::Borrowed(label), text)).chain(own).collect()
}

/// "Catalog Full, Orders Read": the effective access.
pub(super) fn access(view: &TokenView) -> String {
    names(view.grants().into_iter().map(|grant| format!("{} {}", grant.module, grant.level)))
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

fn text(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
