use tempfile::TempDir;
use tokendeck::seal;
use tokendeck::store::sqlite::{NewStore, SqliteStore};
use tokendeck::store::{Store, read};
use tokendeck::wire::{Retention, StoreKind};

#[test]
fn a_new_store_opens_again_with_its_key() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("deck").join("tokens.db");
    let id = seal::random::bytes().unwrap();
    let (_, slot) = seal::prepare(&path, &id).unwrap();
    let new = NewStore {
        id,
        kind: StoreKind::Normal,
        prefix: "tdk".to_owned(),
        retention: Retention::Sealed,
        slots: vec![slot],
    };
    let store = SqliteStore::create(&path, &new).unwrap();
    let head = read(&store, |state| state.head()).unwrap();
    assert_eq!(head.sequence, 0);
    drop(store);
    let store = SqliteStore::open(&path).unwrap();
    assert_eq!(store.info().id, id);
    let next = read(&store, |state| state.next_token_id()).unwrap();
    assert_eq!(next.to_string(), "TKN-1000-0001");
    let slots = read(&store, |state| state.key_slots()).unwrap();
    seal::unlock(&path, &id, &slots).unwrap();
    assert_eq!(store.verify_events().unwrap().broken, None);
}
