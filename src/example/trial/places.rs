//! Where made-up tokens belong: accounts, modules, scopes and users, added until
//! there are enough. What the store has already stays and is used too.

use std::collections::BTreeSet;

use crate::domain::{
    Account, AccountId, AccountStatus, Actor, Catalogue, Change, EventAction, Module, ModuleId,
    NewEvent, Role, Rules, Scope, ScopeId, Subject, Time, User, UserId, facts,
};

const ACCOUNTS: &[&str] = &[
    "Aster Foods",
    "Birch Logistics",
    "Corvus Energy",
    "Delta Clinics",
    "Ember Insurance",
    "Fjord Shipping",
    "Granite Bank",
    "Harbor County",
    "Iris Telecom",
    "Juniper Retail",
    "Kestrel Air",
    "Lumen Media",
];
const MODULES: &[&str] =
    &["Catalog", "Orders", "Billing", "Inventory", "Reports", "Messages", "Payroll", "Archive"];
const SCOPES: &[&str] = &["North", "South", "Head office"];
const FIRST: &[&str] = &["Ana", "Ben", "Cleo", "Dan", "Elif", "Finn", "Gita", "Hugo"];
const LAST: &[&str] = &["Abel", "Berg", "Castro", "Dietz", "Evans", "Fuchs", "Garcia", "Holm"];

/// What is missing so that tokens of `wanted` accounts have all they need.
pub(super) fn missing(catalogue: &Catalogue, wanted: usize, now: Time) -> Vec<Change> {
    let mut founding = Founding { all: catalogue.clone(), changes: Vec::new(), now };
    founding.accounts(wanted);
    founding.modules();
    founding.people(wanted);
    facts::tell_new(&mut founding.changes);
    founding.changes
}

struct Founding {
    all: Catalogue,
    changes: Vec<Change>,
    now: Time,
}

impl Founding {
    fn created(&self, subject: Subject) -> NewEvent {
        let by = Actor::default();
        NewEvent { at: self.now, by, subject, action: EventAction::Created, details: vec![] }
    }

    fn accounts(&mut self, wanted: usize) {
        for place in self.all.accounts.len()..wanted {
            let id = AccountId::new(next(self.all.accounts.keys().last().map(|id| id.number())));
            let account = Account {
                id,
                name: name(ACCOUNTS, place),
                status: AccountStatus::Active,
                endpoint: Some(format!("https://api-{}.example", id.number())),
                rules: Rules::default(),
            };
            self.all.accounts.insert(id, account.clone());
            self.changes.push(Change::Account(account, self.created(Subject::Account(id))));
        }
    }

    /// Modules for every account, those there are enabled for the new ones too.
    fn modules(&mut self) {
        let accounts: BTreeSet<_> = self.all.accounts.keys().copied().collect();
        let known: Vec<_> = self.all.modules.values().cloned().collect();
        for mut module in known {
            if module.accounts != accounts {
                module.accounts.clone_from(&accounts);
                let event = NewEvent {
                    action: EventAction::Edited,
                    ..self.created(Subject::Module(module.id))
                };
                self.changes.push(Change::Module(module, event));
            }
        }
        for place in self.all.modules.len()..MODULES.len() {
            let id = self.all.modules.keys().last().map_or(1, |id| id.number() + 1);
            let id = ModuleId::new(id);
            let accounts = accounts.clone();
            let module = Module { id, name: name(MODULES, place), accounts, paths: vec![] };
            self.all.modules.insert(id, module.clone());
            self.changes.push(Change::Module(module, self.created(Subject::Module(id))));
        }
    }

    /// For each account its scopes, an Admin and a few Members.
    fn people(&mut self, wanted: usize) {
        let accounts: Vec<_> = self.all.accounts.keys().copied().take(wanted).collect();
        for account in accounts {
            if self.all.scopes_of(Some(account)).next().is_some() {
                continue;
            }
            for scope in SCOPES {
                let id = self.all.scopes.keys().last().map_or(1, |id| id.number() + 1);
                let scope = Scope { id: ScopeId::new(id), name: (*scope).to_owned(), account };
                self.all.scopes.insert(scope.id, scope.clone());
                let event = self.created(Subject::Scope(scope.id));
                self.changes.push(Change::Scope(scope, event));
            }
            for place in 0..FIRST.len() {
                self.person(account, place);
            }
        }
    }

    fn person(&mut self, account: AccountId, place: usize) {
        let id = UserId::new(next(self.all.users.keys().last().map(|id| id.number())));
        let (first, last) = (name(FIRST, place), name(LAST, place + account_place(account)));
        let login = format!("{}-{}", first.to_lowercase(), id.number());
        let role = if place == 0 { Role::Admin } else { Role::Member };
        let user = User {
            id,
            email: Some(format!("{login}@trial.example")),
            login,
            name: format!("{first} {last}"),
            role,
            manage_tokens: role.can_manage(),
            accounts: BTreeSet::from([account]),
            scopes: self.all.scopes_of(Some(account)).map(|scope| scope.id).collect(),
            disabled_at: None,
        };
        self.all.users.insert(id, user.clone());
        self.changes.push(Change::User(user, self.created(Subject::User(id))));
    }
}

fn account_place(account: AccountId) -> usize {
    usize::try_from(account.number() % 97).unwrap_or(0)
}

/// The id after the last; ids of accounts and users start at `-0001-0001`.
fn next(last: Option<u64>) -> u64 {
    last.map_or(1_0001, |last| last + 1)
}

/// A word of the list, with a number once they are used up.
fn name(words: &[&str], place: usize) -> String {
    let word = place.checked_rem(words.len()).and_then(|place| words.get(place)).unwrap_or(&"");
    match place.checked_div(words.len()) {
        None | Some(0) => (*word).to_owned(),
        Some(round) => format!("{word} {}", round + 1),
    }
}
