//! `tokendeck catalog remove`.

use serde::Serialize;

use super::report::title;
use crate::cli::args::RemoveArgs;
use crate::cli::confirm::Question;
use crate::cli::deck::{Deck, realm};
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::{Format, Sheet};
use crate::cli::resolve;
use crate::domain::catalogue_rules::may_remove;
use crate::domain::{EntryId, EntryKind, Refusal};
use crate::wire::{Ability, Run};

#[derive(Serialize)]
struct Removed {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    #[serde(flatten)]
    removed: EntryId,
}

pub(super) async fn run(deck: &Deck, args: &RemoveArgs) -> Ended {
    let catalogue = deck.backend.catalogue().await?;
    let kind = EntryKind::from(args.kind);
    let id = resolve::entry(&catalogue, kind, &args.entry)?;
    let missing = || Refusal::NotFound { what: kind.into(), name: args.entry.clone() };
    let title = title(id, &catalogue.draft(id).ok_or_else(missing)?);
    let doing = format!("remove {title}");
    let refused = |error| Failure::Backend { doing: Some(doing.clone()), error };
    may_remove(deck.operator(), &catalogue, id).map_err(|refusal| refused(refusal.into()))?;
    deck.must_write()?;
    // Tried first where it can be, so that nobody is asked about what would be refused anyway.
    if deck.can(Ability::TryFirst) {
        deck.backend.remove_entry(id, Run::Dry).await.map_err(refused)?;
    }
    if !deck.is_dry() {
        let place = deck.place(&realm(deck.operator(), &catalogue));
        deck.confirm(&Question {
            lines: vec![
                format!("Remove {title} of {place}?"),
                "This can't be undone; its id is never used again.".to_owned(),
            ],
            title: "Remove",
            words: format!("remove {}", args.entry),
            must_type: false,
        })?;
        deck.backend.remove_entry(id, Run::Real).await.map_err(refused)?;
    }
    if deck.output.format() != Format::Table {
        let whole = Removed { dry_run: deck.is_dry(), removed: id };
        let row = vec![("Kind", kind.to_string()), ("ID", id.to_string())];
        deck.output.record(&whole, |_| Sheet::of_record(row))?;
    }
    let would = if deck.is_dry() { "would be" } else { "was" };
    deck.output.note(&format!("{title} {would} removed"));
    Ok(Finish::Done)
}
