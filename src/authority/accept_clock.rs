//! Taking the time of the machine's clock where it and the store differ: a clock that
//! jumped ahead and is right, or a store that one wrong event had put into the future. Only
//! whoever is at the store's machine can tell which of both it is.

use crate::domain::clock::{ClockMoment, FutureEvent, Stand, stand, words};
use crate::domain::verify::passing_values;
use crate::domain::{
    Actor, Catalogue, Change, Detail, EventAction, NewEvent, OutOfService, Refusal, Role, Status,
    Subject, Time, Token, Window,
};
use crate::store::{CommitError, EventFilter, LogOrder, StoreError, StoreState};
use crate::wire::{ClockTaken, StoreKind};

use super::scene::Scene;
use super::{Authority, Caller, Clock, Ruling};

/// Names of tokens that are told; of more, how many there are.
const NAMED: usize = 5;

impl Authority {
    /// Has the store go by the machine's clock from now on, and tells what follows from
    /// that. Without `seen`, the time that somebody was shown and said yes to, nothing is
    /// taken; nor where there is nothing to take.
    pub fn accept_clock(&self, caller: &Caller, seen: Option<Time>) -> Ruling<ClockTaken> {
        let known = self.known();
        let mut taken = None;
        let mut choose = |state: &dyn StoreState| {
            let head = state.head()?;
            let ClockMoment { at, jump, .. } = self.moment(head);
            let scene = Scene::new(state, known.at(state)?, (caller, at), &self.uses)?;
            if scene.operator.role != Role::Superadmin {
                return Err(Refusal::NeedsRole { role: "Superadmin" }.into());
            }
            let clock = self.watch.wall();
            let behind = head.clock_mark.filter(|mark| *mark > clock);
            let differs = jump.is_some() || behind.is_some();
            let is_needed = differs && !self.info().kind.takes_any_clock();
            let mut found = consequences(&scene, clock)?;
            found.event = behind.map(|_| future_event(state, clock)).transpose()?.flatten();
            found.from = head.clock_mark;
            found.is_needed = is_needed;
            taken = Some(found);
            let Some(seen) = seen.filter(|_| is_needed) else { return Ok(vec![]) };
            if words(seen) != words(clock) {
                let flag = format!("--confirm \"{}\"", words(clock));
                return Err(Refusal::NotConfirmed(flag).into());
            }
            Ok(vec![Change::Clock(clock, event(&scene, head.clock_mark, clock))])
        };
        if seen.is_some() {
            self.store.commit(&mut choose)?;
        } else {
            self.read(|state| choose(state).map(drop))?;
        }
        taken.ok_or_else(|| StoreError::Fault("no clock was looked at".to_owned()).into())
    }
}

/// How the machine's clock stands to a store of this kind, and the first event that is
/// later than it where there is one. Needs no operator: it tells of no record.
pub fn stand_of_clock(
    state: &dyn StoreState,
    kind: StoreKind,
) -> Result<(Stand, Option<FutureEvent>), StoreError> {
    if kind.takes_any_clock() {
        return Ok((Stand::Right, None));
    }
    let clock = Clock::System.now();
    let stand = stand(state.head()?.clock_mark, clock);
    let event = match stand {
        Stand::Behind { .. } => future_event(state, clock)?,
        Stand::Right | Stand::Ahead(_) => None,
    };
    Ok((stand, event))
}

fn event(scene: &Scene, from: Option<Time>, to: Time) -> NewEvent {
    let by = Actor {
        user: Some(scene.operator.user),
        system_login: scene.operator.system_login.clone(),
    };
    let reason = scene.reason.clone().map(|reason| Detail::Reason { reason });
    let details = [Detail::Clock { from, to }].into_iter().chain(reason).collect();
    let action = EventAction::ClockAccepted;
    NewEvent { at: to, by, subject: Subject::Store, action, details }
}

/// What it changes that the time is another.
fn consequences(scene: &Scene, clock: Time) -> Result<ClockTaken, CommitError> {
    let mut found = ClockTaken::at(clock);
    let passage = Passage { from: scene.now, to: clock, catalogue: &scene.catalogue };
    scene.state.scan(&mut |token| passage.tell(&token, &mut found))?;
    let again = scene.state.operator_credentials()?;
    let again = again.iter().filter(|one| !one.is_valid(scene.now) && one.is_valid(clock));
    found.credentials_again = again.count();
    Ok(found)
}

struct Passage<'c> {
    from: Time,
    to: Time,
    catalogue: &'c Catalogue,
}

impl Passage<'_> {
    fn tell(&self, token: &Token, found: &mut ClockTaken) {
        let out = OutOfService::of(token, self.catalogue);
        let expired = |time| Status::with(token, out, time) == Status::Expired;
        let passing = |time| passing_values(token, out, time);
        found.values_again += passing(self.to).saturating_sub(passing(self.from));
        match (expired(self.from), expired(self.to)) {
            (true, false) => {
                found.tokens_again += 1;
                if found.names_again.len() < NAMED {
                    found.names_again.push(token.name.clone());
                }
            }
            (false, true) => found.tokens_ended += 1,
            (true, true) | (false, false) => {}
        }
    }
}

/// The first event that is later than the clock.
fn future_event(state: &dyn StoreState, clock: Time) -> Result<Option<FutureEvent>, StoreError> {
    let later = clock + chrono::TimeDelta::milliseconds(1);
    let filter = EventFilter { since: Some(later), ..EventFilter::default() };
    let found = state.events(&filter, LogOrder::Ascending, Window { offset: 0, limit: 1 })?;
    Ok(found.first().map(|event| FutureEvent { sequence: event.sequence, at: event.at }))
}
