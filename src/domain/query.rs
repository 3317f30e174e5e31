//! What a list shows: filters that must all hold, a sort order and a window.
//! This `matches` is the one meaning of a query; every index is compared with it.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::column::{Column, SortKey};
use super::guid::is_blank_part;
use super::{
    AccountId, Catalogue, Direction, ModuleId, ScopeId, Status, Time, Token, UserId, access,
    filled, verify,
};

/// Which accounts' tokens to list.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum AccountFilter {
    /// All that the operator sees.
    #[default]
    Any,
    /// One account's.
    One(AccountId),
}

/// A question for the list. The default asks for all that are not deleted, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Query {
    /// Words that must all occur in the name, in any order and case (R36).
    #[serde(deserialize_with = "filled::words", skip_serializing_if = "is_blank")]
    #[schemars(length(min = 1), regex(pattern = r"\S"))]
    pub text: String,
    /// A part of the GUID, dashes optional; of several, with blanks between, any (R37).
    #[serde(deserialize_with = "filled::part", skip_serializing_if = "is_blank_part")]
    #[schemars(length(min = 1), regex(pattern = r"[^\s-]"))]
    pub guid: String,
    /// The accounts.
    pub account: AccountFilter,
    /// Only tokens of this user.
    #[serde(deserialize_with = "filled::one", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "UserId")]
    pub owner: Option<UserId>,
    /// Only these statuses; empty = every status but Deleted (R40).
    #[serde(deserialize_with = "filled::several", skip_serializing_if = "BTreeSet::is_empty")]
    #[schemars(length(min = 1))]
    pub statuses: BTreeSet<Status>,
    /// Only tokens that reach one of these modules, be it through a group.
    #[serde(deserialize_with = "filled::several", skip_serializing_if = "BTreeSet::is_empty")]
    #[schemars(length(min = 1))]
    pub modules: BTreeSet<ModuleId>,
    /// Only tokens with one of these scopes (R39).
    #[serde(deserialize_with = "filled::several", skip_serializing_if = "BTreeSet::is_empty")]
    #[schemars(length(min = 1))]
    pub scopes: BTreeSet<ScopeId>,
    /// Only tokens that have not ended and are no longer valid at this instant.
    #[serde(deserialize_with = "filled::one", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Time")]
    pub expires_before: Option<Time>,
    /// Only tokens not used since this instant, those never used among them. Where no
    /// status is named, only those that could be used.
    #[serde(deserialize_with = "filled::one", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Time")]
    pub unused_since: Option<Time>,
    /// Only tokens never used.
    pub never_used: bool,
    /// The order; ties go by name, then by id.
    pub sort: Vec<SortKey>,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            text: String::new(),
            guid: String::new(),
            account: AccountFilter::Any,
            owner: None,
            statuses: BTreeSet::new(),
            modules: BTreeSet::new(),
            scopes: BTreeSet::new(),
            expires_before: None,
            unused_since: None,
            never_used: false,
            sort: vec![SortKey { column: Column::Name, direction: Direction::Ascending }],
        }
    }
}

/// A part of a sorted list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Window {
    /// Rows before it.
    pub offset: usize,
    /// Rows in it, at the most.
    pub limit: usize,
}

impl Window {
    /// Everything.
    pub const ALL: Self = Self { offset: 0, limit: usize::MAX };
}

impl Query {
    /// Whether a token belongs to the answer. Visibility is not its concern.
    pub fn matches(&self, token: &Token, catalogue: &Catalogue, now: Time) -> bool {
        self.matches_status(Status::of(token, catalogue, now))
            && self.matches_account(token)
            && self.owner.is_none_or(|owner| token.owner == Some(owner))
            && self.matches_text(token)
            && self.matches_guid(token)
            && self.matches_times(token, now)
            && self.matches_use(token, catalogue, now)
            && (self.scopes.is_empty() || !self.scopes.is_disjoint(&token.scopes))
            && self.matches_modules(token, catalogue)
    }

    fn matches_status(&self, status: Status) -> bool {
        if self.statuses.is_empty() {
            status != Status::Deleted
        } else {
            self.statuses.contains(&status)
        }
    }

    fn matches_account(&self, token: &Token) -> bool {
        match self.account {
            AccountFilter::Any => true,
            AccountFilter::One(account) => token.account == Some(account),
        }
    }

    fn matches_text(&self, token: &Token) -> bool {
        if self.text.trim().is_empty() {
            return true;
        }
        let name = token.name.to_lowercase();
        self.text.to_lowercase().split_whitespace().all(|word| name.contains(word))
    }

    fn matches_guid(&self, token: &Token) -> bool {
        is_blank_part(&self.guid)
            || token.value.is_some_and(|value| {
                let mut parts = self.guid.split_whitespace().filter(|part| !is_blank_part(part));
                parts.any(|part| value.guid.contains(part))
            })
    }

    fn matches_times(&self, token: &Token, now: Time) -> bool {
        // What has ended already does not end soon.
        // An end is the first instant outside: at midnight it is still the day before's.
        let ends = |limit: Time| token.valid_to.is_some_and(|end| now < end && end <= limit);
        self.expires_before.is_none_or(ends) && !(self.never_used && token.last_used_at.is_some())
    }

    /// What nobody could use is not found unused, unless it was asked for by its status.
    fn matches_use(&self, token: &Token, catalogue: &Catalogue, now: Time) -> bool {
        self.unused_since.is_none_or(|limit| {
            token.last_used_at.is_none_or(|used| used < limit)
                && (!self.statuses.is_empty() || verify::is_usable(token, catalogue, now))
        })
    }

    fn matches_modules(&self, token: &Token, catalogue: &Catalogue) -> bool {
        self.modules.is_empty()
            || self.modules.iter().any(|id| access::level_of(token, *id, catalogue).is_some())
    }

    /// Whether anything is named that leaves tokens out. An action on all that a query
    /// finds needs it, the account being enough.
    pub fn has_term(&self) -> bool {
        let Self {
            text,
            guid,
            account,
            owner,
            statuses,
            modules,
            scopes,
            expires_before,
            unused_since,
            never_used,
            sort: _,
        } = self;
        !is_blank(text)
            || !is_blank_part(guid)
            || *account != AccountFilter::Any
            || owner.is_some()
            || is_narrow(statuses)
            || !modules.is_empty()
            || !scopes.is_empty()
            || expires_before.is_some()
            || unused_since.is_some()
            || *never_used
    }

    /// The order of two tokens in the answer; never Equal for two different ones.
    pub fn compare(&self, a: &Token, b: &Token, catalogue: &Catalogue, now: Time) -> Ordering {
        self.sort
            .iter()
            .map(|key| key.compare(a, b, catalogue, now))
            .find(|order| order.is_ne())
            .unwrap_or_else(|| super::column::by_name(a, b))
    }

    /// Whether any filter narrows the list; the account is the place, not a filter.
    pub fn is_filtered(&self) -> bool {
        let (account, owner, sort) = (self.account, self.owner, self.sort.clone());
        let plain = Self { account, owner, sort, ..Self::default() };
        *self != plain
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// All that a list shows by itself.
fn shown() -> impl Iterator<Item = Status> {
    [Status::Active].into_iter().chain(Status::INACTIVE)
}

/// Whether a set of statuses leaves out any that a list shows by itself. None named
/// leaves out none, and so do all of them.
fn is_narrow(statuses: &BTreeSet<Status>) -> bool {
    !statuses.is_empty() && !shown().all(|status| statuses.contains(&status))
}

/// Reads a list of status words; `inactive` stands for all but Active, `all` for no
/// filter, and beside other words for all that a list shows by itself.
pub fn parse_statuses<'w>(
    words: impl IntoIterator<Item = &'w str>,
) -> Result<BTreeSet<Status>, String> {
    let mut statuses = BTreeSet::new();
    let mut all = false;
    for word in words {
        match word.trim().to_ascii_lowercase().as_str() {
            "all" => all = true,
            "inactive" => statuses.extend(Status::INACTIVE),
            word => {
                let status = word.parse::<Status>().map_err(|_| {
                    format!(
                        "'{word}' is not a status: active, inactive, scheduled, pending, \
                         disabled, expired, revoked, deleted or all"
                    )
                })?;
                statuses.insert(status);
            }
        }
    }
    if all && !statuses.is_empty() {
        statuses.extend(shown());
    }
    Ok(statuses)
}
