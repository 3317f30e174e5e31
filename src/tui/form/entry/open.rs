//! Opening the form: empty, or filled from the entry that is edited.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::entry::{AccountDraft, GroupDraft, ModuleDraft, ScopeDraft, UserDraft};
use crate::domain::{
    AccountFilter, AccountId, AccountStatus, EntryDraft, EntryId, EntryKind, Role, Rules,
};
use crate::tui::form::{
    Choices, Control, Field, Form, Grid, Ground, Item, Kind, Pick, Radio, Section, Sheet,
};

use super::{EntryForm, values};
use crate::tui::form::realm::{ALL, item_of, key_of};

impl EntryForm {
    /// A form for a new entry, in that account if it is known.
    pub(in crate::tui) fn open_new(
        kind: EntryKind,
        account: Option<AccountId>,
        ground: &Ground<'_>,
    ) -> Form {
        let mut form = Self { kind, before: None, account: None, manages: true, reloading: false };
        let sheet = form.sheet(&empty(kind, account), account, ground);
        Form::new(format!("New {kind}"), sheet, Kind::Entry(Box::new(form)), ground)
    }

    /// A form with what an entry is now.
    pub(in crate::tui) fn open_edit(id: EntryId, now: &EntryDraft, ground: &Ground<'_>) -> Form {
        let title = format!("Edit {} {}", id.kind(), now.name());
        let mut form =
            Self { kind: id.kind(), before: None, account: None, manages: true, reloading: false };
        let sheet = form.edit_sheet(id, now, ground);
        Form::new(title, sheet, Kind::Entry(Box::new(form)), ground)
    }

    /// The fields of an entry as it is, which is from now the one that is edited.
    pub(super) fn edit_sheet(
        &mut self,
        id: EntryId,
        now: &EntryDraft,
        ground: &Ground<'_>,
    ) -> Sheet {
        self.before = Some((id, now.clone()));
        let mut sheet = self.sheet(now, None, ground);
        if let Some(section) = sheet.sections.first_mut() {
            section.fields.push(Field::new("id", "ID", Control::Fixed(id.to_string())));
        }
        self.renew(&mut sheet, ground);
        if let EntryDraft::Group(group) = now {
            sheet.give("access", group.access.iter().map(|(id, level)| (id, Some(*level))));
        }
        sheet
    }

    fn sheet(&mut self, draft: &EntryDraft, at: Option<AccountId>, ground: &Ground<'_>) -> Sheet {
        let fields = match draft {
            EntryDraft::Account(draft) => account(draft),
            EntryDraft::Module(draft) => module(draft, ground),
            EntryDraft::Scope(draft) => {
                let known = self.before.is_some().then_some(AccountFilter::One(draft.account));
                vec![name(&draft.name), self.account_field(known, at, ground)]
            }
            EntryDraft::Group(draft) => {
                let known = self.before.is_some().then_some(draft.account.into());
                vec![
                    name(&draft.name),
                    self.account_field(known, at, ground),
                    Field::new("access", "", Control::Grid(Grid::new([]))),
                ]
            }
            EntryDraft::User(draft) => self.user(draft, ground),
        };
        Sheet::new(vec![Section { title: "General", fields }])
    }

    /// Fixed for an entry that has one, and where there is only one to choose.
    fn account_field(
        &mut self,
        known: Option<AccountFilter>,
        at: Option<AccountId>,
        ground: &Ground<'_>,
    ) -> Field {
        if let Some(realm) = known {
            self.account = Some(key_of(realm));
            let account = realm.one();
            let id = account.map(|id| format!(" {id}")).unwrap_or_default();
            let text = format!("{}{id}", ground.catalogue.account_name(account));
            return Field::new("account", "Account", Control::Fixed(text));
        }
        let accounts = ground.operator.accounts_in(ground.catalogue);
        let mut items: Vec<_> = accounts.into_iter().map(item_of).collect();
        if self.kind == EntryKind::Group && ground.operator.role == Role::Superadmin {
            items.insert(0, Item::new(&ALL, "All accounts"));
        }
        if let [only] = items.as_slice() {
            self.account = Some(only.key.clone());
            return Field::new("account", "Account", Control::Fixed(only.text.clone()));
        }
        let pick = Pick::new(items, at.map(|id| id.to_string()));
        Field::new("account", "Account", Control::Pick(pick)).required()
    }

    fn user(&mut self, draft: &UserDraft, ground: &Ground<'_>) -> Vec<Field> {
        let now = self.before.is_some().then_some(draft.role);
        let roles = values::roles(ground.operator, now);
        let at = roles.iter().position(|role| *role == draft.role).unwrap_or_default();
        let role = Radio::new(roles.iter().map(ToString::to_string), at);
        self.manages = draft.manage_tokens;
        let email = draft.email.as_deref().unwrap_or_default();
        vec![
            Field::text("login", "Login", &draft.login).required(),
            name(&draft.name),
            Field::text("email", "E-mail", email),
            Field::new("role", "Role", Control::Radio(role)),
            Field::new("manage_tokens", "API tokens", Control::Check(draft.manage_tokens))
                .noted("Application Users > API Tokens: may change tokens"),
            Field::new("accounts", "Accounts", accounts(ground, &draft.accounts)),
            Field::new("scopes", "Scopes", Control::Fixed(String::new())),
        ]
    }
}

/// What a new entry starts from.
fn empty(kind: EntryKind, at: Option<AccountId>) -> EntryDraft {
    let name = String::new();
    let accounts = at.into_iter().collect();
    match kind {
        EntryKind::Account => EntryDraft::Account(AccountDraft {
            name,
            status: AccountStatus::Active,
            endpoint: None,
            rules: Rules::default(),
        }),
        EntryKind::Module => EntryDraft::Module(ModuleDraft { name, accounts, paths: vec![] }),
        // Which account it is, the field says.
        EntryKind::Scope => {
            EntryDraft::Scope(ScopeDraft { name, account: at.unwrap_or(AccountId::new(1)) })
        }
        EntryKind::Group => {
            EntryDraft::Group(GroupDraft { name, account: at, access: BTreeMap::new() })
        }
        EntryKind::User => EntryDraft::User(UserDraft {
            login: String::new(),
            name,
            email: None,
            role: Role::Member,
            manage_tokens: true,
            accounts,
            scopes: BTreeSet::new(),
            disabled_at: None,
        }),
    }
}

fn name(text: &str) -> Field {
    Field::text("name", "Name", text).required()
}

fn account(draft: &AccountDraft) -> Vec<Field> {
    let at = values::STATUSES.iter().position(|known| *known == draft.status).unwrap_or_default();
    let status = Radio::new(values::STATUSES.iter().map(ToString::to_string), at);
    let endpoint = draft.endpoint.as_deref().unwrap_or_default();
    vec![
        name(&draft.name),
        Field::new("status", "Status", Control::Radio(status))
            .noted("Tokens of a disabled account are refused"),
        Field::text("endpoint", "API endpoint", endpoint)
            .noted("the URL at which its tokens are used"),
    ]
    .into_iter()
    .chain(values::rule_fields(draft.rules))
    .collect()
}

fn module(draft: &ModuleDraft, ground: &Ground<'_>) -> Vec<Field> {
    vec![
        name(&draft.name),
        Field::new("accounts", "Accounts", accounts(ground, &draft.accounts)),
        Field::text("paths", "Paths", &draft.paths.join(" "))
            .noted("prefixes such as /orders, blanks between"),
    ]
}

/// The operator's accounts, some of them ticked.
fn accounts(ground: &Ground<'_>, ticked: &BTreeSet<AccountId>) -> Control {
    let all = ground.operator.accounts_in(ground.catalogue);
    let mut choices = Choices::new(all.into_iter().map(|one| Item::new(&one.id, &*one.name)));
    choices.tick(ticked);
    Control::Choices(choices)
}
