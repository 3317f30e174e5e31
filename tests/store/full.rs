//! A store whose disk is full: what is still committed, and what waits. The disk is
//! one that is only said to be small, so that this runs everywhere; the real ones are
//! in `tests/commands/disk.rs`.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use tokendeck::domain::{Change, CredentialChange, EventAction};
use tokendeck::store::sqlite::{Disk, ReserveState, SqliteOptions, SqliteStore, reserve};
use tokendeck::store::{Store, StoreError};

use crate::support::{
    ACME, account, all_tokens, change, commit, creation, new_store, revocation, token, try_commit,
    used,
};

const RESERVE: u64 = reserve::RESERVE;

/// A store with its reserve on a disk of so many bytes.
struct Small {
    store: SqliteStore,
    folder: TempDir,
}

impl Small {
    fn of(bytes: u64) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("tokens.db");
        drop(SqliteStore::create(&path, &new_store(&path)).unwrap());
        let small = Self { store: open(&path, Disk::Of(bytes)), folder };
        commit(&small.store, vec![account(ACME, "Acme")]);
        small
    }

    /// Tokens until there is room for none, and how many.
    fn filled(&self) -> u64 {
        for number in 1.. {
            match try_commit(&self.store, vec![creation(number)]) {
                Ok(_) => {}
                Err(error) if error.is_full() => return number - 1,
                Err(error) => panic!("{error}"),
            }
        }
        unreachable!("a disk has an end");
    }

    fn state(&self) -> ReserveState {
        self.store.reserve().unwrap()
    }

    /// The same store when somebody has made room.
    fn on(self, disk: Disk) -> Self {
        let path = self.store.path().to_owned();
        drop(self.store);
        Self { store: open(&path, disk), folder: self.folder }
    }
}

fn open(path: &Path, disk: Disk) -> SqliteStore {
    let options = SqliteOptions { makes_reserve: true, disk, ..SqliteOptions::default() };
    SqliteStore::open_with(path, options).unwrap()
}

fn disabling(number: u64) -> Change {
    let disabled = tokendeck::domain::Token { version: 2, enabled: false, ..token(number) };
    change(disabled, CredentialChange::Keep, EventAction::Disabled)
}

#[test]
fn a07_when_the_disk_is_full_revoke_and_disable_are_committed_and_nothing_else() {
    let small = Small::of(RESERVE + (RESERVE + (400 << 10)));
    assert_eq!(small.state(), ReserveState::Whole, "the first change made it");
    let small = small.on(Disk::Of(RESERVE + (400 << 10)));
    let count = small.filled();
    assert!(count > 100, "{count} tokens");
    assert_eq!(small.state(), ReserveState::Whole);

    // Each takes more pages, so that in the end no page is left without the reserve.
    let mut ended = 0;
    while small.state() == ReserveState::Whole {
        ended += 1;
        let brake = if ended % 2 == 0 { disabling(ended) } else { revocation(token(ended)) };
        commit(&small.store, vec![brake]);
    }
    let ReserveState::Released { left } = small.state() else { panic!("{:?}", small.state()) };
    assert!(left >= RESERVE - (2 << 20), "what was not needed is kept: {left}");

    for other in [creation(count + 1), account(ACME, "Acme & Co")] {
        let error = try_commit(&small.store, vec![other]).unwrap_err();
        assert!(error.is_full(), "{error}");
        assert!(error.to_string().contains("Free space on it"), "{error}");
    }
    let uses = small.store.record_uses(&[used(1, 5)]).unwrap_err();
    assert!(matches!(uses, StoreError::Full(_)), "{uses}");
    let problems = |store: &SqliteStore| {
        let findings = store.check().unwrap().into_iter();
        findings.filter_map(|finding| finding.problem).collect::<Vec<_>>()
    };
    let told = problems(&small.store);
    assert!(told.len() == 1 && told[0].contains("was released for revoke"), "{told:?}");
    for number in ended + 1..=count {
        commit(&small.store, vec![revocation(token(number))]);
    }

    let small = small.on(Disk::Of(4 * RESERVE));
    assert!(matches!(small.state(), ReserveState::Released { .. }));
    commit(&small.store, vec![creation(count + 1)]);
    assert_eq!(small.state(), ReserveState::Whole, "filled before the change");
    small.store.record_uses(&[used(1, 5)]).unwrap();
    assert_eq!(all_tokens(&small.store).len() as u64, count + 1);
    assert_eq!(problems(&small.store), Vec::<String>::new());
    assert_eq!(small.store.verify_events().unwrap().broken, None);
}

#[test]
fn a07_a_brake_that_does_not_fit_into_the_reserve_changes_nothing() {
    let small = Small::of(3 * RESERVE);
    for first in (1..=6000).step_by(1000) {
        commit(&small.store, (first..first + 1000).map(creation).collect());
    }
    let size = fs::metadata(small.store.path()).unwrap().len();
    let small = small.on(Disk::Of(size + RESERVE));
    // Releasing all of it leaves some thousand pages: enough for what revokes write.
    let all = (1..=6000).map(|number| revocation(token(number))).collect();
    commit(&small.store, all);
    assert!(matches!(small.state(), ReserveState::Released { .. }));
    // Without any of it there is no room, and nothing happens by halves.
    fs::File::options()
        .write(true)
        .open(reserve::path_for(small.store.path()))
        .unwrap()
        .set_len(0)
        .unwrap();
    let size = fs::metadata(small.store.path()).unwrap().len();
    let small = small.on(Disk::Of(size));
    let many: Vec<_> = (6001..=6100).map(creation).collect();
    let error = try_commit(&small.store, many).unwrap_err();
    assert!(error.is_full(), "{error}");
    assert_eq!(all_tokens(&small.store).len(), 6000);
}

#[test]
fn a07_a_reserve_is_private_and_never_reached_through_a_link() {
    use std::os::unix::fs::PermissionsExt;
    let small = Small::of(4 * RESERVE);
    let place = reserve::path_for(small.store.path());
    assert_eq!(fs::metadata(&place).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(&place).unwrap().len(), RESERVE);
    // A file of zeros would be no room where the file system keeps none for them.
    let bytes = fs::read(&place).unwrap();
    assert!(bytes.chunks(4096).all(|block| block.iter().any(|byte| *byte != 0)));
    let mine = small.folder.path().join("mine");
    fs::rename(&place, &mine).unwrap();
    std::os::unix::fs::symlink(&mine, &place).unwrap();
    let error = try_commit(&small.store, vec![creation(1)]).unwrap_err().to_string();
    assert!(error.contains("it is a symbolic link"), "{error}");
    assert_eq!(fs::metadata(&mine).unwrap().len(), RESERVE);
}

#[test]
fn a07_two_processes_that_fill_or_give_up_the_reserve_never_do_so_at_once() {
    let small = Small::of(RESERVE + (500 << 10) + RESERVE);
    let small = small.on(Disk::Of(RESERVE + (500 << 10)));
    let count = small.filled();
    let path = small.store.path().to_owned();
    let disk = Disk::Of(RESERVE + (500 << 10));
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let path = &path;
            scope.spawn(move || {
                let store = open(path, disk);
                for number in (1..=count).filter(|number| number % 4 == worker) {
                    commit(&store, vec![revocation(token(number))]);
                    // Who writes uses is refused or served, and takes no room away.
                    match store.record_uses(&[used(number, 5)]) {
                        Ok(()) | Err(StoreError::Full(_)) => {}
                        Err(error) => panic!("{error}"),
                    }
                }
            });
        }
    });
    let revoked = all_tokens(&small.store).iter().filter(|token| token.revoked.is_some()).count();
    assert_eq!(revoked as u64, count);
}
