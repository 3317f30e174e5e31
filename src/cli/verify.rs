//! `tokendeck verify`. The verdict is the result, so it stands on standard output,
//! one line: "accepted" (exit 0), or the reason such as "revoked" (exit 1).

use secrecy::ExposeSecret;

use super::args::VerifyArgs;
use super::deck::Deck;
use super::exit::{Exit, Failure, Outcome};
use super::output::{self, Format, Sheet};
use super::{input, resolve};
use crate::domain::TokenValue;
use crate::domain::verify::{Rejection, Request};
use crate::wire::VerifyAnswer;

/// Reads a value and says whether it may pass.
pub(super) async fn run(deck: &Deck, args: &VerifyArgs) -> Outcome {
    let text = input::secret(&args.input, "tokendeck verify")?;
    let module = match &args.module {
        Some(text) => Some(resolve::module(&deck.backend.catalogue().await?, text)?),
        None => None,
    };
    let request = Request { module, method: args.method.clone() };
    let answer = match TokenValue::parse(text.expose_secret()) {
        Ok(value) => deck.backend.verify(value, request).await?,
        Err(_) => no_value(),
    };
    print(deck, &answer)?;
    Ok(if answer.accepted { Exit::Done } else { Exit::No })
}

/// What has not even the form of a value is as unknown as one of another store.
fn no_value() -> VerifyAnswer {
    VerifyAnswer { accepted: false, reason: Some(Rejection::Unknown), token: None, name: None }
}

fn print(deck: &Deck, answer: &VerifyAnswer) -> Result<(), Failure> {
    let word = answer.reason.map_or_else(|| "accepted".to_owned(), |reason| reason.to_string());
    if deck.output.format() == Format::Table {
        return output::print(&format!("{word}\n"));
    }
    deck.output.record(answer, |_| {
        let id = answer.token.map_or_else(String::new, |id| id.to_string());
        Sheet::of_record(vec![
            ("accepted", answer.accepted.to_string()),
            ("reason", answer.reason.map_or_else(String::new, |reason| reason.to_string())),
            ("token", id),
            ("name", answer.name.clone().unwrap_or_default()),
        ])
    })
}
