//! The chain of hashes over the log. Each hash covers the bytes of its event and the
//! hash before it, so that whoever changes, removes or adds an event breaks the chain
//! at that place.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use super::fields::{BytesError, Fields};

const START: &[u8] = b"tokendeck event log v1\0";

/// A SHA-256 of the chain.
pub type Hash = [u8; 32];

/// What the first event stands on: the store's own id, so that the log of one store is
/// not the log of another.
pub fn start(store: &[u8; 16]) -> Hash {
    Sha256::new().chain_update(START).chain_update(store).finalize().into()
}

/// The hash of an event after `previous`. What is hashed begins with the name of the
/// bytes' form, so that no event of one form reads as one of another.
pub fn link(previous: &Hash, bytes: &[u8]) -> Hash {
    let form = bytes.first().copied().unwrap_or_default();
    Sha256::new()
        .chain_update(format!("tokendeck event v{form}\0"))
        .chain_update(previous)
        .chain_update(bytes)
        .finalize()
        .into()
}

/// A place that the chain goes through: an event and its hash, `SEQ:HASH`. Kept
/// elsewhere it proves later that all up to it is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The event's place in the log; 0 = before the first.
    pub sequence: u64,
    /// The hash there.
    pub hash: Hash,
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.sequence, hex(&self.hash))
    }
}

/// Bytes in hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes that [`hex`] wrote; none where it wrote something else.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| u8::try_from(digit.to_digit(16)?).ok()).collect();
    let (pairs, odd) = digits.as_deref()?.as_chunks::<2>();
    odd.is_empty().then(|| pairs.iter().map(|[high, low]| high * 16 + low).collect())
}

impl FromStr for Point {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (sequence, hash) = text.trim().split_once(':')?;
            let hash = unhex(hash)?.try_into().ok()?;
            Some(Self { sequence: sequence.parse().ok()?, hash })
        };
        read().ok_or_else(|| "write it as 'audit verify' did: a number, ':', 64 digits".to_owned())
    }
}

/// What is wrong at a place of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LogFault {
    /// Another one stands there, or none.
    #[error("it is missing")]
    Missing,
    /// Its bytes, or those of an event before it, are not those that were hashed.
    #[error("it was changed after it was written")]
    Changed,
    /// Its bytes are those that were hashed, and this program can't read them.
    #[error("{0}")]
    Unread(BytesError),
    /// What is kept beside its bytes says something else than they.
    #[error("its {0} was changed after it was written: its bytes say something else")]
    Beside(&'static str),
    /// The log ends where the store counted on.
    #[error("the log ends before it, though the store has counted on")]
    Cut,
    /// It stands behind the end.
    #[error("it was added past the end that the store knows")]
    Added,
    /// The end is remembered in another way.
    #[error("the store remembers another end of the log")]
    OtherEnd,
    /// Another event stands at a place that is known from elsewhere.
    #[error("another event stands there than the one whose hash was kept: it was made anew")]
    Rebuilt,
    /// The log ends before a place that is known from elsewhere.
    #[error("the log does not reach so far any more: its end was cut off, or lost with a restore")]
    Short,
}

/// The first place where a chain does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    /// The event's place in the log.
    pub at: u64,
    /// What is wrong there.
    pub fault: LogFault,
}

/// A walk along the log, from one event to the next.
#[derive(Debug, Clone, Copy)]
pub struct Walk {
    /// The last event that holds.
    pub last: Point,
    expected: Option<Point>,
    /// Whether the hash at the place expected is the one expected.
    met: Option<bool>,
}

impl Walk {
    /// A walk from the beginning of a store's log.
    pub fn new(store: &[u8; 16]) -> Self {
        Self::after(Point { sequence: 0, hash: start(store) })
    }

    /// A walk from a place that is known to hold.
    pub fn after(last: Point) -> Self {
        Self { last, expected: None, met: None }
    }

    /// The same walk, which is to go through this place.
    #[must_use]
    pub fn expecting(self, expected: Option<Point>) -> Self {
        let mut walk = Self { expected, ..self };
        walk.look();
        walk
    }

    fn look(&mut self) {
        if let Some(expected) = self.expected.filter(|point| point.sequence == self.last.sequence) {
            self.met = Some(expected.hash == self.last.hash);
        }
    }

    /// What is wrong with the place that was expected; none = the way went through it, or
    /// nothing was expected.
    pub fn unmet(&self) -> Option<Break> {
        let at = self.expected?.sequence;
        match self.met {
            Some(true) => None,
            Some(false) => Some(Break { at, fault: LogFault::Rebuilt }),
            None => Some(Break { at, fault: LogFault::Short }),
        }
    }

    /// Looks at the event that stands at `sequence`: it must be the next one, its bytes
    /// must say so, and its hash must be that of its bytes here.
    pub fn step(&mut self, sequence: u64, bytes: &[u8], hash: &[u8]) -> Result<Fields, Break> {
        let at = self.last.sequence + 1;
        let broken = |fault| Break { at, fault };
        if sequence != at {
            return Err(broken(LogFault::Missing));
        }
        let expected = link(&self.last.hash, bytes);
        if expected != hash {
            return Err(broken(LogFault::Changed));
        }
        let fields = Fields::read(bytes).map_err(|error| broken(LogFault::Unread(error)))?;
        if fields.sequence != at {
            return Err(broken(LogFault::Beside("number")));
        }
        self.last = Point { sequence: at, hash: expected };
        self.look();
        Ok(fields)
    }
}
