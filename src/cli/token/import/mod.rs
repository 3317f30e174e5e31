//! `tokendeck token import`: tokens out of a file. All of it is looked at before anything
//! is made; new values are in their file before the first token is in force.

mod file;
mod looked;
mod report;
mod row;

use std::collections::BTreeMap;
use std::path::Path;

use crate::backend::export::import_tokens;
use crate::cli::args::ImportArgs;
use crate::cli::deck::Deck;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::Progress;
use crate::domain::{AccountId, Guid, Refusal, name};
use crate::wire::{ImportKind, ImportPlan, ImportRow, LookAlike, Verdict};
use file::Wrong;
use looked::Looked;

/// Rows that are looked at, or made, in one call: a server takes no longer request.
const PART: usize = 5_000;

pub(super) async fn run(deck: &Deck, args: &ImportArgs) -> Ended {
    deck.operator().must_manage()?;
    if !deck.is_dry() {
        deck.must_write()?;
    }
    let (lines, mut wrong) = file::read(&args.file)?;
    let catalogue = deck.backend.catalogue().await?;
    let (operator, now) = (deck.operator(), deck.now());
    let place = row::RowPlace { catalogue: &catalogue, operator, now };
    let mut rows = Vec::with_capacity(lines.len());
    for line in &lines {
        match place.row(line) {
            Ok(row) => rows.push(row),
            Err(errors) => wrong.extend(errors),
        }
    }
    let rows = without_twins(rows, &mut wrong);
    let mut looked = look(deck, rows).await?;
    looked.wrong.extend(wrong);
    looked.wrong.sort_by_key(|wrong| wrong.line);
    if !looked.wrong.is_empty() && !args.skip_bad {
        return Err(report::all_wrong(deck, &looked.wrong));
    }
    must_have_a_file(args.out.as_deref(), looked.count(ImportKind::Drawn))?;
    for (line, warning) in &looked.alike {
        deck.output.warn("look_alike", &format!("line {line}: {warning}"));
    }
    if deck.is_dry() {
        return report::planned(deck, &looked);
    }
    if looked.plans.is_empty() {
        return report::done(deck, &looked, None);
    }
    let plans = std::mem::take(&mut looked.plans);
    let total = plans.iter().map(|plan| plan.rows.len() as u64).sum();
    let mut progress = Progress::new(deck.output);
    let told = |ended| progress.show("import", ended, total);
    let made = import_tokens(deck.backend.as_ref(), plans, args.out.as_deref(), told).await;
    drop(progress);
    report::done(deck, &looked, Some(&made?))
}

/// Refuses a file that is there, and new values without a file, before anything is made.
fn must_have_a_file(out: Option<&Path>, drawn: usize) -> Result<(), Failure> {
    match out {
        Some(path) if path.symlink_metadata().is_ok() => {
            let error = std::io::ErrorKind::AlreadyExists.into();
            Err(Failure::Write { path: path.to_owned(), error })
        }
        None if drawn > 0 => Err(Failure::Usage(format!(
            "{drawn} of the tokens get a new value: name a new file for them with --out"
        ))),
        Some(_) | None => Ok(()),
    }
}

/// The rows without those whose name another one of the file has.
fn without_twins(rows: Vec<ImportRow>, wrong: &mut Vec<Wrong>) -> Vec<ImportRow> {
    let mut names: BTreeMap<(Option<AccountId>, String), u64> = BTreeMap::new();
    let mut guids: BTreeMap<Guid, u64> = BTreeMap::new();
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows {
        let name = (row.account, name::key(&row.settings.name));
        let by_name = *names.entry(name).or_insert(row.line);
        let guid = row.value.as_ref().map(|value| value.guid);
        let by_guid = guid.map_or(row.line, |guid| *guids.entry(guid).or_insert(row.line));
        for (field, line) in [("name", by_name), ("guid", by_guid)] {
            if line != row.line {
                wrong.push(Wrong::new(row.line, field, format!("The same as in line {line}")));
            }
        }
        if by_name == row.line && by_guid == row.line {
            kept.push(row);
        }
    }
    kept
}

async fn look(deck: &Deck, rows: Vec<ImportRow>) -> Result<Looked, Failure> {
    let (mut looked, total) = (Looked::default(), rows.len() as u64);
    let mut progress = Progress::new(deck.output);
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let part: Vec<ImportRow> = rows.by_ref().take(PART).collect();
        let checked = deck.backend.check_import(part.clone()).await?;
        let mut new = Vec::new();
        for (row, checked) in part.into_iter().zip(checked.rows) {
            if let Some(warning) = LookAlike::warning(&checked.look_alikes) {
                looked.alike.push((row.line, warning));
            }
            match checked.verdict {
                Verdict::New { .. } => new.push(row),
                Verdict::Exists { id } => looked.there.push((row.line, row.settings.name, id)),
                Verdict::Refused { refusal } => looked.wrong.extend(at(row.line, refusal)),
            }
        }
        if !new.is_empty() {
            looked.plans.push(ImportPlan { id: Some(checked.id), rows: new });
        }
        progress.show("check", total - rows.len() as u64, total);
    }
    Ok(looked)
}

fn at(line: u64, refusal: Refusal) -> Vec<Wrong> {
    match refusal {
        Refusal::Invalid(errors) => {
            errors.iter().map(|error| Wrong::new(line, &error.field, &error.message)).collect()
        }
        other => vec![Wrong::new(line, "line", other.to_string())],
    }
}
