//! `tokendeck token hand-over`: one token with a new value, or several that keep theirs.

use super::bulk::{self, To};
use super::issued;
use super::which::{both, named, which};
use crate::cli::args::HandOverArgs;
use crate::cli::confirm::Question;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::input;
use crate::cli::resolve;
use crate::domain::{HandOver, Overlap, Receiver, Verb};
use crate::wire::{Ability, Run, TokenView};

pub(super) async fn run(deck: &Deck, args: &HandOverArgs) -> Ended {
    args.refuse_blank()?;
    let to = receiver(deck, &args.to).await?;
    let mut tokens = args.which.tokens.clone();
    if tokens.iter().any(|token| token == "-") {
        tokens.retain(|token| token != "-");
        tokens.extend(input::lines()?);
    }
    match (tokens.as_slice(), args.which.filters.is_given()) {
        // What found nothing before the pipe is no failure behind it.
        ([], false) if !args.which.tokens.is_empty() => {
            deck.output.note("nothing on standard input, and nothing was done");
            Ok(Finish::Done)
        }
        ([], false) => Err(which(Verb::HandOver)),
        (_, true) if !args.which.tokens.is_empty() => Err(both()),
        ([only], false) => {
            let view = deck.backend.show(only.clone()).await?;
            one(deck, &view, args, &to).await
        }
        _ if !args.keep_value => Err(Failure::Usage(
            "several tokens are handed over with their values: add --keep-value, and give each \
             a new one with 'token regenerate' where whoever had it must not know it"
                .to_owned(),
        )),
        (several, false) => {
            let views = named(deck, several).await?;
            bulk::give(deck, &views, to).await
        }
        (_, true) => bulk::give_found(deck, &args.which.filters, to).await,
    }
}

async fn receiver(deck: &Deck, text: &str) -> Result<To, Failure> {
    if text.trim().eq_ignore_ascii_case("account") {
        return Ok(To { receiver: Receiver::Account, words: "back to its account".to_owned() });
    }
    let catalogue = deck.backend.catalogue().await?;
    let id = resolve::user(&catalogue, text)?;
    let name = catalogue.users.get(&id).map_or_else(|| id.to_string(), |user| user.name.clone());
    Ok(To { receiver: Receiver::User(id), words: format!("over to {name}") })
}

async fn one(deck: &Deck, view: &TokenView, args: &HandOverArgs, to: &To) -> Ended {
    let (id, name) = (view.token.id.clone(), &view.token.name);
    let doing = format!("hand {name} ({id}) {}", to.words);
    let refused = |error| Failure::Backend { doing: Some(doing.clone()), error };
    deck.allows(Verb::HandOver, view).map_err(|refusal| refused(refusal.into()))?;
    deck.must_write()?;
    let order = HandOver { to: to.receiver, new_value: !args.keep_value, overlap: args.overlap };
    let done = format!("handed {}", to.words);
    // Tried first where it can be, so that nobody is asked about what would be refused anyway.
    if deck.can(Ability::TryFirst) {
        let tried = deck.backend.hand_over(id.clone(), order, Run::Dry).await.map_err(refused)?;
        if deck.is_dry() {
            issued::print(deck, &tried, &done)?;
            deck.output.note(&fate(order));
            return Ok(Finish::Done);
        }
    }
    deck.confirm_of(view, &question(deck, view, order, to))?;
    let issued = deck.backend.hand_over(id, order, Run::Real).await;
    issued::print(deck, &issued.map_err(refused)?, &done)
}

fn question(deck: &Deck, view: &TokenView, order: HandOver, to: &To) -> Question {
    let place = deck.place(&view.names.account(view.token.account));
    let (name, id) = (&view.token.name, view.token.id.clone());
    let mut lines = vec![format!("Hand API token {name} ({id}) of {place} {}?", to.words)];
    lines.push(fate(order));
    let sealed = view.token.value.is_some_and(|value| value.retained);
    if sealed && order.to.owner().is_some() {
        lines.push("What the store can show of its value is erased for good.".to_owned());
    }
    let words = "hand-over 1".to_owned();
    Question { lines, title: Verb::HandOver.title(), words, must_type: false }
}

/// What becomes of a value that whoever had the token knows.
fn fate(order: HandOver) -> String {
    let known = "Whoever had it still knows its value";
    match (order.new_value, order.overlap) {
        (false, _) => {
            format!("{known}, which stays in force: without --keep-value it gets a new one.")
        }
        (true, Overlap::NONE) => {
            format!("{known}, so it gets a new one: the old one stops working at once.")
        }
        (true, overlap) => {
            format!("{known}, so it gets a new one: the old one stops working in {overlap}.")
        }
    }
}
