//! The number of a request, in its reply, in its problem and in the log: the client's
//! own where it sent one that is fit for a log, else a new one.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Instant;

use axum::http::HeaderMap;

use crate::domain::{OperatorSecret, TokenValue};
use crate::wire::http::REQUEST_ID;

/// Characters of a client's own number.
const LONGEST: usize = 64;

pub(super) fn of(headers: &HeaderMap, start: Instant) -> String {
    let given = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()).filter(|id| is_plain(id));
    given.map_or_else(|| format!("{:016x}", RandomState::new().hash_one(start)), str::to_owned)
}

/// Whether a text can stand in a line of the log and holds no secret.
fn is_plain(text: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    (1..=LONGEST).contains(&text.len())
        && text.chars().all(known)
        && TokenValue::parse(text).is_err()
        && OperatorSecret::parse(text).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_fit_for_a_log_is_taken_over() {
        assert!(is_plain("0af7651916cd43dd-8448eb211c80319c"));
        let long = "x".repeat(LONGEST + 1);
        for hostile in ["", "a b", "a\"b", "a\u{1b}[2J", "é", long.as_str()] {
            assert!(!is_plain(hostile), "{hostile}");
        }
    }
}
