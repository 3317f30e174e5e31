//! Tokens as rows: the columns of a table, the fields of a CSV file and of one
//! token by itself.

use crate::cli::moment::instant;
use crate::cli::output::Sheet;
use crate::domain::calendar::{end_day, seconds};
use crate::domain::policy::in_words;
use crate::domain::{Column, Stamp, Time, label};
use crate::wire::TokenView;

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

/// Tokens for people.
pub(super) fn table(tokens: &[TokenView]) -> Sheet {
    let cells = |view: &TokenView| COLUMNS.iter().map(|column| view.cell(*column)).collect();
    Sheet::by_importance(
        COLUMNS.iter().map(|column| column.title()).collect(),
        tokens.iter().map(cells).collect(),
    )
}

/// Tokens for spreadsheets: every field, ids beside names, instants in RFC 3339.
pub(in crate::cli) fn sheet_of(tokens: &[TokenView]) -> Sheet {
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
    Sheet::new(TITLES.to_vec(), tokens.iter().map(row).collect())
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
pub(in crate::cli) fn fields(view: &TokenView) -> Vec<(&'static str, String)> {
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
        ("Expires", never(token.valid_to)),
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
    plain.into_iter().chain(rare).collect()
}

/// "Catalog Full, Orders Read": the effective access.
pub(super) fn access(view: &TokenView) -> String {
    names(view.grants().into_iter().map(|grant| format!("{} {}", grant.module, grant.level)))
}

/// "until 2026-09-10", "without end".
pub(super) fn ending(view: &TokenView) -> String {
    view.token
        .valid_to
        .map_or_else(|| "expires Never".to_owned(), |end| format!("expires {}", end_day(end)))
}

fn names(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn or_dash(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { text.to_owned() }
}

fn text(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
