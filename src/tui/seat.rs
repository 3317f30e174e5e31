//! Where the operator is: the account whose tokens are listed, and the backend that
//! keeps them, as the title and every confirmation name them.

use crate::domain::{AccountFilter, AccountId, Refusal, Role};
use crate::text::safe_line;
use crate::tui::shared::Shared;
use crate::wire::{BackendKind, TokenView};

use super::command::Command;

impl Shared {
    /// The one account that is looked at by that choice.
    pub(super) fn account_of(&self, choice: AccountFilter) -> Option<AccountId> {
        match choice {
            AccountFilter::One(account) => Some(account),
            AccountFilter::Any if self.session.operator.role == Role::Superadmin => None,
            AccountFilter::Any => match self.session.operator.accounts_in(&self.catalogue)[..] {
                [only] => Some(only.id),
                _ => None,
            },
        }
    }

    /// The same of another choice than the one in force.
    pub(super) fn place_of(&self, choice: AccountFilter) -> String {
        match self.account_of(choice) {
            Some(id) => format!("{} {id}", self.catalogue.account_name(Some(id))),
            None => self.all_accounts().to_owned(),
        }
    }

    /// What all accounts of the operator together are called.
    pub(super) fn all_accounts(&self) -> &'static str {
        match self.session.role() {
            _ if !self.session.descriptors.accounts() => "All tokens",
            Some(Role::Superadmin) | None => "All accounts",
            Some(Role::Partner | Role::Admin | Role::Viewer | Role::Member) => "All my accounts",
        }
    }

    /// The account of a token, as a question about it names it.
    pub(super) fn account_named(&self, view: &TokenView) -> String {
        if !self.session.descriptors.accounts() {
            return self.all_accounts().to_owned();
        }
        view.names.account(view.token.account)
    }

    /// Whether the operator has more than one account to look at.
    pub(super) fn has_several_accounts(&self) -> bool {
        self.session.operator.accounts_in(&self.catalogue).len() > 1
    }

    /// Whether the operator may look at that account.
    pub(super) fn may_choose(&self, account: AccountId) -> bool {
        let operator = &self.session.operator;
        self.catalogue.accounts.contains_key(&account) && operator.reaches(account)
    }

    /// Who sits at which backend: for whom the last account is remembered.
    pub(super) fn seat(&self) -> String {
        format!("{}@{}", self.session.operator.login, self.session.place)
    }

    /// Account and backend, as every question names them.
    pub(super) fn at_work_here(&self) -> String {
        safe_line(&format!("{}  {}", self.place(), self.backend()))
    }

    /// The backend as title and questions name it: `local`, `team (remote, read-only)`.
    pub(super) fn backend(&self) -> String {
        let name = &self.session.backend;
        match (self.session.kind, self.held().is_some()) {
            (BackendKind::Local, false) => name.clone(),
            (BackendKind::Local, true) => format!("{name} (read-only)"),
            (BackendKind::Remote, false) => format!("{name} (remote)"),
            (BackendKind::Remote, true) => format!("{name} (remote, read-only)"),
        }
    }

    /// Why nothing may be changed here, by the settings.
    pub(super) fn held(&self) -> Option<String> {
        if self.options.read_only {
            return Some(Refusal::ReadOnly.to_string());
        }
        self.backends.at_work()?.held.clone()
    }

    /// The account that is looked at: the chosen one, or the only one there is.
    pub(super) fn account(&self) -> Option<AccountId> {
        self.account_of(self.account)
    }

    /// That an account is missing, and the key that gives it.
    pub(super) fn without_account(&self) -> String {
        format!("Choose an account first: {}", self.keymap.first_key_of(Command::Account))
    }

    /// Where the operator looks: `Acme ACC-0001-0001`, All accounts.
    pub(super) fn place(&self) -> String {
        self.place_of(self.account)
    }
}
