//! What is kept of names beside them: the key by which they clash, what they look like,
//! and the text in which they are searched. All follows from the rules of the domain, so
//! where those change it is computed anew.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Result, params};

use super::codec::{number, optional, unsigned, unsigned_or_none};
use crate::domain::{AccountId, Catalogue, EntryKind, TokenId, catalogue_rules, name};
use crate::store::NameAsked;

pub(super) const ALIKE: &str = "SELECT json_each.key, t.id
     FROM json_each(?1) JOIN token t ON t.skeleton = json_each.value ->> 0
     WHERE t.deleted_at IS NULL AND t.id IS NOT json_each.value ->> 3
       AND (t.name_key <> json_each.value ->> 1 OR ifnull(t.account, 0) = json_each.value ->> 2)";

/// Tokens that are not deleted and whose names look like these, each with the place of
/// the name it looks like. One name in two accounts is no look-alike; in one account it
/// is, for then the two collided before their keys were made as they are now.
pub(super) fn alike(db: &Connection, asked: &[NameAsked<'_>]) -> Result<Vec<(usize, TokenId)>> {
    let mut rows = Vec::with_capacity(asked.len());
    for one in asked {
        let account = optional(one.account.map(AccountId::number))?.unwrap_or_default();
        let own = optional(one.id.map(TokenId::number))?;
        rows.push((name::skeleton(one.name), name::key(one.name), account, own));
    }
    let list = serde_json::to_string(&rows)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
    let place = |row: &rusqlite::Row<'_>| {
        let place = usize::try_from(unsigned(row, 0)?).unwrap_or(usize::MAX);
        Ok((place, TokenId::new(unsigned(row, 1)?)))
    };
    let mut found: Vec<_> =
        db.prepare_cached(ALIKE)?.query_map([list], place)?.collect::<Result<_>>()?;
    found.sort_unstable();
    Ok(found)
}

/// One token's name, as the file has it.
struct Row {
    id: u64,
    account: u64,
    name: String,
    description: String,
    key: String,
    lives: bool,
}

/// Computes anew what is kept of every name. Names that collide now and did not before
/// keep the keys they have, but for the first of them: they clash at their next rename,
/// and until then [`colliding`] tells of them.
pub(super) fn compute(db: &Connection) -> Result<()> {
    let rows = rows(db)?;
    let mut taken: BTreeSet<(u64, String)> = BTreeSet::new();
    let mut keys: BTreeMap<u64, String> = BTreeMap::new();
    let (same, other): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| !row.lives || row.key == name::key(&row.name));
    for row in same {
        if row.lives {
            taken.insert((row.account, row.key.clone()));
        }
        keys.insert(row.id, name::key(&row.name));
    }
    for row in other {
        // The last can't be any name's key; it is there so that nothing stops a migration.
        let choices = [name::key(&row.name), row.key.clone(), format!("\u{0}{}", row.id)];
        let free = |key: &String| taken.insert((row.account, key.clone()));
        keys.extend(choices.into_iter().find(free).map(|key| (row.id, key)));
    }
    let changed: Vec<_> = rows.iter().filter(|row| keys.get(&row.id) != Some(&row.key)).collect();
    // Apart first: one may take the key that another still has.
    for row in &changed {
        db.prepare_cached("UPDATE token SET name_key = char(0) || 'moving' || id WHERE id = ?1")?
            .execute([number(row.id)?])?;
    }
    for row in &changed {
        db.prepare_cached("UPDATE token SET name_key = ?2 WHERE id = ?1")?
            .execute(params![number(row.id)?, keys.get(&row.id)])?;
    }
    for row in &rows {
        let folded = name::folded(&row.name, &row.description);
        db.prepare_cached("UPDATE token SET folded = ?2, skeleton = ?3 WHERE id = ?1")?
            .execute(params![number(row.id)?, folded, name::skeleton(&row.name)])?;
    }
    let mut users = db.prepare("SELECT id, login FROM user")?;
    let users: Vec<(i64, String)> =
        users.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_>>()?;
    for (id, login) in users {
        db.prepare_cached("UPDATE user SET skeleton = ?2 WHERE id = ?1")?
            .execute(params![id, name::skeleton(&login)])?;
    }
    Ok(())
}

fn rows(db: &Connection) -> Result<Vec<Row>> {
    let sql = "SELECT id, account, name, description, name_key, deleted_at IS NULL FROM token
               ORDER BY id";
    let mut rows = db.prepare(sql)?;
    rows.query_map([], |row| {
        Ok(Row {
            id: unsigned(row, 0)?,
            account: unsigned_or_none(row, 1)?.unwrap_or_default(),
            name: row.get(2)?,
            description: row.get(3)?,
            key: row.get(4)?,
            lives: row.get(5)?,
        })
    })?
    .collect()
}

/// Names that another bears too, by the rules of today, each with its id: "'a  b'
/// (TKN-1000-0002)". Only names of before those rules can be among them.
pub(super) fn colliding(db: &Connection, catalogue: &Catalogue) -> Result<Vec<String>> {
    let mut names: BTreeMap<(u64, String), Vec<String>> = BTreeMap::new();
    for row in rows(db)?.into_iter().filter(|row| row.lives) {
        let told = format!("'{}' ({})", row.name, TokenId::new(row.id));
        names.entry((row.account, name::key(&row.name))).or_default().push(told);
    }
    let tokens = names.into_values().filter(|same| same.len() > 1).flatten();
    let entries = catalogue_rules::borne_twice(catalogue, &ENTRIES).into_iter();
    Ok(tokens.chain(entries.map(|(id, entry)| format!("'{}' ({id})", entry.name()))).collect())
}

const ENTRIES: [EntryKind; 5] =
    [EntryKind::Account, EntryKind::User, EntryKind::Module, EntryKind::Scope, EntryKind::Group];
