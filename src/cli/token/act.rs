//! The verbs that switch or end tokens: enable, disable, revoke, delete. One token
//! is acted on at once; more than one, or a filter, becomes bulk work.

use serde::Serialize;

use super::bulk;
use super::view::{fields, sheet_of};
use super::which::{VerbOrder, both, named, which};
use crate::backend::list_file::fields::access;
use crate::cli::args::{ActArgs, DropOldArgs};
use crate::cli::confirm::{Consented, Question};
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::input;
use crate::cli::output::{Format, Sheet, Title};
use crate::domain::TokenId;
use crate::domain::{Refusal, Verb, known_version};
use crate::wire::{LookAlike, RowId, TokenView};

pub(super) async fn run(deck: &Deck, verb: Verb, args: &ActArgs) -> Ended {
    args.refuse_blank()?;
    let order = VerbOrder { verb, if_needed: args.if_needed };
    if args.tokens.iter().any(|token| token == "-") {
        return from_input(deck, order, args).await;
    }
    match (args.tokens.as_slice(), args.filters.is_given()) {
        ([], false) => Err(which(verb)),
        ([], true) => bulk::found(deck, verb, &args.filters).await,
        (_, true) => Err(both()),
        (names, false) => by_name(deck, order, names).await,
    }
}

/// `tokendeck token drop-old`.
pub(super) async fn drop_old(deck: &Deck, args: &DropOldArgs) -> Ended {
    let view = deck.backend.show(args.token.clone()).await?;
    one(deck, VerbOrder { verb: Verb::DropOld, if_needed: args.if_needed }, &view).await
}

/// Tokens of standard input, as `token list -q` writes them, beside those that are named.
async fn from_input(deck: &Deck, order: VerbOrder, args: &ActArgs) -> Ended {
    if args.filters.is_given() {
        return Err(Failure::Usage("- reads which tokens: give no filters beside it".to_owned()));
    }
    let mut references = input::lines()?;
    references.extend(args.tokens.iter().filter(|token| *token != "-").cloned());
    let ids: Result<Vec<RowId>, _> =
        references.iter().map(|text| text.parse::<TokenId>().map(RowId::from)).collect();
    match (references.as_slice(), ids) {
        // What found nothing before the pipe is no failure behind it.
        ([], _) => {
            deck.output.note("nothing on standard input, and nothing was done");
            Ok(Finish::Done)
        }
        // What each of them is has to be known where it may be like that already.
        (several, Ok(ids)) if several.len() > 1 && !order.if_needed => {
            bulk::listed(deck, order.verb, ids).await
        }
        (some, _) => by_name(deck, order, some).await,
    }
}

/// Does it to tokens that were named one by one.
async fn by_name(deck: &Deck, order: VerbOrder, references: &[String]) -> Ended {
    match named(deck, references).await?.as_slice() {
        [only] => one(deck, order, only).await,
        several => bulk::tokens(deck, order, several).await,
    }
}

async fn one(deck: &Deck, order: VerbOrder, view: &TokenView) -> Ended {
    let verb = order.verb;
    let (id, name) = (view.token.id.clone(), &view.token.name);
    let doing = match verb {
        Verb::DropOld => format!("drop the old value of {name} ({id})"),
        _ => format!("{verb} {name} ({id})"),
    };
    match deck.allows(verb, view) {
        Err(refusal) if order.is_met_by(&refusal) => return unneeded(deck, view, &refusal),
        allowed => allowed.map_err(|refusal| Failure::refused(&doing, refusal))?,
    }
    deck.must_write()?;
    if deck.is_dry() {
        return would(deck, verb, view);
    }
    let answer = if verb.is_final() || verb == Verb::DropOld {
        deck.confirm_of(view, &question(deck, verb, view))?
    } else {
        deck.warn_of(Some(view));
        Consented::Beforehand
    };
    // Whoever looked at the token and said yes meant it as it was.
    let version = (answer == Consented::Seen).then_some(view.token.version).and_then(known_version);
    let after = match deck.backend.act(verb, id, version).await {
        Ok(after) => after,
        // Somebody else was quicker.
        Err(error) => match error.refusal() {
            Some(refusal) if order.is_met_by(refusal) => return unneeded(deck, view, refusal),
            _ => return Err(Failure::Backend { doing: Some(doing), error }),
        },
    };
    print_one(deck, &after)
        .map_err(|failure| failure.unreported(|| format!("{}.", said(verb, name))))?;
    deck.output.note(&[said(verb, name), still_off(verb, &after)].concat());
    Ok(Finish::Done)
}

/// Its own flag was off, and it is out of service all the same.
fn still_off(verb: Verb, view: &TokenView) -> String {
    match (verb, view.out_of_service) {
        (Verb::Enable, Some(by)) => format!("; it stays Disabled: its {by} is disabled"),
        _ => String::new(),
    }
}

/// Nothing is to be done, and that is well.
fn unneeded(deck: &Deck, view: &TokenView, refusal: &Refusal) -> Ended {
    print_one(deck, view)?;
    deck.output.note(&format!("{} ({}): {refusal}", view.token.name, view.token.id));
    Ok(Finish::Done)
}

/// The token, for programs only.
fn print_one(deck: &Deck, view: &TokenView) -> Result<(), Failure> {
    match deck.output.format() {
        Format::Table => Ok(()),
        _ => deck
            .output
            .record(view, |_| sheet_of(&deck.session.descriptors, std::slice::from_ref(view))),
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

fn would(deck: &Deck, verb: Verb, view: &TokenView) -> Ended {
    let would = Would { dry_run: true, verb, token: view };
    deck.output.record(&would, |format| {
        if format == Format::Csv {
            let token = std::slice::from_ref(view);
            return sheet_of(&deck.session.descriptors, token)
                .with_column("would", &verb.to_string());
        }
        let mut lines = vec![(Title::Borrowed("Would"), verb.to_string())];
        lines.extend(fields(&deck.session.descriptors, view).into_iter().take(SHORT));
        Sheet::of_record(lines)
    })?;
    if let Some(uses) = view.value_uses().filter(|_| verb == Verb::DropOld) {
        deck.output.note(&uses);
    }
    Ok(Finish::Done)
}

fn question(deck: &Deck, verb: Verb, view: &TokenView) -> Question {
    let place = deck.place(&view.names.account(view.token.account));
    let (name, id) = (&view.token.name, view.token.id.clone());
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
    // A sentence of its own.
    let uses = view.value_uses().filter(|_| verb == Verb::DropOld);
    let uses = uses.map(|uses| uses.replacen("old", "Old", 1) + ".");
    let end = format!("{consequence} This can't be undone.");
    Question {
        lines: [Some(asked), alike, uses, Some(end)].into_iter().flatten().collect(),
        title: verb.title(),
        words: format!("{verb} 1"),
        must_type: false,
    }
}
