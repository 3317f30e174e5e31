//! From the fields to the entry they describe.

use strum::IntoEnumIterator as _;

use super::EntryForm;
use crate::domain::entry::{AccountDraft, GroupDraft, ModuleDraft, ScopeDraft, UserDraft};
use crate::domain::{
    AccountFilter, AccountStatus, EntryDraft, EntryKind, Operator, Role, Rules, Time,
};
use crate::tui::form::Sheet;
use crate::tui::form::realm::realm_of;

/// The words for the status of an account, in their order.
pub(super) const STATUSES: [AccountStatus; 2] = [AccountStatus::Active, AccountStatus::Disabled];

/// The roles that an operator can choose for a user who has one of them now.
pub(super) fn roles(operator: &Operator, now: Option<Role>) -> Vec<Role> {
    let all = operator.role == Role::Superadmin;
    let low = |role: &Role| !matches!(role, Role::Superadmin | Role::Partner);
    Role::iter().filter(|role| all || low(role) || now == Some(*role)).collect()
}

impl EntryForm {
    /// The entry; none where it is not yet known of which account.
    pub(super) fn draft(&self, sheet: &Sheet) -> Option<EntryDraft> {
        let name = sheet.text("name").to_owned();
        Some(match self.kind {
            EntryKind::Account => EntryDraft::Account(AccountDraft {
                name,
                status: STATUSES.get(sheet.radio("status")).copied()?,
                endpoint: filled(sheet.text("endpoint")),
                rules: self.rules(),
            }),
            EntryKind::Module => EntryDraft::Module(ModuleDraft {
                name,
                accounts: sheet.ticked("accounts"),
                paths: sheet.text("paths").split_whitespace().map(str::to_owned).collect(),
            }),
            EntryKind::Scope => {
                EntryDraft::Scope(ScopeDraft { name, account: self.realm(sheet)?.one()? })
            }
            EntryKind::Group => EntryDraft::Group(GroupDraft {
                name,
                account: self.realm(sheet)?.one(),
                access: sheet.levels("access"),
            }),
            EntryKind::User => EntryDraft::User(UserDraft {
                login: sheet.text("login").to_owned(),
                name,
                email: filled(sheet.text("email")),
                role: role(sheet),
                manage_tokens: sheet.is_checked("manage_tokens"),
                accounts: sheet.ticked("accounts"),
                scopes: sheet.ticked("scopes"),
                disabled_at: self.disabled_at(),
            }),
        })
    }

    /// What no field shows stays as it was.
    fn rules(&self) -> Rules {
        match &self.before {
            Some((_, EntryDraft::Account(account))) => account.rules,
            _ => Rules::default(),
        }
    }

    fn disabled_at(&self) -> Option<Time> {
        match &self.before {
            Some((_, EntryDraft::User(user))) => user.disabled_at,
            _ => None,
        }
    }

    /// The account or all of them, once that is known.
    pub(super) fn realm(&self, sheet: &Sheet) -> Option<AccountFilter> {
        realm_of(self.account.as_deref().or_else(|| sheet.picked("account"))?)
    }
}

/// The role whose word is chosen.
pub(super) fn role(sheet: &Sheet) -> Role {
    sheet.radio_word("role").parse().unwrap_or(Role::Member)
}

fn filled(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.trim().is_empty())
}
