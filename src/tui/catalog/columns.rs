//! The columns of each list, the most important first: those that do not fit are
//! left out, never cut unreadably.

use crate::domain::{Catalogue, EntryId, EntryKind, Group, User};
use crate::text::{width, yes_no};

/// The head of a column, and the most columns that its texts get.
#[derive(Debug, Clone, Copy)]
pub(in crate::tui) struct Head {
    /// What it says.
    pub(in crate::tui) title: &'static str,
    most: usize,
}

const fn head(title: &'static str, most: usize) -> Head {
    Head { title, most }
}

const NAME: usize = 32;
const ID: usize = 16;
const WORDS: usize = 40;

const ACCOUNTS: [Head; 6] = [
    head("NAME", NAME),
    head("ID", ID),
    head("STATUS", ID),
    head("MODULES", ID),
    head("USERS", ID),
    head("API ENDPOINT", WORDS),
];
const MODULES: [Head; 5] = [
    head("NAME", NAME),
    head("ID", ID),
    head("ACCOUNTS", WORDS),
    head("GROUPS", ID),
    head("PATHS", WORDS),
];
const SCOPES: [Head; 4] =
    [head("NAME", NAME), head("ID", ID), head("ACCOUNT", NAME), head("USERS", ID)];
const GROUPS: [Head; 4] =
    [head("NAME", NAME), head("ID", ID), head("ACCOUNT", NAME), head("ACCESS", WORDS)];
const USERS: [Head; 9] = [
    head("NAME", NAME),
    head("LOGIN", NAME),
    head("ROLE", ID),
    head("STATUS", ID),
    head("ID", ID),
    head("ACCOUNTS", WORDS),
    head("MANAGES", ID),
    head("SCOPES", ID),
    head("E-MAIL", WORDS),
];

/// Columns between two.
pub(in crate::tui) const GAP: usize = 2;

/// The heads of a list.
pub(in crate::tui) fn heads(kind: EntryKind) -> &'static [Head] {
    match kind {
        EntryKind::Account => &ACCOUNTS,
        EntryKind::Module => &MODULES,
        EntryKind::Scope => &SCOPES,
        EntryKind::Group => &GROUPS,
        EntryKind::User => &USERS,
    }
}

/// The columns that fit into so much room, each with its place and width; the name
/// always.
pub(in crate::tui) fn shown(
    kind: EntryKind,
    widths: &[usize],
    room: usize,
) -> Vec<(usize, Head, usize)> {
    let mut left = room;
    let mut shown = Vec::new();
    for (place, head) in heads(kind).iter().enumerate() {
        let widest = widths.get(place).copied().unwrap_or_default().min(head.most);
        let mut columns = widest.max(width(head.title));
        if place == 0 {
            columns = columns.min(left);
        }
        if columns > left {
            break;
        }
        left = left.saturating_sub(columns + GAP);
        shown.push((place, *head, columns));
    }
    shown
}

/// What an entry says in each column of its list.
pub(super) fn cells(catalogue: &Catalogue, id: EntryId) -> Vec<String> {
    match id {
        EntryId::Account(id) => account(catalogue, id),
        EntryId::Module(id) => {
            let Some(module) = catalogue.modules.get(&id) else { return vec![] };
            let names = module.accounts.iter().map(|id| catalogue.account_name(Some(*id)));
            let groups = catalogue.groups.values().filter(|g| g.access.contains_key(&id)).count();
            vec![
                module.name.clone(),
                id.to_string(),
                few(&names.collect::<Vec<_>>(), "accounts"),
                count(groups),
                few(&module.paths, "paths"),
            ]
        }
        EntryId::Scope(id) => {
            let Some(scope) = catalogue.scopes.get(&id) else { return vec![] };
            let holders = catalogue.users.values().filter(|u| u.scopes.contains(&id)).count();
            let account = catalogue.account_name(Some(scope.account));
            vec![scope.name.clone(), id.to_string(), account, count(holders)]
        }
        EntryId::Group(id) => {
            let Some(group) = catalogue.groups.get(&id) else { return vec![] };
            let account = catalogue.account_name(group.account);
            vec![group.name.clone(), id.to_string(), account, access(catalogue, group)]
        }
        EntryId::User(id) => {
            catalogue.users.get(&id).map(|user| self::user(catalogue, user)).unwrap_or_default()
        }
    }
}

fn account(catalogue: &Catalogue, id: crate::domain::AccountId) -> Vec<String> {
    let Some(account) = catalogue.accounts.get(&id) else { return vec![] };
    vec![
        account.name.clone(),
        id.to_string(),
        account.status.to_string(),
        count(catalogue.modules_of(Some(id)).count()),
        count(catalogue.users.values().filter(|user| user.accounts.contains(&id)).count()),
        account.endpoint.clone().unwrap_or_else(none),
    ]
}

fn user(catalogue: &Catalogue, user: &User) -> Vec<String> {
    let names = user.accounts.iter().map(|id| catalogue.account_name(Some(*id)));
    let manages = yes_no(user.manage_tokens && user.role.can_manage());
    vec![
        user.name.clone(),
        user.login.clone(),
        user.role.to_string(),
        if user.is_disabled() { "Disabled" } else { "Active" }.to_owned(),
        user.id.to_string(),
        few(&names.collect::<Vec<_>>(), "accounts"),
        manages.to_owned(),
        count(user.scopes.len()),
        user.email.clone().unwrap_or_else(none),
    ]
}

/// `Orders Read`, or how many modules a group reaches.
fn access(catalogue: &Catalogue, group: &Group) -> String {
    let name = |id| catalogue.modules.get(id).map_or_else(|| id.to_string(), |m| m.name.clone());
    let access = group.access.iter().map(|(id, level)| format!("{} {level}", name(id)));
    few(&access.collect::<Vec<_>>(), "modules")
}

/// The texts while they are few, else their number.
fn few(texts: &[String], what: &str) -> String {
    match texts.len() {
        0 => none(),
        1 | 2 => texts.join(", "),
        many => format!("{many} {what}"),
    }
}

fn count(number: usize) -> String {
    if number == 0 { none() } else { number.to_string() }
}

fn none() -> String {
    "-".to_owned()
}
