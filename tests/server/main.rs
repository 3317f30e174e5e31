//! A real server on loopback and the remote backend against it: the same answers as
//! the local backend, walls between operators, and clear words where a server fails.
#![cfg(feature = "server")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should fail there and say so"
)]

mod blank;
mod bodies;
mod bulk_here;
mod clock;
mod contract;
mod derived;
mod document;
mod encoding;
mod faults;
mod forged;
mod hostile;
mod http;
mod leavers;
mod limits;
mod log;
mod lost;
mod matrix;
mod races;
mod record;
mod repeats;
mod same;
mod stop;
mod support;
mod taken;
mod terms;
mod tls;
mod walls;
mod words;
