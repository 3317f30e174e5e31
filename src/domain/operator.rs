//! Who acts, and what they may see and grant. Visibility has its one place here
//! (requirements section 2, "Who sees what").

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::event::RecordSight;
use super::{AccountId, Catalogue, Refusal, Role, Scope, ScopeId, Token, User, UserId};

/// A user at work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Operator {
    /// Who it is.
    pub user: UserId,
    /// The name used to sign in.
    pub login: String,
    /// What people call them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The permission to change tokens (R8), already weighed against the role.
    pub manage_tokens: bool,
    /// The accounts they belong to; a Superadmin reaches every account without.
    pub accounts: BTreeSet<AccountId>,
    /// The scopes given to them; Superadmin and Partner need none.
    pub scopes: BTreeSet<ScopeId>,
    /// The login of the operating system, kept beside the user in the audit.
    pub system_login: Option<String>,
}

impl Operator {
    /// The user as an operator.
    pub fn of(user: &User, system_login: Option<String>) -> Self {
        Self {
            user: user.id,
            login: user.login.clone(),
            name: user.name.clone(),
            role: user.role,
            manage_tokens: user.manage_tokens && user.role.can_manage(),
            accounts: user.accounts.clone(),
            scopes: user.scopes.clone(),
            system_login,
        }
    }

    /// Whether the account is one of the operator's.
    pub fn reaches(&self, account: AccountId) -> bool {
        self.role == Role::Superadmin || self.accounts.contains(&account)
    }

    /// Whether the operator holds a scope, and so may grant it.
    pub fn holds(&self, scope: &Scope) -> bool {
        match self.role {
            Role::Superadmin => true,
            Role::Partner => self.accounts.contains(&scope.account),
            Role::Admin | Role::Viewer | Role::Member => self.scopes.contains(&scope.id),
        }
    }

    /// Whether the operator may know of the token at all. Where not, every door
    /// answers as if there were none.
    pub fn sees(&self, token: &Token<impl Sized>) -> bool {
        if self.role == Role::Superadmin {
            return true;
        }
        if token.deleted.is_some() {
            return false;
        }
        token.owner == Some(self.user) || self.sees_by_account(token)
    }

    /// Whether the operator may know of the user: they share an account. A Member
    /// knows of nobody else.
    pub fn knows(&self, user: &User) -> bool {
        match self.role {
            Role::Superadmin => true,
            _ if user.id == self.user => true,
            Role::Member => false,
            Role::Partner | Role::Admin | Role::Viewer => {
                user.accounts.iter().any(|account| self.reaches(*account))
            }
        }
    }

    /// Whether the operator, by what they hold today, could see a record of which this is
    /// kept. Who left an account reads no more of what was in it.
    pub fn could_see(&self, sight: &RecordSight) -> bool {
        let mine = sight.everywhere || sight.accounts.iter().any(|id| self.reaches(*id));
        sight.owner == Some(self.user)
            || match self.role {
                Role::Superadmin => true,
                Role::Partner => mine,
                Role::Admin | Role::Viewer => mine && sight.scopes.is_subset(&self.scopes),
                Role::Member => false,
            }
    }

    fn sees_by_account(&self, token: &Token<impl Sized>) -> bool {
        let mine = token.account.is_some_and(|account| self.accounts.contains(&account));
        match self.role {
            Role::Superadmin => true,
            // A token's scopes belong to its account, and a Partner holds every scope there.
            Role::Partner => mine,
            Role::Admin | Role::Viewer => mine && token.scopes.is_subset(&self.scopes),
            Role::Member => false,
        }
    }

    /// Refuses where the permission to change tokens is missing.
    pub fn must_manage(&self) -> Result<(), Refusal> {
        if self.manage_tokens { Ok(()) } else { Err(Refusal::NeedsManageTokens) }
    }

    /// The accounts to choose from, by name. A Superadmin may also choose tokens
    /// of all accounts.
    pub fn accounts_in<'c>(&self, catalogue: &'c Catalogue) -> Vec<&'c super::Account> {
        let mut accounts: Vec<_> =
            catalogue.accounts.values().filter(|account| self.reaches(account.id)).collect();
        accounts.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
        accounts
    }
}
