//! The users an operator may know of, with what each holds of the chosen modules
//! (R115 to R117, R129). Listed for whoever may change tokens (R9).

use std::cmp::{Ordering, Reverse};

use crate::authority::scene::Scene;
use crate::authority::{Authority, Caller, Ruling};
use crate::domain::holding::Held;
use crate::domain::{AccountFilter, Direction, Refusal, Time, User, Window, catalogue_rules, name};
use crate::search::TokenIndex;
use crate::wire::{HoldingFilter, Names, UserColumn, UserPage, UserQuery, UserView};

use super::counts;

/// A user and what they hold.
struct Row<'c> {
    user: &'c User,
    key: String,
    held: Held,
}

impl Authority {
    /// A window of the users, with what they hold of the modules asked about.
    pub fn users(&self, caller: &Caller, query: &UserQuery, window: Window) -> Ruling<UserPage> {
        self.look(caller, |scene, listing| {
            scene.operator.must_manage()?;
            let mut rows = rows(query, scene, listing)?;
            let all = rows.len();
            rows.retain(|row| fits(row, query));
            sort(&mut rows, query);
            let shown = rows.iter().skip(window.offset).take(window.limit);
            let users = shown.map(|row| view(row, query, scene)).collect();
            Ok(UserPage { total: rows.len(), all, offset: window.offset, users })
        })
    }
}

fn rows<'c>(query: &UserQuery, scene: &'c Scene, listing: &TokenIndex) -> Ruling<Vec<Row<'c>>> {
    let operator = &scene.operator;
    if let AccountFilter::One(id) = query.account
        && (!operator.reaches(id) || !scene.catalogue.accounts.contains_key(&id))
    {
        return Err(Refusal::NotFound { what: "account", name: id.to_string() }.into());
    }
    let belongs = |user: &&User| match query.account {
        AccountFilter::Any => operator.knows(user),
        AccountFilter::One(id) => user.accounts.contains(&id) && operator.knows(user),
    };
    let row = |user: &'c User| {
        let tokens = listing
            .owned_by(user.id, operator)
            .filter(|token| counts(token, query.account, operator));
        let held = Held::count(tokens, &query.modules, &scene.catalogue, scene.now);
        Row { user, key: name::key(&user.name), held }
    };
    Ok(scene.catalogue.users.values().filter(belongs).map(row).collect())
}

fn fits(row: &Row, query: &UserQuery) -> bool {
    let Held { accepted, pending, .. } = row.held;
    let holds = query.holding.is_none_or(|wanted| match wanted {
        HoldingFilter::Has => accepted > 0,
        HoldingFilter::Pending => pending > 0,
        HoldingFilter::Nothing => accepted == 0 && pending == 0,
    });
    let role = query.roles.is_empty() || query.roles.contains(&row.user.role);
    holds && role && has_words(row.user, &query.words)
}

fn has_words(user: &User, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let email = user.email.as_deref().unwrap_or_default();
    let text = format!("{}\n{}\n{}\n{email}", user.name, user.login, user.id).to_lowercase();
    words.iter().all(|word| text.contains(&word.to_lowercase()))
}

fn sort(rows: &mut [Row], query: &UserQuery) {
    let (column, direction) = query.sort;
    let asked = !query.modules.is_empty();
    rows.sort_by(|a, b| {
        let order = compare(a, b, column, asked);
        let order = if direction == Direction::Descending { order.reverse() } else { order };
        order.then_with(|| by_name(a, b))
    });
}

fn by_name(a: &Row, b: &Row) -> Ordering {
    a.key.cmp(&b.key).then(a.user.id.cmp(&b.user.id))
}

fn compare(a: &Row, b: &Row, column: UserColumn, asked: bool) -> Ordering {
    match column {
        UserColumn::Name => a.key.cmp(&b.key),
        UserColumn::Id => a.user.id.cmp(&b.user.id),
        UserColumn::Token => most(a, asked).cmp(&most(b, asked)),
        UserColumn::Expires => ending(a).cmp(&ending(b)),
    }
}

/// Those who hold something come first; of modules it counts whether, not how many.
fn most(row: &Row, asked: bool) -> Reverse<(usize, bool)> {
    let accepted = if asked { row.held.accepted.min(1) } else { row.held.accepted };
    Reverse((accepted, row.held.pending > 0))
}

/// Never comes after every date, and nothing held after that.
fn ending(row: &Row) -> (bool, bool, Option<Time>) {
    let nothing = row.held.accepted == 0 && row.held.pending == 0;
    let end = row.held.expires();
    (nothing, end.is_none(), end)
}

fn view(row: &Row, query: &UserQuery, scene: &Scene) -> UserView {
    let all = &scene.catalogue;
    let mut user = row.user.clone();
    let known = |id| all.scopes.get(&id).is_some_and(|scope| scene.operator.reaches(scope.account));
    catalogue_rules::trim(&mut user, &scene.operator, known);
    let accounts = user.accounts.iter().filter_map(|id| all.accounts.get(id));
    let scopes = user.scopes.iter().filter_map(|id| all.scopes.get(id));
    let names = Names {
        accounts: accounts.map(|account| (account.id, account.name.clone())).collect(),
        scopes: scopes.map(|scope| (scope.id, scope.name.clone())).collect(),
        ..Names::default()
    };
    let holding = row.held.holding(!query.modules.is_empty());
    UserView { user, holding, expires: row.held.expires(), names }
}
