//! The tests, the same whatever the deck talks to: the store itself in `requirements`, a
//! server of it in `requirements_remote`. A new file of tests is named here and nowhere
//! else.

mod backends;
mod bulk;
mod catalog;
mod command_line;
mod copy;
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
mod late;
mod leaks;
mod list;
mod menu;
mod overlap;
mod regenerate;
mod revoke;
mod safety;
mod selection;
mod session;
mod settings;
mod signed_out;
mod switch;
mod taking;
mod times;
mod together;
mod unconfirmed;
mod unread;
mod users;
