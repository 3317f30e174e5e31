//! A new value is printed alone on standard output, so that a script can take it;
//! what is to be known about it goes to standard error.

use serde::Serialize;

use super::view::{ending, sheet_of};
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::{Format, must_be_open, print_value};
use crate::domain::TokenValue;
use crate::wire::{Issued, LookAlike, Retention, TokenView};

/// A token and its new value. They stand side by side, as `value` in a token is
/// only what may be known of it.
#[derive(Serialize)]
struct WithSecret<'v> {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    token: &'v TokenView,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'v str>,
}

/// Prints a token that was made, changed or given a new value. `done` says how:
/// "created".
pub(in crate::cli) fn print(deck: &Deck, issued: &Issued, done: &str) -> Ended {
    let view = &issued.token;
    let value = issued.value.as_ref().filter(|_| !deck.is_dry());
    let account = view.names.account(view.token.account);
    let subject = format!("API token {} ({})", view.token.name, view.token.id);
    let printed = match deck.output.format() {
        Format::Table => value.map_or(Ok(()), print_value),
        _ => print_record(deck, view, value.map(TokenValue::expose)),
    };
    printed.map_err(|failure| match value {
        None if deck.is_dry() => failure,
        None => failure.unreported(|| format!("{subject} of {account} was {done}.")),
        Some(_) => failure.undelivered(|| {
            let id = view.token.id.clone();
            let next = if is_retained(deck, view) {
                format!("Do not repeat it: 'tokendeck token value {id}' shows it.")
            } else if deck.session.operator.must_manage().is_ok() {
                format!(
                    "Nobody can show it again: 'tokendeck token regenerate {id}' makes another."
                )
            } else {
                format!("Nobody can show it again: ask an Admin of {account} for another.")
            };
            format!("{subject} of {account} was {done}, but its value was not delivered. {next}")
        }),
    })?;
    if let Some(warning) = LookAlike::warning(&view.look_alikes) {
        deck.output.warn("look_alike", &warning);
    }
    if deck.is_dry() {
        let name = &view.token.name;
        deck.output.note(&format!("{name} of {account} would be {done}, {}", ending(view)));
        warn_of_rules(deck, view);
        return Ok(Finish::Done);
    }
    deck.output.note(&format!("{subject} of {account} was {done}, {}", ending(view)));
    warn_of_rules(deck, view);
    if value.is_some() && !is_retained(deck, view) {
        deck.output.note("This is the only time its value is shown");
    }
    Ok(Finish::Done)
}

/// Says which rules of its account the life of the token breaks, where it is made all the
/// same.
fn warn_of_rules(deck: &Deck, view: &TokenView) {
    let account = view.names.account(view.token.account);
    for offence in view.offences.iter().filter(|offence| offence.is_of_end()) {
        let message = format!("against the rules of {account}: {} {offence}", view.token.name);
        deck.output.warn("breaks_rules", &message);
    }
}

/// Prints a token that was left as it is.
pub(super) fn print_unchanged(deck: &Deck, issued: &Issued) -> Ended {
    if deck.output.format() != Format::Table {
        print_record(deck, &issued.token, None)?;
    }
    Ok(Finish::Done)
}

fn print_record(deck: &Deck, view: &TokenView, value: Option<&str>) -> Result<(), Failure> {
    if value.is_some() {
        must_be_open()?;
    }
    let record = WithSecret { dry_run: deck.is_dry(), token: view, value };
    deck.output.record(&record, |_| {
        let said = &deck.session.descriptors;
        sheet_of(said, std::slice::from_ref(view)).with_column("value", value.unwrap_or_default())
    })
}

/// Whether the store can show the value again.
fn is_retained(deck: &Deck, view: &TokenView) -> bool {
    let policy = deck.session.retention == Retention::Sealed;
    view.token.value.map_or(policy, |value| value.retained)
}
