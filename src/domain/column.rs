//! The columns of the token list: their names, their order and how they sort.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use strum::IntoEnumIterator as _;

use super::{Catalogue, OwnColumn, Status, Time, Token, access, label, name};

/// A column, in the order of priority in which the list shows them (R35).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, schemars::JsonSchema, strum::EnumIter,
)]
#[schemars(rename_all = "kebab-case")]
pub enum Column {
    /// Name.
    Name,
    /// Derived status.
    Status,
    /// `TKN-dddd-dddd`.
    Id,
    /// Effective modules: the name of one, the count of several.
    Modules,
    /// Valid to, or Never.
    Expires,
    /// Last use, or Never.
    LastAccess,
    /// Account, or All accounts.
    Account,
    /// When it was created.
    Created,
    /// Who created it, with id.
    CreatedBy,
    /// Whom it was issued to, with id, or nothing.
    Owner,
    /// When it was revoked, or Never.
    RevokedAt,
    /// Who revoked it, or nothing.
    RevokedBy,
    /// Valid from, or nothing.
    ActiveFrom,
    /// Public half of the value.
    Guid,
    /// Whether a bearer may use it.
    IsActive,
    /// What is noted of it: `place=vault, team=pay`.
    Labels,
    /// What only the backend that keeps the token knows of. No store of ours has one.
    #[schemars(skip)]
    #[strum(disabled)]
    Own(OwnColumn),
}

impl Column {
    /// Its name on a command line, and in a list's header and in pickers.
    fn words(&self) -> (&str, &str) {
        match self {
            Self::Name => ("name", "Name"),
            Self::Status => ("status", "Status"),
            Self::Id => ("id", "ID"),
            Self::Modules => ("modules", "Modules"),
            Self::Expires => ("expires", "Expires"),
            Self::LastAccess => ("last-access", "Last access"),
            Self::Account => ("account", "Account"),
            Self::Created => ("created", "Created"),
            Self::CreatedBy => ("created-by", "Created by"),
            Self::Owner => ("owner", "Owner"),
            Self::RevokedAt => ("revoked-at", "Revoked at"),
            Self::RevokedBy => ("revoked-by", "Revoked by"),
            Self::ActiveFrom => ("active-from", "Active from"),
            Self::Guid => ("guid", "GUID"),
            Self::IsActive => ("is-active", "Is active"),
            Self::Labels => ("labels", "Labels"),
            Self::Own(own) => (own.as_str(), own.as_str()),
        }
    }

    /// The column's name where its backend has no other word for it.
    pub fn title(&self) -> &str {
        self.words().1
    }

    /// The column's name in a file: `last-access`; one of a backend's own by its key alone.
    pub fn key(&self) -> &str {
        self.words().0
    }

    /// The column's name on a command line: `last-access`, `own:seats`.
    pub fn typed(&self) -> Cow<'_, str> {
        match self {
            Self::Own(own) => Cow::Owned(format!("{OWN}{}", own.as_str())),
            ours => Cow::Borrowed(ours.key()),
        }
    }

    fn compare(self, a: &Token, b: &Token, catalogue: &Catalogue, now: Time) -> Ordering {
        // None is the end of time here, so that Never sorts after every date.
        let last = |time: Option<Time>| (time.is_none(), time);
        match self {
            Self::Name => name::key(&a.name).cmp(&name::key(&b.name)),
            Self::Status => Status::of(a, catalogue, now).cmp(&Status::of(b, catalogue, now)),
            Self::Id => a.id.cmp(&b.id),
            Self::Modules => modules_key(a, catalogue).cmp(&modules_key(b, catalogue)),
            Self::Expires => last(a.valid_to).cmp(&last(b.valid_to)),
            Self::LastAccess => a.last_used_at.cmp(&b.last_used_at),
            Self::Account => {
                catalogue.account_name(a.account).cmp(&catalogue.account_name(b.account))
            }
            Self::Created => a.created.at.cmp(&b.created.at),
            Self::CreatedBy => {
                user_key(a.created.by, catalogue).cmp(&user_key(b.created.by, catalogue))
            }
            Self::Owner => user_key(a.owner, catalogue).cmp(&user_key(b.owner, catalogue)),
            Self::RevokedAt => {
                last(a.revoked.map(|stamp| stamp.at)).cmp(&last(b.revoked.map(|stamp| stamp.at)))
            }
            Self::RevokedBy => {
                let key =
                    |token: &Token| user_key(token.revoked.and_then(|stamp| stamp.by), catalogue);
                key(a).cmp(&key(b))
            }
            Self::ActiveFrom => a.valid_from.cmp(&b.valid_from),
            Self::Guid => a.value.map(|value| value.guid).cmp(&b.value.map(|value| value.guid)),
            // Active ones come first (R45).
            // Those without any come last, as what is sorted by is something noted.
            Self::Labels => label::sort_key(&a.labels).cmp(&label::sort_key(&b.labels)),
            Self::IsActive => {
                let active = |token| Status::of(token, catalogue, now).is_active();
                active(b).cmp(&active(a))
            }
            Self::Own(_) => Ordering::Equal,
        }
    }
}

/// What stands before the key of a column that only its backend knows of, so that it is
/// never taken for one of ours, of today or of a later version.
const OWN: &str = "own:";

impl FromStr for Column {
    type Err = String;

    /// Reads a column's name in either case.
    fn from_str(text: &str) -> Result<Self, String> {
        let own = text.strip_prefix(OWN).and_then(OwnColumn::new).map(Self::Own);
        let is = |column: &Self| column.key().eq_ignore_ascii_case(text);
        own.or_else(|| Self::iter().find(is)).ok_or_else(|| {
            let all: Vec<_> = Self::iter().map(|column| column.key().to_owned()).collect();
            format!("'{text}' is not a column: {}", all.join(", "))
        })
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.typed())
    }
}

impl<'de> Deserialize<'de> for Column {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'_, str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

fn modules_key(token: &Token, catalogue: &Catalogue) -> (usize, String) {
    let grants = access::effective(token, catalogue);
    let name = match grants.as_slice() {
        [only] => catalogue.modules.get(&only.module).map(|module| module.name.clone()),
        _ => None,
    };
    (grants.len(), name.unwrap_or_default())
}

fn user_key(user: Option<super::UserId>, catalogue: &Catalogue) -> String {
    user.map_or_else(String::new, |id| catalogue.user_called(id))
}

/// By name, then by id: what decides where nothing else does.
pub fn by_name<I: Ord>(a: &Token<I>, b: &Token<I>) -> Ordering {
    name::key(&a.name).cmp(&name::key(&b.name)).then_with(|| a.id.cmp(&b.id))
}

/// Up or down.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Smallest first.
    #[default]
    Ascending,
    /// Largest first.
    Descending,
}

/// One column to sort by. Written `expires`, or `-expires` for descending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct SortKey {
    /// By what.
    pub column: Column,
    /// Which way.
    pub direction: Direction,
}

impl SortKey {
    /// The order of two tokens by this column alone.
    pub fn compare(self, a: &Token, b: &Token, catalogue: &Catalogue, now: Time) -> Ordering {
        let order = self.column.compare(a, b, catalogue, now);
        match self.direction {
            Direction::Ascending => order,
            Direction::Descending => order.reverse(),
        }
    }

    /// Reads a list such as `expires,-name`.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, String> {
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::parse).collect()
    }
}

impl FromStr for SortKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (direction, name) = match text.strip_prefix('-') {
            Some(rest) => (Direction::Descending, rest),
            None => (Direction::Ascending, text),
        };
        Ok(Self { column: name.parse()?, direction })
    }
}

impl fmt::Display for SortKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.direction == Direction::Descending {
            f.write_str("-")?;
        }
        f.write_str(&self.column.typed())
    }
}
