//! `tokendeck user generate-export`: the values go into a file and nowhere else.

use std::path::Path;

use super::act::{consequences, heading, planned};
use super::report;
use crate::backend::export::generate_export;
use crate::cli::args::Whom;
use crate::cli::confirm::Question;
use crate::cli::deck::Deck;
use crate::cli::exit::Exit;
use crate::cli::failure::{Failure, Outcome};
use crate::domain::HolderVerb;
use crate::wire::HolderPlan;

pub(super) async fn run(deck: &Deck, whom: &Whom, folder: &Path) -> Outcome {
    let Some(plan) = planned(deck, HolderVerb::Generate, whom).await? else {
        return Ok(Exit::Done);
    };
    deck.confirm(&question(deck, &plan, folder).await?)?;
    let done = generate_export(deck.backend.as_ref(), plan, folder, |_| ()).await?;
    let exit = report::done(deck, &done.report, done.job.id, Some(&done.place))?;
    deck.output.note(&format!("{} values are in {}", done.rows, done.place));
    if done.job.state.waits() {
        let id = done.job.id;
        deck.output.note(&format!("Not all are in force yet: tokendeck job resume {id}"));
    }
    Ok(exit)
}

async fn question(deck: &Deck, plan: &HolderPlan, folder: &Path) -> Result<Question, Failure> {
    let (count, lost) = (plan.count(), plan.lost().len());
    let tokens = |count| if count == 1 { "token" } else { "tokens" };
    let asked = format!("Generate and export {count} {}", tokens(count));
    let mut lines = vec![heading(deck, plan, &asked).await?];
    lines.push(format!("Their values are written to a new file in '{}'.", folder.display()));
    if lost > 0 {
        let existing = format!("{lost} existing {}", tokens(lost));
        lines.push(format!("This replaces {existing}; the old values stop working."));
    }
    lines.extend(consequences(plan));
    let words = plan.phrase().unwrap_or_else(|| format!("generate {count}"));
    Ok(Question { lines, title: "Generate", words, must_type: true })
}
