//! The fields of a token in a file: every one, ids beside names, instants in RFC 3339. One
//! table for the list of a command and the file of a screen, so that both are read alike.

use crate::domain::calendar::rfc3339;
use crate::domain::{Column, Stamp, label};
use crate::wire::{Descriptors, OwnValue, TokenView};

/// What they are called, in their order.
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

/// Whether a backend that says this has what a field tells.
pub fn is_here(said: &Descriptors, field: &str) -> bool {
    column_of(field).is_none_or(|column| said.has(column))
}

/// The names of the fields that a backend has, its own last.
pub fn titles(said: &Descriptors) -> Vec<String> {
    let own = said.own().map(|column| column.key.key().replace('-', "_"));
    let ours = TITLES.into_iter().filter(|title| is_here(said, title)).map(str::to_owned);
    ours.chain(own).collect()
}

/// What they hold of a token, in the same order. Not yet safe for a terminal or a spreadsheet.
pub fn cells(said: &Descriptors, view: &TokenView) -> Vec<String> {
    let here = TITLES.iter().zip(row(view)).filter(|(title, _)| is_here(said, title));
    let own = said.own().map(|column| own_field(view, column.key));
    here.map(|(_, cell)| cell).chain(own).collect()
}

/// "Catalog Full, Orders Read": the effective access.
pub fn access(view: &TokenView) -> String {
    names(view.grants().into_iter().map(|grant| format!("{} {}", grant.module, grant.level)))
}

fn names(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn text(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// What programs read of a column that only the backend knows of.
fn own_field(view: &TokenView, column: Column) -> String {
    match view.own.get(column.key()) {
        Some(OwnValue::Time(time)) => rfc3339(Some(*time)),
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
        rfc3339(token.valid_from),
        rfc3339(token.valid_to),
        rfc3339(token.planned_end),
        rfc3339(Some(token.created.at)),
        by(Some(token.created)),
        by_name(Some(token.created)),
        rfc3339(Some(token.updated.at)),
        rfc3339(token.revoked.map(|stamp| stamp.at)),
        by(token.revoked),
        by_name(token.revoked),
        rfc3339(token.last_used_at),
        token.version.to_string(),
        names(view.offences.iter().map(|offence| offence.code().to_owned())),
    ]
}
