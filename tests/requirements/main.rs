//! The requirements as an operator meets them: keys in, words on the screen out,
//! a real store behind. Each test is named after what it proves.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should fail"
)]

#[path = "suite.rs"]
mod suite;
#[path = "../support/mod.rs"]
#[expect(dead_code, reason = "the tests over HTTP use the rest")]
mod support;

use support::Door;

/// What the decks of this suite talk to.
const DOOR: Door = Door::Local;
