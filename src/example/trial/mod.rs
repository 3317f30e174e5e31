//! Fills a trial store with made-up tokens: many, plausible, and the same for the
//! same seed. They have GUIDs and hashes of nothing: no value of theirs exists.

mod dice;
mod filling;
mod places;
mod tokens;

use crate::domain::{Catalogue, Change, Refusal, Time, TokenId, UserId};
use crate::store::{self, CommitError, Store, StoreState};
use crate::wire::StoreKind;

use self::tokens::{MadeUp, Maker};

pub use self::filling::Filling;

/// Tokens in one commit.
const CHUNK: usize = 5_000;

/// Refuses any other kind of store than one for trials.
pub fn must_be_for_trials(store: &dyn Store) -> Result<(), Refusal> {
    if store.info().kind == StoreKind::Trial {
        return Ok(());
    }
    let message = "only a trial store takes made-up tokens: name another place with --store, \
                   and one is made there";
    Err(Refusal::field("store", message))
}

/// Adds made-up tokens to a trial store, as if it were `now`; `told` hears how many are
/// there after each commit. Any other kind of store is refused.
pub fn fill(
    store: &dyn Store,
    filling: Filling,
    now: Time,
    told: &mut dyn FnMut(u64),
) -> Result<(), CommitError> {
    must_be_for_trials(store)?;
    let accounts = filling.accounts.max(1);
    store.commit(&mut |state| Ok(places::missing(&state.catalogue()?, accounts, now)))?;
    let catalogue = store::read(store, |state| state.catalogue())?;
    let maker = Maker::new(&catalogue, filling, first_superadmin(&catalogue), now);
    let mut uses = Vec::new();
    let mut changing = Vec::new();
    let mut made = 0;
    while made < filling.tokens {
        let count = (CHUNK as u64).min(filling.tokens - made);
        let ready = create_chunk(store, &maker, made..made + count)?;
        uses.extend(ready.iter().filter_map(MadeUp::use_of));
        changing.extend(ready.into_iter().filter_map(MadeUp::fate));
        made += count;
        told(made);
    }
    for chunk in maker.changes(&changing).chunks(CHUNK) {
        store.commit(&mut |_| Ok(chunk.to_vec()))?;
    }
    for chunk in uses.chunks(CHUNK) {
        store.record_uses(chunk)?;
    }
    Ok(())
}

fn create_chunk(
    store: &dyn Store,
    maker: &Maker,
    places: std::ops::Range<u64>,
) -> Result<Vec<MadeUp>, CommitError> {
    let mut made = Vec::new();
    store.commit(&mut |state: &dyn StoreState| {
        let first = state.next_token_id()?.number();
        let places = places.clone();
        made = places
            .zip(first..)
            .filter_map(|(place, id)| maker.token(place, TokenId::new(id)))
            .collect();
        Ok(made.iter().map(|made| Change::Token(Box::new(made.change.clone()))).collect())
    })?;
    Ok(made)
}

/// Who made-up tokens were changed by.
fn first_superadmin(catalogue: &Catalogue) -> Option<UserId> {
    let mut users = catalogue.users.values();
    users.find(|user| user.role == crate::domain::Role::Superadmin).map(|user| user.id)
}
