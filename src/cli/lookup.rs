//! `tokendeck lookup`: whose is it. What was asked is never echoed, and of a text with values
//! or GUIDs in it nothing else leaves this process.

use std::collections::BTreeSet;

use secrecy::{ExposeSecret as _, SecretString};

use super::args::LookupArgs;
use super::deck::Deck;
use super::exit::Finish;
use super::failure::{Ended, Failure};
use super::input;
use super::output::{Format, Sheet, Title};
use super::token::{fields, revoke_leaked, sheet_of};
use crate::domain::Refusal;
use crate::domain::leak::{self, Leak};
use crate::wire::{LookupAnswer, LookupMatch, TokenView};

/// No id and no name is longer, in bytes.
const LONGEST: usize = 4_096;

/// Reads a text and shows the tokens to which what is in it belongs.
pub(super) async fn run(deck: &Deck, args: &LookupArgs) -> Ended {
    let text = input::text(&args.input, "tokendeck lookup")?;
    let has_credential = leak::all(text.expose_secret()).contains(&Leak::Credential);
    if has_credential {
        deck.output.warn(
            "operator_credential",
            "an operator credential is in it: 'tokendeck operator list', where the store is, \
             shows whose it is, and 'operator revoke' ends it",
        );
    }
    let asked = match leak::gathered(text.expose_secret()) {
        Some(gathered) => SecretString::from(gathered.as_str()),
        // No id or name is like that.
        None if has_credential || text.expose_secret().len() > LONGEST => {
            return Err(Refusal::no_token("(not repeated here)").into());
        }
        None => text,
    };
    let answer = deck.backend.lookup(asked).await?;
    if args.revoke {
        return revoke(deck, &answer).await;
    }
    print(deck, &answer)?;
    tell_elsewhere(deck, &answer);
    Ok(Finish::Done)
}

fn print(deck: &Deck, answer: &LookupAnswer) -> Result<(), Failure> {
    let found = answer.found.as_slice();
    if let (Format::Table, [only]) = (deck.output.format(), found) {
        let mut lines = vec![(Title::Borrowed("Matched"), only.matched.clone())];
        lines.extend(fields(&deck.session.descriptors, &only.token));
        return deck.output.record(answer, |_| Sheet::of_record(lines));
    }
    deck.output.list(answer, found, |format| match format {
        Format::Csv => {
            let tokens: Vec<_> = found.iter().map(|found| found.token.clone()).collect();
            let matched = found.iter().map(|found| found.matched.clone()).collect();
            sheet_of(&deck.session.descriptors, &tokens).with_cells("matched", matched)
        }
        _ => Sheet::new(
            vec!["Name", "ID", "Status", "Account", "Matched"],
            found.iter().map(row).collect(),
        ),
    })
}

fn row(found: &LookupMatch) -> Vec<String> {
    let view = &found.token;
    vec![
        view.token.name.clone(),
        view.token.id.to_string(),
        view.status_in_words(view.status),
        view.names.account(view.token.account),
        found.matched.clone(),
    ]
}

fn tell_elsewhere(deck: &Deck, answer: &LookupAnswer) {
    match answer.elsewhere {
        0 => {}
        1 => deck.output.note("1 value in it is of no token that you may see"),
        count => {
            deck.output.note(&format!("{count} values in it are of no token that you may see"));
        }
    }
}

/// Revokes all that is found, but tokens of which only a value was given away that a newer one
/// has replaced: it does not pass, and theirs did not leak.
async fn revoke(deck: &Deck, answer: &LookupAnswer) -> Ended {
    let (mut tokens, mut known) = (Vec::<TokenView>::new(), BTreeSet::new());
    for found in &answer.found {
        let (name, id) = (&found.token.token.name, found.token.token.id.clone());
        let status = found.token.status;
        let left = if found.replaced { "; left alone, as it does not pass any more" } else { "" };
        deck.output.note(&format!("{name} ({id}), {status}: {}{left}", found.matched));
        if !found.replaced && known.insert(id) {
            tokens.push(found.token.clone());
        }
    }
    tell_elsewhere(deck, answer);
    revoke_leaked(deck, &tokens).await
}
