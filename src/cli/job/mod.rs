//! `tokendeck job`: bulk work that was started, here or elsewhere.

mod act;
mod list;
mod show;
mod watch;

pub(super) use watch::watch;

use super::args::JobCommand;
use super::deck::Deck;
use super::failure::{Ended, Failure};
use crate::domain::{JobId, Refusal};
use crate::wire::JobAct;

/// Does what the command says.
pub(super) async fn run(deck: &Deck, command: &JobCommand) -> Ended {
    if deck.session.bulk_here {
        let why = "There are no jobs here: bulk work ends with the command that it was asked by";
        return Err(Refusal::Lacking(why.to_owned()).into());
    }
    match command {
        JobCommand::List => list::run(deck).await,
        JobCommand::Show { job, items } => show::run(deck, id(job)?, *items).await,
        JobCommand::Resume { job } => act::run(deck, JobAct::Resume, id(job)?).await,
        JobCommand::Stop { job } => act::run(deck, JobAct::Stop, id(job)?).await,
        JobCommand::Abandon { job } => act::run(deck, JobAct::Abandon, id(job)?).await,
    }
}

/// A job goes by its id alone.
fn id(text: &str) -> Result<JobId, Failure> {
    let absent = |_| Refusal::NotFound { what: "job", name: text.to_owned() }.into();
    text.trim().parse().map_err(absent)
}
