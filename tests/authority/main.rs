//! The authority on a real store: who may see and do what, what becomes of it, and
//! what the audit records.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should fail"
)]

mod audit;
mod bulk;
mod catalogue;
mod clock;
mod counted;
mod cut_off;
mod example;
mod exports;
mod full;
mod holders;
mod imports;
mod jobs;
mod leavers;
mod listing;
mod local;
mod lookup;
mod races;
mod reveal;
mod rotation;
mod sign_in;
mod support;
mod verify;
mod visibility;
mod write;
