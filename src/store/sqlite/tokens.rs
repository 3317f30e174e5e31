//! Reads tokens: the record from its two rows, and what belongs to it from the
//! side tables, which are walked beside it in the order of ids instead of being
//! asked for each token.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Result, Row, Rows, Statement};

use super::codec::{
    guid_or_none, number, stamp, stamp_or_none, time_or_none, unsigned, unsigned_or_none, word,
};
use crate::domain::{
    AccountId, GroupId, Level, ModuleId, PreviousValue, ScopeId, Token, TokenId, UserId, ValueInfo,
};

/// Which tokens to read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which<'i> {
    /// Every one.
    All,
    /// These.
    Ids(&'i [TokenId]),
}

pub(super) const RECORDS: &str = "SELECT t.id, t.name, t.description, t.account, t.owner,
     t.created_at, t.created_by, t.deleted_at, t.deleted_by,
     s.version, s.enabled, s.valid_from, s.valid_to, s.guid, s.retained,
     s.previous_guid, s.previous_until, s.updated_at, s.updated_by,
     s.accepted_at, s.accepted_by, s.revoked_at, s.revoked_by, u.at, s.planned_end,
     v.issued_at, n.at, o.at
     FROM token t JOIN token_state s ON s.token = t.id LEFT JOIN last_use u ON u.token = t.id
     LEFT JOIN value v ON v.guid = s.guid LEFT JOIN value_use n ON n.guid = s.guid
     LEFT JOIN value_use o ON o.guid = s.previous_guid";
pub(super) const ACCESS: &str = "SELECT t.token, t.module, t.level FROM token_access t";
pub(super) const GROUPS: &str = "SELECT t.token, t.grp FROM token_group t";
pub(super) const SCOPES: &str = "SELECT t.token, t.scope FROM token_scope t";
pub(super) const LABELS: &str = "SELECT t.token, t.label, t.value FROM token_label t";

/// The statement over all tokens, or over those whose ids a JSON array lists.
pub(super) fn statement(select: &str, key: &str, which: Which<'_>) -> String {
    match which {
        Which::All => format!("{select} ORDER BY t.{key}"),
        Which::Ids(_) => {
            format!("{select} WHERE t.{key} IN (SELECT value FROM json_each(?1)) ORDER BY t.{key}")
        }
    }
}

/// Visits the tokens in the order of ids.
pub(super) fn visit(db: &Connection, which: Which<'_>, visit: &mut dyn FnMut(Token)) -> Result<()> {
    let list = match which {
        Which::All => None,
        Which::Ids(ids) => Some(json_list(ids)?),
    };
    let mut records = db.prepare_cached(&statement(RECORDS, "id", which))?;
    let mut access = db.prepare_cached(&statement(ACCESS, "token", which))?;
    let mut groups = db.prepare_cached(&statement(GROUPS, "token", which))?;
    let mut scopes = db.prepare_cached(&statement(SCOPES, "token", which))?;
    let mut labels = db.prepare_cached(&statement(LABELS, "token", which))?;
    let mut access = Side::new(start(&mut access, list.as_deref())?, access_row)?;
    let mut groups =
        Side::new(start(&mut groups, list.as_deref())?, |row| unsigned(row, 1).map(GroupId::new))?;
    let mut scopes =
        Side::new(start(&mut scopes, list.as_deref())?, |row| unsigned(row, 1).map(ScopeId::new))?;
    let mut labels =
        Side::new(start(&mut labels, list.as_deref())?, |row| Ok((row.get(1)?, row.get(2)?)))?;
    let mut records = start(&mut records, list.as_deref())?;
    while let Some(row) = records.next()? {
        let mut token = record(row)?;
        token.access = access.of(token.id)?;
        token.groups = groups.of(token.id)?;
        token.scopes = scopes.of(token.id)?;
        token.labels = labels.of(token.id)?;
        visit(token);
    }
    Ok(())
}

fn start<'s>(statement: &'s mut Statement<'_>, list: Option<&str>) -> Result<Rows<'s>> {
    match list {
        Some(list) => statement.query([list]),
        None => statement.query([]),
    }
}

fn json_list(ids: &[TokenId]) -> Result<String> {
    let numbers: Vec<String> =
        ids.iter().map(|id| number(id.number()).map(|id| id.to_string())).collect::<Result<_>>()?;
    Ok(format!("[{}]", numbers.join(",")))
}

/// One of the side tables, walked beside the records.
struct Side<'r, T, F> {
    rows: Rows<'r>,
    next: Option<(TokenId, T)>,
    read: F,
}

impl<'r, T, F: FnMut(&Row<'_>) -> Result<T>> Side<'r, T, F> {
    fn new(rows: Rows<'r>, read: F) -> Result<Self> {
        let mut side = Self { rows, next: None, read };
        side.advance()?;
        Ok(side)
    }

    fn advance(&mut self) -> Result<()> {
        self.next = match self.rows.next()? {
            Some(row) => Some((TokenId::new(unsigned(row, 0)?), (self.read)(row)?)),
            None => None,
        };
        Ok(())
    }

    /// What belongs to this token. Tokens must be asked for in the order of ids.
    fn of<C: Default + Extend<T>>(&mut self, token: TokenId) -> Result<C> {
        let mut found = C::default();
        while let Some((owner, item)) = self.next.take_if(|(owner, _)| *owner <= token) {
            if owner == token {
                found.extend([item]);
            }
            self.advance()?;
        }
        Ok(found)
    }
}

fn access_row(row: &Row<'_>) -> Result<(ModuleId, Level)> {
    Ok((ModuleId::new(unsigned(row, 1)?), word(row, 2)?))
}

fn record(row: &Row<'_>) -> Result<Token> {
    let retained = row.get(14)?;
    let (issued_at, last_used_at) = (time_or_none(row, 25)?, time_or_none(row, 26)?);
    let value =
        guid_or_none(row, 13)?.map(|guid| ValueInfo { guid, retained, issued_at, last_used_at });
    let last_used_at = time_or_none(row, 27)?;
    let previous = guid_or_none(row, 15)?
        .zip(time_or_none(row, 16)?)
        .map(|(guid, until)| PreviousValue { guid, until, last_used_at });
    Ok(Token {
        id: TokenId::new(unsigned(row, 0)?),
        name: row.get(1)?,
        description: row.get(2)?,
        account: unsigned_or_none(row, 3)?.map(AccountId::new),
        owner: unsigned_or_none(row, 4)?.map(UserId::new),
        access: BTreeMap::new(),
        groups: BTreeSet::new(),
        scopes: BTreeSet::new(),
        labels: BTreeMap::new(),
        created: stamp(row, 5)?,
        deleted: stamp_or_none(row, 7)?,
        version: unsigned(row, 9)?,
        enabled: row.get(10)?,
        valid_from: time_or_none(row, 11)?,
        valid_to: time_or_none(row, 12)?,
        planned_end: time_or_none(row, 24)?,
        value,
        previous,
        updated: stamp(row, 17)?,
        accepted: stamp_or_none(row, 19)?,
        revoked: stamp_or_none(row, 21)?,
        last_used_at: time_or_none(row, 23)?,
    })
}
