//! `tokendeck catalog`: what exists before tokens can use it.

mod add;
mod columns;
mod edit;
mod entry;
mod export;
mod fields;
mod file;
mod import;
mod list;
mod remove;
mod report;

use super::args::CatalogCommand;
use super::deck::Deck;
use super::failure::Ended;

/// Does what the command says.
pub(super) async fn run(deck: &Deck, command: &CatalogCommand) -> Ended {
    match command {
        CatalogCommand::List { kind } => list::run(deck, *kind).await,
        CatalogCommand::Add(command) => add::run(deck, command).await,
        CatalogCommand::Edit(command) => edit::run(deck, command).await,
        CatalogCommand::Remove(args) => remove::run(deck, args).await,
        CatalogCommand::Import { file } => import::run(deck, file).await,
        CatalogCommand::Export { file } => export::run(deck, file).await,
    }
}
