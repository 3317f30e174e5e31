//! Making and changing one token: the order of the checks, and what is left behind.

use tokendeck::backend::Backend;
use tokendeck::domain::{EventAction, Expiry, Overlap, Settings, Status, Subject, Verb, calendar};
use tokendeck::wire::{Edit, EventQuery, Run};

use crate::support::{World, code, draft, rejection, show, status, text, token, value};
use tokendeck::domain::Window;

async fn edit_of(backend: &impl Backend, number: u64) -> Edit {
    let view = backend.show(token(number).to_string()).await.unwrap();
    Edit {
        version: view.token.version,
        settings: Settings::of(&view.token),
        new_value: false,
        guid: None,
    }
}

#[tokio::test]
async fn r008_the_permission_is_asked_for_before_the_row() {
    let world = World::example();
    for login in ["vic", "carl", "max"] {
        let backend = world.backend(login);
        let refused = text(backend.create(draft("new"), Run::Real).await);
        assert_eq!(refused, "Needs the manage_tokens permission", "{login}");
    }
    let vic = world.backend("vic");
    // Even where the state would rule it out too.
    let ended = token(5);
    assert_eq!(code(vic.act(Verb::Revoke, ended.into(), None).await), "not_permitted");
    assert_eq!(code(vic.act(Verb::Enable, ended.into(), None).await), "not_permitted");
    assert_eq!(code(vic.reveal(token(1).into()).await), "not_permitted");
    assert_eq!(
        code(vic.edit(token(1).into(), edit_of(&*vic, 1).await, Run::Real).await),
        "not_permitted"
    );
    // And a row out of sight is not found before anything else is said of it.
    assert_eq!(code(vic.act(Verb::Revoke, token(7).into(), None).await), "not_found");
}

#[tokio::test]
async fn an_owner_may_revoke_but_not_change_a_token() {
    let world = World::example();
    let carl = world.backend("carl");
    assert_eq!(code(carl.act(Verb::Disable, token(10).into(), None).await), "not_permitted");
    assert_eq!(code(carl.act(Verb::Delete, token(10).into(), None).await), "not_permitted");
    let view = carl.act(Verb::Revoke, token(10).into(), None).await.unwrap();
    assert_eq!(view.status, Status::Revoked);
}

#[tokio::test]
async fn r058_disable_and_enable_keep_the_value() {
    let world = World::example();
    let ada = world.backend("ada");
    ada.act(Verb::Disable, token(1).into(), None).await.unwrap();
    assert_eq!(status(&ada, token(1)).await, Status::Disabled);
    assert!(rejection(&ada, value("robot-1")).await.is_some());
    ada.act(Verb::Enable, token(1).into(), None).await.unwrap();
    assert_eq!(rejection(&ada, value("robot-1")).await, None);
    let query =
        EventQuery { subject: Some(Subject::Token(token(1).into())), ..EventQuery::default() };
    let trail = ada.events(query, Window { offset: 0, limit: 2 }).await.unwrap();
    let actions: Vec<_> = trail.events.iter().map(|view| view.event.action).collect();
    assert_eq!(actions, [EventAction::Enabled, EventAction::Disabled]);
    assert_eq!(trail.events[0].by_name.as_deref(), Some("Ada Admin"));
    assert_eq!(trail.events[0].event.by.system_login.as_deref(), Some("tester"));
}

#[tokio::test]
async fn r063_a_revoke_ends_validity_at_its_moment() {
    let world = World::example();
    let ada = world.backend("ada");
    let view = ada.act(Verb::Revoke, token(2).into(), Some(99)).await.unwrap();
    let revoked = view.token.revoked.unwrap();
    assert_eq!(view.token.valid_to, Some(revoked.at));
    assert_eq!(calendar::seconds(revoked.at), "2026-03-10 12:00:00 UTC");
    assert_eq!(view.names.user(revoked.by.unwrap()), "Ada Admin");
    assert_eq!(code(ada.act(Verb::Revoke, token(2).into(), None).await), "already_revoked");
}

#[tokio::test]
async fn r064_an_expired_or_revoked_token_is_not_revoked() {
    let world = World::example();
    let ada = world.backend("ada");
    assert_eq!(text(ada.act(Verb::Revoke, token(4).into(), None).await), "Already expired");
    assert_eq!(text(ada.act(Verb::Revoke, token(5).into(), None).await), "Already revoked");
}

#[tokio::test]
async fn r067_a_deleted_name_is_free_and_its_id_is_not() {
    let world = World::example();
    let ada = world.backend("ada");
    ada.act(Verb::Delete, token(101).into(), None).await.unwrap();
    let again = ada.create(draft("bulk-01"), Run::Real).await.unwrap();
    assert_ne!(again.token.token.id, token(101));
    assert!(again.token.token.id > token(115).into());
    assert_eq!(code(ada.show(token(101).to_string()).await), "not_found");
}

#[tokio::test]
async fn r068_a_regenerate_replaces_the_value_and_revives_an_expired_token() {
    let world = World::example();
    let ada = world.backend("ada");
    let before = show(&ada, token(4)).await;
    let issued = ada
        .regenerate(token(4).into(), Some(Expiry::Months(6)), Overlap::NONE, Run::Real)
        .await
        .unwrap();
    let after = issued.token;
    assert_eq!((after.status, after.token.id), (Status::Active, before.token.id));
    assert_ne!(after.guid, before.guid);
    assert_eq!(calendar::day(after.token.valid_to.unwrap()), "2026-09-10");
    assert!(rejection(&ada, value("old-report")).await.is_some());
    assert_eq!(rejection(&ada, issued.value.unwrap()).await, None);
    let refused =
        ada.regenerate(token(5).into(), Some(Expiry::Never), Overlap::NONE, Run::Real).await;
    assert_eq!(text(refused), "Revoked tokens cannot be regenerated");
}

#[tokio::test]
async fn an_overlap_lets_the_old_value_pass_too() {
    let world = World::example();
    let ada = world.backend("ada");
    let issued = ada
        .regenerate(token(1).into(), Some(Expiry::Never), Overlap::DAY, Run::Real)
        .await
        .unwrap();
    assert_eq!(rejection(&ada, value("robot-1")).await, None);
    assert_eq!(rejection(&ada, issued.value.unwrap()).await, None);
}

#[tokio::test]
async fn r090_a_name_is_unique_in_its_account_whatever_its_case() {
    let world = World::example();
    let ada = world.backend("ada");
    let refused = text(ada.create(draft("ROBOT-1"), Run::Real).await);
    assert_eq!(refused, "name: Name already in use");
    let mut edit = edit_of(&*ada, 2).await;
    edit.settings.name = "Robot-1".to_owned();
    assert_eq!(code(ada.edit(token(2).into(), edit, Run::Real).await), "invalid");
    let mut own = edit_of(&*ada, 1).await;
    own.settings.name = "ROBOT-1".to_owned();
    assert_eq!(
        ada.edit(token(1).into(), own, Run::Real).await.unwrap().token.token.name,
        "ROBOT-1"
    );
}

#[tokio::test]
async fn r112_a_created_value_passes_at_once() {
    let world = World::example();
    let ada = world.backend("ada");
    let issued = ada.create(draft("moves-parts"), Run::Real).await.unwrap();
    assert_eq!(issued.token.status, Status::Active);
    assert_eq!(rejection(&ada, issued.value.unwrap()).await, None);
}

#[tokio::test]
async fn r133_nobody_grants_a_scope_they_do_not_hold() {
    let world = World::example();
    let ned = world.backend("ned");
    let mut wide = draft("wide");
    wide.settings.scopes.insert(tokendeck::domain::ScopeId::new(2));
    assert_eq!(code(ned.create(wide, Run::Real).await), "invalid");
    let mut elsewhere = draft("elsewhere");
    elsewhere.account = Some("ACC-0001-0002".parse().unwrap());
    assert_eq!(code(ned.create(elsewhere, Run::Real).await), "invalid");
}

#[tokio::test]
async fn r138_a_stale_edit_names_who_was_faster() {
    let world = World::example();
    let (ada, pia) = (world.backend("ada"), world.backend("pia"));
    let (mut first, mut second) = (edit_of(&*ada, 1).await, edit_of(&*pia, 1).await);
    first.settings.description = "first".to_owned();
    second.settings.description = "second".to_owned();
    ada.edit(token(1).into(), first, Run::Real).await.unwrap();
    let refused = pia.edit(token(1).into(), second, Run::Real).await.unwrap_err();
    assert_eq!((refused.code(), refused.exit_code()), ("stale_version", 7));
    assert_eq!(refused.to_string(), "Changed by Ada Admin at 2026-03-10 12:00:00 UTC");
    assert_eq!(show(&pia, token(1)).await.token.description, "first");
}

#[tokio::test]
async fn revoke_and_disable_ignore_the_version_and_nothing_else_does() {
    let world = World::example();
    let ada = world.backend("ada");
    assert_eq!(code(ada.act(Verb::Enable, token(3).into(), Some(1)).await), "stale_version");
    assert_eq!(code(ada.act(Verb::Delete, token(3).into(), Some(1)).await), "stale_version");
    ada.act(Verb::Disable, token(1).into(), Some(77)).await.unwrap();
    ada.act(Verb::Revoke, token(1).into(), Some(77)).await.unwrap();
}

#[tokio::test]
async fn an_edit_that_changes_nothing_leaves_no_trace() {
    let world = World::example();
    let ada = world.backend("ada");
    let before = world.head();
    let edit = edit_of(&*ada, 2).await;
    let issued = ada.edit(token(2).into(), edit.clone(), Run::Real).await.unwrap();
    assert_eq!(issued.token.token.version, edit.version);
    assert!(issued.value.is_none());
    assert_eq!(world.head(), before);
}

#[tokio::test]
async fn an_edit_with_a_new_value_ends_the_old_one() {
    let world = World::example();
    let ada = world.backend("ada");
    let edit = Edit { new_value: true, ..edit_of(&*ada, 2).await };
    let end = edit.settings.valid_to;
    let issued = ada.edit(token(2).into(), edit, Run::Real).await.unwrap();
    assert_eq!(issued.token.token.valid_to, end);
    assert!(rejection(&ada, value("robot-2")).await.is_some());
    assert_eq!(rejection(&ada, issued.value.unwrap()).await, None);
}

#[tokio::test]
async fn a_dry_run_checks_all_and_writes_nothing() {
    let world = World::example();
    let ada = world.backend("ada");
    let before = world.head();
    let made = ada.create(draft("dry"), Run::Dry).await.unwrap();
    assert!(made.value.is_none());
    assert_eq!(made.token.token.name, "dry");
    let mut edit = edit_of(&*ada, 1).await;
    edit.settings.name = "renamed".to_owned();
    ada.edit(token(1).into(), edit.clone(), Run::Dry).await.unwrap();
    ada.regenerate(token(1).into(), Some(Expiry::Never), Overlap::NONE, Run::Dry).await.unwrap();
    assert_eq!(code(ada.create(draft("robot-1"), Run::Dry).await), "invalid");
    edit.version += 1;
    assert_eq!(code(ada.edit(token(1).into(), edit, Run::Dry).await), "stale_version");
    assert_eq!(world.head(), before);
    assert_eq!(rejection(&ada, value("robot-1")).await, None);
}

#[tokio::test]
async fn a_permission_taken_away_counts_at_once() {
    let world = World::example();
    let ned = world.backend("ned");
    crate::support::change_user(&world, "ned", |user| user.manage_tokens = false);
    assert_eq!(code(ned.create(draft("late"), Run::Real).await), "not_permitted");
    crate::support::change_user(&world, "ned", |user| user.scopes.clear());
    assert!(crate::support::all(&ned).await.is_empty());
}

#[tokio::test]
async fn verbs_that_need_more_are_no_plain_action() {
    let world = World::example();
    let ada = world.backend("ada");
    for verb in [Verb::Edit, Verb::Regenerate, Verb::Accept, Verb::Reveal] {
        assert_eq!(code(ada.act(verb, token(1).into(), None).await), "unsupported", "{verb}");
    }
}
