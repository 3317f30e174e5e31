//! Changing the catalogue: who is let, what stays in use, what is left behind, and
//! that a permission taken away counts at once.

use std::collections::BTreeMap;

use strum::IntoEnumIterator;
use tokendeck::backend::Backend;
use tokendeck::backend::local::LocalBackend;
use tokendeck::domain::entry::{AccountDraft, GroupDraft, ModuleDraft, ScopeDraft, UserDraft};
use tokendeck::domain::{
    AccountId, AccountStatus, Catalogue, Detail, EntryDraft, EntryId, EntryKind, Event, Level,
    ModuleId, Role, ScopeId, UserId, Verb, Window,
};
use tokendeck::wire::{EntryEdit, EventQuery, RowId, Run};

use crate::support::{World, code, draft, now, rejection, text, token, value};

const ACME: AccountId = AccountId::new(1_0001);
const CEDAR: AccountId = AccountId::new(1_0003);
const NORTH: ScopeId = ScopeId::new(1);
const SOUTH: ScopeId = ScopeId::new(2);
const ADA: UserId = UserId::new(1_0003);
const NED: UserId = UserId::new(1_0004);
const VIC: UserId = UserId::new(1_0006);

fn module(name: &str) -> EntryDraft {
    let accounts = [ACME].into();
    EntryDraft::Module(ModuleDraft { name: name.to_owned(), accounts, paths: vec![] })
}

fn scope(name: &str, account: AccountId) -> EntryDraft {
    EntryDraft::Scope(ScopeDraft { name: name.to_owned(), account })
}

fn member(login: &str, account: AccountId) -> UserDraft {
    UserDraft {
        login: login.to_owned(),
        name: login.to_owned(),
        email: None,
        role: Role::Member,
        manage_tokens: false,
        accounts: [account].into(),
        scopes: [].into(),
        disabled_at: None,
    }
}

async fn add(backend: &LocalBackend, draft: EntryDraft) -> EntryId {
    backend.add_entry(draft, Run::Real).await.unwrap().id
}

/// Changes a user as the operator sees them.
async fn edit_user(
    backend: &LocalBackend,
    id: UserId,
    change: impl FnOnce(&mut UserDraft),
) -> Result<EntryDraft, tokendeck::backend::BackendError> {
    let seen = backend.catalogue().await.unwrap().users[&id].draft();
    let mut draft = seen.clone();
    change(&mut draft);
    let (seen, draft) = (Some(EntryDraft::User(seen)), EntryDraft::User(draft));
    let id = EntryId::User(id);
    let view = backend.edit_entry(id, EntryEdit { seen, draft }, Run::Real).await?;
    Ok(view.entry)
}

/// What happened to an entry, newest first, in words, and in how many fields.
async fn trail(backend: &LocalBackend, id: EntryId) -> Vec<String> {
    let query = EventQuery { subject: Some(id.subject().into()), ..EventQuery::default() };
    let page = backend.events(query, Window::ALL).await.unwrap();
    let say = |event: &Event<RowId>| {
        let changed = |fact: &&Detail| matches!(fact, Detail::Changed { .. });
        format!("{} {}", event.action, event.details.iter().filter(changed).count())
    };
    page.events.iter().map(|view| say(&view.event)).collect()
}

#[tokio::test]
async fn r139_a_module_is_not_taken_from_accounts_whose_tokens_reach_it() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let billing = ModuleId::new(3);
    let seen = rosa.catalogue().await.unwrap().modules[&billing].draft();
    let draft = EntryDraft::Module(ModuleDraft { accounts: [CEDAR].into(), ..seen.clone() });
    let edit = || EntryEdit { seen: Some(EntryDraft::Module(seen.clone())), draft: draft.clone() };
    let id = EntryId::Module(billing);
    let refused = rosa.edit_entry(id, edit(), Run::Real).await;
    assert_eq!(text(refused), "accounts: used by 2 tokens of Acme");
    for number in [2, 4] {
        rosa.act(Verb::Delete, token(number).into(), None).await.unwrap();
    }
    rosa.edit_entry(id, edit(), Run::Real).await.unwrap();
}

#[tokio::test]
async fn r139_a_new_module_is_offered_to_the_admins_of_its_account() {
    let world = World::example();
    let (rosa, ada) = (world.backend("rosa"), world.backend("ada"));
    let id = add(&rosa, module("Archive")).await;
    assert_eq!(id.to_string(), "MOD-0005");
    let EntryId::Module(archive) = id else { panic!("a module was added") };
    assert_eq!(ada.catalogue().await.unwrap().modules[&archive].name, "Archive");
    let mut wanted = draft("archiver");
    wanted.settings.access = BTreeMap::from([(archive, Level::Read)]);
    ada.create(wanted, Run::Real).await.unwrap();
    assert_eq!(trail(&rosa, id).await, ["created 0"]);
}

#[tokio::test]
async fn r139_an_entry_in_use_is_not_removed_and_says_by_what() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let head = world.head();
    let refused = async |id| text(rosa.remove_entry(id, Run::Real).await);
    let catalog = EntryId::Module(ModuleId::new(1));
    assert_eq!(refused(catalog).await, "used by 20 tokens and group Support");
    let harbor = EntryId::Scope(ScopeId::new(3));
    assert_eq!(refused(harbor).await, "used by 1 token and user Pia Partner");
    let carl = rosa.catalogue().await.unwrap().user_by_login("carl").unwrap().id;
    assert_eq!(refused(EntryId::User(carl)).await, "used by 1 token");
    assert_eq!(
        refused(EntryId::Account(CEDAR)).await,
        "Accounts are never removed: disable it instead"
    );
    assert_eq!(world.head(), head);
}

#[tokio::test]
async fn a_removed_entry_is_gone_and_its_id_is_not_given_again() {
    let world = World::example();
    let rosa = world.backend("rosa");
    for draft in [
        module("Passing"),
        scope("Passing", ACME),
        EntryDraft::Group(GroupDraft {
            name: "Passing".to_owned(),
            account: None,
            access: BTreeMap::new(),
        }),
        EntryDraft::User(member("passing", ACME)),
    ] {
        let first = add(&rosa, draft.clone()).await;
        rosa.remove_entry(first, Run::Real).await.unwrap();
        assert_eq!(rosa.catalogue().await.unwrap().draft(first), None);
        assert_eq!(code(rosa.remove_entry(first, Run::Real).await), "not_found");
        assert_eq!(trail(&rosa, first).await, ["deleted 0", "created 0"]);
        let second = add(&rosa, draft).await;
        assert_eq!(second.number(), first.number() + 1, "{first}");
    }
}

#[tokio::test]
async fn a_deleted_token_does_not_keep_its_owner_in_the_store() {
    let world = World::example();
    let (rosa, kim) = (world.backend("rosa"), world.backend("kim"));
    let carl = rosa.catalogue().await.unwrap().user_by_login("carl").unwrap().id;
    kim.act(Verb::Delete, token(10).into(), None).await.unwrap();
    kim.remove_entry(EntryId::User(carl), Run::Real).await.unwrap();
    // The record stays, and goes on naming its owner.
    let record = rosa.show(token(10).to_string()).await.unwrap();
    assert_eq!(record.token.owner, Some(carl));
    assert_eq!(record.names.user(carl), "Carl Clerk (removed)");
}

#[tokio::test]
async fn a_new_scope_is_its_creators() {
    let world = World::example();
    let ned = world.backend("ned");
    let EntryId::Scope(east) = add(&ned, scope("East plant", ACME)).await else {
        panic!("a scope was added")
    };
    let session = ned.session().await.unwrap();
    assert!(session.operator.scopes.contains(&east));
    assert_eq!(trail(&ned, EntryId::User(NED)).await.first().unwrap(), "edited 1");
    // And whoever made it can take it back.
    ned.remove_entry(EntryId::Scope(east), Run::Real).await.unwrap();
    assert!(!ned.session().await.unwrap().operator.scopes.contains(&east));
}

#[tokio::test]
async fn r008_the_permission_taken_from_ned_counts_at_once() {
    let world = World::example();
    let (ada, ned) = (world.backend("ada"), world.backend("ned"));
    ned.create(draft("before"), Run::Real).await.unwrap();
    edit_user(&ada, NED, |user| user.manage_tokens = false).await.unwrap();
    let refused = text(ned.create(draft("after"), Run::Real).await);
    assert_eq!(refused, "Needs the manage_tokens permission");
    // Nor can ned give it back to himself.
    let refused = text(edit_user(&ned, NED, |user| user.manage_tokens = true).await);
    assert_eq!(refused, "manage_tokens: You do not have it yourself");
}

#[tokio::test]
async fn r133_nobody_raises_themselves() {
    let world = World::example();
    let ned = world.backend("ned");
    let refused = text(edit_user(&ned, NED, |user| user.role = Role::Superadmin).await);
    assert_eq!(refused, "role: Only a Superadmin makes a Superadmin");
    let refused = edit_user(&ned, NED, |user| user.scopes = [NORTH, SOUTH].into()).await;
    assert_eq!(text(refused), "scopes: You do not hold South plant");
    let refused = edit_user(&ned, NED, |user| user.accounts = [CEDAR].into()).await;
    assert_eq!(text(refused), "accounts: No account ACC-0001-0003 here");
}

#[tokio::test]
async fn r138_an_entry_that_changed_since_it_was_read_is_asked_about() {
    let world = World::example();
    let (ada, pia) = (world.backend("ada"), world.backend("pia"));
    let seen = EntryDraft::User(ada.catalogue().await.unwrap().users[&VIC].draft());
    edit_user(&pia, VIC, |user| user.name = "Victoria".to_owned()).await.unwrap();
    let edit = EntryEdit { seen: Some(seen.clone()), draft: seen };
    let answer = ada.edit_entry(EntryId::User(VIC), edit.clone(), Run::Real).await;
    assert_eq!(text(answer), "Changed by Pia Partner at 2026-03-10 12:00:00 UTC");
    let answer = ada.edit_entry(EntryId::User(VIC), edit, Run::Dry).await;
    assert_eq!(code(answer), "stale_version");
}

#[tokio::test]
async fn an_edit_that_changes_nothing_leaves_no_trace() {
    let world = World::example();
    let ada = world.backend("ada");
    let head = world.head();
    edit_user(&ada, VIC, |user| user.name = "  Vic Viewer ".to_owned()).await.unwrap();
    assert_eq!(world.head(), head);
}

#[tokio::test]
async fn what_an_admin_cannot_see_of_a_user_is_neither_shown_nor_lost() {
    let world = World::example();
    let (rosa, ada) = (world.backend("rosa"), world.backend("ada"));
    edit_user(&rosa, VIC, |user| user.accounts = [ACME, CEDAR].into()).await.unwrap();
    let after = edit_user(&ada, VIC, |user| user.name = "Vicky".to_owned()).await.unwrap();
    let EntryDraft::User(after) = after else { panic!("a user was edited") };
    assert_eq!(after.accounts, [ACME].into());
    let whole = &rosa.catalogue().await.unwrap().users[&VIC];
    assert_eq!((&whole.accounts, whole.name.as_str()), (&[ACME, CEDAR].into(), "Vicky"));
    let more = "Holds more than you do (accounts that are not yours): only name and e-mail are \
                yours to change";
    let refused = ada.remove_entry(EntryId::User(VIC), Run::Real).await;
    assert_eq!(text(refused), more);
    let refused = edit_user(&ada, VIC, |user| user.scopes = [NORTH].into()).await;
    assert_eq!(text(refused), more);
}

#[tokio::test]
async fn a26_an_admin_with_fewer_scopes_makes_nothing_else_of_a_user_with_more() {
    let world = World::example();
    let (ned, ada) = (world.backend("ned"), world.backend("ada"));
    let head = world.head();
    let more = "Holds more than you do (South plant): only name and e-mail are yours to change";
    for edited in [
        edit_user(&ned, VIC, |user| user.role = Role::Member).await,
        edit_user(&ned, VIC, |user| user.scopes = [NORTH].into()).await,
        edit_user(&ned, VIC, |user| user.login = "vivi".to_owned()).await,
        edit_user(&ned, ADA, |user| user.manage_tokens = false).await,
        edit_user(&ned, ADA, |user| (user.role, user.manage_tokens) = (Role::Member, false)).await,
    ] {
        assert_eq!(text(edited), more);
    }
    assert_eq!(text(ned.remove_entry(EntryId::User(VIC), Run::Real).await), more);
    assert_eq!(world.head(), head);
    edit_user(&ned, VIC, |user| user.email = Some("v@acme.example".to_owned())).await.unwrap();
    // Whoever holds as much may: the other way round too.
    edit_user(&ada, NED, |user| (user.role, user.manage_tokens) = (Role::Viewer, false))
        .await
        .unwrap();
    ada.remove_entry(EntryId::User(VIC), Run::Real).await.unwrap();
}

#[tokio::test]
async fn a_login_out_of_sight_is_taken_all_the_same() {
    let world = World::example();
    let ada = world.backend("ada");
    let twin = EntryDraft::User(member("Kim", ACME));
    assert_eq!(text(ada.add_entry(twin, Run::Real).await), "login: Login already in use");
}

#[tokio::test]
async fn a_dry_run_checks_everything_and_changes_nothing() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let head = world.head();
    let view = rosa.add_entry(module("Archive"), Run::Dry).await.unwrap();
    assert_eq!(view.id, EntryId::Module(ModuleId::new(5)));
    assert_eq!(code(rosa.add_entry(module("catalog"), Run::Dry).await), "invalid");
    let catalog = EntryId::Module(ModuleId::new(1));
    assert_eq!(code(rosa.remove_entry(catalog, Run::Dry).await), "in_use");
    assert_eq!(world.head(), head);
}

#[tokio::test]
async fn a_read_only_backend_changes_no_entry() {
    let world = World::example();
    let options =
        tokendeck::backend::local::LocalOptions { read_only: true, ..world.options("rosa") };
    let rosa = LocalBackend::open(options).unwrap();
    assert_eq!(code(rosa.add_entry(module("Archive"), Run::Real).await), "read_only");
    rosa.add_entry(module("Archive"), Run::Dry).await.unwrap();
    let id = EntryId::Module(ModuleId::new(4));
    assert_eq!(code(rosa.remove_entry(id, Run::Real).await), "read_only");
    let everything = rosa.catalogue().await.unwrap();
    assert_eq!(code(rosa.import_catalogue(everything, Run::Real).await), "read_only");
}

#[tokio::test]
async fn a_disabled_account_stops_its_tokens_at_once() {
    let world = World::example();
    let rosa = world.backend("rosa");
    assert_eq!(rejection(&rosa, value("robot-1")).await, None);
    let seen = rosa.catalogue().await.unwrap().accounts[&ACME].draft();
    let draft = AccountDraft { status: AccountStatus::Disabled, ..seen.clone() };
    let edit =
        EntryEdit { seen: Some(EntryDraft::Account(seen)), draft: EntryDraft::Account(draft) };
    rosa.edit_entry(EntryId::Account(ACME), edit, Run::Real).await.unwrap();
    assert!(rejection(&rosa, value("robot-1")).await.is_some());
}

#[tokio::test]
async fn an_import_of_what_is_there_changes_nothing_whoever_does_it() {
    let world = World::example();
    let head = world.head();
    for login in ["rosa", "pia", "ada", "vic", "carl"] {
        let backend = world.backend(login);
        let known = backend.catalogue().await.unwrap();
        let count: usize = EntryKind::iter().map(|kind| known.ids(kind).len()).sum();
        let done = backend.import_catalogue(known, Run::Real).await.unwrap();
        assert_eq!(
            (done.added.len(), done.changed.len(), done.unchanged),
            (0, 0, count),
            "{login}"
        );
    }
    assert_eq!(world.head(), head);
}

/// An account with a module, a scope and a user in it, under ids of another store.
fn foreign() -> Catalogue {
    let far = AccountId::new(9_0001);
    let mut given = Catalogue::default();
    let account = AccountDraft {
        name: "Delta".to_owned(),
        status: AccountStatus::Active,
        endpoint: None,
        rules: tokendeck::domain::Rules::default(),
    };
    given.put(EntryId::Account(far), EntryDraft::Account(account));
    let module = ModuleDraft {
        name: "orders".to_owned(),
        accounts: [ACME, far].into(),
        paths: vec!["/orders".to_owned()],
    };
    given.put(EntryId::Module(ModuleId::new(77)), EntryDraft::Module(module));
    given.put(EntryId::Scope(ScopeId::new(88)), scope("Delta yard", far));
    let access = BTreeMap::from([(ModuleId::new(77), Level::Read)]);
    let group = GroupDraft { name: "Delta readers".to_owned(), account: Some(far), access };
    given.put(EntryId::Group(tokendeck::domain::GroupId::new(99)), EntryDraft::Group(group));
    let user = UserDraft { scopes: [ScopeId::new(88)].into(), ..member("dan", far) };
    given.put(EntryId::User(UserId::new(9_9999)), EntryDraft::User(user));
    given
}

#[tokio::test]
async fn an_import_finds_entries_by_name_and_gives_new_ones_ids_of_this_store() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let done = rosa.import_catalogue(foreign(), Run::Real).await.unwrap();
    let ids = |views: &[tokendeck::wire::EntryView]| -> Vec<String> {
        views.iter().map(|view| view.id.to_string()).collect()
    };
    assert_eq!(ids(&done.added), ["ACC-0001-0004", "SCP-0004", "GRP-0004", "USR-0002-0010"]);
    assert_eq!(ids(&done.changed), ["MOD-0002"]);
    let all = rosa.catalogue().await.unwrap();
    let delta = AccountId::new(1_0004);
    // What the file does not say of an entry's accounts is gone, as the entry is given whole.
    assert_eq!(all.modules[&ModuleId::new(2)].accounts, [ACME, delta].into());
    let dan = all.user_by_login("dan").unwrap();
    assert_eq!((&dan.accounts, &dan.scopes), (&[delta].into(), &[ScopeId::new(4)].into()));
    let again = rosa.import_catalogue(foreign(), Run::Real).await.unwrap();
    assert_eq!((again.added.len(), again.changed.len(), again.unchanged), (0, 0, 5));
}

#[tokio::test]
async fn an_import_is_all_or_nothing_and_names_what_is_wrong() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let head = world.head();
    let mut given = foreign();
    let user = UserDraft { accounts: [].into(), ..member("bad login", ACME) };
    given.put(EntryId::User(UserId::new(9_9998)), EntryDraft::User(user));
    let refused = text(rosa.import_catalogue(given, Run::Real).await);
    assert_eq!(
        refused,
        "user 'bad login' login: Only letters, digits and . _ @ + - may be in it, not ' '; \
         user 'bad login' accounts: Choose at least one account"
    );
    assert_eq!(world.head(), head);
    let refused = text(world.backend("ada").import_catalogue(foreign(), Run::Real).await);
    assert_eq!(refused, "account 'Delta': Needs the role Superadmin");
    assert_eq!(world.head(), head);
    assert_eq!(rosa.session().await.unwrap().now, now());
}
