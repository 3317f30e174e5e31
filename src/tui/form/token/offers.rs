//! What there is to choose from: it follows from the account, the operator and the
//! catalogue, and for an edit from what the token has already.

use crate::domain::{AccountId, Level, draft};
use crate::tui::form::{Choices, Control, Grid, Ground, Item, Sheet};

use super::{NOBODY, TokenForm};

/// What was offered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Offers {
    account: Option<String>,
    owners: Vec<Item>,
    scopes: Vec<Item>,
    modules: Vec<Item>,
    groups: Vec<Item>,
}

impl TokenForm {
    /// Offers what there is now, where that is something else than before. What was
    /// chosen of what stays is kept.
    pub(super) fn offer(&mut self, sheet: &mut Sheet, ground: &Ground<'_>) {
        let offers = self.offers(sheet, ground);
        if self.offers.as_ref() == Some(&offers) {
            return;
        }
        let known = offers.account.is_some();
        put_choices(sheet, "scopes", &offers.scopes, known.then(|| no_scopes(self, sheet, ground)));
        put_choices(sheet, "groups", &offers.groups, known.then(|| "None".to_owned()));
        self.put_modules(sheet, &offers.modules, known);
        if let Some(Control::Pick(pick)) = sheet.control_mut("owner") {
            let chosen = pick.chosen().is_some();
            pick.set_items(offers.owners.clone());
            if chosen && pick.chosen().is_none() {
                pick.choose(NOBODY);
            }
        }
        let none = known && !has_scopes(self.account(sheet), ground);
        if let Some(field) = sheet.field_mut("scopes") {
            field.required = !none;
        }
        if let Some(field) = sheet.field_mut("groups") {
            field.hidden = !known;
        }
        self.offers = Some(offers);
    }

    fn offers(&self, sheet: &Sheet, ground: &Ground<'_>) -> Offers {
        let key = self.account_key(sheet).map(str::to_owned);
        let account = self.account(sheet);
        match self.realm(sheet) {
            None => Offers {
                account: key,
                owners: vec![Item::new(&NOBODY, "None")],
                ..Offers::default()
            },
            Some(_) => Offers {
                account: key,
                owners: owners(account, ground),
                scopes: self.scopes(account, ground),
                modules: self.modules(account, ground),
                groups: self.groups(account, ground),
            },
        }
    }

    /// The scopes the operator holds (R133), and those the token has.
    fn scopes(&self, account: Option<AccountId>, ground: &Ground<'_>) -> Vec<Item> {
        let scopes = ground.catalogue.scopes_of(account);
        let scopes = scopes.filter(|scope| ground.operator.holds(scope));
        let has = self.base.iter().flat_map(|view| {
            view.token.scopes.iter().map(|id| Item::new(id, view.names.scope(*id)))
        });
        with_missing(scopes.map(|one| Item::new(&one.id, &*one.name)), has)
    }

    /// The modules of the account (R99), and those the token has.
    fn modules(&self, account: Option<AccountId>, ground: &Ground<'_>) -> Vec<Item> {
        let modules = ground.catalogue.modules_of(account);
        let has = self.base.iter().flat_map(|view| {
            view.token.access.keys().map(|id| Item::new(id, view.names.module(*id)))
        });
        with_missing(modules.map(|one| Item::new(&one.id, &*one.name)), has)
    }

    /// The groups of the account and those of all accounts (R102), and those the token
    /// has.
    fn groups(&self, account: Option<AccountId>, ground: &Ground<'_>) -> Vec<Item> {
        let groups = ground.catalogue.groups_of(account);
        let has = self.base.iter().flat_map(|view| {
            view.token.groups.iter().map(|id| Item::new(id, view.names.group(*id)))
        });
        with_missing(groups.map(|one| Item::new(&one.id, &*one.name)), has)
    }

    fn put_modules(&self, sheet: &mut Sheet, items: &[Item], known: bool) {
        let Some(field) = sheet.field_mut("access") else { return };
        match &mut field.control {
            _ if !known => field.control = Control::Fixed("Choose an account first".to_owned()),
            _ if items.is_empty() => {
                field.control = Control::Fixed("No modules here yet".to_owned());
            }
            Control::Grid(grid) => grid.set_items(items.iter().cloned()),
            control => {
                let mut grid = Grid::new(items.iter().cloned());
                // An only module starts at Read, visibly (R92).
                if let ([only], None) = (items, &self.base) {
                    grid.set(&only.key, Some(Level::Read));
                }
                *control = Control::Grid(grid);
            }
        }
    }
}

/// What is offered, and what a token has besides.
fn with_missing(offered: impl Iterator<Item = Item>, has: impl Iterator<Item = Item>) -> Vec<Item> {
    let mut items: Vec<Item> = offered.collect();
    for item in has {
        if !items.iter().any(|known| known.key == item.key) {
            items.push(item);
        }
    }
    items
}

fn owners(account: Option<AccountId>, ground: &Ground<'_>) -> Vec<Item> {
    let users = ground.catalogue.users.values().filter(|user| draft::may_own(user, account));
    let mut users: Vec<_> =
        users.map(|user| Item::new(&user.id, format!("{} {}", user.name, user.id))).collect();
    users.sort_by(|a, b| a.text.cmp(&b.text));
    users.insert(0, Item::new(&NOBODY, "None"));
    users
}

/// Whether a token of that account has scopes at all.
fn has_scopes(account: Option<AccountId>, ground: &Ground<'_>) -> bool {
    account.is_some() && ground.catalogue.scopes_of(account).next().is_some()
}

/// Why there is no scope to choose.
fn no_scopes(form: &TokenForm, sheet: &Sheet, ground: &Ground<'_>) -> String {
    let account = form.account(sheet);
    match account {
        None => "A token of all accounts has no scopes".to_owned(),
        Some(_) if has_scopes(account, ground) => "-".to_owned(),
        Some(_) => format!("{} has no scopes", ground.catalogue.account_name(account)),
    }
}

/// Check boxes, or the reason why there are none.
fn put_choices(sheet: &mut Sheet, name: &str, items: &[Item], none: Option<String>) {
    let Some(field) = sheet.field_mut(name) else { return };
    match (&mut field.control, none) {
        (control, None) => *control = Control::Fixed("Choose an account first".to_owned()),
        (control, Some(why)) if items.is_empty() => *control = Control::Fixed(why),
        (Control::Choices(choices), _) => choices.set_items(items.iter().cloned()),
        (control, _) => *control = Control::Choices(Choices::new(items.iter().cloned())),
    }
}
