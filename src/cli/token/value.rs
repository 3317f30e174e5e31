//! `tokendeck token value`: one of the three places where a value is printed. The
//! audit trail has recorded it by then.

use serde::Serialize;

use crate::cli::args::ValueArgs;
use crate::cli::deck::Deck;
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::output::{Format, Sheet, print_value};
use crate::domain::{TokenId, Verb, lifecycle};

#[derive(Serialize)]
struct Shown<'v> {
    id: TokenId,
    value: &'v str,
}

pub(super) async fn run(deck: &Deck, args: &ValueArgs) -> Outcome {
    let view = deck.backend.show(args.token.clone()).await?;
    let (id, name) = (view.token.id, &view.token.name);
    let doing = format!("show the value of {name} ({id})");
    lifecycle::allowed(Verb::Reveal, &view.token, deck.operator(), deck.now())
        .map_err(|refusal| Failure::refused(&doing, refusal))?;
    deck.must_write()?;
    if deck.is_dry() {
        deck.output.note(&format!("would record and {doing}"));
        return Ok(Exit::Done);
    }
    let revealed = deck.backend.reveal(id).await?;
    if deck.output.format() == Format::Table {
        print_value(&revealed.value)?;
    } else {
        let value = revealed.value.expose();
        deck.output.record(&Shown { id, value }, |_| {
            Sheet::of_record(vec![("id", id.to_string()), ("value", value.to_owned())])
        })?;
    }
    deck.output.note(&format!("the audit trail of {name} ({id}) records that it was shown"));
    Ok(Exit::Done)
}
