//! The forms of parameters, as the document tells them and an integrator needs them.
//! What a text means is for the types of the domain, which read it.

use crate::domain::guid::is_blank_part;

/// The form of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterForm {
    /// Words: any text that says something.
    Some,
    /// Words of so many characters at the most.
    Text(usize),
    /// A part of a GUID.
    Part,
    /// A whole number from the first to the second.
    Number(u64, u64),
    /// `true` or `false`.
    Flag,
    /// An instant (RFC 3339).
    Instant,
    /// An id with these letters and at least so many groups of digits.
    Id(&'static str, usize),
    /// Several of those, with commas.
    Ids(&'static str, usize),
    /// The id of any record, or `store`.
    Subject,
    /// A place in the log: a number, a colon and a hash.
    Point,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Several of those, with commas.
    Words(&'static [&'static str]),
    /// One of these words; a hyphen before it for descending.
    Order(&'static [&'static str]),
    /// Several of those, with commas.
    Orders(&'static [&'static str]),
}

/// One parameter.
#[derive(Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Its form.
    pub form: ParameterForm,
    /// Whether the call can't do without it.
    pub required: bool,
    /// What it asks for.
    pub about: &'static str,
}

pub(super) const fn formed(
    name: &'static str,
    form: ParameterForm,
    about: &'static str,
) -> Parameter {
    Parameter { name, form, required: false, about }
}

impl ParameterForm {
    /// Whether a text of this form is blank, in one of its places: what an unset variable
    /// leaves, and never a way of asking for all. An order may be left to the usual one.
    pub fn is_blank(self, text: &str) -> bool {
        match self {
            Self::Part => is_blank_part(text),
            Self::Ids(..) | Self::Words(_) => text.split(',').any(|one| one.trim().is_empty()),
            Self::Some
            | Self::Text(_)
            | Self::Number(..)
            | Self::Flag
            | Self::Instant
            | Self::Id(..)
            | Self::Subject
            | Self::Point
            | Self::Word(_) => text.trim().is_empty(),
            Self::Order(_) | Self::Orders(_) => false,
        }
    }
}

/// The largest whole number that every JSON reader keeps (RFC 8259 section 6).
pub(super) const MANY: u64 = (1 << 53) - 1;

pub(super) const ACCOUNT: ParameterForm = ParameterForm::Id("ACC", 2);
pub(super) const USER: ParameterForm = ParameterForm::Id("USR", 2);
pub(super) const MODULES: ParameterForm = ParameterForm::Ids("MOD", 1);

pub(super) const STATUSES: &[&str] = &[
    "active",
    "scheduled",
    "pending",
    "disabled",
    "expired",
    "revoked",
    "deleted",
    "inactive",
    "all",
];

pub(super) const COLUMNS: &[&str] = &[
    "name",
    "status",
    "id",
    "modules",
    "expires",
    "last-access",
    "account",
    "created",
    "created-by",
    "revoked-at",
    "revoked-by",
    "active-from",
    "guid",
    "is-active",
    "labels",
];

pub(super) const ROLES: &[&str] = &["superadmin", "partner", "admin", "viewer", "member"];

/// The kinds of events that can be asked for: all but those that only a newer program
/// knows, which stand last.
pub(super) const ACTIONS: &[&str] =
    match <crate::domain::EventAction as strum::VariantNames>::VARIANTS.split_last() {
        Some((_other, known)) => known,
        None => &[],
    };
