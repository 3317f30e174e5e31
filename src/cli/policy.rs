//! `tokendeck policy`: which tokens do not keep to the rules of their account.

use serde::Serialize;

use super::args::{PolicyCheckArgs, PolicyCommand};
use super::deck::Deck;
use super::exit::Finish;
use super::failure::{Ended, Failure};
use super::output::{Format, Sheet};
use super::token::{disable_offenders, query, sheet_of};
use crate::domain::query::Bare;
use crate::domain::{Window, policy};
use crate::text::thousands;
use crate::wire::TokenView;

#[derive(Serialize)]
struct Offenders<'v> {
    total: usize,
    tokens: &'v [TokenView],
}

/// Does what the command says.
pub(super) async fn run(deck: &Deck, command: &PolicyCommand) -> Ended {
    match command {
        PolicyCommand::Check(args) => check(deck, args).await,
    }
}

async fn check(deck: &Deck, args: &PolicyCheckArgs) -> Ended {
    args.filters.refuse_blank()?;
    let query = query(deck, &args.filters, &[], Bare::Name).await?;
    let mut tokens = deck.backend.list(query, Window::ALL).await?.tokens;
    tokens.retain(|view| !view.offences.is_empty());
    if args.disable && !tokens.is_empty() {
        return disable_offenders(deck, &tokens).await;
    }
    print(deck, &tokens)?;
    Ok(if tokens.is_empty() { Finish::Done } else { Finish::No })
}

fn print(deck: &Deck, tokens: &[TokenView]) -> Result<(), Failure> {
    let row = |view: &TokenView| {
        let (id, name) = (view.token.id.to_string(), view.token.name.clone());
        let (account, status) = (view.names.account(view.token.account), view.status.to_string());
        vec![id, name, account, status, policy::in_words(&view.offences)]
    };
    let titles = vec!["ID", "Name", "Account", "Status", "Offends"];
    let whole = Offenders { total: tokens.len(), tokens };
    deck.output.list(&whole, tokens, |format| match format {
        Format::Csv => sheet_of(&deck.session.descriptors, tokens),
        _ => Sheet::new(titles, tokens.iter().map(row).collect()),
    })?;
    deck.output.note(&match tokens.len() {
        0 => "No token breaks a rule of its account".to_owned(),
        1 => "1 token breaks a rule of its account".to_owned(),
        many => format!("{} tokens break rules of their accounts", thousands(many)),
    });
    Ok(())
}
