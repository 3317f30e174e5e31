//! `tokendeck token value`: one of the three places where a value is printed. The
//! audit trail has recorded it by then.

use serde::Serialize;

use crate::cli::args::ValueArgs;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::{Format, Sheet, must_be_open, print_value};
use crate::domain::{TokenValue, Verb};
use crate::wire::RowId;

#[derive(Serialize)]
struct Shown<'v> {
    id: RowId,
    value: &'v str,
}

pub(super) async fn run(deck: &Deck, args: &ValueArgs) -> Ended {
    let view = deck.backend.show(args.token.clone()).await?;
    let (id, name) = (&view.token.id, &view.token.name);
    let doing = format!("show the value of {name} ({id})");
    deck.allows(Verb::Reveal, &view).map_err(|refusal| Failure::refused(&doing, refusal))?;
    deck.must_write()?;
    deck.warn_of(Some(&view));
    if deck.is_dry() {
        deck.output.note(&format!("would record and {doing}"));
        return Ok(Finish::Done);
    }
    let revealed = deck.backend.reveal(id.clone()).await?;
    print(deck, id, &revealed.value).map_err(|failure| {
        failure.undelivered(|| {
            format!(
                "The value of {name} ({id}) was not delivered, though the audit trail records \
                 that it was shown. The same command shows it again."
            )
        })
    })?;
    deck.output.note(&format!("the audit trail of {name} ({id}) records that it was shown"));
    Ok(Finish::Done)
}

fn print(deck: &Deck, id: &RowId, value: &TokenValue) -> Result<(), Failure> {
    if deck.output.format() == Format::Table {
        return print_value(value);
    }
    must_be_open()?;
    let value = value.expose();
    deck.output.record(&Shown { id: id.clone(), value }, |_| {
        Sheet::of_record(vec![("id", id.to_string()), ("value", value.to_owned())])
    })
}
