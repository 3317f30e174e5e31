//! The real binary on a pseudo-terminal: start, keys, resize, every way out, and
//! how many bytes it sends.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should fail there and say so"
)]

mod bytes;
mod clipboard;
mod credential;
mod environments;
mod first_minute;
mod jobs;
mod operator;
mod own;
mod packages;
mod panics;
mod pty;
mod remembered;
mod silent;
mod ways_out;
