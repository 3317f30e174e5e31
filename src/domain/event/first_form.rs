//! The first form of event bytes, as stores wrote them up to schema 4: the eight cells
//! of a row, each with its kind. Nothing is written in it any more; what was keeps its
//! bytes and its hash.
//!
//! A cell begins with a byte for its kind: 0 empty, 1 a whole number (8 bytes), 2 a
//! floating one, 3 a text and 4 bytes, these two with a length of 8 bytes. As the first
//! cell is the sequence, the bytes begin with 1.

use serde_json::Value;

use super::fields::{BytesError, Fields};
use super::subject::Subject;
use super::value_form::Unread;
use crate::domain::{AccountId, GroupId, ModuleId, ScopeId, TokenId, UserId};

/// A cell of such a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'c> {
    /// Nothing.
    Empty,
    /// A whole number.
    Integer(i64),
    /// A floating number.
    Real(f64),
    /// A text, maybe of other bytes than those of one.
    Text(&'c [u8]),
    /// Bytes.
    Bytes(&'c [u8]),
}

/// The bytes of a row: sequence, at, user, system login, kind and number of the subject,
/// action, details.
pub fn first_form<'c>(cells: impl IntoIterator<Item = Cell<'c>>) -> Vec<u8> {
    let mut out = Vec::new();
    for cell in cells {
        match cell {
            Cell::Empty => out.push(0),
            Cell::Integer(number) => {
                out.push(1);
                out.extend(number.to_be_bytes());
            }
            Cell::Real(number) => {
                out.push(2);
                out.extend(number.to_be_bytes());
            }
            Cell::Text(bytes) => sized(&mut out, 3, bytes),
            Cell::Bytes(bytes) => sized(&mut out, 4, bytes),
        }
    }
    out
}

fn sized(out: &mut Vec<u8>, kind: u8, bytes: &[u8]) {
    out.push(kind);
    out.extend((bytes.len() as u64).to_be_bytes());
    out.extend(bytes);
}

/// What the bytes say.
pub(super) fn read(bytes: &[u8]) -> Result<Fields, BytesError> {
    let mut unread = Unread(bytes);
    let sequence = number(&mut unread)?.ok_or(BytesError::Malformed("a number"))?;
    let at = number(&mut unread)?.ok_or(BytesError::Malformed("a time"))?;
    let user = number(&mut unread)?.map(|number| u64::try_from(number).map(UserId::new));
    let system_login = text(&mut unread)?.map(str::to_owned);
    let kind = text(&mut unread)?.ok_or(BytesError::Malformed("a subject"))?;
    let subject = number(&mut unread)?.ok_or(BytesError::Malformed("a subject"))?;
    let action = text(&mut unread)?.ok_or(BytesError::Malformed("an action"))?;
    let details = text(&mut unread)?.ok_or(BytesError::Malformed("the facts"))?;
    if !unread.0.is_empty() {
        return Err(BytesError::Long);
    }
    let facts: Vec<Value> =
        serde_json::from_str(details).map_err(|_| BytesError::Malformed("the facts"))?;
    Ok(Fields {
        sequence: u64::try_from(sequence).map_err(|_| BytesError::Malformed("a sequence"))?,
        at,
        user: user.transpose().map_err(|_| BytesError::Malformed("a user"))?,
        system_login,
        kind: kind.to_owned(),
        subject: shown(kind, subject),
        action: action.to_owned(),
        facts,
        details: Some(details.to_owned()),
        seen: vec![],
    })
}

fn number(unread: &mut Unread<'_>) -> Result<Option<i64>, BytesError> {
    match unread.array()? {
        [0] => Ok(None),
        [1] => unread.array().map(|bytes| Some(i64::from_be_bytes(bytes))),
        _ => Err(BytesError::Malformed("the kind of a cell")),
    }
}

fn text<'b>(unread: &mut Unread<'b>) -> Result<Option<&'b str>, BytesError> {
    match unread.array()? {
        [0] => Ok(None),
        [3] => {
            let length = u64::from_be_bytes(unread.array()?);
            let length = usize::try_from(length).map_err(|_| BytesError::Short)?;
            let text = std::str::from_utf8(unread.take(length)?);
            text.map(Some).map_err(|_| BytesError::Malformed("a text"))
        }
        _ => Err(BytesError::Malformed("the kind of a cell")),
    }
}

/// The id of a subject that was kept as a number. The store itself had the number 0.
fn shown(kind: &str, number: i64) -> String {
    let Ok(id) = u64::try_from(number) else { return number.to_string() };
    let subject = match kind {
        "token" => Subject::Token(TokenId::new(id)),
        "user" => Subject::User(UserId::new(id)),
        "account" => Subject::Account(AccountId::new(id)),
        "module" => Subject::Module(ModuleId::new(id)),
        "scope" => Subject::Scope(ScopeId::new(id)),
        "group" => Subject::Group(GroupId::new(id)),
        "store" if id == 0 => Subject::Store,
        _ => return number.to_string(),
    };
    subject.to_string()
}
