//! `tokendeck user`: users, what they hold, and the bulk actions for them.

mod accept;
mod act;
mod export;
mod list;
mod report;
mod switch;
mod whom;

use super::args::UserCommand;
use super::deck::Deck;
use super::failure::{Ended, Failure};
use crate::config::{self, Loaded};
use crate::domain::{HolderVerb, Switch};

/// Does what the command says.
pub(super) async fn run(deck: &Deck, command: &UserCommand, settings: &Loaded) -> Ended {
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
