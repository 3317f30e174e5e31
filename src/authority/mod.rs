//! The one place where tokens are read and changed: who asks, what they may see
//! and do, what the rules make of it, and what the audit records. Terminal,
//! commands and server are doors to it. It knows neither files nor transports.

mod accept_clock;
mod answer;
mod audit;
mod bulk;
mod caller;
mod catalogue;
mod clock;
mod first;
mod holders;
mod import;
mod issue;
mod jobs;
mod lookup;
mod naming;
mod operator;
mod planning;
mod plans;
mod reads;
mod reason;
mod reveal;
mod scene;
mod sign_in;
mod uses;
mod verify;
mod write;

use std::sync::{Arc, PoisonError, RwLock};

pub use accept_clock::stand_of_clock;
pub use answer::Ruling;
pub use caller::Caller;
pub use clock::{Clock, Hand};
pub use jobs::JobTurn;
pub use verify::Trace;

use clock::Watch;
use scene::Scene;
use uses::Uses;

use crate::domain::brake::only_brakes;
use crate::domain::clock::{ClockMoment, Jump, mark_is_due};
use crate::domain::{Catalogue, Change, Refusal, Time};
use crate::seal::DataKey;
use crate::search::TokenIndex;
use crate::store::{self, CommitError, Store, StoreError, StoreHead, StoreInfo, StoreState};
use crate::wire::Run;

/// The data key of a store's sealed values, or why there is none: verify and all
/// that needs no value still work then.
pub type SealKey = Result<DataKey, String>;

/// The rules at work on one store.
pub struct Authority {
    store: Arc<dyn Store>,
    /// Read from the store when something is first looked for: verify never does.
    listing: RwLock<Option<TokenIndex>>,
    key: SealKey,
    watch: Watch,
    uses: Uses,
    desk: jobs::Desk,
}

/// The catalogue as this process last saw it, so that not every decision reads it.
#[derive(Default)]
struct Known {
    /// The event it was read after; none where it was not read yet.
    sequence: Option<u64>,
    catalogue: Arc<Catalogue>,
}

impl Known {
    fn at(&self, state: &dyn StoreState) -> Result<Arc<Catalogue>, StoreError> {
        if Some(state.head()?.sequence) == self.sequence {
            return Ok(Arc::clone(&self.catalogue));
        }
        state.catalogue().map(Arc::new)
    }
}

impl Authority {
    /// The rules at work on this store.
    pub fn new(store: Arc<dyn Store>, key: SealKey, clock: Clock) -> Self {
        let (uses, desk) = (Uses::default(), jobs::Desk::default());
        let watch = Watch::new(clock);
        Self { store, listing: RwLock::default(), key, watch, uses, desk }
    }

    /// What never changes about the store.
    pub fn info(&self) -> &StoreInfo {
        self.store.info()
    }

    /// Why stored values can be neither shown nor made; none = they can.
    pub fn key_problem(&self) -> Option<&str> {
        self.key.as_ref().err().map(String::as_str)
    }

    /// How far the store has come.
    pub fn head(&self) -> Result<StoreHead, StoreError> {
        store::read(&*self.store, |state| state.head())
    }

    /// Catches up with what other processes did, where anything was looked for yet.
    pub fn follow(&self) -> Ruling<()> {
        if self.listing.read().unwrap_or_else(PoisonError::into_inner).is_none() {
            return Ok(());
        }
        self.listed(|_, _| Ok(()))
    }

    /// The time of whatever is decided on a state. In a store of real tokens it
    /// never runs backwards, so that nothing expired comes alive again.
    fn now(&self, head: StoreHead) -> Time {
        self.moment(head).at
    }

    /// The same, and whether the clock is believed.
    fn moment(&self, head: StoreHead) -> ClockMoment {
        if self.info().kind.takes_any_clock() {
            return self.watch.unchecked();
        }
        self.watch.moment(self.uses.mark_over(head.clock_mark))
    }

    /// The jump of the clock that keeps this store from all but the brake; none = the
    /// clock is believed.
    pub fn clock_jump(&self) -> Result<Option<Jump>, StoreError> {
        Ok(self.moment(self.head()?).jump)
    }

    /// Moves the store's mark on where that is due, so that the next process to start can
    /// tell a jump from time that went by.
    pub fn move_mark_on(&self, head: StoreHead) -> Result<(), StoreError> {
        if self.info().kind.takes_any_clock() {
            return Ok(());
        }
        let ClockMoment { at, jump, .. } = self.moment(head);
        if jump.is_none() && mark_is_due(head.clock_mark, at) {
            self.store.keep_time(&store::KeptTime {
                mark: at,
                base: head.clock_mark,
                signed_in: vec![],
            })?;
        }
        Ok(())
    }

    fn known(&self) -> Known {
        let listing = self.listing.read().unwrap_or_else(PoisonError::into_inner);
        listing.as_ref().map_or_else(Known::default, |listing| Known {
            sequence: Some(listing.head().sequence),
            catalogue: listing.catalogue(),
        })
    }

    // Each of these is made once for every type that it answers. So it only keeps the answer,
    // and what the work is stands in one that answers nothing.

    /// Reads one unchanging state.
    fn read<T>(&self, mut visit: impl FnMut(&dyn StoreState) -> Ruling<T>) -> Ruling<T> {
        let mut answer = None;
        self.visit(&mut |state| keep(&mut answer, visit(state)))?;
        given(answer)
    }

    fn visit(&self, visit: &mut dyn FnMut(&dyn StoreState) -> Ruling<()>) -> Ruling<()> {
        store::read(&*self.store, |state| match visit(state) {
            Ok(()) => Ok(Ok(())),
            Err(CommitError::Refused(refusal)) => Ok(Err(refusal)),
            Err(CommitError::Store(error)) => Err(error),
        })?
        .map_err(CommitError::Refused)
    }

    /// Reads one unchanging state together with a listing of exactly that state.
    fn listed<T>(
        &self,
        mut visit: impl FnMut(&dyn StoreState, &TokenIndex) -> Ruling<T>,
    ) -> Ruling<T> {
        let mut answer = None;
        self.visit_listed(&mut |state, listing| keep(&mut answer, visit(state, listing)))?;
        given(answer)
    }

    fn visit_listed(
        &self,
        visit: &mut dyn FnMut(&dyn StoreState, &TokenIndex) -> Ruling<()>,
    ) -> Ruling<()> {
        {
            let listing = self.listing.read().unwrap_or_else(PoisonError::into_inner);
            let answer = self.read(|state| {
                let head = state.head()?;
                let current = listing.as_ref().filter(|listing| listing.head().is_state_of(head));
                current.map(|listing| visit(state, listing)).transpose()
            })?;
            if let Some(()) = answer {
                return Ok(());
            }
        }
        let mut listing = self.listing.write().unwrap_or_else(PoisonError::into_inner);
        self.visit(&mut |state| {
            match listing.as_mut() {
                Some(listing) => drop(listing.follow(state)?),
                None => *listing = Some(TokenIndex::load(state)?),
            }
            let missing = || StoreError::Fault("the listing was not read".to_owned());
            visit(state, listing.as_ref().ok_or_else(missing)?)
        })
    }

    /// Answers a caller from one unchanging state, without its listing.
    fn glance<T>(&self, caller: &Caller, visit: impl Fn(&Scene) -> Ruling<T>) -> Ruling<T> {
        let mut answer = None;
        self.visit_scene(caller, &mut |scene| keep(&mut answer, visit(scene)))?;
        given(answer)
    }

    fn visit_scene(
        &self,
        caller: &Caller,
        visit: &mut dyn FnMut(&Scene) -> Ruling<()>,
    ) -> Ruling<()> {
        let known = self.known();
        self.visit(&mut |state| {
            let now = self.now(state.head()?);
            visit(&Scene::new(state, known.at(state)?, (caller, now), &self.uses)?)
        })
    }

    /// Answers a caller from one unchanging state and its listing.
    fn look<T>(
        &self,
        caller: &Caller,
        mut visit: impl FnMut(&Scene, &TokenIndex) -> Ruling<T>,
    ) -> Ruling<T> {
        let mut answer = None;
        self.visit_list(caller, &mut |scene, list| keep(&mut answer, visit(scene, list)))?;
        given(answer)
    }

    fn visit_list(
        &self,
        caller: &Caller,
        visit: &mut dyn FnMut(&Scene, &TokenIndex) -> Ruling<()>,
    ) -> Ruling<()> {
        self.visit_listed(&mut |state, listing| {
            let now = self.now(state.head()?);
            visit(&Scene::new(state, listing.catalogue(), (caller, now), &self.uses)?, listing)
        })
    }

    /// Decides on changes while nobody else can write, and commits them. A dry run
    /// makes every check on the state as it is and writes nothing.
    fn decide<T>(
        &self,
        caller: &Caller,
        run: Run,
        mut choose: impl FnMut(&Scene) -> Ruling<(Vec<Change>, T)>,
    ) -> Ruling<T> {
        let mut answer = None;
        self.commit(caller, run, &mut |scene| {
            let (changes, value) = choose(scene)?;
            answer = Some(value);
            Ok(changes)
        })?;
        given(answer)
    }

    fn commit(
        &self,
        caller: &Caller,
        run: Run,
        choose: &mut dyn FnMut(&Scene) -> Ruling<Vec<Change>>,
    ) -> Ruling<()> {
        let known = self.known();
        let mut chosen = |state: &dyn StoreState| {
            let ClockMoment { at: now, jump, .. } = self.moment(state.head()?);
            let scene = Scene::new(state, known.at(state)?, (caller, now), &self.uses)?;
            let mut changes = choose(&scene)?;
            reason::explain(&mut changes, caller.reason());
            must_be_believed(jump, &changes)?;
            Ok(changes)
        };
        if run == Run::Dry {
            return self.visit(&mut |state| chosen(state).map(drop));
        }
        self.store.commit(&mut chosen).map(drop)
    }
}

/// Keeps what a visit answers.
fn keep<T>(kept: &mut Option<T>, answer: Ruling<T>) -> Ruling<()> {
    *kept = Some(answer?);
    Ok(())
}

/// What a visit answered.
fn given<T>(kept: Option<T>) -> Ruling<T> {
    kept.ok_or_else(|| StoreError::Fault("nothing was read or decided".to_owned()).into())
}

/// Where the clock is not believed nothing is put on record but the brake: what is dated
/// by it, or ends by it, could not be taken back.
fn must_be_believed(jump: Option<Jump>, changes: &[Change]) -> Result<(), Refusal> {
    match jump {
        Some(jump) if !changes.is_empty() && !only_brakes(changes) => {
            Err(Refusal::ClockJumped(jump))
        }
        Some(_) | None => Ok(()),
    }
}
