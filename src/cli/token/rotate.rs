//! `tokendeck token regenerate` of many tokens: their new values go into a file and
//! nowhere else.

use std::io;
use std::path::{Path, PathBuf};

use super::bulk::{BulkWork, lately, nothing};
use crate::backend::BulkBackend as _;
use crate::backend::export::regenerate_export;
use crate::cli::bulk::{self, is_only_told, note_values, reasons, say_reasons, tell};
use crate::cli::confirm::Question;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::Progress;
use crate::config;
use crate::domain::calendar::end_day;
use crate::domain::draft::check_end;
use crate::domain::{Expiry, Overlap, Refusal, Verb};
use crate::text::thousands;
use crate::wire::{Job, Plan, Rotation};

/// How long the new value lives, and how long the old one still passes.
#[derive(Debug, Clone, Copy)]
pub(super) struct RotationTerms {
    pub(super) expiry: Option<Expiry>,
    pub(super) overlap: Overlap,
}

/// Gives all of them new values.
pub(super) async fn many(
    deck: &Deck,
    work: BulkWork,
    terms: RotationTerms,
    out: Option<&Path>,
) -> Ended {
    let end = terms.expiry.and_then(|expiry| expiry.valid_to(deck.now()));
    check_end(None, end, deck.now()).map_err(|error| Refusal::Invalid(vec![error]))?;
    let plan = deck.backend.planned(Verb::Regenerate, work.target.clone()).await?;
    if plan.count() == 0 && work.named {
        say_reasons(deck, &plan);
        return Err(Refusal::NothingToDo(Verb::Regenerate).into());
    }
    if plan.count() == 0 && !deck.is_dry() {
        return nothing(deck, &plan);
    }
    if is_only_told(deck, &plan)? {
        return Ok(Finish::Done);
    }
    let path = new_file(out)?;
    deck.confirm(&question(deck, &plan, &work, (terms, &path)))?;
    let mut progress = Progress::new(deck.output);
    let told = |job: &Job| progress.show("regenerate", job.tally.ended(), job.total);
    let rotation = Rotation { plan, expiry: terms.expiry, overlap: terms.overlap };
    let done = regenerate_export(deck.backend.as_ref(), rotation, &path, told).await;
    drop(progress);
    let done = done?;
    tell(deck, &done.report, Some(done.job.id), Some(&done.place))?;
    note_values(deck, &done);
    Ok(work.exit(&done.report))
}

/// The file for the values, which must not be there yet.
fn new_file(out: Option<&Path>) -> Result<PathBuf, Failure> {
    let out = out.ok_or_else(|| {
        Failure::Usage("say where the new values go: --out FILE, a new file".to_owned())
    })?;
    let path = config::from_here(out);
    match path.symlink_metadata() {
        Ok(_) => Err(Failure::Write { path, error: io::ErrorKind::AlreadyExists.into() }),
        Err(_) => Ok(path),
    }
}

fn question(
    deck: &Deck,
    plan: &Plan,
    work: &BulkWork,
    (terms, path): (RotationTerms, &Path),
) -> Question {
    let count = plan.count();
    let tokens = if count == 1 { "token" } else { "tokens" };
    let asked = format!("Regenerate {} {tokens} {}", thousands(count), work.whose);
    let mut lines = vec![format!("{}?", deck.place(&asked))];
    lines.extend(lately(plan));
    lines.extend(reasons(plan));
    lines.push(format!("Their new values are written to a new file '{}'.", path.display()));
    lines.push(match terms.expiry.map(|expiry| expiry.valid_to(deck.now())) {
        None => "Each lives as long as its old value was to live.".to_owned(),
        Some(None) => "They expire Never.".to_owned(),
        Some(Some(end)) => format!("They expire {}.", end_day(end)),
    });
    lines.push(match terms.overlap.length() {
        None => "The old values stop working at once.".to_owned(),
        Some(_) => format!("The old values stop working in {}.", terms.overlap),
    });
    bulk::question(plan, Verb::Regenerate.title(), lines)
}
