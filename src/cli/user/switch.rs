//! Users out of service and back. All who are named are looked at before any is changed,
//! so that a slip in one name leaves everything as it was.

use serde::Serialize;

use crate::cli::deck::Deck;
use crate::cli::exit::Finish;
use crate::cli::failure::{Ended, Failure};
use crate::cli::output::{Format, Sheet};
use crate::cli::resolve;
use crate::domain::{EntryDraft, Switch, UserId};
use crate::wire::{Ability, EntryView, Run};

#[derive(Serialize)]
struct Switched<'v> {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    dry_run: bool,
    users: &'v [EntryView],
}

pub(super) async fn run(deck: &Deck, switch: Switch, named: &[String]) -> Ended {
    let catalogue = deck.backend.catalogue().await?;
    let mut users: Vec<UserId> = Vec::new();
    for text in named {
        let user = resolve::user(&catalogue, text)?;
        if !users.contains(&user) {
            users.push(user);
        }
    }
    deck.must_write()?;
    deck.warn_of(None);
    let mut views = Vec::new();
    // Where nothing can be tried, the first slip is only found when its turn has come.
    for user in users.iter().filter(|_| deck.can(Ability::TryFirst)) {
        let name = catalogue.users.get(user).map_or_else(|| user.to_string(), |u| u.name.clone());
        let doing = format!("{switch} {name} ({user})");
        let refused = |error| Failure::Backend { doing: Some(doing.clone()), error };
        views.push(deck.backend.switch_user(*user, switch, Run::Dry).await.map_err(refused)?);
    }
    if !deck.is_dry() {
        views.clear();
        for user in &users {
            match deck.backend.switch_user(*user, switch, Run::Real).await {
                Ok(view) => views.push(view),
                Err(error) => {
                    // What is done stays so, and whoever asked must know of it.
                    deck.output.note(&said(switch, &views, "was", "were"));
                    let doing = Some(format!("{switch} {user}"));
                    return Err(Failure::Backend { doing, error });
                }
            }
        }
    }
    if deck.output.format() != Format::Table {
        let whole = Switched { dry_run: deck.is_dry(), users: &views };
        deck.output.list(&whole, &views, |_| sheet(&views))?;
    }
    let (one, many) = if deck.is_dry() { ("would be", "would be") } else { ("was", "were") };
    deck.output.note(&said(switch, &views, one, many));
    Ok(Finish::Done)
}

/// "Carl Clerk, Dora Deputy were disabled".
fn said(switch: Switch, views: &[EntryView], one: &str, many: &str) -> String {
    let names: Vec<&str> = views.iter().map(|view| view.entry.name()).collect();
    let verb = if names.len() == 1 { one } else { many };
    let past = switch.event();
    format!(
        "{} {verb} {past}",
        if names.is_empty() { "Nobody".to_owned() } else { names.join(", ") }
    )
}

fn sheet(views: &[EntryView]) -> Sheet {
    let row = |view: &EntryView| {
        let login = match &view.entry {
            EntryDraft::User(user) => user.login.clone(),
            other => other.name().to_owned(),
        };
        let off = matches!(&view.entry, EntryDraft::User(user) if user.disabled_at.is_some());
        let state = if off { "disabled" } else { "enabled" };
        vec![view.id.to_string(), login, view.entry.name().to_owned(), state.to_owned()]
    };
    Sheet::new(vec!["id", "login", "name", "state"], views.iter().map(row).collect())
}
