//! `tokendeck store accept-clock`: has the store go by this machine's clock, after it was
//! said what follows from that.

use serde::Serialize;

use super::call::Invocation;
use super::confirm::Question;
use super::deck::Deck;
use super::exit::Finish;
use super::failure::Ended;
use super::moment::instant;
use super::output::{Format, Sheet};
use crate::domain::calendar::seconds;
use crate::domain::clock::{distance, words};
use crate::text::thousands;
use crate::wire::ClockTaken;

#[derive(Serialize)]
struct Taken<'t> {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    #[serde(flatten)]
    clock: &'t ClockTaken,
}

/// Asks, and takes the time.
pub(super) fn run(call: &Invocation) -> Ended {
    Deck::with(call, accept)
}

async fn accept(deck: &Deck) -> Ended {
    let store = deck.store()?;
    let looked = store.accept_clock(None).await?;
    if !looked.is_needed {
        deck.output.note("the clock of this machine is believed: there is nothing to accept");
        return tell(deck, &looked);
    }
    if deck.is_dry() {
        for line in follows(&looked) {
            deck.output.note(&line);
        }
        return tell(deck, &looked);
    }
    deck.must_write()?;
    deck.confirm(&question(&looked))?;
    let taken = store.accept_clock(Some(looked.to)).await?;
    deck.output.note(&format!("the store goes by {} now", seconds(taken.to)));
    tell(deck, &taken)
}

fn question(looked: &ClockTaken) -> Question {
    let mut lines = vec![format!("Take {} for the time of this store?", seconds(looked.to))];
    lines.extend(follows(looked));
    lines.push("What was revoked or deleted stays so. This is put on record.".to_owned());
    Question { lines, title: "Accept", words: words(looked.to), must_type: true }
}

/// What follows from it, one sentence each.
fn follows(looked: &ClockTaken) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(from) = looked.from {
        let step = looked.to - from;
        let way = if step < chrono::TimeDelta::zero() { "back" } else { "ahead" };
        let far = distance(step);
        lines.push(format!("The store's time is {}: it moves {way} by {far}.", seconds(from)));
    }
    if let Some(event) = looked.event {
        let at = seconds(event.at);
        lines
            .push(format!("Event {} is from the future, {at}: it stays as it is.", event.sequence));
    }
    let again = counted(
        looked.tokens_again,
        "token that had expired lives",
        "tokens that had expired live",
    );
    let names = looked.names_again.join(", ");
    let more = if looked.names_again.len() < looked.tokens_again { ", ..." } else { "" };
    let names = if names.is_empty() { names } else { format!(" ({names}{more})") };
    lines.push(format!("{again} again{names}."));
    if looked.values_again > 0 {
        lines.push(format!(
            "{} again.",
            counted(looked.values_again, "value passes", "values pass")
        ));
    }
    if looked.credentials_again > 0 {
        let what = counted(
            looked.credentials_again,
            "operator credential signs in",
            "operator credentials sign in",
        );
        lines.push(format!("{what} again: see 'tokendeck operator list'."));
    }
    if looked.tokens_ended > 0 {
        let what = counted(looked.tokens_ended, "token counts", "tokens count");
        lines.push(format!("{what} as expired from now on."));
    }
    lines
}

fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{} {many}", thousands(count as u64)) }
}

/// The result for programs; people were told in words.
fn tell(deck: &Deck, clock: &ClockTaken) -> Ended {
    if deck.output.format() != Format::Table {
        deck.output.record(&Taken { dry_run: deck.is_dry(), clock }, |_| {
            Sheet::of_record(vec![
                ("from", instant(clock.from)),
                ("to", instant(Some(clock.to))),
                ("is_needed", clock.is_needed.to_string()),
                ("event", clock.event.map(|event| event.sequence.to_string()).unwrap_or_default()),
                ("tokens_again", clock.tokens_again.to_string()),
                ("values_again", clock.values_again.to_string()),
                ("credentials_again", clock.credentials_again.to_string()),
                ("tokens_ended", clock.tokens_ended.to_string()),
            ])
        })?;
    }
    Ok(Finish::Done)
}
