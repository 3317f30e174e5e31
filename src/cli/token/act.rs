//! The verbs that switch or end tokens: enable, disable, revoke, delete. One token
//! is acted on at once; more than one, or a filter, becomes bulk work.

use serde::Serialize;

use super::bulk;
use super::view::{access, fields, sheet_of};
use crate::cli::args::ActArgs;
use crate::cli::confirm::{Answer, Question};
use crate::cli::deck::Deck;
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, Outcome};
use crate::cli::input;
use crate::cli::output::{Format, Sheet};
use crate::domain::{TokenId, Verb, lifecycle};
use crate::wire::{LookAlike, TokenView};

pub(super) async fn run(deck: &Deck, verb: Verb, args: &ActArgs) -> Outcome {
    args.refuse_blank()?;
    if args.tokens.iter().any(|token| token == "-") {
        return from_input(deck, verb, args).await;
    }
    match (args.tokens.as_slice(), args.filters.is_given()) {
        ([], false) => Err(which(verb)),
        ([], true) => bulk::found(deck, verb, &args.filters).await,
        (_, true) => {
            Err(Failure::Usage("name tokens or give filters, but not both at once".to_owned()))
        }
        ([only], false) => one_named(deck, verb, only).await,
        (several, false) => named(deck, verb, several).await,
    }
}

/// Tokens of standard input, as `token list -q` writes them, beside those that are named.
async fn from_input(deck: &Deck, verb: Verb, args: &ActArgs) -> Outcome {
    if args.filters.is_given() {
        return Err(Failure::Usage("- reads which tokens: give no filters beside it".to_owned()));
    }
    let mut references = input::lines()?;
    references.extend(args.tokens.iter().filter(|token| *token != "-").cloned());
    let ids: Result<Vec<TokenId>, _> = references.iter().map(|text| text.parse()).collect();
    match (references.as_slice(), ids) {
        // What found nothing before the pipe is no failure behind it.
        ([], _) => {
            deck.output.note("nothing on standard input, and nothing was done");
            Ok(Exit::Done)
        }
        ([only], _) => one_named(deck, verb, only).await,
        (_, Ok(ids)) => bulk::listed(deck, verb, ids).await,
        (several, Err(_)) => named(deck, verb, several).await,
    }
}

/// Nothing was said that leaves any token out.
pub(super) fn which(verb: Verb) -> Failure {
    Failure::Usage(format!(
        "which tokens? name them, or say which with filters such as: token {verb} --search WORDS"
    ))
}

/// One token by id, GUID or name.
pub(super) async fn one_named(deck: &Deck, verb: Verb, reference: &str) -> Outcome {
    let view = deck.backend.show(reference.to_owned()).await?;
    one(deck, verb, &view).await
}

/// Tokens by name. All names are looked up before anything is done; one that is
/// named twice counts once.
async fn named(deck: &Deck, verb: Verb, references: &[String]) -> Outcome {
    let mut views: Vec<TokenView> = Vec::new();
    for reference in references {
        let view = deck.backend.show(reference.clone()).await?;
        if views.iter().all(|known| known.token.id != view.token.id) {
            views.push(view);
        }
    }
    match views.as_slice() {
        [only] => one(deck, verb, only).await,
        several => bulk::tokens(deck, verb, several).await,
    }
}

async fn one(deck: &Deck, verb: Verb, view: &TokenView) -> Outcome {
    let (id, name) = (view.token.id, &view.token.name);
    let doing = match verb {
        Verb::DropOld => format!("drop the old value of {name} ({id})"),
        _ => format!("{verb} {name} ({id})"),
    };
    lifecycle::allowed(verb, &view.token, deck.operator(), view.out_of_service, deck.now())
        .map_err(|refusal| Failure::refused(&doing, refusal))?;
    deck.must_write()?;
    if deck.is_dry() {
        return would(deck, verb, view);
    }
    let answer = if verb.is_final() || verb == Verb::DropOld {
        deck.confirm(&question(deck, verb, view))?
    } else {
        Answer::Beforehand
    };
    // Whoever looked at the token and said yes meant it as it was.
    let version = (answer == Answer::Seen).then_some(view.token.version);
    let acted = deck.backend.act(verb, id, version).await;
    let after = acted.map_err(|error| Failure::Backend { doing: Some(doing), error })?;
    match deck.output.format() {
        Format::Table => {}
        _ => deck
            .output
            .record(&after, |_| sheet_of(std::slice::from_ref(&after)))
            .map_err(|failure| failure.unreported(|| format!("{}.", said(verb, name))))?,
    }
    deck.output.note(&[said(verb, name), still_off(verb, &after)].concat());
    Ok(Exit::Done)
}

/// Its own flag was off, and it is out of service all the same.
fn still_off(verb: Verb, view: &TokenView) -> String {
    match (verb, view.out_of_service) {
        (Verb::Enable, Some(by)) => format!("; it stays Disabled: its {by} is disabled"),
        _ => String::new(),
    }
}

fn said(verb: Verb, name: &str) -> String {
    match verb {
        Verb::Revoke => format!("API token {name} was successfully revoked"),
        Verb::DropOld => format!("The old value of {name} was dropped"),
        verb => format!("API token {name} was {}", verb.past()),
    }
}

#[derive(Serialize)]
struct Would<'v> {
    dry_run: bool,
    verb: Verb,
    token: &'v TokenView,
}

/// The fields that say which token it is: name, id, status, description, account.
const SHORT: usize = 5;

fn would(deck: &Deck, verb: Verb, view: &TokenView) -> Outcome {
    let would = Would { dry_run: true, verb, token: view };
    deck.output.record(&would, |format| {
        if format == Format::Csv {
            let token = std::slice::from_ref(view);
            return sheet_of(token).with_column("would", &verb.to_string());
        }
        let mut lines = vec![("Would", verb.to_string())];
        lines.extend(fields(view).into_iter().take(SHORT));
        Sheet::of_record(lines)
    })?;
    Ok(Exit::Done)
}

fn question(deck: &Deck, verb: Verb, view: &TokenView) -> Question {
    let place = deck.place(&view.names.account(view.token.account));
    let (name, id) = (&view.token.name, view.token.id);
    let products = match access(view) {
        products if products.is_empty() => String::new(),
        products => format!(": {products}"),
    };
    let title = match verb {
        Verb::DropOld => "Drop the old value of",
        verb => verb.title(),
    };
    let consequence = match verb {
        Verb::DropOld => "Whoever still uses it is refused from now on.".to_owned(),
        Verb::Delete => "The token stops working and leaves the list.".to_owned(),
        _ => format!("This disables access to all associated products{products}."),
    };
    let asked = format!("{title} API token {name} ({id}) of {place}?");
    let alike = LookAlike::warning(&view.look_alikes).map(|warning| format!("{warning}."));
    let end = format!("{consequence} This can't be undone.");
    Question {
        lines: [Some(asked), alike, Some(end)].into_iter().flatten().collect(),
        title: verb.title(),
        words: format!("{verb} 1"),
        must_type: false,
    }
}
