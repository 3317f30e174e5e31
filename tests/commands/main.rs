//! The real program, command by command: what it prints, how it ends, and what it
//! leaves in the store.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should fail there and say so"
)]

#[cfg(feature = "server")]
mod abilities;
mod audit;
#[cfg(feature = "server")]
mod backends;
mod barred;
mod blank;
mod catalog;
mod clock;
mod completions;
mod confirm;
#[cfg(feature = "server")]
mod credential;
mod disk;
mod dry_run;
mod exits;
#[cfg(feature = "server")]
mod foreign;
mod free_text;
mod hostile;
mod if_needed;
mod import;
mod jobs;
mod keep;
mod key_file;
mod killed;
mod leavers;
mod list;
mod lookup;
mod memory;
mod names;
mod operator;
mod output;
mod own;
mod papers;
mod policy;
mod processes;
mod query;
mod record;
mod reports;
mod rotation;
mod scripts;
mod secrets;
mod servers;
mod settings;
mod store;
mod support;
mod terminal;
mod times;
mod tokens;
mod undelivered;
mod unsaid;
mod users;
mod users_killed;
mod verify;
mod views;
