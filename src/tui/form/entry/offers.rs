//! What there is to choose from, where that follows from other fields.

use std::collections::{BTreeMap, BTreeSet};

use super::EntryForm;
use super::values::role;
use crate::domain::{AccountFilter, AccountId, EntryDraft, Role};
use crate::tui::form::{Choices, Control, Grid, Ground, Item, Sheet};

impl EntryForm {
    /// The modules of the account, and those the group reaches already.
    pub(super) fn offer_modules(&self, sheet: &mut Sheet, ground: &Ground<'_>) {
        let realm = self.realm(sheet);
        let has = match &self.before {
            Some((_, EntryDraft::Group(group))) => group.access.clone(),
            _ => BTreeMap::new(),
        };
        let Some(field) = sheet.field_mut("access") else { return };
        let Some(account) = realm.map(AccountFilter::one) else {
            field.control = Control::Fixed("Choose an account first".to_owned());
            return;
        };
        let offered: BTreeSet<_> = ground.catalogue.modules_of(account).map(|one| one.id).collect();
        let modules = ground.catalogue.modules.values();
        let mut items: Vec<_> = modules
            .filter(|one| offered.contains(&one.id) || has.contains_key(&one.id))
            .map(|one| (one.name.to_lowercase(), Item::new(&one.id, &*one.name)))
            .collect();
        items.sort_by(|a, b| a.0.cmp(&b.0));
        let items: Vec<_> = items.into_iter().map(|(_, item)| item).collect();
        match &mut field.control {
            _ if items.is_empty() => {
                field.control = Control::Fixed("No modules here yet".to_owned());
            }
            Control::Grid(grid) => grid.set_items(items),
            control => *control = Control::Grid(Grid::new(items)),
        }
    }

    /// The permission to change tokens, or why the role can't have it.
    pub(super) fn offer_permission(&mut self, sheet: &mut Sheet) {
        let role = role(sheet);
        let Some(field) = sheet.field_mut("manage_tokens") else { return };
        match &field.control {
            Control::Check(on) if !role.can_manage() => {
                self.manages = *on;
                field.control = Control::Fixed(format!("no: a {role} cannot be given it"));
            }
            Control::Fixed(_) if role.can_manage() => field.control = Control::Check(self.manages),
            Control::Fixed(_) => {
                field.control = Control::Fixed(format!("no: a {role} cannot be given it"));
            }
            _ => {}
        }
    }

    /// The scopes of the user's accounts that the operator holds, and those the user
    /// has. Superadmin and Partner need none.
    pub(super) fn offer_scopes(&self, sheet: &mut Sheet, ground: &Ground<'_>) {
        let role = role(sheet);
        let accounts: BTreeSet<AccountId> = sheet.ticked("accounts");
        let had = match &self.before {
            Some((_, EntryDraft::User(user))) => user.scopes.clone(),
            _ => BTreeSet::new(),
        };
        let scopes = ground.catalogue.scopes.values().filter(|scope| {
            accounts.contains(&scope.account)
                && (ground.operator.holds(scope) || had.contains(&scope.id))
        });
        let several = accounts.len() > 1;
        let items: Vec<_> = scopes
            .map(|scope| {
                let account = ground.catalogue.account_name(Some(scope.account));
                let of = if several { format!(" ({account})") } else { String::new() };
                Item::new(&scope.id, format!("{}{of}", scope.name))
            })
            .collect();
        if let Some(field) = sheet.field_mut("accounts") {
            field.note.clear();
            if role == Role::Superadmin {
                field.note.push_str("A Superadmin reaches all accounts");
            }
        }
        let Some(field) = sheet.field_mut("scopes") else { return };
        field.hidden = matches!(role, Role::Superadmin | Role::Partner);
        let none = if accounts.is_empty() { "Choose an account first" } else { "No scopes here" };
        match &mut field.control {
            control if items.is_empty() => *control = Control::Fixed(none.to_owned()),
            Control::Choices(choices) => choices.set_items(items),
            control => {
                let mut choices = Choices::new(items);
                choices.tick(&had);
                *control = Control::Choices(choices);
            }
        }
    }
}
