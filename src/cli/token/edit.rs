//! `tokendeck token edit`.

use super::grants::{self, GrantPlace};
use super::issued;
use crate::cli::args::EditArgs;
use crate::cli::deck::Deck;
use crate::cli::failure::{Ended, Failure};
use crate::cli::resolve;
use crate::domain::{Refusal, Settings, Verb, label};
use crate::wire::{Edit, TokenView};

pub(super) async fn run(deck: &Deck, args: &EditArgs) -> Ended {
    if !args.names_something() {
        return Err(Failure::Usage(
            "what is to change? name a setting, such as --name or --expires; \
             'tokendeck token edit --help' lists them"
                .to_owned(),
        ));
    }
    let view = deck.backend.show(args.token.clone()).await?;
    let doing = format!("edit {} ({})", view.token.name, view.token.id);
    deck.allows(Verb::Edit, &view).map_err(|refusal| Failure::refused(&doing, refusal))?;
    deck.must_write()?;
    deck.warn_of(Some(&view));
    let settings = settings(deck, args, &view).await?;
    let edit = Edit { version: view.token.version, settings, new_value: false, guid: None };
    let issued = deck
        .backend
        .edit(view.token.id.clone(), edit, deck.run)
        .await
        .map_err(|error| Failure::Backend { doing: Some(doing), error })?;
    if issued.token.token == view.token {
        let (name, id) = (&view.token.name, &view.token.id);
        deck.output.note(&format!("{name} ({id}) is like that already: nothing was changed"));
        return issued::print_unchanged(deck, &issued);
    }
    issued::print(deck, &issued, "updated")
}

/// The token's settings with what the flags name.
async fn settings(deck: &Deck, args: &EditArgs, view: &TokenView) -> Result<Settings, Failure> {
    let catalogue = deck.backend.catalogue().await?;
    let account = view.token.account;
    let mut settings = Settings::of(&view.token);
    // What is set anew goes first, so that one flag can't take away what another sets.
    for name in &args.remove_label {
        if !label::remove(&mut settings.labels, name) {
            let message = format!("There is no label '{}'", name.trim());
            return Err(Refusal::field("labels", message).into());
        }
    }
    let place = GrantPlace { catalogue: &catalogue, account, now: deck.now() };
    grants::apply(&mut settings, &args.grants, &place)?;
    for text in &args.remove_group {
        settings.groups.remove(&resolve::group(&catalogue, account, text)?);
    }
    for text in &args.remove_scope {
        settings.scopes.remove(&resolve::scope(&catalogue, account, text)?);
    }
    if let Some(name) = &args.name {
        settings.name.clone_from(name);
    }
    if args.enabled {
        settings.enabled = true;
    }
    Ok(settings)
}
