//! The catalogue, as far as whoever asks may know and change it.

use crate::backend::{Answer, Backend as _};
use crate::domain::{Catalogue, EntryDraft, EntryId, Switch, UserId};
use crate::server::Limits;
use crate::server::answer::Said;
use crate::server::asked::Asking;
use crate::server::route::{Route, route};
use crate::wire::http::{EntryEditAsk, Strict, Whole, calls};
use crate::wire::{EntryEdit, EntryView, Imported, Run};

pub(super) fn routes(limits: Limits) -> Vec<Route> {
    vec![
        route(&calls::CATALOGUE, limits, catalogue),
        route(&calls::ADD_ENTRY, limits, add),
        route(&calls::EDIT_ENTRY, limits, edit),
        route(&calls::REMOVE_ENTRY, limits, remove),
        route(&calls::SWITCH_USER, limits, switch),
        route(&calls::IMPORT, limits, import),
    ]
}

async fn catalogue(asked: Asking) -> Answer<Said<Catalogue>> {
    Ok(asked.backend.catalogue().await?.into())
}

async fn add(asked: Asking<(), Run, Strict<EntryDraft>>) -> Answer<Said<EntryView>> {
    let (Strict(draft), run) = (asked.body, asked.query);
    Ok(Said::from(asked.backend.add_entry(draft, run).await?).made(run))
}

async fn edit(asked: Asking<EntryId, Run, Strict<EntryEditAsk>>) -> Answer<Said<EntryView>> {
    let Strict(EntryEditAsk { seen, draft: Whole(draft) }) = asked.body;
    let edit = EntryEdit { seen, draft };
    Ok(asked.backend.edit_entry(asked.path, edit, asked.query).await?.into())
}

async fn remove(asked: Asking<EntryId, Run>) -> Answer<Said<()>> {
    asked.backend.remove_entry(asked.path, asked.query).await?;
    Ok(().into())
}

async fn switch(asked: Asking<(UserId, Switch), Run>) -> Answer<Said<EntryView>> {
    let (id, switch) = asked.path;
    Ok(asked.backend.switch_user(id, switch, asked.query).await?.into())
}

async fn import(asked: Asking<(), Run, Catalogue>) -> Answer<Said<Imported>> {
    Ok(asked.backend.import_catalogue(asked.body, asked.query).await?.into())
}
