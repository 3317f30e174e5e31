//! The catalogue: what exists before tokens can use it.

use std::collections::BTreeMap;

use tokendeck::domain::{
    Account, AccountId, AccountStatus, Breach, Change, CredentialChange, EntryId, EntryKind,
    EventAction, Group, GroupId, Level, Module, ModuleId, NewEvent, Role, Rules, Scope, ScopeId,
    Subject, User, UserId,
};
use tokendeck::store::Store;

use crate::support::{
    ACME, ADA, BOREALIS, ask, at, change, commit, creation, credential, deletion, event, token,
    try_commit,
};

fn ada() -> User {
    User {
        id: ADA,
        login: "ada".to_owned(),
        name: "Ada Admin".to_owned(),
        email: Some("ada@example.org".to_owned()),
        role: Role::Admin,
        manage_tokens: true,
        accounts: [ACME, BOREALIS].into(),
        scopes: [ScopeId::new(1)].into(),
        disabled_at: Some(at(7)),
    }
}

fn catalog() -> Module {
    Module {
        id: ModuleId::new(1),
        name: "Catalog".to_owned(),
        accounts: [ACME].into(),
        paths: vec!["/catalog".to_owned(), "/a".to_owned()],
    }
}

fn north() -> Scope {
    Scope { id: ScopeId::new(1), name: "North plant".to_owned(), account: ACME }
}

fn support(account: Option<AccountId>) -> Group {
    let access = BTreeMap::from([(ModuleId::new(1), Level::Read), (ModuleId::new(2), Level::Full)]);
    Group { id: GroupId::new(1), name: "Support".to_owned(), account, access }
}

fn made(subject: Subject) -> NewEvent {
    event(subject, EventAction::Created)
}

fn fill_catalogue(store: &dyn Store) {
    commit(
        store,
        vec![
            Change::Module(catalog(), made(Subject::Module(ModuleId::new(1)))),
            Change::Scope(north(), made(Subject::Scope(ScopeId::new(1)))),
            Change::Group(support(None), made(Subject::Group(GroupId::new(1)))),
            Change::User(ada(), made(Subject::User(ADA))),
        ],
    );
}

pub(crate) fn the_catalogue_comes_back_as_it_went_in(store: &dyn Store) {
    fill_catalogue(store);
    let catalogue = ask(store, |state| state.catalogue());
    assert_eq!(catalogue.accounts.keys().copied().collect::<Vec<_>>(), [ACME, BOREALIS]);
    assert_eq!(catalogue.modules.into_values().collect::<Vec<_>>(), [catalog()]);
    assert_eq!(catalogue.scopes.into_values().collect::<Vec<_>>(), [north()]);
    assert_eq!(catalogue.groups.into_values().collect::<Vec<_>>(), [support(None)]);
    assert_eq!(catalogue.users.into_values().collect::<Vec<_>>(), [ada()]);
}

pub(crate) fn a_changed_catalogue_entry_replaces_the_old_one(store: &dyn Store) {
    fill_catalogue(store);
    let account = Account {
        id: ACME,
        name: "Acme Ltd".to_owned(),
        status: AccountStatus::Disabled,
        endpoint: Some("https://tokens.example/v1".to_owned()),
        rules: Rules {
            longest_days: Some(90),
            never_forbidden: true,
            idle_days: Some(30),
            breach: Breach::Refuse,
        },
    };
    let module = Module { accounts: [BOREALIS].into(), paths: vec!["/a".to_owned()], ..catalog() };
    let user = User { role: Role::Viewer, accounts: [ACME].into(), scopes: [].into(), ..ada() };
    let group = Group { access: BTreeMap::new(), ..support(Some(ACME)) };
    commit(
        store,
        vec![
            Change::Account(account.clone(), event(Subject::Account(ACME), EventAction::Edited)),
            Change::Module(module.clone(), event(Subject::Module(module.id), EventAction::Edited)),
            Change::User(user.clone(), event(Subject::User(ADA), EventAction::Edited)),
            Change::Group(group.clone(), event(Subject::Group(group.id), EventAction::Edited)),
        ],
    );
    let catalogue = ask(store, |state| state.catalogue());
    assert_eq!(catalogue.accounts[&ACME], account);
    assert_eq!(catalogue.modules[&module.id], module);
    assert_eq!(catalogue.users[&ADA], user);
    assert_eq!(catalogue.groups[&group.id], group);
}

pub(crate) fn removed_entries_are_gone(store: &dyn Store) {
    fill_catalogue(store);
    let gone = |subject| event(subject, EventAction::Deleted);
    commit(
        store,
        vec![
            Change::RemoveUser(ADA, gone(Subject::User(ADA))),
            Change::RemoveModule(ModuleId::new(1), gone(Subject::Module(ModuleId::new(1)))),
            Change::RemoveScope(ScopeId::new(1), gone(Subject::Scope(ScopeId::new(1)))),
            Change::RemoveGroup(GroupId::new(1), gone(Subject::Group(GroupId::new(1)))),
        ],
    );
    let left = ask(store, |state| state.catalogue());
    assert_eq!(left.accounts.len(), 2);
    assert!(left.users.is_empty() && left.modules.is_empty());
    assert!(left.scopes.is_empty() && left.groups.is_empty());
    // What they were called stays, with who removed them and when.
    let user = left.removed.of(EntryId::User(ADA)).unwrap();
    assert_eq!((user.name.as_str(), user.login.as_deref()), (ada().name.as_str(), Some("ada")));
    assert_eq!(user.accounts, ada().accounts);
    assert_eq!(user.removed.at, gone(Subject::User(ADA)).at);
    assert_eq!(left.called(EntryId::User(ADA)), format!("{} (removed)", ada().name));
    for entry in [
        EntryId::Module(ModuleId::new(1)),
        EntryId::Scope(ScopeId::new(1)),
        EntryId::Group(GroupId::new(1)),
    ] {
        assert!(left.called(entry).ends_with(" (removed)"), "{entry}");
    }
    assert_eq!(left.called(EntryId::Group(GroupId::new(9))), "removed GRP-0009");
}

pub(crate) fn a_login_is_taken_once(store: &dyn Store) {
    fill_catalogue(store);
    let twin = User { id: UserId::new(9), login: "ADA".to_owned(), ..ada() };
    let answer = try_commit(store, vec![Change::User(twin, made(Subject::User(UserId::new(9))))]);
    assert_eq!(answer.unwrap_err().to_string(), "login: Login already in use");
}

pub(crate) fn the_number_of_a_removed_entry_is_remembered(store: &dyn Store) {
    let last = |kind| ask(store, |state| state.last_number(kind));
    assert_eq!(last(EntryKind::Account), BOREALIS.number());
    for kind in [EntryKind::Module, EntryKind::Scope, EntryKind::Group, EntryKind::User] {
        assert_eq!(last(kind), 0, "{kind}");
    }
    fill_catalogue(store);
    let gone = |subject| event(subject, EventAction::Deleted);
    commit(
        store,
        vec![
            Change::RemoveUser(ADA, gone(Subject::User(ADA))),
            Change::RemoveModule(ModuleId::new(1), gone(Subject::Module(ModuleId::new(1)))),
            Change::RemoveScope(ScopeId::new(1), gone(Subject::Scope(ScopeId::new(1)))),
            Change::RemoveGroup(GroupId::new(1), gone(Subject::Group(GroupId::new(1)))),
        ],
    );
    assert_eq!(last(EntryKind::User), ADA.number());
    for kind in [EntryKind::Module, EntryKind::Scope, EntryKind::Group] {
        assert_eq!(last(kind), 1, "{kind}");
    }
}

pub(crate) fn only_tokens_that_are_not_deleted_use_an_entry(store: &dyn Store) {
    let mut owned = token(1);
    owned.owner = Some(ADA);
    owned.groups = [GroupId::new(1)].into();
    let issue = CredentialChange::Issue(credential(1));
    let made = change(owned.clone(), issue, EventAction::Created);
    commit(store, vec![made, creation(2)]);
    let using = |entry| ask(store, |state| state.tokens_using(entry));
    let entries = [
        (EntryId::Account(ACME), 2),
        (EntryId::Account(BOREALIS), 0),
        (EntryId::Module(ModuleId::new(1)), 2),
        (EntryId::Module(ModuleId::new(9)), 0),
        (EntryId::Scope(ScopeId::new(1)), 2),
        (EntryId::Group(GroupId::new(1)), 1),
        (EntryId::User(ADA), 1),
    ];
    for (entry, count) in entries {
        assert_eq!(using(entry), count, "{entry}");
    }
    commit(store, vec![deletion(owned)]);
    for (entry, count) in entries {
        assert_eq!(using(entry), usize::saturating_sub(count, 1), "{entry}");
    }
}
