//! The catalogue in its tables: read whole, written entry by entry.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Result, Row, ToSql, params};

use super::codec::{millis, number, optional, time_or_none, unsigned, unsigned_or_none, word};
use super::tombstones;
use crate::domain::{
    Account, AccountId, AccountStatus, Catalogue, EntryId, Group, GroupId, Level, Module, ModuleId,
    Rules, Scope, ScopeId, User, UserId, name,
};

/// All of it.
pub(super) fn read(db: &Connection) -> Result<Catalogue> {
    Ok(Catalogue {
        accounts: accounts(db)?,
        users: users(db)?,
        modules: modules(db)?,
        scopes: scopes(db)?,
        groups: groups(db)?,
        removed: tombstones::read(db)?,
    })
}

fn each(db: &Connection, sql: &str, mut visit: impl FnMut(&Row<'_>) -> Result<()>) -> Result<()> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        visit(row)?;
    }
    Ok(())
}

fn accounts(db: &Connection) -> Result<BTreeMap<AccountId, Account>> {
    let mut accounts = BTreeMap::new();
    each(
        db,
        "SELECT id, name, status = 'active', endpoint, longest_days, never_forbidden,
         idle_days, breach FROM account",
        |row| {
            let id = AccountId::new(unsigned(row, 0)?);
            let status = if row.get(2)? { AccountStatus::Active } else { AccountStatus::Disabled };
            let rules = Rules {
                longest_days: row.get(4)?,
                never_forbidden: row.get(5)?,
                idle_days: row.get(6)?,
                breach: word(row, 7)?,
            };
            let account = Account { id, name: row.get(1)?, status, endpoint: row.get(3)?, rules };
            accounts.insert(id, account);
            Ok(())
        },
    )?;
    Ok(accounts)
}

fn users(db: &Connection) -> Result<BTreeMap<UserId, User>> {
    let mut users = BTreeMap::<_, User>::new();
    each(db, "SELECT id, login, name, email, role, manage_tokens, disabled_at FROM user", |row| {
        let id = UserId::new(unsigned(row, 0)?);
        let user = User {
            id,
            login: row.get(1)?,
            name: row.get(2)?,
            email: row.get(3)?,
            role: word(row, 4)?,
            manage_tokens: row.get(5)?,
            accounts: BTreeSet::new(),
            scopes: BTreeSet::new(),
            disabled_at: time_or_none(row, 6)?,
        };
        users.insert(id, user);
        Ok(())
    })?;
    each(db, "SELECT user, account FROM user_account", |row| {
        let account = AccountId::new(unsigned(row, 1)?);
        if let Some(user) = users.get_mut(&UserId::new(unsigned(row, 0)?)) {
            user.accounts.insert(account);
        }
        Ok(())
    })?;
    each(db, "SELECT user, scope FROM user_scope", |row| {
        let scope = ScopeId::new(unsigned(row, 1)?);
        if let Some(user) = users.get_mut(&UserId::new(unsigned(row, 0)?)) {
            user.scopes.insert(scope);
        }
        Ok(())
    })?;
    Ok(users)
}

fn modules(db: &Connection) -> Result<BTreeMap<ModuleId, Module>> {
    let mut modules = BTreeMap::<_, Module>::new();
    each(db, "SELECT id, name FROM module", |row| {
        let id = ModuleId::new(unsigned(row, 0)?);
        let module = Module { id, name: row.get(1)?, accounts: BTreeSet::new(), paths: Vec::new() };
        modules.insert(id, module);
        Ok(())
    })?;
    each(db, "SELECT module, account FROM module_account", |row| {
        let account = AccountId::new(unsigned(row, 1)?);
        if let Some(module) = modules.get_mut(&ModuleId::new(unsigned(row, 0)?)) {
            module.accounts.insert(account);
        }
        Ok(())
    })?;
    each(db, "SELECT module, path FROM module_path ORDER BY module, place", |row| {
        if let Some(module) = modules.get_mut(&ModuleId::new(unsigned(row, 0)?)) {
            module.paths.push(row.get(1)?);
        }
        Ok(())
    })?;
    Ok(modules)
}

fn scopes(db: &Connection) -> Result<BTreeMap<ScopeId, Scope>> {
    let mut scopes = BTreeMap::new();
    each(db, "SELECT id, name, account FROM scope", |row| {
        let id = ScopeId::new(unsigned(row, 0)?);
        let account = AccountId::new(unsigned(row, 2)?);
        scopes.insert(id, Scope { id, name: row.get(1)?, account });
        Ok(())
    })?;
    Ok(scopes)
}

fn groups(db: &Connection) -> Result<BTreeMap<GroupId, Group>> {
    let mut groups = BTreeMap::<_, Group>::new();
    each(db, "SELECT id, name, account FROM grp", |row| {
        let id = GroupId::new(unsigned(row, 0)?);
        let account = unsigned_or_none(row, 2)?.map(AccountId::new);
        groups.insert(id, Group { id, name: row.get(1)?, account, access: BTreeMap::new() });
        Ok(())
    })?;
    each(db, "SELECT grp, module, level FROM grp_access", |row| {
        let (module, level) = (ModuleId::new(unsigned(row, 1)?), word::<Level>(row, 2)?);
        if let Some(group) = groups.get_mut(&GroupId::new(unsigned(row, 0)?)) {
            group.access.insert(module, level);
        }
        Ok(())
    })?;
    Ok(groups)
}

fn run(db: &Connection, sql: &str, values: &[&dyn ToSql]) -> Result<()> {
    db.prepare_cached(sql)?.execute(values).map(|_| ())
}

/// Makes the account this.
pub(super) fn put_account(db: &Connection, account: &Account) -> Result<()> {
    let sql = "INSERT INTO account (id, name, status, endpoint, longest_days, never_forbidden,
                 idle_days, breach) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
               ON CONFLICT (id) DO UPDATE SET name = ?2, status = ?3, endpoint = ?4,
                 longest_days = ?5, never_forbidden = ?6, idle_days = ?7, breach = ?8";
    let status = match account.status {
        AccountStatus::Active => "active",
        AccountStatus::Disabled => "disabled",
    };
    let id = number(account.id.number())?;
    let Account { id: _, name, status: _, endpoint, rules } = account;
    let Rules { longest_days, never_forbidden, idle_days, breach } = rules;
    let breach = breach.to_string();
    let values =
        params![id, name, status, endpoint, longest_days, never_forbidden, idle_days, breach];
    run(db, sql, values)
}

/// Makes the user this.
pub(super) fn put_user(db: &Connection, user: &User) -> Result<()> {
    let sql = "INSERT INTO user (id, login, name, email, role, manage_tokens, disabled_at,
                 skeleton) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
               ON CONFLICT (id) DO UPDATE
               SET login = ?2, name = ?3, email = ?4, role = ?5, manage_tokens = ?6,
                 disabled_at = ?7, skeleton = ?8";
    let id = number(user.id.number())?;
    let role = user.role.to_string().to_lowercase();
    let User { login, name: called, email, manage_tokens, .. } = user;
    let disabled_at = user.disabled_at.map(millis);
    let looks = name::skeleton(login);
    run(db, sql, params![id, login, called, email, role, manage_tokens, disabled_at, looks])?;
    run(db, "DELETE FROM user_account WHERE user = ?1", &[&id])?;
    for account in &user.accounts {
        let account = number(account.number())?;
        run(db, "INSERT INTO user_account (user, account) VALUES (?1, ?2)", &[&id, &account])?;
    }
    run(db, "DELETE FROM user_scope WHERE user = ?1", &[&id])?;
    for scope in &user.scopes {
        let scope = number(scope.number())?;
        run(db, "INSERT INTO user_scope (user, scope) VALUES (?1, ?2)", &[&id, &scope])?;
    }
    Ok(())
}

/// Makes the module this.
pub(super) fn put_module(db: &Connection, module: &Module) -> Result<()> {
    let sql = "INSERT INTO module (id, name) VALUES (?1, ?2)
               ON CONFLICT (id) DO UPDATE SET name = ?2";
    let id = number(module.id.number())?;
    run(db, sql, params![id, module.name])?;
    run(db, "DELETE FROM module_account WHERE module = ?1", &[&id])?;
    for account in &module.accounts {
        let account = number(account.number())?;
        run(db, "INSERT INTO module_account (module, account) VALUES (?1, ?2)", &[&id, &account])?;
    }
    run(db, "DELETE FROM module_path WHERE module = ?1", &[&id])?;
    for (place, path) in (0_i64..).zip(&module.paths) {
        let sql = "INSERT INTO module_path (module, place, path) VALUES (?1, ?2, ?3)";
        run(db, sql, params![id, place, path])?;
    }
    Ok(())
}

/// Makes the scope this.
pub(super) fn put_scope(db: &Connection, scope: &Scope) -> Result<()> {
    let sql = "INSERT INTO scope (id, name, account) VALUES (?1, ?2, ?3)
               ON CONFLICT (id) DO UPDATE SET name = ?2, account = ?3";
    let (id, account) = (number(scope.id.number())?, number(scope.account.number())?);
    run(db, sql, params![id, scope.name, account])
}

/// Makes the permission group this.
pub(super) fn put_group(db: &Connection, group: &Group) -> Result<()> {
    let sql = "INSERT INTO grp (id, name, account) VALUES (?1, ?2, ?3)
               ON CONFLICT (id) DO UPDATE SET name = ?2, account = ?3";
    let id = number(group.id.number())?;
    let account = optional(group.account.map(AccountId::number))?;
    run(db, sql, params![id, group.name, account])?;
    run(db, "DELETE FROM grp_access WHERE grp = ?1", &[&id])?;
    for (module, level) in &group.access {
        let sql = "INSERT INTO grp_access (grp, module, level) VALUES (?1, ?2, ?3)";
        run(db, sql, params![id, number(module.number())?, level_word(*level)])?;
    }
    Ok(())
}

/// Removes an entry by its number. What it owns goes with it.
pub(super) fn remove(db: &Connection, entry: EntryId) -> Result<()> {
    let sql = match entry {
        // Events and ended tokens refer to accounts for ever.
        EntryId::Account(_) => return Ok(()),
        EntryId::User(_) => "DELETE FROM user WHERE id = ?1",
        EntryId::Module(_) => "DELETE FROM module WHERE id = ?1",
        EntryId::Scope(_) => "DELETE FROM scope WHERE id = ?1",
        EntryId::Group(_) => "DELETE FROM grp WHERE id = ?1",
    };
    run(db, sql, &[&number(entry.number())?])
}

/// A level as its column holds it.
pub(super) fn level_word(level: Level) -> &'static str {
    match level {
        Level::Read => "read",
        Level::Full => "full",
    }
}
