//! What a store of real tokens starts with, so that a first start has to ask
//! nothing: an account, a module, and the operating system's user as Superadmin.

use std::collections::BTreeSet;

use crate::domain::{
    Account, AccountId, AccountStatus, Actor, Catalogue, Change, EventAction, Module, ModuleId,
    NewEvent, Role, Rules, Subject, Time, User, UserId, facts,
};
use crate::store::{self, CommitError};
use crate::text::Safe;
use crate::wire::StoreKind;

use super::Authority;

impl Authority {
    /// Gives a store without users its first Superadmin, and an empty one its first
    /// account and module too. Does nothing to an example or to a store in use, so
    /// of two processes that start at once only one does it.
    pub fn furnish(&self, system_login: &str) -> Result<(), CommitError> {
        let wanting =
            |all: &Catalogue| self.info().kind != StoreKind::Example && all.users.is_empty();
        if !wanting(&store::read(&*self.store, |state| state.catalogue())?) {
            return Ok(());
        }
        self.store.commit(&mut |state| {
            let catalogue = state.catalogue()?;
            if !wanting(&catalogue) {
                return Ok(vec![]);
            }
            let first = First { system_login, now: self.now(state.head()?) };
            let mut changes = Vec::new();
            if catalogue.accounts.is_empty() && catalogue.modules.is_empty() {
                changes.extend(first.places());
            }
            changes.push(first.operator());
            facts::tell_new(&mut changes);
            Ok(changes)
        })?;
        Ok(())
    }
}

struct First<'a> {
    system_login: &'a str,
    now: Time,
}

impl First<'_> {
    fn created(&self, subject: Subject) -> NewEvent {
        let by = Actor { user: None, system_login: Some(self.system_login.to_owned()) };
        NewEvent { at: self.now, by, subject, action: EventAction::Created, details: vec![] }
    }

    fn places(&self) -> [Change; 2] {
        let account = Account {
            id: AccountId::new(1_0001),
            name: "Default".to_owned(),
            status: AccountStatus::Active,
            endpoint: None,
            rules: Rules::default(),
        };
        let module = Module {
            id: ModuleId::new(1),
            name: "API".to_owned(),
            accounts: BTreeSet::from([account.id]),
            paths: vec![],
        };
        let made = self.created(Subject::Account(account.id));
        let enabled = self.created(Subject::Module(module.id));
        [Change::Account(account, made), Change::Module(module, enabled)]
    }

    fn operator(&self) -> Change {
        let user = User {
            id: UserId::new(1_0001),
            login: self.system_login.to_owned(),
            name: Safe::line(self.system_login).into_string(),
            email: None,
            role: Role::Superadmin,
            manage_tokens: true,
            accounts: BTreeSet::new(),
            scopes: BTreeSet::new(),
            disabled_at: None,
        };
        let event = self.created(Subject::User(user.id));
        Change::User(user, event)
    }
}
