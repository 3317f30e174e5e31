//! The event log: appending to it with the chain, and reading from it.

use rusqlite::types::{FromSqlError, Type, Value};
use rusqlite::{Connection, Error, Result, Row, params, params_from_iter};

use super::codec::{millis, number, optional, time, unsigned, unsigned_or_none, word};
use super::failure::Stop;
use crate::domain::event::{Cell, Hash, Seen, first_form, link};
use crate::domain::{
    AccountId, Actor, Event, GroupId, ModuleId, NewEvent, ScopeId, Subject, Time, TokenId, UserId,
    Window,
};
use crate::store::{EventFilter, Head, Order};

/// The end of the log, moved along while a commit appends to it.
#[derive(Debug, Clone)]
pub(super) struct End {
    /// As others see it.
    pub(super) head: Head,
    /// The newest event's hash.
    pub(super) hash: Hash,
}

/// Where the log ends now.
pub(super) fn end(db: &Connection) -> Result<End> {
    db.prepare_cached("SELECT sequence, at, uses, jobs, hash, clock_mark FROM head")?.query_row(
        [],
        |row| {
            let at = super::codec::time_or_none(row, 1)?;
            let (uses, jobs) = (unsigned(row, 2)?, unsigned(row, 3)?);
            let clock_mark = super::codec::time_or_none(row, 5)?;
            let head = Head { sequence: unsigned(row, 0)?, at, clock_mark, uses, jobs };
            Ok(End { head, hash: row.get(4)? })
        },
    )
}

impl End {
    /// Appends an event and moves the end behind it.
    pub(super) fn append(&mut self, db: &Connection, event: &NewEvent) -> Result<(), Stop> {
        let sequence = self.head.sequence + 1;
        let login = event.by.system_login.as_deref();
        let (kind, subject) = subject_columns(&event.subject);
        let action = event.action.to_string();
        let details = serde_json::to_string(&event.details)
            .map_err(|error| Stop::Fault(error.to_string()))?;
        let (stored, at) = (number(sequence)?, millis(event.at));
        let (user, subject) = (optional(event.by.user.map(UserId::number))?, number(subject)?);
        let bytes = first_form([
            Cell::Integer(stored),
            Cell::Integer(at),
            user.map_or(Cell::Empty, Cell::Integer),
            login.map_or(Cell::Empty, |login| Cell::Text(login.as_bytes())),
            Cell::Text(kind.as_bytes()),
            Cell::Integer(subject),
            Cell::Text(action.as_bytes()),
            Cell::Text(details.as_bytes()),
        ]);
        self.hash = link(&self.hash, &bytes);
        let sql = "INSERT INTO event (sequence, at, user, system_login, subject_kind, subject,
                     action, details, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let hash = self.hash;
        db.prepare_cached(sql)?
            .execute(params![stored, at, user, login, kind, subject, action, details, hash])?;
        self.head.sequence = sequence;
        self.head.at = Time::from_timestamp_millis(at);
        self.head.clock_mark = self.head.clock_mark.max(self.head.at);
        Ok(())
    }

    /// Writes where the log ends now.
    pub(super) fn store(&self, db: &Connection) -> Result<()> {
        let sql = "UPDATE head SET sequence = ?1, at = ?2, hash = ?3, jobs = ?4, clock_mark = ?5";
        let (sequence, at) = (number(self.head.sequence)?, self.head.at.map(millis));
        let jobs = number(self.head.jobs)?;
        let mark = self.head.clock_mark.map(millis);
        db.prepare_cached(sql)?.execute(params![sequence, at, self.hash, jobs, mark]).map(|_| ())
    }
}

/// The two columns of a subject. The store itself has the number 0.
fn subject_columns(subject: &Subject) -> (&str, u64) {
    match subject {
        Subject::Token(id) => ("token", id.number()),
        Subject::User(id) => ("user", id.number()),
        Subject::Account(id) => ("account", id.number()),
        Subject::Module(id) => ("module", id.number()),
        Subject::Scope(id) => ("scope", id.number()),
        Subject::Group(id) => ("group", id.number()),
        Subject::Store => ("store", 0),
        Subject::Other { kind, .. } => (kind.as_str(), 0),
    }
}

fn subject(row: &Row<'_>) -> Result<Subject> {
    let id = unsigned(row, 5)?;
    match row.get_ref(4)?.as_str()? {
        "token" => Ok(Subject::Token(TokenId::new(id))),
        "user" => Ok(Subject::User(UserId::new(id))),
        "account" => Ok(Subject::Account(AccountId::new(id))),
        "module" => Ok(Subject::Module(ModuleId::new(id))),
        "scope" => Ok(Subject::Scope(ScopeId::new(id))),
        "group" => Ok(Subject::Group(GroupId::new(id))),
        "store" => Ok(Subject::Store),
        _ => Err(unreadable(4)),
    }
}

/// The WHERE of a filter and its values.
pub(super) fn condition(filter: &EventFilter) -> Result<(String, Vec<Value>)> {
    let mut parts = vec!["sequence > ?".to_owned()];
    let mut values = vec![Value::Integer(number(filter.after)?)];
    if let Some(subject) = filter.subject {
        let (kind, id) = subject_columns(&subject);
        parts.push("subject_kind = ? AND subject = ?".to_owned());
        values.extend([Value::Text(kind.to_owned()), Value::Integer(number(id)?)]);
    }
    if let Some(user) = filter.by {
        parts.push("user = ?".to_owned());
        values.push(Value::Integer(number(user.number())?));
    }
    if let Some(action) = filter.action {
        parts.push("action = ?".to_owned());
        values.push(Value::Text(action.to_string()));
    }
    if let Some(since) = filter.since {
        parts.push("at >= ?".to_owned());
        values.push(Value::Integer(millis(since)));
    }
    Ok((parts.join(" AND "), values))
}

/// The statement that reads events under a condition.
pub(super) fn select(condition: &str, order: Order) -> String {
    let order = match order {
        Order::Ascending => "ASC",
        Order::Descending => "DESC",
    };
    format!(
        "SELECT sequence, at, user, system_login, subject_kind, subject, action, details
         FROM event WHERE {condition} ORDER BY sequence {order} LIMIT ? OFFSET ?"
    )
}

/// Events that fit the filter.
pub(super) fn read(
    db: &Connection,
    filter: &EventFilter,
    order: Order,
    window: Window,
) -> Result<Vec<Event>> {
    let (condition, mut values) = condition(filter)?;
    // More than any log holds is all of it.
    let rows = |count: usize| Value::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    values.extend([rows(window.limit), rows(window.offset)]);
    let mut statement = db.prepare_cached(&select(&condition, order))?;
    statement.query_map(params_from_iter(values), event)?.collect()
}

/// How many events fit the filter.
pub(super) fn count(db: &Connection, filter: &EventFilter) -> Result<usize> {
    let (condition, values) = condition(filter)?;
    let sql = format!("SELECT count(*) FROM event WHERE {condition}");
    let count =
        db.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| unsigned(row, 0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

fn event(row: &Row<'_>) -> Result<Event> {
    let details = row.get_ref(7)?.as_str()?;
    Ok(Event {
        sequence: unsigned(row, 0)?,
        at: time(row, 1)?,
        by: Actor { user: unsigned_or_none(row, 2)?.map(UserId::new), system_login: row.get(3)? },
        subject: subject(row)?,
        action: word(row, 6)?,
        details: serde_json::from_str(details).map_err(|_| unreadable(7))?,
        seen: Seen::default(),
    })
}

fn unreadable(column: usize) -> Error {
    Error::FromSqlConversionFailure(column, Type::Text, FromSqlError::InvalidType.into())
}
