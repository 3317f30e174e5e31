//! Terms: what a filter asks for, as it was typed. Names are texts and lengths of time
//! stay such until the terms meet a catalogue and a clock (`ready`).

use std::collections::BTreeSet;
use std::fmt;

use super::statuses::{is_narrow, listed_statuses};
use super::word::QueryWord;
use crate::domain::when::When;
use crate::domain::{Level, Status, TokenId, label};

/// What a word without a key means: where a list is narrowed anything of the token may hold
/// it; where something is done, its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bare {
    /// `text:`, for lists.
    Text,
    /// `name:`, for what acts.
    Name,
}

impl Bare {
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Text => "text:",
            Self::Name => "name:",
        }
    }
}

/// A date of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenDate {
    /// Its end.
    Expires,
    /// When it was made.
    Created,
    /// Its last use.
    Used,
    /// When it was revoked.
    Revoked,
}

/// Which side of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// `<`
    Before,
    /// `>`
    After,
}

/// What one term asks, the negation apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// One of these statuses; none = all that a list shows by itself.
    Status(BTreeSet<Status>),
    /// One of these accounts; none = any.
    Account(Vec<String>),
    /// Issued to one of these users.
    Owner(Vec<String>),
    /// Made by one of these users.
    By(Vec<String>),
    /// Reaches one of these modules.
    Module(Vec<String>),
    /// Carries one of these scopes.
    Scope(Vec<String>),
    /// Carries one of these groups.
    Group(Vec<String>),
    /// Has this effective level of this module; none = of any, none = any level.
    Level(Option<String>, Option<Level>),
    /// Is one of these.
    Id(BTreeSet<TokenId>),
    /// Has one of these parts in its GUID.
    Guid(Vec<String>),
    /// All these words occur in it.
    Text(String),
    /// All these words occur in its name.
    Name(String),
    /// A date lies on this side.
    Date(TokenDate, Side, When),
    /// Could be used, and was not since.
    Unused(When),
    /// Has this label, with this text.
    Label(label::LabelTerm),
    /// Has a name that may be taken for another's of its account.
    Lookalike,
    /// Breaks a rule of its account.
    Offends,
    /// Has no end.
    Never,
    /// Was never used.
    NeverUsed,
    /// Has two values that pass.
    Overlap,
    /// Its owner is out of service.
    OwnerDisabled,
    /// Its account is.
    AccountDisabled,
    /// One of them is.
    OutOfService,
}

impl Asked {
    /// The word of the language that asks it.
    pub fn word(&self) -> QueryWord {
        match self {
            Self::Status(_) => QueryWord::Status,
            Self::Account(_) => QueryWord::Account,
            Self::Owner(_) => QueryWord::Owner,
            Self::By(_) => QueryWord::By,
            Self::Module(_) => QueryWord::Module,
            Self::Scope(_) => QueryWord::Scope,
            Self::Group(_) => QueryWord::Group,
            Self::Level(..) => QueryWord::Level,
            Self::Id(_) => QueryWord::Id,
            Self::Guid(_) => QueryWord::Guid,
            Self::Text(_) => QueryWord::Text,
            Self::Name(_) => QueryWord::Name,
            Self::Date(TokenDate::Expires, ..) => QueryWord::Expires,
            Self::Date(TokenDate::Created, ..) => QueryWord::Created,
            Self::Date(TokenDate::Used, ..) => QueryWord::Used,
            Self::Date(TokenDate::Revoked, ..) => QueryWord::Revoked,
            Self::Unused(_) => QueryWord::Unused,
            Self::Label(_) => QueryWord::Label,
            Self::Lookalike => QueryWord::Lookalike,
            Self::Offends => QueryWord::Offends,
            Self::Never => QueryWord::Never,
            Self::NeverUsed => QueryWord::NeverUsed,
            Self::Overlap => QueryWord::Overlap,
            Self::OwnerDisabled => QueryWord::OwnerDisabled,
            Self::AccountDisabled => QueryWord::AccountDisabled,
            Self::OutOfService => QueryWord::OutOfService,
        }
    }
}

/// One term, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Whether it takes away what it finds.
    pub not: bool,
    /// What it asks.
    pub asked: Asked,
    pub(super) typed: String,
    /// Its key, where none was typed.
    pub(super) bare: Option<Bare>,
}

impl Term {
    /// Whether it can leave a token out.
    fn narrows(&self) -> bool {
        match &self.asked {
            Asked::Status(statuses) if self.not => {
                listed_statuses().any(|status| statuses.contains(&status))
            }
            Asked::Status(statuses) => is_narrow(statuses),
            Asked::Account(names) => !names.is_empty(),
            Asked::Owner(_)
            | Asked::By(_)
            | Asked::Module(_)
            | Asked::Scope(_)
            | Asked::Group(_)
            | Asked::Level(..)
            | Asked::Id(_)
            | Asked::Guid(_)
            | Asked::Text(_)
            | Asked::Name(_)
            | Asked::Date(..)
            | Asked::Unused(_)
            | Asked::Label(_)
            | Asked::Lookalike
            | Asked::Offends
            | Asked::Never
            | Asked::NeverUsed
            | Asked::Overlap
            | Asked::OwnerDisabled
            | Asked::AccountDisabled
            | Asked::OutOfService => true,
        }
    }

    /// The statuses it names, where it asks for some.
    pub(super) fn statuses(&self) -> Option<&BTreeSet<Status>> {
        match &self.asked {
            Asked::Status(statuses) if !self.not && !statuses.is_empty() => Some(statuses),
            _ => None,
        }
    }
}

/// Prints as it was typed.
impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.typed)
    }
}

/// Terms that must all hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueryTerms(pub(super) Vec<Term>);

impl QueryTerms {
    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Term> {
        self.0.iter()
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether any of them can leave a token out.
    pub fn narrow(&self) -> bool {
        self.0.iter().any(Term::narrows)
    }

    /// As typed, but with the key that a bare word stands for, so that it means the same at
    /// every door.
    pub fn explicit(&self) -> String {
        let terms: Vec<_> = self
            .0
            .iter()
            .map(|term| format!("{}{}", term.bare.map_or("", Bare::key), term.typed))
            .collect();
        terms.join(" ")
    }
}

/// Prints as they were typed, with one blank between two.
impl fmt::Display for QueryTerms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, term) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str(" ")?;
            }
            term.fmt(f)?;
        }
        Ok(())
    }
}
