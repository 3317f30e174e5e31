//! The local backend: first start, other processes, lost keys, read-only sessions.

use std::os::unix::fs::PermissionsExt;
use std::time::{Duration, Instant};

use tokendeck::backend::local::{self, InitKind, LocalBackend, NewPlace};
use tokendeck::backend::{Backend, BulkBackend};
use tokendeck::domain::verify::Rejection;
use tokendeck::domain::{
    AccountId, Expiry, ModuleId, Overlap, Query, Role, ScopeId, Status, Verb, Window,
};
use tokendeck::seal::KeyFile;
use tokendeck::wire::{BackendKind, Run, StoreKind, Target};

use crate::support::{World, all, code, draft, rejection, status, token, value};

fn mode(path: &std::path::Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[tokio::test]
async fn a_first_start_makes_all_that_a_token_needs() {
    let world = World::empty();
    let mut options = world.options("tester");
    options.login = None;
    let backend = LocalBackend::open_or_init(options).unwrap();
    let session = backend.session().await.unwrap();
    assert_eq!(session.operator.role, Role::Superadmin);
    assert_eq!(session.operator.login, "tester");
    assert_eq!((session.kind, session.store), (BackendKind::Local, StoreKind::Normal));
    let catalogue = backend.catalogue().await.unwrap();
    assert_eq!(catalogue.accounts.values().next().unwrap().name, "Default");
    assert_eq!(catalogue.modules.values().next().unwrap().name, "API");
    assert!(all(&backend).await.is_empty());
    assert_eq!(mode(&world.path()), 0o600);
    assert_eq!(mode(&KeyFile::path_for(&world.path())), 0o600);
    assert_eq!(mode(world.path().parent().unwrap()), 0o700);
    // R140: the first token works.
    let mut first = draft("first");
    first.account = Some(AccountId::new(1_0001));
    first.settings.scopes.remove(&ScopeId::new(1));
    first.settings.access = [(ModuleId::new(1), tokendeck::domain::Level::Read)].into();
    let issued = backend.create(first, Run::Real).await.unwrap();
    assert_eq!(rejection(&backend, issued.value.unwrap()).await, None);
}

#[tokio::test]
async fn a_second_start_changes_nothing_and_knows_nobody_else() {
    let world = World::empty();
    drop(LocalBackend::open_or_init(world.options("tester")).unwrap());
    let before = world.head();
    drop(LocalBackend::open_or_init(world.options("tester")).unwrap());
    assert_eq!(world.head(), before);
    let stranger = LocalBackend::open_or_init(world.options("mallory"));
    assert_eq!(stranger.err().unwrap().code(), "unknown_user");
    assert_eq!(world.head(), before);
}

#[test]
fn many_first_starts_at_once_make_one_store() {
    let world = World::empty();
    std::thread::scope(|scope| {
        let starts: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| LocalBackend::open_or_init(world.options("tester")).map(drop)))
            .collect();
        for start in starts {
            start.join().unwrap().unwrap();
        }
    });
    assert_eq!(local::status(world.place()).unwrap().counts.users, 1);
    assert_eq!(local::status(world.place()).unwrap().key_problem, None);
}

#[test]
fn opening_a_store_that_is_not_there_says_so_and_makes_none() {
    let world = World::empty();
    let error = LocalBackend::open(world.options("tester")).err().unwrap();
    assert_eq!((error.code(), error.exit_code()), ("store_missing", 6));
    let mut reading = world.options("tester");
    reading.read_only = true;
    assert_eq!(LocalBackend::open_or_init(reading).err().unwrap().code(), "store_missing");
    assert!(!world.path().exists());
}

#[test]
fn init_leaves_what_exists_as_it_is() {
    let world = World::empty();
    let place = NewPlace::of(&world.path()).unwrap();
    local::init(&place, InitKind::Example { shift_to: None }, "tester").unwrap();
    let before = std::fs::read(world.path()).unwrap();
    // Whoever looked before somebody else made it finds out, too.
    let error = local::init(&place, InitKind::Normal, "tester").err().unwrap();
    assert_eq!(error.code(), "store_exists");
    assert_eq!(NewPlace::of(&world.path()).unwrap_err().code(), "store_exists");
    assert_eq!(std::fs::read(world.path()).unwrap(), before);
}

#[test]
fn a_store_of_real_tokens_takes_no_other_time() {
    let world = World::empty();
    local::init(&NewPlace::of(&world.path()).unwrap(), InitKind::Normal, "tester").unwrap();
    let mut options = world.options("tester");
    options.now = Some(crate::support::now());
    let error = LocalBackend::open(options).err().unwrap();
    assert_eq!(error.exit_code(), 2);
    assert!(error.to_string().contains("--now"), "{error}");
}

#[tokio::test]
async fn a_change_by_another_process_is_told_within_two_seconds() {
    let world = World::example();
    let (screen, command) = (world.backend("ada"), world.backend("pia"));
    let mut changes = screen.changes();
    let start = Instant::now();
    command.act(Verb::Revoke, token(1).into(), None).await.unwrap();
    tokio::time::timeout(Duration::from_secs(10), changes.changed()).await.unwrap().unwrap();
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert_eq!(status(&screen, token(1)).await, Status::Revoked);
}

#[tokio::test]
async fn a_list_never_shows_less_than_what_was_committed() {
    let world = World::example();
    let (one, two) = (world.backend("ada"), world.backend("pia"));
    for number in 101..=110 {
        two.act(Verb::Disable, token(number).into(), None).await.unwrap();
        let disabled = Query { statuses: [Status::Disabled].into(), ..Query::default() };
        let page = one.list(disabled, Window::ALL).await.unwrap();
        assert!(page.tokens.iter().any(|view| view.token.id == token(number)));
    }
}

#[tokio::test]
async fn without_its_key_file_a_store_does_all_but_show_and_seal_values() {
    let world = World::example();
    std::fs::remove_file(KeyFile::path_for(&world.path())).unwrap();
    let before = world.head();
    let ada = world.backend("ada");
    assert_eq!(code(ada.reveal(token(1).into()).await), "store_key");
    assert_eq!(code(ada.create(draft("new"), Run::Real).await), "store_key");
    assert_eq!(world.head(), before);
    assert_eq!(rejection(&ada, value("robot-1")).await, None);
    ada.act(Verb::Disable, token(1).into(), None).await.unwrap();
    ada.act(Verb::Revoke, token(1).into(), None).await.unwrap();
    // The value of an owner's token is never sealed, so it needs no key.
    let kim = world.backend("kim");
    kim.regenerate(token(10).into(), Some(Expiry::Months(3)), Overlap::NONE, Run::Real)
        .await
        .unwrap();
    let status = local::status(world.place()).unwrap();
    assert!(status.key_problem.unwrap().contains("is missing"));
    let findings = local::check(world.place()).unwrap();
    assert!(findings.iter().any(|found| found.what == "key file" && found.problem.is_some()));
}

#[tokio::test]
async fn a_read_only_session_writes_nothing() {
    let world = World::example();
    let mut options = world.options("ada");
    options.read_only = true;
    let ada = LocalBackend::open(options).unwrap();
    let before = world.head();
    assert_eq!(code(ada.act(Verb::Revoke, token(1).into(), None).await), "read_only");
    assert_eq!(code(ada.create(draft("new"), Run::Real).await), "read_only");
    assert_eq!(code(ada.reveal(token(1).into()).await), "read_only");
    let plan = ada.planned(Verb::Revoke, Target::Tokens(vec![token(1).into()])).await.unwrap();
    assert_eq!(code(ada.run(plan).await), "read_only");
    ada.create(draft("new"), Run::Dry).await.unwrap();
    assert_eq!(rejection(&ada, value("robot-2")).await, None);
    ada.close().await.unwrap();
    assert_eq!(world.head(), before);
}

#[test]
fn status_tells_what_a_store_is_and_holds() {
    let world = World::example();
    let status = local::status(world.place()).unwrap();
    assert_eq!(status.kind, StoreKind::Example);
    assert_eq!((status.counts.tokens, status.counts.users), (26, 10));
    assert_eq!(status.sequence, world.head().sequence);
    assert_eq!(status.key_problem, None);
    assert!(status.files.iter().all(|file| file.mode == "600"), "{:?}", status.files);
}

#[tokio::test]
async fn time_never_runs_backwards_where_tokens_are_real() {
    let world = World::empty();
    let backend = LocalBackend::open_or_init(world.options("tester")).unwrap();
    let ahead = chrono::Utc::now() + chrono::TimeDelta::days(3);
    let ahead = tokendeck::domain::calendar::to_millisecond(ahead);
    crate::support::event_at(&world, ahead);
    assert_eq!(backend.session().await.unwrap().now, ahead);
}

#[tokio::test]
async fn d09_a_key_file_that_others_can_read_opens_no_value_and_blocks_nothing_else() {
    let world = World::example();
    let key_file = KeyFile::path_for(&world.path());
    std::fs::set_permissions(&key_file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let ada = world.backend("ada");
    let before = world.head();
    let error = ada.reveal(token(1).into()).await.unwrap_err();
    assert_eq!((error.code(), error.exit_code()), ("store_key", 6));
    assert!(error.to_string().contains("chmod 600"), "{error}");
    assert_eq!(world.head(), before);
    assert_eq!(rejection(&ada, value("robot-1")).await, None);
    ada.act(Verb::Revoke, token(1).into(), None).await.unwrap();
    assert_eq!(rejection(&ada, value("robot-1")).await, Some(Rejection::Revoked));
}

#[tokio::test]
async fn the_key_file_of_another_store_opens_no_value() {
    let (world, other) = (World::example(), World::example());
    let (ours, theirs) = (KeyFile::path_for(&world.path()), KeyFile::path_for(&other.path()));
    std::fs::copy(theirs, ours).unwrap();
    let ada = world.backend("ada");
    let before = world.head();
    assert_eq!(code(ada.reveal(token(1).into()).await), "store_key");
    assert_eq!(world.head(), before);
    assert_eq!(rejection(&ada, value("robot-1")).await, None);
}
