//! What can lie over the screen: each folder is one, with what it keeps, what it is to the
//! keys, and its picture. They do not know each other but where one is a question about another.

mod audit;
mod command_line;
mod confirm;
mod connecting;
mod form;
mod issued;
pub(super) mod job_list;
pub(super) mod menu;
mod named;
mod plain;
mod reader;
mod search;
mod tab_choice;
#[cfg(test)]
mod trial;
mod two_lines;
mod unconfirmed_list;

pub(super) use audit::Audit;
pub(super) use command_line::CommandLine;
pub(super) use confirm::{BulkAsk, Confirm, bulk_question};
pub(super) use connecting::Connecting;
pub(super) use issued::Issue;
pub(super) use job_list::JobList;
pub(super) use menu::Menu;
pub(super) use plain::Plain;
pub(super) use reader::{Reader, Text};
pub(super) use search::Search;
pub(super) use tab_choice::TabChoice;
pub(super) use unconfirmed_list::{UnconfirmedList, leaving};

/// Whether a screen is opened by that name.
pub(super) fn is_screen(name: &str) -> bool {
    named::SCREENS.iter().any(|(known, _)| *known == name)
}
