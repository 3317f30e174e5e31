//! `tokendeck user generate-export`: the values go into a file and nowhere else.

use std::path::Path;

use super::act::{consequences, heading, planned};
use crate::backend::export::generate_export;
use crate::cli::args::Whom;
use crate::cli::bulk::{self, exit, note_values, tell};
use crate::cli::confirm::Question;
use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::Progress;
use crate::domain::HolderVerb;
use crate::text::thousands;
use crate::wire::{Job, Plan};

pub(super) async fn run(deck: &Deck, whom: &Whom, folder: &Path) -> Ended {
    let Some(plan) = planned(deck, HolderVerb::Generate, whom).await? else {
        return Ok(Finish::Done);
    };
    deck.confirm(&question(deck, &plan, folder).await?)?;
    let mut progress = Progress::new(deck.output);
    let told = |job: &Job| progress.show("generate", job.tally.ended(), job.total);
    let done = generate_export(deck.backend.as_ref(), plan, folder, told).await;
    drop(progress);
    let done = done?;
    tell(deck, &done.report, Some(done.job.id), Some(&done.place))?;
    note_values(deck, &done);
    Ok(exit(done.report.counts(), true))
}

async fn question(
    deck: &Deck,
    plan: &Plan<HolderVerb>,
    folder: &Path,
) -> Result<Question, Failure> {
    let (count, toll) = (plan.count(), plan.toll());
    let replaced = toll.tokens - toll.requests;
    let tokens = |count| if count == 1 { "token" } else { "tokens" };
    let asked = format!("Generate and export {} {}", thousands(count), tokens(count));
    let mut lines = vec![heading(deck, plan, &asked).await?];
    lines.push(format!("Their values are written to a new file in '{}'.", folder.display()));
    if replaced > 0 {
        let existing = format!("{} existing {}", thousands(replaced), tokens(replaced));
        lines.push(format!("This replaces {existing}; the old values stop working."));
    }
    lines.extend(consequences(plan));
    Ok(bulk::question(plan, "Generate", lines))
}
