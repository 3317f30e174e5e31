//! Fills a trial store with made-up tokens: many, plausible, and the same for the
//! same seed. They have GUIDs and hashes of nothing: no value of theirs exists.

mod dice;
mod places;
mod tokens;

use crate::domain::{Catalogue, Change, Refusal, Time, TokenId, UserId};
use crate::store::{self, Read};
use crate::wire::StoreKind;

use self::tokens::{Made, Maker};
use super::{Answer, Authority};

/// Tokens in one commit.
const CHUNK: usize = 5_000;

/// How a trial store is to be filled.
#[derive(Debug, Clone, Copy)]
pub struct Filling {
    /// How many tokens.
    pub tokens: u64,
    /// What makes two stores alike.
    pub seed: u64,
    /// In how many accounts.
    pub accounts: usize,
    /// Whether all of them are Active, to know beforehand what a bulk action will do.
    pub active: bool,
}

impl Authority {
    /// Refuses any other kind of store than one for trials.
    pub fn must_be_for_trials(&self) -> Result<(), Refusal> {
        if self.info().kind == StoreKind::Trial {
            return Ok(());
        }
        let message = "only a trial store takes made-up tokens: name another place with --store, \
                       and one is made there";
        Err(Refusal::field("store", message))
    }

    /// Adds made-up tokens to a trial store; `told` hears how many are there after
    /// each commit. Any other kind of store is refused.
    pub fn fill(&self, filling: Filling, told: &mut dyn FnMut(u64)) -> Answer<()> {
        self.must_be_for_trials()?;
        let now = self.now(store::read(&*self.store, |state| state.head())?);
        let accounts = filling.accounts.max(1);
        self.store.commit(&mut |state| Ok(places::missing(&state.catalogue()?, accounts, now)))?;
        let catalogue = store::read(&*self.store, |state| state.catalogue())?;
        let maker = Maker::new(&catalogue, filling, first_superadmin(&catalogue), now);
        let mut uses = Vec::new();
        let mut changing = Vec::new();
        let mut made = 0;
        while made < filling.tokens {
            let count = (CHUNK as u64).min(filling.tokens - made);
            let ready = self.create_chunk(&maker, made..made + count)?;
            uses.extend(ready.iter().filter_map(Made::use_of));
            changing.extend(ready.into_iter().filter_map(Made::fate));
            made += count;
            told(made);
        }
        for chunk in maker.changes(&changing).chunks(CHUNK) {
            self.store.commit(&mut |_| Ok(chunk.to_vec()))?;
        }
        for chunk in uses.chunks(CHUNK) {
            self.store.record_uses(chunk)?;
        }
        Ok(())
    }

    fn create_chunk(&self, maker: &Maker, places: std::ops::Range<u64>) -> Answer<Vec<Made>> {
        let mut made = Vec::new();
        self.store.commit(&mut |state: &dyn Read| {
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
}

/// Who made-up tokens were changed by.
fn first_superadmin(catalogue: &Catalogue) -> Option<UserId> {
    let mut users = catalogue.users.values();
    users.find(|user| user.role == crate::domain::Role::Superadmin).map(|user| user.id)
}

/// The years over which made-up tokens were made.
fn birth(place: u64, of: u64, now: Time) -> Time {
    let span = chrono::TimeDelta::days(1000).num_seconds();
    let done = i64::try_from(u128::from(place) * 1_000_000 / u128::from(of.max(1))).unwrap_or(0);
    now - chrono::TimeDelta::days(1030) + chrono::TimeDelta::seconds(span / 1000 * done / 1000)
}
