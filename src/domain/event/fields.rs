//! What the bytes of an event say, and why bytes say nothing.

use serde_json::Value;

use crate::domain::UserId;

/// Why bytes are not those of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BytesError {
    /// They end too early.
    #[error("its bytes end too early")]
    Short,
    /// There are more of them than one event has, or could have.
    #[error("it has more bytes than an event")]
    Long,
    /// They are of a form that a newer program writes.
    #[error("its bytes have the form {0}, which a newer program writes")]
    Form(u8),
    /// A part of them says nothing that could be meant.
    #[error("{0} in its bytes can't be read")]
    Malformed(&'static str),
}

/// What the bytes of an event say, word for word: what a store may keep beside them to
/// find events by, and compares with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    /// Its place in the log.
    pub sequence: u64,
    /// Milliseconds since 1970.
    pub at: i64,
    /// Who, by the store's users.
    pub user: Option<UserId>,
    /// Who, by the machine's.
    pub system_login: Option<String>,
    /// The kind of its subject.
    pub kind: String,
    /// The id of its subject.
    pub subject: String,
    /// What was done.
    pub action: String,
    pub(super) facts: Vec<Value>,
    /// The facts as they were written; none = in the usual way.
    pub(super) details: Option<String>,
    pub(super) seen: Vec<Value>,
}
