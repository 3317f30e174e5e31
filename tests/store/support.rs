//! Stores and records to test with.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tokendeck::domain::{
    Account, AccountId, AccountStatus, Actor, Change, Credential, CredentialChange, EventAction,
    Guid, Level, ModuleId, NewEvent, ScopeId, Sealed, Stamp, Subject, Time, Token, TokenChange,
    TokenId, UserId, ValueHash, ValueInfo,
};
use tokendeck::seal;
use tokendeck::store::sqlite::{NewStore, SqliteStore};
use tokendeck::store::{
    Commit, CommitError, LastUse, NewPlace, Store, StoreError, StoreState, read,
};
use tokendeck::wire::{Retention, StoreKind};

pub(crate) const ACME: AccountId = AccountId::new(1_0001);
pub(crate) const BOREALIS: AccountId = AccountId::new(1_0002);
pub(crate) const ADA: UserId = UserId::new(1_0003);

/// A store in a folder of its own, gone when dropped.
pub(crate) struct Deck {
    pub(crate) store: SqliteStore,
    pub(crate) path: PathBuf,
    pub(crate) folder: TempDir,
}

/// A fresh store with the accounts Acme and Borealis.
pub(crate) fn deck() -> Deck {
    let deck = empty_deck();
    commit(&deck.store, vec![account(ACME, "Acme"), account(BOREALIS, "Borealis")]);
    deck
}

/// A fresh store without anything in it.
pub(crate) fn empty_deck() -> Deck {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("tokens.db");
    let store = SqliteStore::create(&path, &new_store(&path)).unwrap();
    Deck { store, path, folder }
}

/// What a store at `path` is made with; its key file is made at once.
pub(crate) fn new_store(path: &Path) -> NewStore {
    new_store_at(&NewPlace::of(path).unwrap())
}

/// The same where nothing was a moment ago.
pub(crate) fn new_store_at(place: &NewPlace) -> NewStore {
    let id = seal::random::bytes().unwrap();
    let (_, slot) = seal::prepare(place, &id).unwrap();
    NewStore {
        id,
        kind: StoreKind::Normal,
        prefix: "tdk".to_owned(),
        retention: Retention::Sealed,
        slots: vec![slot],
    }
}

/// 2026-03-10 12:00:00 and so many seconds.
pub(crate) fn at(seconds: i64) -> Time {
    Time::from_timestamp(1_773_144_000 + seconds, 0).unwrap()
}

pub(crate) fn event(subject: Subject, action: EventAction) -> NewEvent {
    let by = Actor { user: Some(ADA), system_login: Some("ada".to_owned()) };
    NewEvent { at: at(0), by, subject, action, details: vec![] }
}

pub(crate) fn account(id: AccountId, name: &str) -> Change {
    let account = Account {
        id,
        name: name.to_owned(),
        status: AccountStatus::Active,
        endpoint: None,
        rules: tokendeck::domain::Rules::default(),
    };
    Change::Account(account, event(Subject::Account(id), EventAction::Created))
}

pub(crate) fn id(number: u64) -> TokenId {
    TokenId::new(1000_0000 + number)
}

/// The GUID that belongs to a number.
pub(crate) fn guid(number: u64) -> Guid {
    let mut bytes = [0xA5; 16];
    bytes[..8].copy_from_slice(&number.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes());
    bytes[8..].copy_from_slice(&number.to_be_bytes());
    Guid::from_bytes(bytes)
}

/// A new token of Acme named `token-N`, whose value is number N.
pub(crate) fn token(number: u64) -> Token {
    let stamp = Stamp { at: at(0), by: Some(ADA) };
    Token {
        id: id(number),
        name: format!("token-{number}"),
        description: "Moves parts between plants".to_owned(),
        account: Some(ACME),
        owner: None,
        access: BTreeMap::from([(ModuleId::new(1), Level::Full), (ModuleId::new(2), Level::Read)]),
        groups: [].into(),
        scopes: [ScopeId::new(1)].into(),
        labels: BTreeMap::new(),
        enabled: true,
        valid_from: None,
        valid_to: Some(at(86_400)),
        value: Some(ValueInfo {
            guid: guid(number),
            retained: true,
            issued_at: None,
            last_used_at: None,
        }),
        planned_end: None,
        previous: None,
        created: stamp,
        updated: stamp,
        accepted: Some(stamp),
        revoked: None,
        deleted: None,
        last_used_at: None,
        version: 1,
    }
}

/// A value that can be told from every other.
pub(crate) fn credential(number: u64) -> Credential {
    let sealed = format!("SEALED-BLOB-{number:08}-").repeat(4).into_bytes();
    Credential {
        guid: guid(number),
        hash: ValueHash::from_bytes([number.to_be_bytes()[7]; 32]),
        sealed: Some(Sealed(sealed)),
    }
}

/// The change that makes the token, with the value of its GUID's number.
pub(crate) fn creation(number: u64) -> Change {
    change(token(number), CredentialChange::Issue(credential(number)), EventAction::Created)
}

pub(crate) fn change(token: Token, credential: CredentialChange, action: EventAction) -> Change {
    let events = vec![event(Subject::Token(token.id), action)];
    Change::Token(Box::new(TokenChange { token, credential, events }))
}

/// A use of the value that belongs to the number.
pub(crate) fn used(number: u64, seconds: i64) -> LastUse {
    LastUse { token: id(number), guid: Some(guid(number)), at: at(seconds) }
}

/// The token one version on, revoked.
pub(crate) fn revocation(mut token: Token) -> Change {
    token.version += 1;
    token.revoked = Some(Stamp { at: at(60), by: Some(ADA) });
    token.valid_to = Some(at(60));
    token.value = token.value.map(|value| ValueInfo { retained: false, ..value });
    change(token, CredentialChange::Erase, EventAction::Revoked)
}

/// The token one version on, deleted.
pub(crate) fn deletion(mut token: Token) -> Change {
    token.version += 1;
    token.deleted = Some(Stamp { at: at(90), by: Some(ADA) });
    token.value = token.value.map(|value| ValueInfo { retained: false, ..value });
    change(token, CredentialChange::Erase, EventAction::Deleted)
}

pub(crate) fn try_commit(store: &dyn Store, changes: Vec<Change>) -> Result<Commit, CommitError> {
    store.commit(&mut move |_| Ok(changes.clone()))
}

pub(crate) fn commit(store: &dyn Store, changes: Vec<Change>) -> Commit {
    try_commit(store, changes).unwrap()
}

/// What one question answers.
pub(crate) fn ask<T>(
    store: &dyn Store,
    question: impl FnMut(&dyn StoreState) -> Result<T, StoreError>,
) -> T {
    read(store, question).unwrap()
}

pub(crate) fn all_tokens(store: &dyn Store) -> Vec<Token> {
    ask(store, |state| {
        let mut tokens = vec![];
        state.scan(&mut |token| tokens.push(token))?;
        Ok(tokens)
    })
}

/// Another program at the file, with nothing of ours on its connection.
pub(crate) fn shell(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).unwrap()
}

/// The bytes of a file, read by another process: closing it in this one would
/// drop the locks that the store under test holds.
pub(crate) fn bytes_of(path: &Path) -> Vec<u8> {
    std::process::Command::new("cat").arg(path).output().unwrap().stdout
}

pub(crate) fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
