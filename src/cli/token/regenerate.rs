//! `tokendeck token regenerate`.

use super::grants::expiry;
use super::issued;
use crate::cli::args::RegenerateArgs;
use crate::cli::confirm::Question;
use crate::cli::deck::Deck;
use crate::cli::failure::{Failure, Outcome};
use crate::domain::{Column, Overlap, Verb, lifecycle};
use crate::wire::{Run, TokenView};

pub(super) async fn run(deck: &Deck, args: &RegenerateArgs) -> Outcome {
    let view = deck.backend.show(args.token.clone()).await?;
    let (id, name) = (view.token.id, &view.token.name);
    let doing = format!("regenerate {name} ({id})");
    let refused = |error| Failure::Backend { doing: Some(doing.clone()), error };
    lifecycle::allowed(Verb::Regenerate, &view.token, deck.operator(), deck.now())
        .map_err(|refusal| refused(refusal.into()))?;
    deck.must_write()?;
    let expiry = expiry("expires", &args.expires, deck.now())?;
    // Tried first, so that nobody is asked about what would be refused anyway.
    let tried = deck.backend.regenerate(id, expiry, args.overlap, Run::Dry).await;
    let tried = tried.map_err(refused)?;
    if deck.is_dry() {
        return issued::print(deck, &tried, "regenerated");
    }
    deck.confirm(&question(deck, (&view, &tried.token), args.overlap))?;
    let issued = deck.backend.regenerate(id, expiry, args.overlap, Run::Real).await;
    issued::print(deck, &issued.map_err(refused)?, "regenerated")
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
