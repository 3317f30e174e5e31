//! The backends that the program can go to. Where they are written down is not known
//! here, nor how one is opened: that is the business of a [`Backends`].
//!
//! [`Backends`]: super::runtime::Backends

use super::ticket::Ticket;

/// A backend to choose. All of it is text from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackendChoice {
    /// Its name.
    pub name: String,
    /// What kind it is: `local`, `remote`.
    pub kind: String,
    /// Where it is: a path, an address, a role.
    pub place: String,
}

/// Those there are, and which of them is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct BackendChoices {
    /// In the order to show them.
    pub(super) offers: Vec<BackendChoice>,
    /// The name of the open one.
    pub(super) open: String,
    /// The one that is being opened.
    pub(super) opening: Option<Opening>,
}

/// A backend on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opening {
    /// Under which ticket it was asked for.
    pub(super) ticket: Ticket,
    /// Its name.
    pub(super) name: String,
    /// Whether the operator agreed to lose by it what was begun here.
    pub(super) agreed: bool,
}

impl BackendChoices {
    /// The one of that name, in either case.
    pub(super) fn named(&self, name: &str) -> Option<&BackendChoice> {
        let offers = || self.offers.iter();
        let same = offers().find(|offer| offer.name == name);
        same.or_else(|| offers().find(|offer| offer.name.eq_ignore_ascii_case(name)))
    }
}
