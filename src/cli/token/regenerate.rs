//! `tokendeck token regenerate`.

use super::grants::expiry;
use super::issued;
use crate::cli::args::RegenerateArgs;
use crate::cli::confirm::Question;
use crate::cli::deck::Deck;
use crate::cli::failure::{Failure, Outcome};
use crate::domain::calendar::seconds;
use crate::domain::{Column, Overlap, Time, Verb, lifecycle};
use crate::wire::{Run, TokenView};

pub(super) async fn run(deck: &Deck, args: &RegenerateArgs) -> Outcome {
    let view = deck.backend.show(args.token.clone()).await?;
    let (id, name) = (view.token.id, &view.token.name);
    let doing = format!("regenerate {name} ({id})");
    let refused = |error| Failure::Backend { doing: Some(doing.clone()), error };
    lifecycle::allowed(
        Verb::Regenerate,
        &view.token,
        deck.operator(),
        view.out_of_service,
        deck.now(),
    )
    .map_err(|refusal| refused(refusal.into()))?;
    deck.must_write()?;
    let expiry = expiry(&args.expires, deck.now())?;
    // Tried first, so that nobody is asked about what would be refused anyway.
    let tried = deck.backend.regenerate(id, expiry, args.overlap, Run::Dry).await;
    let tried = tried.map_err(refused)?;
    if deck.is_dry() {
        let exit = issued::print(deck, &tried, "regenerated")?;
        deck.output.note(&old_value(args.overlap, (&view, &tried.token), deck.now()));
        return Ok(exit);
    }
    deck.confirm(&question(deck, (&view, &tried.token), args.overlap))?;
    let issued = deck.backend.regenerate(id, expiry, args.overlap, Run::Real).await;
    issued::print(deck, &issued.map_err(refused)?, "regenerated")
}

/// What would become of the old value: an overlap may be cut short by its own end.
fn old_value(overlap: Overlap, (view, after): (&TokenView, &TokenView), now: Time) -> String {
    let ended = view.token.valid_to.is_some_and(|end| end <= now);
    match after.token.previous {
        Some(old) => {
            format!(
                "the old value would still pass until {} (overlap {overlap})",
                seconds(old.until)
            )
        }
        None if ended => format!("the old value has expired and stays refused (overlap {overlap})"),
        None => format!("the old value would stop working at once (overlap {overlap})"),
    }
}

fn question(deck: &Deck, (view, after): (&TokenView, &TokenView), overlap: Overlap) -> Question {
    let place = deck.place(&view.names.account(view.token.account));
    let (name, id) = (&view.token.name, view.token.id);
    let old = match overlap {
        Overlap::None => "The old value stops working at once.".to_owned(),
        overlap => format!("The old value stops working in {overlap}."),
    };
    Question {
        lines: vec![
            format!("Regenerate API token {name} ({id}) of {place}?"),
            format!("Expires {} -> {}.", view.cell(Column::Expires), after.cell(Column::Expires)),
            old,
        ],
        title: Verb::Regenerate.title(),
        words: "regenerate 1".to_owned(),
        must_type: false,
    }
}
