//! What can lie over the screen: each file is one, with what it keeps and what it is to the
//! keys. They do not know each other but where one is a question about another.

mod command_line;
mod confirm;
pub(super) mod help;
mod issued;
mod job_list;
pub(super) mod menu;
mod plain;
mod reader;
mod tab_choice;
mod terms;
mod unconfirmed_list;
mod word;

pub(super) use command_line::CommandLine;
pub(super) use confirm::{Alternative, Button, Confirm, Entry, Pressed, Stage};
pub(super) use issued::Issue;
pub(super) use job_list::JobList;
pub(super) use menu::Menu;
pub(super) use plain::Plain;
pub(super) use reader::{Reader, Text};
pub(super) use tab_choice::TabChoice;
pub(super) use terms::{Choices, Terms};
pub(super) use unconfirmed_list::UnconfirmedList;
pub(super) use word::Word;
