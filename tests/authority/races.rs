//! Revoke wins every race: whatever else happens at the same moment, by whatever
//! process, the token ends revoked and its values are dead.

use std::sync::{Arc, Barrier};
use std::thread;

use tokendeck::authority::{Authority, Caller, Clock, Trace};
use tokendeck::domain::verify::Request;
use tokendeck::domain::{Expiry, Overlap, Settings, Status, TokenId, TokenValue, Verb};
use tokendeck::seal;
use tokendeck::store::{self, Store};
use tokendeck::wire::{Edit, Issued, Run};

use crate::support::{World, draft, now};

const RACES: u64 = 200;

/// An authority on its own connections, as another process would have.
fn process(world: &World) -> (Arc<Authority>, Caller) {
    let store = world.store();
    let slots = store::read(&store, |state| state.key_slots()).unwrap();
    let key = seal::unlock(store.place(), &store.info().id, &slots).unwrap();
    let authority = Authority::new(Arc::new(store), Ok(key), Clock::Frozen(now()));
    let caller = authority.sign_in("ada", "tester").unwrap();
    (Arc::new(authority), caller)
}

/// What the other operator does; a value where that gives one.
fn rival(authority: &Authority, caller: &Caller, id: TokenId, race: u64) -> Option<TokenValue> {
    let version = authority.show(caller, &id.to_string()).ok()?.token.version;
    let issued: Option<Issued> = match race % 4 {
        0 => {
            let life = (Some(Expiry::Never), Overlap::WEEK);
            authority.regenerate(caller, id, life, Run::Real).ok()
        }
        1 => {
            let _ = authority.act(caller, Verb::Disable, id, Some(version));
            let _ = authority.act(caller, Verb::Enable, id, Some(version + 1));
            None
        }
        2 => {
            let token = authority.show(caller, &id.to_string()).ok()?.token;
            let mut settings = Settings::of(&token);
            settings.valid_to = None;
            settings.description = format!("race {race}");
            let edit = Edit { version, settings, new_value: true, guid: None };
            authority.edit(caller, id, &edit, Run::Real).ok()
        }
        _ => {
            let _ = authority.act(caller, Verb::Disable, id, Some(version));
            None
        }
    };
    issued.and_then(|issued| issued.value)
}

#[test]
fn revoke_wins_every_race() {
    let world = World::example();
    let (revoker, other) = (process(&world), process(&world));
    for race in 0..RACES {
        let made = revoker.0.create(&revoker.1, &draft(&format!("race-{race}")), Run::Real);
        let made = made.unwrap();
        let (id, first) = (made.token.token.id.token().unwrap(), made.value.unwrap());
        let start = Barrier::new(2);
        let late = thread::scope(|scope| {
            let racing = scope.spawn(|| {
                start.wait();
                rival(&other.0, &other.1, id, race)
            });
            start.wait();
            revoker.0.act(&revoker.1, Verb::Revoke, id, Some(1)).unwrap();
            racing.join().unwrap()
        });
        let view = other.0.show(&other.1, &id.to_string()).unwrap();
        assert_eq!(view.status, Status::Revoked, "race {race}");
        for value in [Some(first), late].into_iter().flatten() {
            let answer = other.0.verify(&value, &Request::default(), Trace::None).unwrap();
            assert!(!answer.accepted, "race {race}");
        }
    }
    assert_eq!(world.store().verify_events().unwrap().broken, None);
}

#[test]
fn of_two_writers_of_one_version_only_one_succeeds() {
    let world = World::example();
    let (one, two) = (process(&world), process(&world));
    for race in 0..40 {
        let id = one.0.create(&one.1, &draft(&format!("pair-{race}")), Run::Real).unwrap();
        let id = id.token.token.id.token().unwrap();
        let start = Barrier::new(2);
        let write = |(authority, caller): &(Arc<Authority>, Caller), text: &str| {
            let token = authority.show(caller, &id.to_string()).unwrap().token;
            let mut settings = Settings::of(&token);
            settings.description = text.to_owned();
            let edit = Edit { version: 1, settings, new_value: false, guid: None };
            start.wait();
            authority.edit(caller, id, &edit, Run::Real).is_ok()
        };
        let wins = thread::scope(|scope| {
            let racing = scope.spawn(|| write(&one, "one"));
            [write(&two, "two"), racing.join().unwrap()]
        });
        assert_eq!(wins.iter().filter(|won| **won).count(), 1, "race {race}");
    }
}
