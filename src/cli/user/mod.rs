//! `tokendeck user`: users, what they hold, and the bulk actions for them.

mod accept;
mod act;
mod export;
mod list;
mod report;
mod switch;

use super::args::{UserCommand, Whom};
use super::deck::Deck;
use super::failure::{Failure, Outcome};
use super::resolve;
use crate::config::{self, Loaded};
use crate::domain::{AccountId, Catalogue, HolderVerb, Switch};
use crate::wire::HolderTarget;

/// Does what the command says.
pub(super) async fn run(deck: &Deck, command: &UserCommand, settings: &Loaded) -> Outcome {
    refuse_blank(command)?;
    match command {
        UserCommand::List(args) => list::run(deck, args).await,
        UserCommand::Accept(args) => accept::run(deck, &args.whom).await,
        UserCommand::Request(args) => act::run(deck, HolderVerb::Request, &args.whom).await,
        UserCommand::Cancel(args) => act::run(deck, HolderVerb::Cancel, &args.whom).await,
        UserCommand::Remove(args) => act::run(deck, HolderVerb::Remove, &args.whom).await,
        UserCommand::Enable(args) => switch::run(deck, Switch::Enable, &args.users).await,
        UserCommand::Disable(args) => switch::run(deck, Switch::Disable, &args.users).await,
        UserCommand::GenerateExport(args) => {
            let named = args.export_dir.as_deref().map(config::from_here);
            let folder = named.unwrap_or_else(|| settings.config.ui.export_dir.clone());
            export::run(deck, &args.whom, &folder).await
        }
    }
}

/// What is given and says nothing is refused by every verb that acts; a list may show
/// all.
fn refuse_blank(command: &UserCommand) -> Result<(), Failure> {
    match command {
        UserCommand::List(_) => Ok(()),
        UserCommand::Accept(args)
        | UserCommand::Request(args)
        | UserCommand::Cancel(args)
        | UserCommand::Remove(args) => args.whom.refuse_blank(),
        UserCommand::Enable(args) | UserCommand::Disable(args) => args.refuse_blank(),
        UserCommand::GenerateExport(args) => args.whom.refuse_blank(),
    }
}

/// Everybody and everything that was named. One name that is not there stops all.
fn target(deck: &Deck, catalogue: &Catalogue, whom: &Whom) -> Result<HolderTarget, Failure> {
    // The permission is asked for before any row (R8).
    deck.operator().must_manage()?;
    let users = whom.users.iter().map(|text| resolve::user(catalogue, text));
    let modules = whom.module.iter().map(|text| resolve::module(catalogue, text));
    Ok(HolderTarget {
        users: users.collect::<Result<_, _>>()?,
        modules: modules.collect::<Result<_, _>>()?,
        account: account(deck, catalogue, whom)?,
    })
}

/// The account named, or the only one there is.
fn account(deck: &Deck, catalogue: &Catalogue, whom: &Whom) -> Result<AccountId, Failure> {
    if let Some(text) = &whom.account {
        return resolve::account(catalogue, text);
    }
    match deck.operator().accounts_in(catalogue).as_slice() {
        [only] => Ok(only.id),
        several => {
            let choices: Vec<_> = several.iter().map(|account| account.name.as_str()).collect();
            let choices = choices.join(", ");
            Err(Failure::Usage(format!("which account? say it with --account: {choices}")))
        }
    }
}
