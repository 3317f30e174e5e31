//! `tokendeck lookup`: whose is it. What was asked is never echoed.

use super::args::LookupArgs;
use super::deck::Deck;
use super::exit::Exit;
use super::failure::Outcome;
use super::input;
use super::output::{Format, Sheet};
use super::token::{fields, sheet_of};

/// Reads a value, GUID, id or name and shows the token it belongs to.
pub(super) async fn run(deck: &Deck, args: &LookupArgs) -> Outcome {
    let text = input::secret(&args.input, "tokendeck lookup")?;
    let answer = deck.backend.lookup(text).await?;
    deck.output.record(&answer, |format| {
        if format == Format::Csv {
            let token = std::slice::from_ref(&answer.token);
            return sheet_of(token).with_column("matched", &answer.matched);
        }
        let mut lines = vec![("Matched", answer.matched.clone())];
        lines.extend(fields(&answer.token));
        Sheet::of_record(lines)
    })?;
    Ok(Exit::Done)
}
