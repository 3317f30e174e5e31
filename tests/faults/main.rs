//! The deck at servers that fail in every way: a real server behind a way to it that
//! can be broken, keys in, words on the screen out.
#![cfg(feature = "server")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should fail there and say so"
)]

mod deck;
mod gate;
mod replies;
#[path = "../support/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the tests of requirements use the rest")]
mod support;

/// What the decks talk to, where nothing else is said.
const DOOR: support::Door = support::Door::Local;
