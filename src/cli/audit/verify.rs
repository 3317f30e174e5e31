//! `tokendeck audit verify`: whether the log is what it was, by its own chain and by a
//! head that was kept elsewhere; of the store, or of an export alone.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use crate::backend::local;
use crate::cli::args::AuditVerifyArgs;
use crate::cli::call::Invocation;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::{Format, Output, Sheet};
use crate::domain::Event;
use crate::domain::event::{Break, Hash, LogFault, Point, SeenBy, Walk, decode, unhex};
use crate::wire::{ChainView, EventView, Proof, RowId};

/// `tokendeck audit verify`. On a store of this machine it needs no operator, as it shows
/// no event; a server wants a Superadmin.
pub(in crate::cli) fn verify(call: &Invocation, args: &AuditVerifyArgs) -> Ended {
    if let Some(file) = &args.file {
        return print(call.output, &of_file(file, args.expect)?);
    }
    if call.settings.remote.is_some() {
        return Deck::with(call, async |deck| {
            print(deck.output, &deck.backend.verify_log(args.expect).await?)
        });
    }
    let report = local::verify_audit(call.place()?, args.expect)?;
    print(call.output, &report.view())
}

fn print(output: Output, chain: &ChainView) -> Ended {
    output.record(chain, |format| sheet(chain, format))?;
    Ok(if chain.whole { Finish::Done } else { Finish::No })
}

fn sheet(chain: &ChainView, format: Format) -> Sheet {
    let place = chain.broken_at.map(|at| at.to_string());
    if format == Format::Csv {
        return Sheet::of_record(vec![
            ("whole", chain.whole.to_string()),
            ("events", chain.events.to_string()),
            ("head", chain.head.clone()),
            ("broken_at", place.unwrap_or_default()),
            ("reason", chain.reason.clone().unwrap_or_default()),
        ]);
    }
    let text = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    Sheet::of_record(vec![
        ("Chain", if chain.whole { "whole" } else { "broken" }.to_owned()),
        ("Events", chain.events.to_string()),
        ("Head", chain.head.clone()),
        ("Broken at", text(place)),
        ("Reason", text(chain.reason.clone())),
    ])
}

/// The chain of an export, from its first line to its last.
fn of_file(path: &Path, expected: Option<Point>) -> Result<ChainView, Failure> {
    let unread = |error: std::io::Error| {
        Failure::Unreadable(format!("'{}' can't be read: {error}", path.display()))
    };
    let mut walk: Option<Walk> = None;
    let mut events = 0;
    for (number, line) in BufReader::new(File::open(path).map_err(unread)?).lines().enumerate() {
        let line = line.map_err(unread)?;
        let view: EventView = serde_json::from_str(&line).map_err(|_| no_line(path, number))?;
        let proof = view.proof.as_ref().and_then(read).ok_or_else(|| no_line(path, number))?;
        let start = Point { sequence: view.event.sequence.saturating_sub(1), hash: proof.previous };
        let walk = walk.get_or_insert_with(|| Walk::after(start).expecting(expected));
        if let Err(found) = step(walk, &view, &proof) {
            return Ok(ChainView::new(events, walk.last, Some(ChainView::wrong(found))));
        }
        events += 1;
    }
    let Some(walk) = walk else {
        return Err(Failure::Unreadable(format!("'{}' holds no event", path.display())));
    };
    Ok(ChainView::new(events, walk.last, walk.unmet().map(ChainView::wrong)))
}

struct Proven {
    previous: Hash,
    bytes: Vec<u8>,
    hash: Hash,
}

fn read(proof: &Proof) -> Option<Proven> {
    let hash = |text: &str| unhex(text)?.try_into().ok();
    let (previous, bytes, hash) =
        (hash(&proof.previous)?, unhex(&proof.bytes)?, hash(&proof.hash)?);
    Some(Proven { previous, bytes, hash })
}

/// The next line must be the next event, and what people read in it what its bytes say.
fn step(walk: &mut Walk, view: &EventView, proof: &Proven) -> Result<(), Break> {
    let at = walk.last.sequence + 1;
    walk.step(view.event.sequence, &proof.bytes, &proof.hash)?;
    if decode(&proof.bytes).ok().map(|event| shown(event.into())) == Some(shown(view.event.clone()))
    {
        return Ok(());
    }
    Err(Break { at, fault: LogFault::Beside("text") })
}

/// An event as its line shows it: of who could see its subject nothing stands there.
fn shown(event: Event<RowId>) -> Event<RowId> {
    Event { seen: SeenBy::default(), ..event }
}

fn no_line(path: &Path, number: usize) -> Failure {
    Failure::Unreadable(format!(
        "line {} of '{}' is no event with its bytes and hashes: a Superadmin's 'audit export' \
         writes such lines",
        number + 1,
        path.display()
    ))
}
