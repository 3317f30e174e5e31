//! The bytes of facts: each value in one way only, so that what is read and written
//! again is the same to the byte.
//!
//! A byte for the kind: 0 nothing, 1 false, 2 true, 3 a number (its digits as text), 4 a
//! text, 5 a list (how many, then each), 6 named parts (how many, then each name and
//! value, in the order of the names' bytes). Lengths and counts are four bytes, the
//! highest first.

use std::collections::BTreeMap;

use serde_json::{Map, Number, Value};

use super::fields::BytesError;

/// Values inside one another at the most.
const DEPTH: u8 = 16;

/// Bytes that are being read.
pub(super) struct Unread<'b>(pub(super) &'b [u8]);

impl<'b> Unread<'b> {
    pub(super) fn take(&mut self, count: usize) -> Result<&'b [u8], BytesError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(BytesError::Short)?;
        self.0 = rest;
        Ok(taken)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Result<[u8; N], BytesError> {
        self.take(N)?.try_into().map_err(|_| BytesError::Short)
    }

    /// All that is left, which is to be so many bytes.
    pub(super) fn whole<const N: usize>(&self) -> Result<[u8; N], BytesError> {
        self.0.try_into().map_err(|_| BytesError::Malformed("a number"))
    }

    fn count(&mut self) -> Result<usize, BytesError> {
        usize::try_from(u32::from_be_bytes(self.array()?)).map_err(|_| BytesError::Short)
    }

    /// A length and so many bytes.
    pub(super) fn sized(&mut self) -> Result<&'b [u8], BytesError> {
        let count = self.count()?;
        self.take(count)
    }

    /// A length and so many bytes of UTF-8.
    pub(super) fn text(&mut self) -> Result<&'b str, BytesError> {
        std::str::from_utf8(self.sized()?).map_err(|_| BytesError::Malformed("a text"))
    }

    pub(super) fn value(&mut self) -> Result<Value, BytesError> {
        self.value_in(DEPTH)
    }

    fn value_in(&mut self, room: u8) -> Result<Value, BytesError> {
        let room = room.checked_sub(1).ok_or(BytesError::Malformed("the depth of a fact"))?;
        let [kind] = self.array()?;
        match kind {
            0 => Ok(Value::Null),
            1 => Ok(Value::Bool(false)),
            2 => Ok(Value::Bool(true)),
            3 => number(self.text()?).map(Value::Number),
            4 => self.text().map(|text| Value::String(text.to_owned())),
            5 => {
                let count = self.count()?;
                (0..count).map(|_| self.value_in(room)).collect::<Result<_, _>>().map(Value::Array)
            }
            6 => self.parts(room).map(Value::Object),
            _ => Err(BytesError::Malformed("the kind of a fact")),
        }
    }

    fn parts(&mut self, room: u8) -> Result<Map<String, Value>, BytesError> {
        let mut parts = Map::new();
        let mut last: Option<&str> = None;
        for _ in 0..self.count()? {
            let name = self.text()?;
            if last.is_some_and(|last| last >= name) {
                return Err(BytesError::Malformed("the order of a fact"));
            }
            last = Some(name);
            parts.insert(name.to_owned(), self.value_in(room)?);
        }
        Ok(parts)
    }
}

/// A number in the one way in which it is written.
fn number(text: &str) -> Result<Number, BytesError> {
    let number: Number =
        serde_json::from_str(text).map_err(|_| BytesError::Malformed("a number"))?;
    if number.to_string() == text { Ok(number) } else { Err(BytesError::Malformed("a number")) }
}

fn write_count(out: &mut Vec<u8>, count: usize) -> Result<(), BytesError> {
    let count = u32::try_from(count).map_err(|_| BytesError::Long)?;
    out.extend(count.to_be_bytes());
    Ok(())
}

pub(super) fn write_sized(out: &mut Vec<u8>, bytes: &[u8]) -> Result<(), BytesError> {
    write_count(out, bytes.len())?;
    out.extend(bytes);
    Ok(())
}

pub(super) fn write_value(out: &mut Vec<u8>, value: &Value) -> Result<(), BytesError> {
    match value {
        Value::Null => out.push(0),
        Value::Bool(false) => out.push(1),
        Value::Bool(true) => out.push(2),
        Value::Number(number) => {
            out.push(3);
            write_sized(out, number.to_string().as_bytes())?;
        }
        Value::String(text) => {
            out.push(4);
            write_sized(out, text.as_bytes())?;
        }
        Value::Array(list) => {
            out.push(5);
            write_count(out, list.len())?;
            for one in list {
                write_value(out, one)?;
            }
        }
        Value::Object(parts) => {
            out.push(6);
            write_count(out, parts.len())?;
            // Sorted here, for the map may keep another order.
            for (name, part) in parts.iter().collect::<BTreeMap<_, _>>() {
                write_sized(out, name.as_bytes())?;
                write_value(out, part)?;
            }
        }
    }
    Ok(())
}
