//! The promises of a store, tested on SQLite.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should fail")]

mod first;
