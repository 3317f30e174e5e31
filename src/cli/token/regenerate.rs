//! `tokendeck token regenerate`: one token, whose new value is printed. Many go to a file.

use super::rotate::{RotationTerms, many};
use super::which::{both, named, which};
use super::{bulk, grants, issued};
use crate::cli::args::RegenerateArgs;
use crate::cli::confirm::Question;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::input;
use crate::domain::calendar::seconds;
use crate::domain::{Column, Overlap, Time, Verb};
use crate::wire::{Ability, Run, TokenView};

pub(super) async fn run(deck: &Deck, args: &RegenerateArgs) -> Ended {
    args.refuse_blank()?;
    let expires = args.expires.as_deref();
    let expiry = expires.map(|text| grants::expiry(text, deck.now())).transpose()?;
    let terms = RotationTerms { expiry, overlap: args.overlap };
    let mut tokens = args.tokens.clone();
    if tokens.iter().any(|token| token == "-") {
        tokens.retain(|token| token != "-");
        tokens.extend(input::lines()?);
    }
    match (tokens.as_slice(), args.filters.is_given()) {
        // What found nothing before the pipe is no failure behind it.
        ([], false) if !args.tokens.is_empty() => {
            deck.output.note("nothing on standard input, and nothing was done");
            Ok(Finish::Done)
        }
        (_, true) if !args.tokens.is_empty() => Err(both()),
        ([], false) => Err(which(Verb::Regenerate)),
        (_, true) => {
            let work = bulk::of_found(deck, Verb::Regenerate, &args.filters).await?;
            many(deck, work, terms, args.out.as_deref()).await
        }
        (names, false) => match (named(deck, names).await?.as_slice(), &args.out) {
            ([only], None) => one(deck, only, terms).await,
            (several, out) => {
                let work = bulk::of_tokens(Verb::Regenerate, several);
                many(deck, work, terms, out.as_deref()).await
            }
        },
    }
}

async fn one(
    deck: &Deck,
    view: &TokenView,
    RotationTerms { expiry, overlap }: RotationTerms,
) -> Ended {
    let (id, name) = (view.token.id.clone(), &view.token.name);
    let doing = format!("regenerate {name} ({id})");
    let refused = |error| Failure::Backend { doing: Some(doing.clone()), error };
    deck.allows(Verb::Regenerate, view).map_err(|refusal| refused(refusal.into()))?;
    deck.must_write()?;
    // Tried first where it can be, so that nobody is asked about what would be refused anyway.
    let mut after = None;
    if deck.can(Ability::TryFirst) {
        let tried = deck.backend.regenerate(id.clone(), expiry, overlap, Run::Dry).await;
        let tried = tried.map_err(refused)?;
        if deck.is_dry() {
            let exit = issued::print(deck, &tried, "regenerated")?;
            deck.output.note(&old_value(overlap, (view, &tried.token), deck.now()));
            return Ok(exit);
        }
        after = Some(tried.token);
    }
    deck.confirm_of(view, &question(deck, (view, after.as_ref()), overlap))?;
    let issued = deck.backend.regenerate(id, expiry, overlap, Run::Real).await;
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

fn question(
    deck: &Deck,
    (view, after): (&TokenView, Option<&TokenView>),
    overlap: Overlap,
) -> Question {
    let place = deck.place(&view.names.account(view.token.account));
    let (name, id) = (&view.token.name, view.token.id.clone());
    let old = match overlap {
        Overlap::NONE => "The old value stops working at once.".to_owned(),
        overlap => format!("The old value stops working in {overlap}."),
    };
    let expires = |view: &TokenView| view.cell(Column::Expires);
    let end = after.map(|after| format!("Expires {} -> {}.", expires(view), expires(after)));
    let asked = format!("Regenerate API token {name} ({id}) of {place}?");
    Question {
        lines: [Some(asked), end, Some(old)].into_iter().flatten().collect(),
        title: Verb::Regenerate.title(),
        words: "regenerate 1".to_owned(),
        must_type: false,
    }
}
