//! How much of the disk an import of many entries asks for: counted, as time says little
//! about another machine.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokendeck::authority::{Authority, Clock};
use tokendeck::domain::entry::ScopeDraft;
use tokendeck::domain::event::Point;
use tokendeck::domain::{AccountId, Catalogue, Change, EntryDraft, EntryId, EntryKind, ScopeId};
use tokendeck::store::sqlite::SqliteStore;
use tokendeck::store::{
    ChainReport, Commit, CommitError, Decide, Finding, KeptTime, LastUse, Store, StoreError,
    StoreInfo, StoreState,
};
use tokendeck::wire::Run;

use crate::support::{World, now};

/// A store that counts what it is asked to write.
struct Counted {
    store: SqliteStore,
    commits: AtomicUsize,
    /// Users among what was written.
    users: AtomicUsize,
    changes: AtomicUsize,
}

impl Store for Counted {
    fn info(&self) -> &StoreInfo {
        self.store.info()
    }

    fn read(
        &self,
        visit: &mut dyn FnMut(&dyn StoreState) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.store.read(visit)
    }

    fn commit(&self, decide: &mut Decide<'_>) -> Result<Commit, CommitError> {
        self.commits.fetch_add(1, Ordering::SeqCst);
        self.store.commit(&mut |state| {
            let changes = decide(state)?;
            let users = changes.iter().filter(|change| matches!(change, Change::User(..)));
            self.users.fetch_add(users.count(), Ordering::SeqCst);
            self.changes.fetch_add(changes.len(), Ordering::SeqCst);
            Ok(changes)
        })
    }

    fn record_uses(&self, uses: &[LastUse]) -> Result<(), StoreError> {
        self.store.record_uses(uses)
    }

    fn keep_time(&self, kept: &KeptTime) -> Result<(), StoreError> {
        self.store.keep_time(kept)
    }

    fn verify_events_through(&self, expected: Option<Point>) -> Result<ChainReport, StoreError> {
        self.store.verify_events_through(expected)
    }

    fn check(&self) -> Result<Vec<Finding>, StoreError> {
        self.store.check()
    }
}

#[test]
fn a29_an_import_of_300_scopes_is_one_commit_that_writes_each_once() {
    let world = World::example();
    let count = || AtomicUsize::new(0);
    let counted = Arc::new(Counted {
        store: world.store(),
        commits: count(),
        users: count(),
        changes: count(),
    });
    let key = Err("no value is asked for".to_owned());
    let authority = Authority::new(Arc::clone(&counted) as _, key, Clock::Frozen(now()));
    let acme = AccountId::new(1_0001);
    let mut given = Catalogue::default();
    for number in 0..300 {
        let draft = ScopeDraft { name: format!("plant {number}"), account: acme };
        given.put(EntryId::Scope(ScopeId::new(9_000 + number)), EntryDraft::Scope(draft));
    }
    // An Admin, who holds whatever scope they make.
    let caller = authority.sign_in("ada", "tester").unwrap();
    let done = authority.import_catalogue(&caller, &given, Run::Real).unwrap();
    assert_eq!((done.added.len(), done.changed.len(), done.unchanged), (300, 0, 0));
    let written = [&counted.commits, &counted.changes, &counted.users];
    assert_eq!(written.map(|count| count.load(Ordering::SeqCst)), [1, 301, 1]);
    let known = authority.catalogue(&caller).unwrap();
    let ada = known.user_by_login("ada").unwrap();
    let made: Vec<_> = done.added.iter().map(|view| view.id).collect();
    assert!(made.iter().all(|id| matches!(id, EntryId::Scope(id) if ada.scopes.contains(id))));
    assert_eq!(known.ids(EntryKind::Scope).len(), 302);
    // The same once more: what is there is found by its name, and nothing is written.
    let again = authority.import_catalogue(&caller, &given, Run::Real).unwrap();
    assert_eq!((again.added.len(), again.changed.len(), again.unchanged), (0, 0, 300));
    assert_eq!(counted.changes.load(Ordering::SeqCst), 301);
}

#[test]
fn a29_one_name_twice_in_an_import_is_found_among_all_that_it_brings() {
    let world = World::example();
    let key = Err("no value is asked for".to_owned());
    let authority = Authority::new(Arc::new(world.store()), key, Clock::Frozen(now()));
    let mut given = Catalogue::default();
    for (number, name) in [(1, "Dock"), (2, "paypal"), (3, "p\u{430}ypal")] {
        let draft = ScopeDraft { name: name.to_owned(), account: AccountId::new(1_0001) };
        given.put(EntryId::Scope(ScopeId::new(9_000 + number)), EntryDraft::Scope(draft));
    }
    let caller = authority.sign_in("ada", "tester").unwrap();
    let done = authority.import_catalogue(&caller, &given, Run::Dry).unwrap();
    let alike: Vec<_> = done.added.iter().map(|view| view.look_alikes.len()).collect();
    assert_eq!(alike, [0, 0, 1]);
    let double = ScopeDraft { name: "DOCK".to_owned(), account: AccountId::new(1_0001) };
    given.put(EntryId::Scope(ScopeId::new(9_004)), EntryDraft::Scope(double));
    let done = authority.import_catalogue(&caller, &given, Run::Dry).unwrap();
    // The second of one name is the first.
    assert_eq!((done.added.len(), done.changed.len()), (3, 1));
}
