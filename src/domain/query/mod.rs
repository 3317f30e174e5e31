//! What a list shows: filters that must all hold, a sort order and a window.
//! Its `matches` is the one meaning of a query; every index is compared with it. The terms
//! of its `filter` are the query language (`word`, `term`, `parse`); what they mean for a
//! store and its clock is `ready`'s.

mod parse;
mod part;
mod ready;
mod statuses;
mod term;
mod word;

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use self::statuses::is_narrow;
use super::column::{Column, SortKey};
use super::guid::is_blank_part;
use super::{
    AccountId, Catalogue, Direction, ModuleId, Refusal, ScopeId, Status, Time, Token, UserId,
    filled,
};
use crate::text::fold;

pub use part::Part;
pub use ready::{Around, QuerySight, Ready};
pub use statuses::parse_statuses;
pub use term::{Asked, Bare, QueryTerms, Side, Term, TokenDate};
pub use word::{QueryWord, Spelling, help};

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

impl AccountFilter {
    /// The account, where it is one.
    pub fn one(self) -> Option<AccountId> {
        match self {
            Self::Any => None,
            Self::One(id) => Some(id),
        }
    }
}

impl From<Option<AccountId>> for AccountFilter {
    fn from(account: Option<AccountId>) -> Self {
        account.map_or(Self::Any, Self::One)
    }
}

/// A question for the list. The default asks for all that are not deleted, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Query {
    /// Terms of the query language, as typed. What names and lengths of time in it mean, the
    /// store says that is asked, by its clock.
    #[serde(deserialize_with = "filled::words", skip_serializing_if = "is_blank")]
    #[schemars(length(min = 1), regex(pattern = r"[^\s\x85]"))]
    pub filter: String,
    /// Words that must all occur, each in name, id, GUID, owner or description, in any order
    /// and case.
    #[serde(deserialize_with = "filled::words", skip_serializing_if = "is_blank")]
    #[schemars(length(min = 1), regex(pattern = r"[^\s\x85]"))]
    pub search: String,
    /// Words that must all occur in the name, in any order and case (R36).
    #[serde(deserialize_with = "filled::words", skip_serializing_if = "is_blank")]
    #[schemars(length(min = 1), regex(pattern = r"[^\s\x85]"))]
    pub text: String,
    /// A part of the GUID, dashes optional; of several, with blanks between, any (R37).
    #[serde(deserialize_with = "filled::part", skip_serializing_if = "is_blank_part")]
    #[schemars(length(min = 1), regex(pattern = r"[^\s\x85-]"))]
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
            filter: String::new(),
            search: String::new(),
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
    /// Whether a token belongs to the answer, for one who may know of everything. A query that
    /// can't be read finds nothing; where it may not be read, ask [`Query::ready`].
    pub fn matches(&self, token: &Token, catalogue: &Catalogue, now: Time) -> bool {
        let around = Around::default();
        let sight = QuerySight { catalogue, operator: None, around: &around, now };
        self.ready(&sight, Bare::Text).is_ok_and(|ready| ready.matches(token))
    }

    /// Its terms; refused where they can't be read.
    pub fn terms(&self, bare: Bare) -> Result<QueryTerms, Refusal> {
        QueryTerms::parse(&self.filter, bare).map_err(|error| Refusal::field("filter", error))
    }

    /// Whether it looks for words anywhere in a token.
    pub fn searches(&self) -> bool {
        let words = |term: &Term| matches!(term.asked, Asked::Text(_)) && !term.not;
        !is_blank(&self.search) || self.terms(Bare::Text).is_ok_and(|terms| terms.iter().any(words))
    }

    /// Whether any of its terms asks for that.
    pub fn asks(&self, bare: Bare, is: impl Fn(&Asked) -> bool) -> bool {
        self.terms(bare).is_ok_and(|terms| terms.iter().any(|term| is(&term.asked)))
    }

    /// Whether anything is named that leaves tokens out. An action on all that a query
    /// finds needs it, the account being enough.
    pub fn has_term(&self) -> bool {
        let Self {
            filter,
            search,
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
        // What can't be read is no way to all: it is refused where it is asked.
        let narrows =
            |filter| QueryTerms::parse(filter, Bare::Name).map_or(true, |terms| terms.narrow());
        narrows(filter)
            || !is_blank(search)
            || !is_blank(text)
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

/// The words of a search, folded.
fn words_of(text: &str) -> Vec<String> {
    fold(text).split_whitespace().map(str::to_owned).collect()
}
