//! Every requirement once more, on a server of the store instead of the store itself (R2); and
//! what only a server can show: that its screens are the store's, and that it is away.
#![cfg(feature = "server")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should fail"
)]

mod away;
mod same;
#[path = "../requirements/suite.rs"]
mod suite;
#[path = "../support/mod.rs"]
mod support;

use support::Door;

/// What the decks of this suite talk to.
const DOOR: Door = Door::Remote;
