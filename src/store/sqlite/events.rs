//! The event log: appending to it with the chain, and reading from it.

use rusqlite::types::{Type, Value};
use rusqlite::{Connection, Error, Result, Row, params, params_from_iter};

use super::codec::{millis, number, optional, unsigned};
use super::failure::Stop;
use crate::domain::event::{Hash, SeenBy, decode, encode, link};
use crate::domain::{Event, NewEvent, Time, UserId, Window};
use crate::store::{EventFilter, LogOrder, StoreHead, StoredEvent};

/// The end of the log, moved along while a commit appends to it.
#[derive(Debug, Clone)]
pub(super) struct LogEnd {
    /// As others see it.
    pub(super) head: StoreHead,
    /// The newest event's hash.
    pub(super) hash: Hash,
}

/// Where the log ends now.
pub(super) fn end(db: &Connection) -> Result<LogEnd> {
    db.prepare_cached("SELECT sequence, at, uses, jobs, hash, clock_mark FROM head")?.query_row(
        [],
        |row| {
            let at = super::codec::time_or_none(row, 1)?;
            let (uses, jobs) = (unsigned(row, 2)?, unsigned(row, 3)?);
            let clock_mark = super::codec::time_or_none(row, 5)?;
            let head = StoreHead { sequence: unsigned(row, 0)?, at, clock_mark, uses, jobs };
            Ok(LogEnd { head, hash: row.get(4)? })
        },
    )
}

impl LogEnd {
    /// Appends an event, with who could see its subject then, and moves the end behind it.
    pub(super) fn append(
        &mut self,
        db: &Connection,
        event: &NewEvent,
        seen: &SeenBy,
    ) -> Result<(), Stop> {
        let sequence = self.head.sequence + 1;
        let (fields, bytes) =
            encode(sequence, event, seen).map_err(|error| Stop::Fault(error.to_string()))?;
        self.hash = link(&self.hash, &bytes);
        let sql = "INSERT INTO event (sequence, at, user, system_login, subject_kind, subject,
                     action, details, bytes, hash)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        db.prepare_cached(sql)?.execute(params![
            number(sequence)?,
            fields.at,
            optional(fields.user.map(UserId::number))?,
            fields.system_login,
            fields.kind,
            fields.subject,
            fields.action,
            fields.details(),
            bytes,
            self.hash,
        ])?;
        self.head.sequence = sequence;
        self.head.at = Time::from_timestamp_millis(fields.at);
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

/// The WHERE of a filter and its values.
pub(super) fn condition(filter: &EventFilter) -> Result<(String, Vec<Value>)> {
    let mut parts = vec!["sequence > ?".to_owned()];
    let mut values = vec![Value::Integer(number(filter.after)?)];
    if let Some(before) = filter.before {
        parts.push("sequence < ?".to_owned());
        // More than any log holds is no bound.
        values.push(Value::Integer(i64::try_from(before).unwrap_or(i64::MAX)));
    }
    if let Some(subject) = filter.subject {
        parts.push("subject_kind = ? AND subject = ?".to_owned());
        let kind = Value::Text(subject.kind().to_owned());
        values.extend([kind, Value::Text(subject.to_string())]);
    }
    if let Some(user) = filter.by {
        parts.push("user = ?".to_owned());
        values.push(Value::Integer(number(user.number())?));
    }
    if !filter.actions.is_empty() {
        let marks = vec!["?"; filter.actions.len()].join(", ");
        parts.push(format!("action IN ({marks})"));
        values.extend(filter.actions.iter().map(|action| Value::Text(action.to_string())));
    }
    if let Some(since) = filter.since {
        // The log is walked by its sequence, and left where no such event can follow.
        let first = "ifnull((SELECT min(sequence) FROM event WHERE at >= ?), 9223372036854775807)";
        parts.push(format!("sequence >= {first} AND at >= ?"));
        values.extend([Value::Integer(millis(since)), Value::Integer(millis(since))]);
    }
    if let Some(until) = filter.until {
        parts.push("+at < ?".to_owned());
        values.push(Value::Integer(millis(until)));
    }
    Ok((parts.join(" AND "), values))
}

/// The statement that reads events under a condition.
pub(super) fn select(condition: &str, order: LogOrder) -> String {
    let order = match order {
        LogOrder::Ascending => "ASC",
        LogOrder::Descending => "DESC",
    };
    format!(
        "SELECT bytes, hash FROM event WHERE {condition} ORDER BY sequence {order} LIMIT ? OFFSET ?"
    )
}

/// Events that fit the filter.
pub(super) fn read(
    db: &Connection,
    filter: &EventFilter,
    order: LogOrder,
    window: Window,
) -> Result<Vec<Event>> {
    kept(db, filter, order, window)?.into_iter().map(|kept| event(&kept)).collect()
}

/// Events that fit the filter, as they are kept.
pub(super) fn kept(
    db: &Connection,
    filter: &EventFilter,
    order: LogOrder,
    window: Window,
) -> Result<Vec<StoredEvent>> {
    let (condition, mut values) = condition(filter)?;
    // More than any log holds is all of it.
    let rows = |count: usize| Value::Integer(i64::try_from(count).unwrap_or(i64::MAX));
    values.extend([rows(window.limit), rows(window.offset)]);
    let mut statement = db.prepare_cached(&select(&condition, order))?;
    let kept = |row: &Row<'_>| Ok(StoredEvent { bytes: row.get(0)?, hash: row.get(1)? });
    statement.query_map(params_from_iter(values), kept)?.collect()
}

/// How many events fit the filter.
pub(super) fn count(db: &Connection, filter: &EventFilter) -> Result<usize> {
    let (condition, values) = condition(filter)?;
    let sql = format!("SELECT count(*) FROM event WHERE {condition}");
    let count =
        db.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| unsigned(row, 0))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// What an event says is read out of its bytes: they are what is proven.
fn event(kept: &StoredEvent) -> Result<Event> {
    let unread = |error| Error::FromSqlConversionFailure(0, Type::Blob, Box::new(error));
    decode(&kept.bytes).map_err(unread)
}
