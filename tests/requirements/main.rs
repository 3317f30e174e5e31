//! The requirements as an operator meets them: keys in, words on the screen out,
//! a real store behind. Each test is named after what it proves.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should fail"
)]

#[path = "../support/mod.rs"]
mod support;

mod backends;
mod bulk;
mod catalog;
mod command_line;
mod copy;
mod coverage;
mod delete;
mod details;
mod dialogs;
mod edit;
mod enforcement;
mod faults;
mod find;
mod form;
mod holders;
mod jobs;
mod list;
mod menu;
mod overlap;
mod regenerate;
mod revoke;
mod safety;
mod selection;
mod session;
mod settings;
mod switch;
mod unconfirmed;
mod users;
