//! Values: sealed for one place, gone from the files when they end.

use std::path::Path;

use tokendeck::domain::{
    Change, Credential, CredentialChange, EventAction, Guid, Sealed, Token, TokenId, TokenValue,
    ValueInfo,
};
use tokendeck::seal::{self, DataKey, KeyFile};
use tokendeck::store::beside::beside;
use tokendeck::store::sqlite::SqliteStore;
use tokendeck::store::{Store, StoreError, StoreState};

use crate::support::{
    Deck, all_tokens, ask, bytes_of, change, commit, contains, creation, credential, deck,
    deletion, id, revocation, token,
};

fn value(guid: Guid) -> TokenValue {
    TokenValue::generate("tdk", guid, seal::random::fill).unwrap()
}

fn new_guid() -> Guid {
    Guid::from_random(seal::random::bytes().unwrap())
}

const STORE: [u8; 16] = [7; 16];

struct Sealing {
    key: DataKey,
    value: TokenValue,
    sealed: Sealed,
}

fn sealing() -> Sealing {
    let key = DataKey::generate().unwrap();
    let value = value(new_guid());
    let sealed = key.seal(&STORE, id(1), &value).unwrap();
    Sealing { key, value, sealed }
}

impl Sealing {
    fn opens(&self, store: &[u8; 16], token: TokenId, guid: Guid, sealed: &Sealed) -> bool {
        match self.key.open(store, token, guid, sealed, &self.value.hash()) {
            Ok(opened) => opened.expose() == self.value.expose(),
            Err(StoreError::Key(_)) => false,
            Err(error) => panic!("{error}"),
        }
    }
}

#[test]
fn a_sealed_value_opens_in_its_own_place_only() {
    let it = sealing();
    let guid = it.value.guid();
    assert!(it.opens(&STORE, id(1), guid, &it.sealed));
    assert!(!it.opens(&[8; 16], id(1), guid, &it.sealed), "another store");
    assert!(!it.opens(&STORE, id(2), guid, &it.sealed), "another token");
    assert!(!it.opens(&STORE, id(1), new_guid(), &it.sealed), "another GUID");
    let other = Sealing { key: DataKey::generate().unwrap(), ..sealing() };
    assert!(!other.opens(&STORE, id(1), guid, &it.sealed), "another key");
    let impostor = value(guid);
    let forged = it.key.seal(&STORE, id(1), &impostor).unwrap();
    assert!(!it.opens(&STORE, id(1), guid, &forged), "another hash");
}

#[test]
fn no_mutated_blob_is_ever_accepted() {
    let it = sealing();
    let guid = it.value.guid();
    let Sealed(bytes) = &it.sealed;
    for place in 0..bytes.len() {
        for bit in 0..8 {
            let mut mutated = bytes.clone();
            mutated[place] ^= 1 << bit;
            assert!(!it.opens(&STORE, id(1), guid, &Sealed(mutated)), "bit {bit} of byte {place}");
        }
        assert!(!it.opens(&STORE, id(1), guid, &Sealed(bytes[..place].to_vec())), "cut at {place}");
    }
    for length in 0..2000 {
        let mut noise = vec![0; length % 200];
        seal::random::fill(&mut noise).unwrap();
        assert!(!it.opens(&STORE, id(1), guid, &Sealed(noise)));
    }
}

#[test]
fn sealing_one_value_twice_never_looks_alike() {
    let it = sealing();
    assert_ne!(it.key.seal(&STORE, id(1), &it.value).unwrap(), it.sealed);
}

#[test]
fn keys_show_nothing_of_themselves() {
    let folder = tempfile::TempDir::new().unwrap();
    let file = KeyFile::open_or_create(&folder.path().join("a.key")).unwrap();
    let shown = format!("{:?} {file:?}", DataKey::generate().unwrap());
    let expected = format!("DataKey(hidden) KeyFile({})", folder.path().join("a.key").display());
    assert_eq!(shown, expected);
}

#[test]
fn a_lost_or_foreign_key_file_says_what_still_works() {
    let deck = deck();
    let slots = ask(&deck.store, |state| state.key_slots());
    let key_file = KeyFile::path_for(&deck.path);
    let unlock = || seal::unlock(deck.store.place(), &deck.store.info().id, &slots);
    assert!(unlock().is_ok());
    let other = DataKey::generate().unwrap();
    std::fs::write(&key_file, [1; 32]).unwrap();
    let foreign = unlock().unwrap_err();
    assert!(foreign.to_string().contains("is not the key of this store: verify"), "{foreign}");
    std::fs::write(&key_file, [1; 31]).unwrap();
    assert!(unlock().unwrap_err().to_string().contains("is not a key file"));
    std::fs::remove_file(&key_file).unwrap();
    let lost = unlock().unwrap_err();
    assert_eq!(lost.code(), "store_key");
    assert!(lost.to_string().contains("is missing: verify and all else still work"), "{lost}");
    // A new key file does not open the slot of the old one.
    let slot = KeyFile::open_or_create(&key_file).unwrap().wrap(&[0; 16], &other).unwrap();
    assert!(unlock().is_err());
    let elsewhere = KeyFile::open(&key_file).unwrap().unwrap(&[1; 16], &slot);
    assert!(elsewhere.is_err(), "a slot belongs to one store");
}

/// All that lies on disk of a store while it is open.
fn files_of(path: &Path) -> Vec<u8> {
    ["", "-wal", "-shm"].iter().flat_map(|ending| bytes_of(&beside(path, ending))).collect()
}

fn issue(deck: &Deck, key: &DataKey, number: u64) -> (Token, TokenValue, Sealed) {
    let value = value(new_guid());
    let sealed = key.seal(&deck.store.info().id, id(number), &value).unwrap();
    let info =
        ValueInfo { guid: value.guid(), retained: true, issued_at: None, last_used_at: None };
    let made = Token { value: Some(info), ..token(number) };
    let credential =
        Credential { guid: value.guid(), hash: value.hash(), sealed: Some(sealed.clone()) };
    let create = change(made.clone(), CredentialChange::Issue(credential), EventAction::Created);
    commit(&deck.store, vec![create]);
    (made, value, sealed)
}

#[test]
fn r137_no_file_ever_holds_a_value_and_what_was_sealed_goes_with_it() {
    let deck = deck();
    let slots = ask(&deck.store, |state| state.key_slots());
    let key = seal::unlock(deck.store.place(), &deck.store.info().id, &slots).unwrap();
    for (number, end) in [(1, revocation as fn(Token) -> Change), (2, deletion)] {
        let (made, value, Sealed(sealed)) = issue(&deck, &key, number);
        let secret = &value.expose().as_bytes()[27..70];
        let before = files_of(&deck.path);
        assert!(contains(&before, &sealed), "the search finds what is there");
        assert!(!contains(&before, secret), "in the clear while it lives");
        commit(&deck.store, vec![end(made)]);
        let after = files_of(&deck.path);
        assert!(!contains(&after, &sealed), "sealed after its end");
        assert!(!contains(&after, secret), "in the clear after its end");
    }
}

#[test]
fn nothing_sealed_stays_behind_when_many_end_in_any_order() {
    let deck = deck();
    commit(&deck.store, (1..=3000).map(creation).collect());
    // Ended in an order that has nothing to do with how they lie in the file.
    for third in [1, 2, 0] {
        let tokens = all_tokens(&deck.store).into_iter();
        let ending = tokens.filter(|token| token.id.number() * 7 % 3 == third);
        commit(&deck.store, ending.map(revocation).collect());
    }
    let left = files_of(&deck.path);
    assert!(contains(&left, b"token-3000"), "the search finds what is there");
    assert!(!contains(&left, b"SEALED-BLOB-"), "a piece of something sealed");
}

fn outstanding(store: &SqliteStore) -> Vec<String> {
    store.check().unwrap().into_iter().filter_map(|finding| finding.problem).collect()
}

#[test]
fn an_erasure_that_a_reader_holds_up_is_reported_and_finished_later() {
    let deck = deck();
    commit(&deck.store, vec![creation(1)]);
    let Sealed(sealed) = credential(1).sealed.unwrap();
    let elsewhere = SqliteStore::open(&deck.path).unwrap();
    ask(&elsewhere, |state: &dyn StoreState| {
        assert!(state.token(id(1))?.is_some(), "the old state is in use");
        commit(&deck.store, vec![revocation(token(1))]);
        assert_eq!(outstanding(&deck.store).len(), 1, "{:?}", outstanding(&deck.store));
        Ok(())
    });
    commit(&deck.store, vec![creation(2)]);
    assert_eq!(outstanding(&deck.store), Vec::<String>::new());
    assert!(!contains(&files_of(&deck.path), &sealed));
}
