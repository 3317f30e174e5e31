//! The derived status of a token (requirements section 2, D2). Never stored: it
//! follows from the facts and the clock.

use serde::{Deserialize, Serialize};
use strum::IntoEnumIterator as _;

use super::{Catalogue, OutOfService, Time, Token};

/// The words for the state of a token.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[serde(rename_all = "lowercase")]
#[strum(ascii_case_insensitive)]
pub enum Status {
    /// Passes verify.
    Active,
    /// Accepted and enabled, but its Valid from lies ahead.
    Scheduled,
    /// Requested or exported, and not accepted yet.
    Pending,
    /// Switched off for the time being, itself or by its account or owner.
    Disabled,
    /// Its Valid to has come.
    Expired,
    /// Taken out of service for good; the record stays.
    Revoked,
    /// Removed for good; kept as a record that only a Superadmin can list.
    Deleted,
    /// Its backend does not tell. No token of a store is.
    Unknown,
}

impl Status {
    /// The status of `token` at `now`. The first condition that holds wins;
    /// validity is half-open: valid from is inside, valid to is outside.
    pub fn of(token: &Token<impl Sized>, catalogue: &Catalogue, now: Time) -> Self {
        Self::with(token, OutOfService::of(token, catalogue), now)
    }

    /// The status by the token alone, as if its account and its owner were in service:
    /// for what depends on neither, such as whether it waits to be accepted.
    pub fn alone(token: &Token<impl Sized>, now: Time) -> Self {
        Self::with(token, None, now)
    }

    /// The status of a token that this takes out of service, where anything does.
    pub fn with(token: &Token<impl Sized>, out: Option<OutOfService>, now: Time) -> Self {
        if token.deleted.is_some() {
            Self::Deleted
        } else if token.revoked.is_some() {
            Self::Revoked
        } else if token.accepted.is_none() {
            Self::Pending
        } else {
            Self::of_accepted(token, out, now)
        }
    }

    /// The status `token` has, or would have once accepted: what decides whether
    /// a first use may accept it.
    pub fn of_accepted(token: &Token<impl Sized>, out: Option<OutOfService>, now: Time) -> Self {
        if token.valid_to.is_some_and(|end| end <= now) {
            Self::Expired
        } else if !token.enabled || out.is_some() {
            Self::Disabled
        } else if token.valid_from.is_some_and(|start| start > now) {
            Self::Scheduled
        } else {
            Self::Active
        }
    }

    /// Those that a token of a store can have.
    pub fn told() -> impl Iterator<Item = Self> {
        Self::iter().filter(|status| *status != Self::Unknown)
    }

    /// Whether a bearer may use the token: the Is active column (R27).
    pub fn is_active(self) -> bool {
        self == Self::Active
    }

    /// Whether it is over: no value of it will ever pass again, unless it gets a new one.
    pub fn is_ended(self) -> bool {
        match self {
            Self::Expired | Self::Revoked | Self::Deleted => true,
            Self::Active | Self::Scheduled | Self::Pending | Self::Disabled | Self::Unknown => {
                false
            }
        }
    }

    /// All that the filter word Inactive stands for (D2, R40): every status but
    /// Active, and without Deleted, which is listed only when named.
    pub const INACTIVE: [Self; 5] =
        [Self::Scheduled, Self::Pending, Self::Disabled, Self::Expired, Self::Revoked];
}

/// The next instant at which the status of `token` changes by itself, if it will.
pub fn next_change(token: &Token<impl Sized>, now: Time) -> Option<Time> {
    let ended = token.deleted.is_some() || token.revoked.is_some();
    let instants = [token.valid_from, token.valid_to];
    let ahead = instants.into_iter().flatten().filter(|instant| *instant > now);
    if ended { None } else { ahead.min() }
}

/// A status in words, with what it comes from: `Disabled (account)`.
pub fn in_words(status: Status, out: Option<OutOfService>) -> String {
    match (status, out) {
        (Status::Disabled, Some(out)) => format!("{status} ({out})"),
        _ => status.to_string(),
    }
}
