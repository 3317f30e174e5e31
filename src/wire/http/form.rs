//! The forms of parameters, as the document tells them and an integrator needs them.
//! What a text means is for the types of the domain, which read it.

/// The form of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Any text.
    Text,
    /// Any text but none.
    Some,
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
    pub form: Form,
    /// Whether the call can't do without it.
    pub required: bool,
    /// What it asks for.
    pub about: &'static str,
}

pub(super) const fn text(name: &'static str, about: &'static str) -> Parameter {
    Parameter { name, form: Form::Text, required: false, about }
}

pub(super) const fn formed(name: &'static str, form: Form, about: &'static str) -> Parameter {
    Parameter { form, ..text(name, about) }
}

/// The largest whole number that every JSON reader keeps (RFC 8259 section 6).
pub(super) const MANY: u64 = (1 << 53) - 1;

pub(super) const ACCOUNT: Form = Form::Id("ACC", 2);
pub(super) const USER: Form = Form::Id("USR", 2);
pub(super) const MODULES: Form = Form::Ids("MOD", 1);

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
];

pub(super) const ROLES: &[&str] = &["superadmin", "partner", "admin", "viewer", "member"];
