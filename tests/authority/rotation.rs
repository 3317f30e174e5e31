//! New values for many tokens: no moment with values in force outside the file, or with
//! dead values and no file; and the last use of each value.

use std::sync::Arc;

use tokendeck::backend::export::{go_on, regenerate_export};
use tokendeck::backend::local::LocalBackend;
use tokendeck::backend::{Backend, BulkBackend};
use tokendeck::domain::{
    EventAction, Expiry, JobId, Overlap, Refusal, Status, Subject, TokenId, TokenValue, Verb,
    Window,
};
use tokendeck::store::{self, Store};
use tokendeck::wire::{
    AnyPlan, EventQuery, Job, JobReport, JobState, Outcome, Plan, Rotation, RotationRow, Run,
    Staged, Step, Target,
};

use crate::support::{World, code, now, rejection, show, text, token, value};

async fn plan(backend: &LocalBackend, numbers: &[u64]) -> Plan {
    let ids = numbers.iter().map(|number| token(*number).into()).collect();
    backend.planned(Verb::Regenerate, Target::Tokens(ids)).await.unwrap()
}

async fn rotation(backend: &LocalBackend, numbers: &[u64]) -> Rotation {
    let plan = plan(backend, numbers).await;
    Rotation { plan, expiry: None, overlap: Overlap::NONE }
}

async fn staged(backend: &LocalBackend, numbers: &[u64]) -> Staged<RotationRow> {
    let rotation = rotation(backend, numbers).await;
    backend.stage_rotation(rotation, "host:/tmp/x.csv".to_owned()).await.ok().unwrap()
}

fn drawn(staged: &Staged<RotationRow>, row: usize) -> TokenValue {
    TokenValue::parse(staged.rows[row].value.expose()).unwrap()
}

async fn ended(backend: &LocalBackend, id: JobId) -> Job {
    let mut changes = backend.changes();
    loop {
        let job = backend.job(id).await.unwrap();
        if job.state != JobState::Running {
            return job;
        }
        changes.changed().await.unwrap();
    }
}

/// How much of the values of a token is sealed in the store.
fn sealed(world: &World, of: TokenId, staged: &Staged<RotationRow>) -> bool {
    let row = staged.rows.iter().find(|row| row.token == of).unwrap();
    let store = world.store();
    let kept = store::read(&store as &dyn Store, |state| state.credential(row.guid)).unwrap();
    kept.unwrap().1.sealed.is_some()
}

#[tokio::test]
async fn a13_staged_values_are_dead_until_they_are_activated() {
    let world = World::example();
    let ada = world.backend("ada");
    let staged = staged(&ada, &[1, 2]).await;
    assert_eq!(staged.rows.len(), 2);
    assert_eq!(rejection(&ada, drawn(&staged, 0)).await.unwrap().to_string(), "unknown");
    assert_eq!(rejection(&ada, value("robot-1")).await, None);
    assert_eq!(show(&ada, token(1)).await.token.version, 1, "no token has changed");
    let job = ada.job(staged.job).await.unwrap();
    assert_eq!((job.state, job.title.as_str()), (JobState::Staged, "2 tokens of Acme"));
    assert_eq!(job.file.as_deref(), Some("host:/tmp/x.csv"));
    assert_eq!(code(ada.resume(staged.job).await), "job_staged");
    ada.activate(staged.job).await.unwrap();
    assert_eq!(ended(&ada, staged.job).await.state, JobState::Done);
    assert_eq!(rejection(&ada, drawn(&staged, 0)).await, None);
    assert_eq!(rejection(&ada, value("robot-1")).await.unwrap().to_string(), "unknown");
    // As after a regenerate by name the store can show it, and nothing of the old one.
    assert_eq!(ada.reveal(token(1).into()).await.unwrap().value.guid(), staged.rows[0].guid);
    assert!(sealed(&world, token(1), &staged));
    let JobReport::Tokens(report) = ada.job_report(staged.job).await.unwrap() else { panic!() };
    assert_eq!((report.verb, report.counts()), (Verb::Regenerate, (2, 0, 0)));
}

#[tokio::test]
async fn a13_what_is_given_up_leaves_nothing_sealed_and_no_token_changed() {
    let world = World::example();
    let ada = world.backend("ada");
    let staged = staged(&ada, &[1, 2]).await;
    assert!(sealed(&world, token(1), &staged));
    ada.abandon(staged.job).await.unwrap();
    assert!(!sealed(&world, token(1), &staged) && !sealed(&world, token(2), &staged));
    assert_eq!(code(ada.activate(staged.job).await), "job_over");
    assert_eq!(rejection(&ada, drawn(&staged, 0)).await.unwrap().to_string(), "unknown");
    assert_eq!(rejection(&ada, value("robot-1")).await, None);
    assert!(show(&ada, token(1)).await.token.value.unwrap().retained);
    assert_eq!(
        ada.reveal(token(1).into()).await.unwrap().value.expose(),
        value("robot-1").expose()
    );
}

#[tokio::test]
async fn a13_each_value_is_on_record_before_it_leaves_and_once_it_is_in_force() {
    let world = World::example();
    let ada = world.backend("ada");
    let staged = staged(&ada, &[1]).await;
    let actions = async || {
        let subject = Some(Subject::Token(token(1).into()));
        let query = EventQuery { subject, ..EventQuery::default() };
        let events = ada.events(query, Window::ALL).await.unwrap().events;
        events.iter().map(|view| view.event.action).collect::<Vec<_>>()
    };
    assert_eq!(actions().await[0], EventAction::Exported);
    ada.activate(staged.job).await.unwrap();
    ended(&ada, staged.job).await;
    assert_eq!(actions().await[..2], [EventAction::Regenerated, EventAction::Exported]);
}

#[tokio::test]
async fn a13_what_changed_between_stage_and_activation_keeps_its_value() {
    let world = World::example();
    let ada = world.backend("ada");
    let staged = staged(&ada, &[1, 2, 6]).await;
    ada.act(Verb::Disable, token(2).into(), None).await.unwrap();
    ada.act(Verb::Revoke, token(6).into(), None).await.unwrap();
    ada.activate(staged.job).await.unwrap();
    let job = ended(&ada, staged.job).await;
    assert_eq!((job.tally.done, job.tally.skipped, job.tally.failed), (1, 1, 1));
    assert!(!sealed(&world, token(2), &staged), "a value that never gets into force");
    let refused = rejection(&ada, drawn(&staged, 1)).await.unwrap();
    assert_eq!(refused.to_string(), "disabled", "and so would be the one it has");
    ada.act(Verb::Enable, token(2).into(), None).await.unwrap();
    assert_eq!(rejection(&ada, value("robot-2")).await, None);
}

#[tokio::test]
async fn a13_a_plan_that_is_no_longer_true_draws_nothing() {
    let world = World::example();
    let ada = world.backend("ada");
    let early = rotation(&ada, &[1, 2]).await;
    ada.regenerate(token(1).into(), None, Overlap::NONE, Run::Real).await.unwrap();
    let stage = async |rotation: Rotation| {
        ada.stage_rotation(rotation, "host:/x".to_owned()).await.map(|staged| staged.job)
    };
    assert_eq!(code(stage(early.clone()).await), "stale_plan");
    let fresh = rotation(&ada, &[1, 2]).await;
    stage(fresh.clone()).await.unwrap();
    assert_eq!(code(stage(fresh).await), "stale_plan", "values are given out once");
    // A plan that says more than the store would have said.
    let mut forged = rotation(&ada, &[1]).await;
    forged.plan.items[0].id = token(10).into();
    assert_eq!(code(stage(forged).await), "stale_plan");
    let other = Plan { verb: Verb::Revoke, ..early.plan.clone() };
    assert_eq!(code(stage(Rotation { plan: other, ..early }).await), "unsupported");
    assert_eq!(code(ada.start(AnyPlan::Tokens(plan(&ada, &[2]).await)).await), "unsupported");
}

#[tokio::test]
async fn a13_users_tokens_and_ended_ones_are_skipped_with_the_reason() {
    let world = World::example();
    let rosa = world.backend("rosa");
    let plan = plan(&rosa, &[1, 5, 10, 11]).await;
    let reasons: Vec<_> = plan.skipped().into_keys().collect();
    assert_eq!(
        reasons,
        [
            "Has an owner: use generate & export",
            "Pending tokens cannot be regenerated",
            "Revoked tokens cannot be regenerated"
        ]
    );
    assert_eq!(plan.count(), 1);
    let rotation = Rotation { plan, expiry: Some(Expiry::Never), overlap: Overlap::DAY };
    let staged = rosa.stage_rotation(rotation, "host:/x".to_owned()).await.ok().unwrap();
    assert_eq!(staged.rows.len(), 1);
    rosa.activate(staged.job).await.unwrap();
    assert_eq!(ended(&rosa, staged.job).await.tally.skipped, 3);
    let JobReport::Tokens(report) = rosa.job_report(staged.job).await.unwrap() else { panic!() };
    let owned = report.items.iter().find(|item| item.id == token(10)).unwrap();
    let Outcome::Skipped { code, .. } = &owned.outcome else { panic!("{owned:?}") };
    assert_eq!(code, Refusal::HasOwner.code());
    assert_eq!(rejection(&rosa, value("carl-erecording")).await, None);
    assert_eq!(show(&rosa, token(1)).await.token.previous.unwrap().until, now() + days(1));
}

fn days(count: i64) -> chrono::TimeDelta {
    chrono::TimeDelta::days(count)
}

#[tokio::test]
async fn a13_an_end_before_the_start_of_one_token_leaves_out_that_one() {
    let world = World::example();
    let ada = world.backend("ada");
    let mut rotation = rotation(&ada, &[1, 6]).await;
    // summer-batch begins in June.
    rotation.expiry = Some(Expiry::Months(1));
    let staged = ada.stage_rotation(rotation.clone(), "host:/x".to_owned()).await.ok().unwrap();
    let rows: Vec<_> = staged.rows.iter().map(|row| row.token).collect();
    assert_eq!(rows, [token(1)]);
    rotation.plan = plan(&ada, &[6]).await;
    let refused = ada.stage_rotation(rotation, "host:/y".to_owned()).await.map(|s| s.job);
    assert!(text(refused).contains("Must be after Valid from"));
}

#[tokio::test]
async fn a13_only_who_may_change_tokens_stages_and_sees_what_they_may() {
    let world = World::example();
    let ada = world.backend("ada");
    let theirs = rotation(&ada, &[1]).await;
    for (login, wanted) in [("carl", "not_permitted"), ("vic", "not_permitted")] {
        let backend = world.backend(login);
        let staged = backend.stage_rotation(theirs.clone(), "host:/x".to_owned()).await;
        assert_eq!(code(staged.map(|staged| staged.job)), wanted, "{login}");
    }
    // Kim has no sight of Acme: the plan is none of hers.
    let kim = world.backend("kim");
    let staged = kim.stage_rotation(theirs, "host:/x".to_owned()).await;
    assert_eq!(code(staged.map(|staged| staged.job)), "stale_plan");
    let items =
        kim.planned(Verb::Regenerate, Target::Tokens(vec![token(1).into()])).await.unwrap().items;
    let Step::Skip { code, .. } = &items[0].step else { panic!("{items:?}") };
    assert_eq!(code, "not_found");
}

#[tokio::test]
async fn a13_a_process_that_went_away_after_its_file_can_be_gone_on_with() {
    let (world, folder) = (World::example(), tempfile::tempdir().unwrap());
    let ada = world.backend("ada");
    let path = folder.path().join("new.csv");
    let done = regenerate_export(&*ada, rotation(&ada, &[1]).await, &path, |_| ()).await.unwrap();
    assert_eq!((done.job.state, done.rows), (JobState::Done, 1));
    // The same file for a job whose process is gone before it could put it in force.
    let other = folder.path().join("other.csv");
    let staged = {
        let host = done.place.split(':').next().unwrap();
        let place = format!("{host}:{}", other.display());
        let rotation = rotation(&ada, &[2]).await;
        ada.stage_rotation(rotation, place).await.ok().unwrap()
    };
    assert_eq!(code(go_on(&*ada, staged.job).await), "job_staged", "there is no file");
    let row = &staged.rows[0];
    let titles = "token_id,name,account,account_name,guid,token,expires_at";
    let text = format!(
        "{titles}\n{},{},ACC-0001-0001,Acme,{},{},\n",
        row.token,
        row.name,
        row.guid,
        row.value.expose()
    );
    std::fs::write(&other, text.replace(row.value.expose(), value("robot-2").expose())).unwrap();
    assert_eq!(code(go_on(&*ada, staged.job).await), "job_staged", "another value");
    std::fs::write(&other, text).unwrap();
    go_on(&*ada, staged.job).await.unwrap();
    assert_eq!(ended(&ada, staged.job).await.state, JobState::Done);
    assert_eq!(rejection(&ada, drawn(&staged, 0)).await, None);
}

#[tokio::test]
async fn a13_a_use_counts_for_its_own_value_before_and_after_it_is_written() {
    let world = World::example();
    let (ada, watching): (Arc<LocalBackend>, _) = (world.backend("ada"), world.backend("ada"));
    let new = ada.regenerate(token(2).into(), None, Overlap::DAY, Run::Real).await.unwrap();
    let uses = async |backend: &LocalBackend| {
        let token = show(backend, token(2)).await.token;
        (token.previous.unwrap().last_used_at, token.value.unwrap().last_used_at)
    };
    assert_eq!(uses(&ada).await, (None, None));
    assert_eq!(uses(&watching).await, (None, None));
    assert_eq!(rejection(&ada, new.value.unwrap()).await, None);
    assert_eq!(uses(&ada).await, (None, Some(now())), "not written yet");
    ada.close().await.unwrap();
    assert_eq!(uses(&watching).await, (None, Some(now())), "read from the store");
    assert_eq!(rejection(&watching, value("robot-2")).await, None);
    watching.close().await.unwrap();
    let later = world.backend("ada");
    assert_eq!(uses(&later).await, (Some(now()), Some(now())));
    assert_eq!(show(&later, token(2)).await.status, Status::Active);
    assert_eq!(show(&later, token(2)).await.token.version, 2, "a use is no change");
}
