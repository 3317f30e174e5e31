//! Tokens as an operator sees them: the record, its status at the time of the answer, and
//! the names of all it refers to.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Abilities, OwnValue, RowId};
use crate::domain::calendar::{Expiry, day, end_day, minutes};
use crate::domain::outcome::WantedSettings;
use crate::domain::policy::Offence;
use crate::domain::query::Part;
use crate::domain::verify::Rejection;
use crate::domain::{
    AccountId, Column, Grant, GroupId, Guid, ModuleId, Operator, OutOfService, Refusal, ScopeId,
    Settings, Source, Status, Time, Token, TokenId, TokenValue, UserId, Verb, label, lifecycle,
    status,
};
use crate::text::yes_no;

/// The names of what a token or an event refers to. They are resolved where the
/// whole catalogue is known, for an operator may see a token whose creator they
/// can't look up.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Names {
    /// Accounts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub accounts: BTreeMap<AccountId, String>,
    /// Users.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub users: BTreeMap<UserId, String>,
    /// Modules.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub modules: BTreeMap<ModuleId, String>,
    /// Scopes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub scopes: BTreeMap<ScopeId, String>,
    /// Permission groups.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub groups: BTreeMap<GroupId, String>,
}

impl Names {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// A user's name; the id where it is not known.
    pub fn user(&self, id: UserId) -> String {
        self.users.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// A user's name with the id behind it, once.
    pub fn user_with_id(&self, id: UserId) -> String {
        let (name, id) = (self.user(id), id.to_string());
        if name.ends_with(&id) { name } else { format!("{name} {id}") }
    }

    /// A module's name; the id where it is not known.
    pub fn module(&self, id: ModuleId) -> String {
        self.modules.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// A scope's name; the id where it is not known.
    pub fn scope(&self, id: ScopeId) -> String {
        self.scopes.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// A group's name; the id where it is not known.
    pub fn group(&self, id: GroupId) -> String {
        self.groups.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// An account's name, or All accounts; the id where it is not known.
    pub fn account(&self, id: Option<AccountId>) -> String {
        id.map_or_else(
            || "All accounts".to_owned(),
            |id| self.accounts.get(&id).cloned().unwrap_or_else(|| id.to_string()),
        )
    }
}

/// A token as an operator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct TokenView {
    /// The record.
    #[serde(flatten)]
    pub token: Token<RowId>,
    /// The public half of the current value, also found in `value`.
    pub guid: Option<Guid>,
    /// The status at the time of the answer.
    pub status: Status,
    /// What takes it out of service beside itself: a disabled account or owner.
    #[serde(default)]
    pub out_of_service: Option<OutOfService>,
    /// Own access and that of the groups together.
    pub effective: Vec<Grant>,
    /// The URL at which it is used: its account's.
    pub endpoint: Option<String>,
    /// The rules of its account that it does not keep to, at the time of the answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offences: Vec<Offence>,
    /// The names of all it refers to.
    pub names: Names,
    /// In a list: what of it holds the words that were searched for, where its name does not.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub matched: BTreeSet<Part>,
    /// Other tokens that the operator sees and whose names look like its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub look_alikes: Vec<LookAlike>,
    /// What is in the columns that only its backend knows of, by their keys.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub own: BTreeMap<String, OwnValue>,
    /// What can't be done to this one, or not as to others, beside what the backend says of
    /// all of them.
    #[serde(default, skip_serializing_if = "Abilities::is_empty")]
    pub abilities: Abilities,
}

/// A token whose name may be taken for another's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LookAlike {
    /// Which.
    pub id: RowId,
    /// Its name.
    pub name: String,
    /// Its account, by name.
    pub account: String,
}

impl LookAlike {
    /// What a question or a warning says of a token with these look-alikes; none where it
    /// has none. Not yet safe for a terminal.
    pub fn warning(look_alikes: &[Self]) -> Option<String> {
        let first = look_alikes.first()?;
        let more = match look_alikes.len() {
            1 => String::new(),
            several => format!(" and {} more", several - 1),
        };
        let Self { id, name, account } = first;
        Some(format!("Its name looks like that of '{name}' ({id}) of {account}{more}"))
    }
}

/// A line of the Modules tab: module, level and where it comes from, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantView {
    /// The module's name.
    pub module: String,
    /// The module's id.
    pub id: ModuleId,
    /// "Read" or "Full".
    pub level: String,
    /// "own" and the names of groups.
    pub from: String,
}

impl TokenView {
    /// What a list shows in `column` (R15 to R28). Not yet safe for a terminal.
    pub fn cell(&self, column: Column) -> String {
        let token = &self.token;
        let or_never = |time: Option<Time>, form: fn(Time) -> String| {
            time.map_or_else(|| "Never".to_owned(), form)
        };
        match column {
            Column::Name => token.name.clone(),
            Column::Status => self.status_in_words(self.status),
            Column::Id => token.id.to_string(),
            Column::Modules => self.modules_cell(),
            Column::Expires if self.ends_after_acceptance() => Expiry::after_acceptance(),
            Column::Expires => or_never(token.valid_to, end_day),
            Column::LastAccess => or_never(token.last_used_at, minutes),
            Column::Account => self.names.account(token.account),
            Column::Created => minutes(token.created.at),
            Column::CreatedBy => {
                token.created.by.map_or_else(String::new, |id| self.names.user_with_id(id))
            }
            Column::Owner => token.owner.map_or_else(String::new, |id| self.names.user_with_id(id)),
            Column::RevokedAt => or_never(token.revoked.map(|stamp| stamp.at), day),
            Column::RevokedBy => token
                .revoked
                .and_then(|stamp| stamp.by)
                .map_or_else(String::new, |id| self.names.user(id)),
            Column::ActiveFrom => token.valid_from.map_or_else(String::new, day),
            Column::Guid => token.value.map_or_else(String::new, |value| value.guid.to_string()),
            Column::Labels => label::line(&token.labels),
            Column::Own(own) => {
                self.own.get(own.as_str()).map_or_else(String::new, ToString::to_string)
            }
            Column::IsActive => yes_no(self.status.is_active()).to_owned(),
        }
    }

    /// Its status at that time, which may be later than the answer that brought it; Unknown
    /// where its backend does not tell.
    pub fn status_at(&self, now: Time) -> Status {
        match self.status {
            Status::Unknown => Status::Unknown,
            _ => Status::with(&self.token, self.out_of_service, now),
        }
    }

    /// Whether the rules let an operator do this to it: those of its state only where that is
    /// known.
    pub fn allows(&self, verb: Verb, operator: &Operator, now: Time) -> Result<(), Refusal> {
        match self.status {
            Status::Unknown => lifecycle::allowed_unknown(verb, &self.token, operator),
            _ => lifecycle::allowed(verb, &self.token, operator, self.out_of_service, now),
        }
    }

    /// Whether it was asked for and is not accepted, as far as its backend tells.
    pub fn is_request(&self) -> bool {
        self.status != Status::Unknown && self.token.accepted.is_none()
    }

    /// Whether it gets its end with its value, once its owner accepts it: until then it
    /// has none, and lives no day.
    pub fn ends_after_acceptance(&self) -> bool {
        let bare = self.token.value.is_none() && self.token.valid_to.is_none();
        bare && self.status == Status::Pending
    }

    /// A status that it has, with what it comes from: `Disabled (account)`.
    pub fn status_in_words(&self, status: Status) -> String {
        status::in_words(status, self.out_of_service)
    }

    fn modules_cell(&self) -> String {
        match self.effective.as_slice() {
            [] => "-".to_owned(),
            [only] => self.names.module(only.module),
            many => format!("{} modules", many.len()),
        }
    }

    /// The lines of the Modules tab (R81).
    pub fn grants(&self) -> Vec<GrantView> {
        let line = |grant: &Grant| {
            let from: Vec<_> = grant
                .from
                .iter()
                .map(|source| match source {
                    Source::Own => "own".to_owned(),
                    Source::Group(id) => self.names.group(*id),
                })
                .collect();
            GrantView {
                module: self.names.module(grant.module),
                id: grant.module,
                level: grant.level.to_string(),
                from: from.join(", "),
            }
        };
        self.effective.iter().map(line).collect()
    }
}

/// A window of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Page {
    /// How many tokens the query has in all.
    pub total: usize,
    /// Rows before the first of these.
    pub offset: usize,
    /// The rows.
    pub tokens: Vec<TokenView>,
    /// How many tokens of the answer have each status.
    pub totals: BTreeMap<Status, usize>,
    /// When the answer was made, by the backend's clock.
    pub as_of: Option<Time>,
    /// When the status of one of the rows will change by itself.
    pub next_change: Option<Time>,
}

impl TokenView {
    /// "old value last used 2026-03-09, new one never", while there are two: who still has
    /// to change over, and whether the old one may be dropped.
    pub fn value_uses(&self) -> Option<String> {
        let (old, new) = (self.token.previous?, self.token.value?);
        let old = match old.last_used_at {
            Some(at) => format!("old value last used {}", day(at)),
            None => "old value never used".to_owned(),
        };
        let new = new.last_used_at.map_or_else(|| "never".to_owned(), day);
        Some(format!("{old}, new one {new}"))
    }

    /// When it was last used, to the minute; of one that its owner took into service and
    /// never used, that: maybe nobody saw its value.
    pub fn last_access(&self) -> String {
        let token = &self.token;
        match token.last_used_at {
            Some(at) => minutes(at),
            None if token.owner.is_some() && token.accepted.is_some() => {
                "accepted, never used".to_owned()
            }
            None => "Never".to_owned(),
        }
    }
}

/// An edit of a token as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Edit {
    /// The version that was read; a newer one makes the edit stale.
    pub version: u64,
    /// The settings afterwards.
    pub settings: Settings,
    /// Whether the token also gets a new value (D12).
    pub new_value: bool,
    /// The GUID of that value where a form proposed one; none = one is drawn.
    #[serde(default)]
    pub guid: Option<Guid>,
}

impl Edit {
    /// What was to become of the token, to find out whether it did.
    pub fn wish(&self) -> WantedSettings<'_> {
        let Self { version, settings, new_value, guid } = self;
        WantedSettings { version: *version, settings, new_value: *new_value, guid: *guid }
    }
}

/// Whether a change is made, or only tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Run {
    /// Every check is made and nothing is written.
    Dry,
    /// It is done.
    Real,
}

/// A token that was made, changed or given a new value.
#[derive(Debug)]
pub struct Issued {
    /// The token now.
    pub token: TokenView,
    /// Its new value, where it got one; this may be the only time it is known.
    pub value: Option<TokenValue>,
}

/// A value that was shown, after the audit recorded it.
#[derive(Debug)]
pub struct Revealed {
    /// Whose it is.
    pub token: RowId,
    /// The value.
    pub value: TokenValue,
}

/// The answer to a gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct VerifyAnswer {
    /// Whether the bearer may pass.
    pub accepted: bool,
    /// Why not.
    pub reason: Option<Rejection>,
    /// The token, where the value is one of its own.
    pub token: Option<TokenId>,
    /// Its name.
    pub name: Option<String>,
}

impl VerifyAnswer {
    /// The answer for a value that nobody knows.
    pub fn unknown() -> Self {
        Self { accepted: false, reason: Some(Rejection::Unknown), token: None, name: None }
    }
}

/// Whose a value, GUID or id is, or whose all those are that a text holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LookupAnswer {
    /// The token that was found first.
    pub token: TokenView,
    /// How the question is related to it: its current value, an older one, its GUID, its id.
    pub matched: String,
    /// All that was found, in the order of the text; the first one is told above too.
    #[serde(default)]
    pub found: Vec<LookupMatch>,
    /// How many values in the text are of no token that may be seen.
    #[serde(default)]
    pub elsewhere: usize,
}

/// A token to which something in the text belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LookupMatch {
    /// The token.
    pub token: TokenView,
    /// How it is related to that.
    pub matched: String,
    /// The GUID that was in the text; none where the token's id or name was.
    pub guid: Option<Guid>,
    /// Whether a newer value has taken its place, so that it does not pass any more.
    pub replaced: bool,
}
