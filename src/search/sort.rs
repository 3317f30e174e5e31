//! Sorting by keys that are made once a row instead of once a comparison. What
//! the order means is `Query::compare`'s to say; tests hold the two equal.

use std::cmp::Reverse;

use crate::domain::{
    Catalogue, Column, Direction, Guid, SortKey, Status, Time, Token, TokenId, UserId, access,
    label, name,
};

/// What one column compares by. All rows of a sort have the same variant.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Text(String),
    Status(Status),
    Id(TokenId),
    Modules(usize, String),
    /// Never sorts after every date.
    End(bool, Option<Time>),
    /// None sorts before every date.
    Instant(Option<Time>),
    Guid(Option<Guid>),
    ActiveFirst(Reverse<bool>),
    /// Those without any after all others.
    Labels(bool, String),
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Directed {
    Up(Key),
    Down(Reverse<Key>),
}

/// Sorts rows that come in the order of their names, which settles ties.
pub(super) fn sort(rows: &mut [&Token], order: &[SortKey], catalogue: &Catalogue, now: Time) {
    let by_name = SortKey { column: Column::Name, direction: Direction::Ascending };
    match order {
        [] => {}
        [only] if *only == by_name => {}
        _ => rows.sort_by_cached_key(|token| -> Vec<Directed> {
            order.iter().map(|part| directed(*part, token, catalogue, now)).collect()
        }),
    }
}

fn directed(part: SortKey, token: &Token, catalogue: &Catalogue, now: Time) -> Directed {
    let key = key(part.column, token, catalogue, now);
    match part.direction {
        Direction::Ascending => Directed::Up(key),
        Direction::Descending => Directed::Down(Reverse(key)),
    }
}

fn key(column: Column, token: &Token, catalogue: &Catalogue, now: Time) -> Key {
    let end = |time: Option<Time>| Key::End(time.is_none(), time);
    match column {
        Column::Name => Key::Text(name::key(&token.name)),
        Column::Status => Key::Status(Status::of(token, catalogue, now)),
        Column::Id => Key::Id(token.id),
        Column::Modules => modules(token, catalogue),
        Column::Expires => end(token.valid_to),
        Column::LastAccess => Key::Instant(token.last_used_at),
        Column::Account => Key::Text(catalogue.account_name(token.account)),
        Column::Created => Key::Instant(Some(token.created.at)),
        Column::CreatedBy => user(token.created.by, catalogue),
        Column::Owner => user(token.owner, catalogue),
        Column::RevokedAt => end(token.revoked.map(|stamp| stamp.at)),
        Column::RevokedBy => user(token.revoked.and_then(|stamp| stamp.by), catalogue),
        Column::ActiveFrom => Key::Instant(token.valid_from),
        Column::Guid => Key::Guid(token.value.map(|value| value.guid)),
        Column::Labels => {
            let (none, text) = label::sort_key(&token.labels);
            Key::Labels(none, text)
        }
        // Refused where the query was read.
        Column::Own(_) => Key::Text(String::new()),
        Column::IsActive => {
            Key::ActiveFirst(Reverse(Status::of(token, catalogue, now).is_active()))
        }
    }
}

fn modules(token: &Token, catalogue: &Catalogue) -> Key {
    let grants = access::effective(token, catalogue);
    let name = match grants.as_slice() {
        [only] => catalogue.modules.get(&only.module).map(|module| module.name.clone()),
        _ => None,
    };
    Key::Modules(grants.len(), name.unwrap_or_default())
}

fn user(id: Option<UserId>, catalogue: &Catalogue) -> Key {
    Key::Text(id.map_or_else(String::new, |id| catalogue.user_called(id)))
}
