//! What an import would do, what it did, and what is wrong with its file.

use serde::Serialize;

use super::file::Wrong;
use super::looked::Looked;
use crate::backend::export::BroughtIn;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::Sheet;
use crate::domain::{FieldError, Refusal, TokenId};
use crate::text::thousands;
use crate::wire::{self, ImportKind};

/// Errors that are told to people; a program gets all of them.
const MOST: usize = 100;

#[derive(Serialize)]
struct Report<'r> {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'r str>,
    made: usize,
    requested: usize,
    existing: usize,
    bad: usize,
    failed: usize,
    items: &'r [Item],
}

/// A line of the file and what came of it.
#[derive(Serialize)]
struct Item {
    line: u64,
    name: String,
    id: Option<TokenId>,
    outcome: &'static str,
    reason: String,
}

/// The failure of a file in which something is wrong: every line of it, and nothing done.
pub(super) fn all_wrong(deck: &Deck, wrong: &[Wrong]) -> Failure {
    if deck.output.format().is_json() {
        let field = |wrong: &Wrong| {
            FieldError::new(&format!("line {}: {}", wrong.line, wrong.field), wrong.message.clone())
        };
        return Refusal::Invalid(wrong.iter().map(field).collect()).into();
    }
    let told = wrong.iter().take(MOST).map(said);
    let more = wrong.len().saturating_sub(MOST);
    let more = (more > 0).then(|| format!("and {} more", thousands(more)));
    let lines: Vec<_> = told.chain(more).collect();
    Failure::Unreadable(format!(
        "nothing was done, for something is wrong in the file (--skip-bad imports the rest)\n{}",
        lines.join("\n")
    ))
}

fn said(wrong: &Wrong) -> String {
    format!("line {}: {}: {}", wrong.line, wrong.field, wrong.message)
}

/// What would be done.
pub(super) fn planned(deck: &Deck, looked: &Looked) -> Ended {
    let made = looked.rows().map(|row| Item {
        line: row.line,
        name: row.settings.name.clone(),
        id: None,
        outcome: match row.kind() {
            ImportKind::Drawn | ImportKind::Held => "create",
            ImportKind::Request => "request",
        },
        reason: String::new(),
    });
    let items = sorted(made.chain(others(looked)).collect());
    let requested = looked.count(ImportKind::Request);
    let made = looked.rows().count() - requested;
    tell(deck, looked, &items, (made, requested, 0), None)?;
    Ok(ending(looked, 0))
}

/// What was done.
pub(super) fn done(deck: &Deck, looked: &Looked, brought: Option<&BroughtIn>) -> Ended {
    let reported = brought.map(|brought| brought.items.as_slice()).unwrap_or_default();
    let (mut made, mut requested, mut failed) = (0, 0, 0);
    let mut items = Vec::with_capacity(reported.len());
    for item in reported {
        let (outcome, reason) = match (&item.outcome, item.kind) {
            (wire::Outcome::Done, ImportKind::Request) => {
                requested += 1;
                ("requested", "")
            }
            (wire::Outcome::Done, ImportKind::Drawn | ImportKind::Held) => {
                made += 1;
                ("created", "")
            }
            (wire::Outcome::Skipped { reason, .. } | wire::Outcome::Failed { reason, .. }, _) => {
                failed += 1;
                ("failed", reason.as_str())
            }
        };
        let (line, name, reason) = (item.line, item.name.clone(), reason.to_owned());
        items.push(Item { line, name, id: item.token, outcome, reason });
    }
    items.extend(others(looked));
    let items = sorted(items);
    let place = brought.and_then(|brought| brought.place.as_deref());
    tell(deck, looked, &items, (made, requested, failed), place).map_err(|failure| {
        let file = place.map_or_else(String::new, |place| format!(" The values are in {place}."));
        let counts = format!("{} created, {} requested", thousands(made), thousands(requested));
        failure.unreported(|| format!("{counts}.{file}"))
    })?;
    if let Some(brought) = brought {
        if let Some(place) = place {
            let values = if brought.values == 1 { "value is" } else { "values are" };
            deck.output.note(&format!("{} {values} in {place}", thousands(brought.values)));
        }
        for job in brought.jobs.iter().filter(|job| job.state.waits()) {
            let id = job.id;
            deck.output.note(&format!("Not all are made yet: tokendeck job resume {id}"));
        }
    }
    Ok(match ending(looked, failed) {
        Finish::Partly if made + requested == 0 && failed > 0 => Finish::No,
        exit => exit,
    })
}

/// What is there already, and what is wrong.
fn others(looked: &Looked) -> impl Iterator<Item = Item> {
    let there = looked.there.iter().map(|(line, name, id)| Item {
        line: *line,
        name: name.clone(),
        id: Some(*id),
        outcome: "existing",
        reason: "It is there already, and stays as it is".to_owned(),
    });
    let wrong = looked.wrong.iter().map(|wrong| Item {
        line: wrong.line,
        name: String::new(),
        id: None,
        outcome: "bad",
        reason: format!("{}: {}", wrong.field, wrong.message),
    });
    there.chain(wrong)
}

fn sorted(mut items: Vec<Item>) -> Vec<Item> {
    items.sort_by_key(|item| item.line);
    items
}

fn tell(
    deck: &Deck,
    looked: &Looked,
    items: &[Item],
    (made, requested, failed): (usize, usize, usize),
    file: Option<&str>,
) -> Result<(), Failure> {
    let (existing, bad, dry_run) = (looked.there.len(), bad_lines(looked), deck.is_dry());
    let whole = Report { dry_run, file, made, requested, existing, bad, failed, items };
    let row = |item: &Item| {
        let id = item.id.map(|id| id.to_string()).unwrap_or_default();
        let (name, outcome) = (item.name.clone(), item.outcome.to_owned());
        vec![item.line.to_string(), name, id, outcome, item.reason.clone()]
    };
    let titles = vec!["Line", "Name", "ID", if dry_run { "Would" } else { "Outcome" }, "Reason"];
    deck.output.list(&whole, items, |_| Sheet::new(titles, items.iter().map(row).collect()))?;
    let words = [
        (made, "created"),
        (requested, "requested"),
        (existing, "there already"),
        (bad, "bad and left out"),
        (failed, "failed"),
    ];
    let said = words.iter().filter(|(count, word)| *count > 0 || *word == "created");
    let said: Vec<_> = said.map(|(count, word)| format!("{} {word}", thousands(*count))).collect();
    let said = said.join(", ");
    deck.output.note(&if dry_run { format!("{said}: nothing was done yet") } else { said });
    Ok(())
}

/// Lines with something wrong in them.
fn bad_lines(looked: &Looked) -> usize {
    let lines: std::collections::BTreeSet<_> =
        looked.wrong.iter().map(|wrong| wrong.line).collect();
    lines.len()
}

fn ending(looked: &Looked, failed: usize) -> Finish {
    if looked.wrong.is_empty() && failed == 0 { Finish::Done } else { Finish::Partly }
}
