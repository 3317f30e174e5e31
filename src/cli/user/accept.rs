//! `tokendeck user accept`: a token that waits for its owner, taken by its owner.

use crate::cli::args::Whom;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::resolve;
use crate::cli::token::print_issued;
use crate::domain::{AccountFilter, Query, Refusal, Status, Verb, Window};
use crate::wire::TokenView;

pub(super) async fn run(deck: &Deck, whom: &Whom) -> Ended {
    let waiting = waiting(deck, whom).await?;
    if waiting.is_empty() {
        return Err(Refusal::NotPending.into());
    }
    if !deck.is_dry() {
        deck.must_write()?;
    }
    for view in waiting {
        deck.allows(Verb::Accept, &view)?;
        deck.warn_of(Some(&view));
        let doing = format!("accept {} ({})", view.token.name, view.token.id);
        let accepted = deck.backend.accept(view.token.id, deck.run).await;
        let issued = accepted.map_err(|error| Failure::Backend { doing: Some(doing), error })?;
        print_issued(deck, &issued, "accepted")?;
    }
    Ok(Finish::Done)
}

/// The tokens of theirs that wait, for these modules.
async fn waiting(deck: &Deck, whom: &Whom) -> Result<Vec<TokenView>, Failure> {
    let catalogue = deck.backend.catalogue().await?;
    let modules = whom.module.iter().map(|text| resolve::module(&catalogue, text));
    let modules = modules.collect::<Result<_, _>>()?;
    let account = match &whom.account {
        Some(text) => AccountFilter::One(resolve::account(&catalogue, text)?),
        None => AccountFilter::Any,
    };
    let query = Query { account, modules, statuses: [Status::Pending].into(), ..Query::default() };
    let mut found = Vec::new();
    for text in &whom.users {
        let owner = resolve::user(&catalogue, text)?;
        if owner != deck.operator().user {
            return Err(Refusal::OwnerOnly.into());
        }
        let query = Query { owner: Some(owner), ..query.clone() };
        found.extend(deck.backend.list(query, Window::ALL).await?.tokens);
    }
    Ok(found)
}
