//! Random lives of tokens: whatever the domain decides, the store holds the same
//! as a model in memory, step by step and after it was opened again.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tokendeck::domain::{
    AccountId, Action, Change, Credential, CredentialChange, Expiry, Guid, ModuleId, NewEvent,
    Operator, Overlap, Role, Settings, Time, Token, TokenChange, TokenDraft, TokenId, UserId,
    lifecycle, name,
};
use tokendeck::store::sqlite::SqliteStore;
use tokendeck::store::{
    CommitError, EventFilter, LastUse, LogOrder, Store, StoreError, StoreState,
};

use crate::support::{
    ACME, ADA, BOREALIS, all_tokens, ask, at, credential, deck, guid, id, try_commit,
};

#[derive(Debug, Clone)]
enum Step {
    Create { name: usize, account: Option<AccountId> },
    Act { token: usize, action: Choice },
    Use { token: usize, seconds: i64 },
    Reopen,
}

#[derive(Debug, Clone)]
enum Choice {
    Enable,
    Disable,
    Revoke,
    Delete,
    Regenerate(Overlap),
    Rename {
        name: usize,
        module: u64,
        new_value: bool,
    },
    /// A regenerate with a value that the store knows already.
    OldValue,
}

const NAMES: [&str; 6] = ["robot", "Robot", "nightly", "größe", "GRÖSSE", "audit"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let account = prop_oneof![Just(Some(ACME)), Just(Some(BOREALIS)), Just(None)];
    let choice = prop_oneof![
        Just(Choice::Enable),
        Just(Choice::Disable),
        Just(Choice::Revoke),
        Just(Choice::Delete),
        Just(Choice::Regenerate(Overlap::NONE)),
        Just(Choice::Regenerate(Overlap::DAY)),
        (0..NAMES.len(), 1_u64..4, any::<bool>())
            .prop_map(|(name, module, new_value)| Choice::Rename { name, module, new_value }),
        Just(Choice::OldValue),
    ];
    let step = prop_oneof![
        3 => (0..NAMES.len(), account).prop_map(|(name, account)| Step::Create { name, account }),
        6 => (any::<usize>(), choice).prop_map(|(token, action)| Step::Act { token, action }),
        2 => (any::<usize>(), 0_i64..500).prop_map(|(token, seconds)| Step::Use { token, seconds }),
        1 => Just(Step::Reopen),
    ];
    proptest::collection::vec(step, 1..50)
}

/// What a store should hold, in the plainest words.
#[derive(Default)]
struct Model {
    tokens: BTreeMap<TokenId, Token>,
    values: BTreeMap<Guid, (TokenId, bool)>,
    events: Vec<NewEvent>,
    issued: u64,
}

impl Model {
    fn chosen(&self, number: usize) -> Option<&Token> {
        self.tokens.values().nth(number.checked_rem(self.tokens.len())?)
    }

    fn next_credential(&mut self) -> Credential {
        self.issued += 1;
        credential(self.issued)
    }

    /// Why the store must refuse the change, if it must.
    fn clash(&self, change: &TokenChange) -> Option<&'static str> {
        let token = &change.token;
        let same_name = |other: &Token| {
            other.id != token.id
                && other.account == token.account
                && other.deleted.is_none()
                && name::key(&other.name) == name::key(&token.name)
        };
        if token.deleted.is_none() && self.tokens.values().any(same_name) {
            return Some("name: Name already in use");
        }
        match &change.credential {
            CredentialChange::Issue(new) if self.values.contains_key(&new.guid) => {
                Some("guid: GUID already in use")
            }
            _ => None,
        }
    }

    fn apply(&mut self, change: &TokenChange) {
        let id = change.token.id;
        if !matches!(change.credential, CredentialChange::Keep) {
            self.values.values_mut().filter(|(owner, _)| *owner == id).for_each(|it| it.1 = false);
        }
        if let CredentialChange::Issue(new) = &change.credential {
            self.values.insert(new.guid, (id, true));
        }
        self.tokens.insert(id, change.token.clone());
        self.events.extend(change.events.clone());
    }

    fn use_token(&mut self, LastUse { token, guid, at }: LastUse) {
        if let Some(token) = self.tokens.get_mut(&token) {
            token.note_use(guid.unwrap(), at);
        }
    }
}

fn operator() -> Operator {
    Operator {
        user: ADA,
        login: "ada".to_owned(),
        name: "Ada".to_owned(),
        role: Role::Superadmin,
        manage_tokens: true,
        accounts: BTreeSet::new(),
        scopes: BTreeSet::new(),
        system_login: Some("ada".to_owned()),
    }
}

fn creation(
    model: &mut Model,
    number: u64,
    named: usize,
    account: Option<AccountId>,
) -> TokenChange {
    let settings = Settings {
        name: NAMES[named].to_owned(),
        access: BTreeMap::from([(ModuleId::new(1), tokendeck::domain::Level::Full)]),
        enabled: true,
        ..Settings::default()
    };
    let draft = TokenDraft { account, owner: Some(UserId::new(1)), guid: None, settings };
    lifecycle::create(&draft, id(number), model.next_credential(), &operator(), at(0))
}

/// The change the domain decides on, if it does.
fn decision(model: &mut Model, token: &Token, choice: &Choice, now: Time) -> Option<TokenChange> {
    let expiry = Some(Expiry::Months(3));
    let action = match choice {
        Choice::Enable => Action::Enable,
        Choice::Disable => Action::Disable,
        Choice::Revoke => Action::Revoke,
        Choice::Delete => Action::Delete,
        Choice::Regenerate(overlap) => {
            Action::Regenerate { credential: model.next_credential(), expiry, overlap: *overlap }
        }
        Choice::OldValue => {
            Action::Regenerate { credential: credential(1), expiry, overlap: Overlap::NONE }
        }
        Choice::Rename { name, module, new_value } => {
            let mut settings = Settings::of(token);
            NAMES[*name].clone_into(&mut settings.name);
            settings.access = [(ModuleId::new(*module), tokendeck::domain::Level::Read)].into();
            let credential = new_value.then(|| model.next_credential());
            Action::Edit { settings, credential }
        }
    };
    lifecycle::decide(token, &action, &operator(), None, now).ok()
}

/// Gives the change to the store and to the model, which must agree on it.
fn commit_both(store: &SqliteStore, model: &mut Model, change: &TokenChange) {
    let expected = model.clash(change);
    let answer = try_commit(store, vec![Change::Token(Box::new(change.clone()))]);
    match (expected, answer) {
        (None, Ok(_)) => model.apply(change),
        (Some(message), Err(CommitError::Refused(refusal))) => {
            assert_eq!(refusal.to_string(), message);
        }
        (expected, answer) => panic!("expected {expected:?}, got {answer:?}"),
    }
}

fn assert_agree(store: &SqliteStore, model: &Model) {
    assert!(all_tokens(store).iter().eq(model.tokens.values()));
    ask(store, |state| {
        for (guid, (owner, sealed)) in &model.values {
            let (found, credential) = state.credential(*guid)?.unwrap();
            assert_eq!((found, credential.sealed.is_some()), (*owner, *sealed));
        }
        assert_eq!(state.credential(guid(999_999))?.map(|(id, _)| id), None);
        assert_events(state, model)
    });
}

fn assert_events(state: &dyn StoreState, model: &Model) -> Result<(), StoreError> {
    // The first two tell of the accounts.
    let filter = EventFilter { after: 2, ..EventFilter::default() };
    let events = state.events(&filter, LogOrder::Ascending, tokendeck::domain::Window::ALL)?;
    assert_eq!(events.len(), model.events.len());
    for (number, (event, told)) in (3..).zip(events.into_iter().zip(&model.events)) {
        assert_eq!(event.sequence, number);
        let found = (event.at, event.by, event.subject, event.action, event.details);
        let told = told.clone();
        assert_eq!(found, (told.at, told.by, told.subject, told.action, told.details));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 50, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_store_holds_what_the_domain_decided(steps in steps()) {
        let crate::support::Deck { mut store, path, folder } = deck();
        let mut model = Model::default();
        for (number, step) in (1_u32..).zip(steps) {
            let now = at(i64::from(number));
            match step {
                Step::Create { name, account } => {
                    let change = creation(&mut model, number.into(), name, account);
                    commit_both(&store, &mut model, &change);
                }
                Step::Act { token, action } => {
                    let Some(token) = model.chosen(token).cloned() else { continue };
                    if let Some(change) = decision(&mut model, &token, &action, now) {
                        commit_both(&store, &mut model, &change);
                    }
                }
                Step::Use { token, seconds } => {
                    let Some(token) = model.chosen(token) else { continue };
                    // Of the older value at every other second, while there is one.
                    let older = token.previous.filter(|_| seconds % 2 == 0);
                    let Some(value) = token.value else { continue };
                    let guid = older.map_or(value.guid, |older| older.guid);
                    let used = LastUse { token: token.id, guid: Some(guid), at: at(seconds) };
                    store.record_uses(&[used]).unwrap();
                    model.use_token(used);
                }
                Step::Reopen => {
                    drop(store);
                    store = SqliteStore::open(&path).unwrap();
                }
            }
            assert_agree(&store, &model);
        }
        let report = store.verify_events().unwrap();
        prop_assert_eq!(report.broken, None);
        prop_assert_eq!(report.events, 2 + model.events.len() as u64);
        drop(folder);
    }
}
