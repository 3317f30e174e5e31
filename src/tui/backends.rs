//! The backends that the program can go to. Where they are written down is not known
//! here, nor how one is opened: that is the business of a [`Backends`].
//!
//! [`Backends`]: super::runtime::Backends

use std::collections::BTreeSet;

use crate::domain::{Operator, Role, Time, UserId};
use crate::wire::{Abilities, BackendKind, Descriptors, Retention, Session, StoreKind};

use super::hue::Hue;
use super::ticket::Ticket;

/// A backend to choose. All of it is text from outside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackendChoice {
    /// Its name.
    pub name: String,
    /// What kind it is: `local`, `remote`.
    pub kind: String,
    /// Where it is: a path, an address, a role.
    pub place: String,
    /// What marks it, so that it is not taken for another.
    pub hue: Option<Hue>,
    /// Why nothing is changed there, where that is so.
    pub held: Option<String>,
}

impl BackendChoice {
    /// Who is at work there, before it said anything: nobody, on nothing.
    pub(super) fn session(&self, now: Time) -> Session {
        let operator = Operator {
            user: UserId::new(0),
            login: String::new(),
            name: String::new(),
            role: Role::Superadmin,
            manage_tokens: false,
            accounts: BTreeSet::new(),
            scopes: BTreeSet::new(),
            system_login: None,
        };
        let kind = if self.kind == BackendKind::Local.to_string() {
            BackendKind::Local
        } else {
            BackendKind::Remote
        };
        Session {
            backend: self.name.clone(),
            kind,
            place: self.place.clone(),
            store: StoreKind::Normal,
            retention: Retention::HashOnly,
            operator,
            now,
            credential_expires_at: None,
            clock_jump: None,
            abilities: Abilities::default(),
            bulk_here: false,
            descriptors: Descriptors::default(),
        }
    }
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
    /// The one that is open.
    pub(super) fn at_work(&self) -> Option<&BackendChoice> {
        self.offers.iter().find(|offer| offer.name == self.open)
    }

    /// The one of that name, in either case.
    pub(super) fn named(&self, name: &str) -> Option<&BackendChoice> {
        let offers = || self.offers.iter();
        let same = offers().find(|offer| offer.name == name);
        same.or_else(|| offers().find(|offer| offer.name.eq_ignore_ascii_case(name)))
    }
}
