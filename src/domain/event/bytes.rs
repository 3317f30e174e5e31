//! The bytes in which an event is kept, and over which its hash is made.
//!
//! They begin with a byte for their form: 1 is that of stores up to schema 4
//! (`first_form`), 2 is this one. Then these fields, each with its length in four bytes, the
//! highest first: sequence (8 bytes), time (milliseconds since 1970, 8 bytes), user (id),
//! system login, kind of the subject, id of the subject, action, facts, and who could see
//! the subject then. Ids are written as people read them; a field of length 0 says
//! nothing. The last two are values (`value_form`).

use serde_json::Value;

use super::fields::{BytesError, Fields};
use super::record::{Actor, Event, NewEvent};
use super::value_form::{Unread, write_sized, write_value};
use super::{Detail, EventAction, SeenBy, Subject, first_form};
use crate::domain::{Time, UserId};

/// The form in which new events are written.
const FORM: u8 = 2;

impl Fields {
    /// Reads the bytes of an event in any form this program knows.
    pub fn read(bytes: &[u8]) -> Result<Self, BytesError> {
        match bytes.first() {
            None => Err(BytesError::Short),
            Some(1) => first_form::read(bytes),
            Some(&FORM) => read(bytes),
            Some(form) => Err(BytesError::Form(*form)),
        }
    }

    /// What a new event says.
    fn of(sequence: u64, event: &NewEvent, seen: &SeenBy) -> Result<Self, BytesError> {
        let fact =
            |detail| serde_json::to_value(detail).map_err(|_| BytesError::Malformed("a fact"));
        Ok(Self {
            sequence,
            at: event.at.timestamp_millis(),
            user: event.by.user,
            system_login: event.by.system_login.clone().filter(|login| !login.is_empty()),
            kind: event.subject.kind().to_owned(),
            subject: event.subject.to_string(),
            action: event.action.to_string(),
            facts: event.details.iter().map(fact).collect::<Result<_, _>>()?,
            details: None,
            seen: seen.0.clone(),
        })
    }

    /// The facts as JSON.
    pub fn details(&self) -> String {
        let usual = || Value::Array(self.facts.clone()).to_string();
        self.details.clone().unwrap_or_else(usual)
    }

    /// The event in the words of the domain.
    pub fn event(&self) -> Result<Event, BytesError> {
        let at = Time::from_timestamp_millis(self.at).ok_or(BytesError::Malformed("the time"))?;
        let subject = Subject::read(&self.kind, &self.subject);
        let details = self.facts.iter().map(Detail::read).collect::<Option<_>>();
        Ok(Event {
            sequence: self.sequence,
            at,
            by: Actor { user: self.user, system_login: self.system_login.clone() },
            subject: subject.ok_or(BytesError::Malformed("the subject"))?,
            action: EventAction::read(&self.action).ok_or(BytesError::Malformed("the action"))?,
            details: details.ok_or(BytesError::Malformed("a fact"))?,
            seen: SeenBy(self.seen.clone()),
        })
    }

    fn write(&self) -> Result<Vec<u8>, BytesError> {
        let mut out = vec![FORM];
        write_sized(&mut out, &self.sequence.to_be_bytes())?;
        write_sized(&mut out, &self.at.to_be_bytes())?;
        let user = self.user.map(|id| id.to_string()).unwrap_or_default();
        let login = self.system_login.as_deref().unwrap_or_default();
        for text in [&user, login, &self.kind, &self.subject, &self.action] {
            write_sized(&mut out, text.as_bytes())?;
        }
        for list in [&self.facts, &self.seen] {
            let mut values = Vec::new();
            write_value(&mut values, &Value::Array(list.clone()))?;
            write_sized(&mut out, &values)?;
        }
        Ok(out)
    }
}

/// The bytes of a new event at this place of the log.
pub fn encode(
    sequence: u64,
    event: &NewEvent,
    seen: &SeenBy,
) -> Result<(Fields, Vec<u8>), BytesError> {
    let fields = Fields::of(sequence, event, seen)?;
    let bytes = fields.write()?;
    Ok((fields, bytes))
}

/// The event that bytes of any form this program knows stand for.
pub fn decode(bytes: &[u8]) -> Result<Event, BytesError> {
    Fields::read(bytes)?.event()
}

/// The bytes of an event as it was read, in the form of today.
pub fn encode_again(event: &Event) -> Result<Vec<u8>, BytesError> {
    let Event { sequence, at, by, subject, action, details, seen } = event.clone();
    let event = NewEvent { at, by, subject, action, details };
    encode(sequence, &event, &seen).map(|(_, bytes)| bytes)
}

fn read(bytes: &[u8]) -> Result<Fields, BytesError> {
    let mut unread = Unread(bytes);
    let [_form] = unread.array()?;
    let number = |unread: &mut Unread<'_>| Unread(unread.sized()?).whole();
    let sequence = u64::from_be_bytes(number(&mut unread)?);
    let at = i64::from_be_bytes(number(&mut unread)?);
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let user = said(unread.text()?).map(|text| user(&text)).transpose()?;
    let system_login = said(unread.text()?);
    let kind = unread.text()?.to_owned();
    let subject = unread.text()?.to_owned();
    let action = unread.text()?.to_owned();
    let facts = list(unread.sized()?)?;
    let seen = list(unread.sized()?)?;
    if !unread.0.is_empty() {
        return Err(BytesError::Long);
    }
    let details = None;
    Ok(Fields { sequence, at, user, system_login, kind, subject, action, facts, details, seen })
}

fn user(text: &str) -> Result<UserId, BytesError> {
    let id: UserId = text.parse().map_err(|_| BytesError::Malformed("the user"))?;
    if id.to_string() == text { Ok(id) } else { Err(BytesError::Malformed("the user")) }
}

fn list(bytes: &[u8]) -> Result<Vec<Value>, BytesError> {
    let mut unread = Unread(bytes);
    match (unread.value()?, unread.0.is_empty()) {
        (Value::Array(list), true) => Ok(list),
        _ => Err(BytesError::Malformed("the facts")),
    }
}
