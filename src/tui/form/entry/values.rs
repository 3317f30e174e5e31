//! From the fields to the entry they describe.

use strum::IntoEnumIterator as _;

use super::EntryForm;
use crate::domain::catalogue::{Breach, Rules};
use crate::domain::entry::{AccountDraft, GroupDraft, ModuleDraft, ScopeDraft, UserDraft};
use crate::domain::{
    AccountFilter, AccountStatus, EntryDraft, EntryKind, FieldError, Operator, Role, Time, policy,
};
use crate::tui::form::realm::realm_of;
use crate::tui::form::{Control, Field, Radio, Sheet};

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
                rules: rules(sheet),
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

/// The fields for what the tokens of an account are to keep to.
pub(super) fn rule_fields(rules: Rules) -> Vec<Field> {
    let days = |days: Option<u32>| days.map_or_else(String::new, |days| format!("{days}d"));
    let breaches: Vec<_> = Breach::iter().collect();
    let at = breaches.iter().position(|known| *known == rules.breach).unwrap_or_default();
    let breach = Radio::new(breaches.iter().map(ToString::to_string), at);
    vec![
        Field::text(LONGEST, "Longest life", &days(rules.longest_days))
            .noted("of a token's value, such as 90d or 6m; empty for any"),
        Field::new("never_forbidden", "Must end", Control::Check(rules.never_forbidden))
            .noted("Never is against the rules"),
        Field::text(IDLE, "Idle for", &days(rules.idle_days))
            .noted("such as 90d: unused for longer, a token offends; empty for ever"),
        Field::new("breach", "Other ends", Control::Radio(breach))
            .noted("flag: made, and said; refuse: not made. Tokens that are there stay"),
    ]
}

const LONGEST: &str = "longest_days";
const IDLE: &str = "idle_days";

fn rule_days(sheet: &Sheet, field: &str) -> Result<Option<u32>, String> {
    match sheet.text(field).trim() {
        "" => Ok(None),
        text => policy::read_days(text),
    }
}

/// What the tokens of an account are to keep to, as far as that can be read.
fn rules(sheet: &Sheet) -> Rules {
    let days = |field| rule_days(sheet, field).ok().flatten();
    Rules {
        longest_days: days(LONGEST),
        never_forbidden: sheet.is_checked("never_forbidden"),
        idle_days: days(IDLE),
        breach: sheet.radio_word("breach").parse().unwrap_or_default(),
    }
}

/// What can't be read of it.
pub(super) fn rule_errors(sheet: &Sheet) -> Vec<FieldError> {
    let error = |field| Some(FieldError::new(field, rule_days(sheet, field).err()?));
    [LONGEST, IDLE].into_iter().filter_map(error).collect()
}

/// The role whose word is chosen.
pub(super) fn role(sheet: &Sheet) -> Role {
    sheet.radio_word("role").parse().unwrap_or(Role::Member)
}

fn filled(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.trim().is_empty())
}
