//! `tokendeck token`: one file a verb or a family of like verbs.

mod act;
mod bulk;
mod columns;
mod create;
mod edit;
mod evidence;
mod filter;
mod grants;
mod hand_over;
mod hints;
mod import;
mod issued;
mod list;
mod regenerate;
mod report;
mod rotate;
mod show;
mod value;
mod view;
mod which;

pub(super) use bulk::{disable_offenders, revoke_leaked};
pub(super) use filter::{is_all, query};
pub(super) use issued::print as print_issued;
pub(super) use view::{fields, sheet_of};

use super::args::TokenCommand;
use super::deck::Deck;
use super::failure::Ended;
use crate::domain::Verb;

/// Does what the command says.
pub(super) async fn run(deck: &Deck, command: &TokenCommand) -> Ended {
    match command {
        TokenCommand::List(args) => list::run(deck, args).await,
        TokenCommand::Show(args) => show::run(deck, args).await,
        TokenCommand::Report(args) => evidence::run(deck, args).await,
        TokenCommand::Value(args) => value::run(deck, args).await,
        TokenCommand::Create(args) => create::run(deck, args).await,
        TokenCommand::Edit(args) => edit::run(deck, args).await,
        TokenCommand::Enable(args) => act::run(deck, Verb::Enable, args).await,
        TokenCommand::Disable(args) => act::run(deck, Verb::Disable, args).await,
        TokenCommand::Regenerate(args) => regenerate::run(deck, args).await,
        TokenCommand::HandOver(args) => hand_over::run(deck, args).await,
        TokenCommand::DropOld(args) => act::drop_old(deck, args).await,
        TokenCommand::Revoke(args) => act::run(deck, Verb::Revoke, args).await,
        TokenCommand::RevokeAll(args) => bulk::revoke_all(deck, args).await,
        TokenCommand::Delete(args) => act::run(deck, Verb::Delete, args).await,
        TokenCommand::Import(args) => import::run(deck, args).await,
    }
}
