//! Bulk work as jobs: on record, resumable, done exactly once, and nobody else's
//! business.

use std::collections::BTreeSet;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use chrono::TimeDelta;
use strum::IntoEnumIterator as _;
use tokendeck::authority::{Authority, Caller, Clock};
use tokendeck::backend::{Backend, BulkBackend};
use tokendeck::domain::{
    AccountId, Change, Detail, Event, EventAction, GivenReason, Guid, HolderVerb, JobChange, JobId,
    JobRecord, Lease, ModuleId, Status, Subject, TokenId, UserId, Verb, Window,
};
use tokendeck::store::{self, EventFilter, LogOrder, Store};
use tokendeck::wire::{AnyPlan, HolderTarget, JobAct, JobReport, JobState, Outcome, Plan, Target};

use crate::bulk::{acme, fill};
use crate::support::{World, code, now, planned, status, token};

/// An authority on its own connections, as another process would have.
pub(crate) fn process(world: &World, login: &str) -> (Arc<Authority>, Caller) {
    let key = Err("no value is asked for".to_owned());
    let authority = Authority::new(Arc::new(world.store()), key, Clock::Frozen(now()));
    let caller = authority.sign_in(login, "tester").unwrap();
    (Arc::new(authority), caller)
}

fn record(world: &World, id: JobId) -> JobRecord {
    let store = world.store();
    store::read(&store as &dyn Store, |state| state.job(id)).unwrap().unwrap()
}

/// Lets the lease of a job run out, as time would.
fn run_out(world: &World, id: JobId) {
    let mut record = record(world, id);
    let until = chrono::Utc::now() - TimeDelta::seconds(1);
    record.lease = record.lease.map(|lease| Lease { until, ..lease });
    let change = Change::Job(Box::new(JobChange::Put(record)));
    world.store().commit(&mut |_| Ok(vec![change.clone()])).unwrap();
}

/// The tokens that were revoked, each as often as an event says so.
fn revoked(world: &World) -> Vec<Subject> {
    let filter = EventFilter { actions: [EventAction::Revoked].into(), ..EventFilter::default() };
    let store = world.store();
    let events = store::read(&store as &dyn Store, |state| {
        state.events(&filter, LogOrder::Ascending, Window::ALL)
    });
    events.unwrap().into_iter().map(|event| event.subject).collect()
}

/// Fails unless each token of the plan was revoked, and none twice.
fn assert_each_once(world: &World, plan: &Plan, before: usize) {
    let subjects = revoked(world).split_off(before);
    let distinct: BTreeSet<_> = subjects.iter().map(ToString::to_string).collect();
    assert_eq!((subjects.len(), distinct.len()), (plan.count(), plan.count()));
}

/// 5,219 tokens of Acme in three chunks, and the plan to revoke them.
fn many(world: &World) -> (Plan, usize) {
    fill(world, 5_200);
    let (authority, ada) = process(world, "ada");
    (planned(&authority, &ada, Verb::Revoke, acme()), revoked(world).len())
}

#[tokio::test]
async fn a_small_bulk_is_one_commit_and_on_record() {
    let world = World::example();
    let ada = world.backend("ada");
    let before = world.head();
    let plan = ada.planned(Verb::Revoke, acme()).await.unwrap();
    let job = ada.start(AnyPlan::Tokens(plan)).await.unwrap();
    assert_eq!((job.state, job.title.as_str()), (JobState::Done, "19 tokens of Acme"));
    assert_eq!((job.tally.done, job.total, job.by_name.as_str()), (19, 19, "Ada Admin"));
    assert_eq!(world.head().jobs, before.jobs + 1);
    assert_eq!(ada.jobs().await.unwrap(), std::slice::from_ref(&job));
    let JobReport::Tokens(report) = ada.job_report(job.id).await.unwrap() else { panic!() };
    assert_eq!(report.counts(), (19, 0, 0));
    assert_eq!(code(ada.resume(job.id).await), "job_over");
}

#[tokio::test]
async fn a_plan_that_is_sent_again_is_the_job_that_it_became() {
    let world = World::example();
    let ada = world.backend("ada");
    let plan = ada.planned(Verb::Revoke, acme()).await.unwrap();
    let job = ada.start(AnyPlan::Tokens(plan.clone())).await.unwrap();
    let head = world.head();
    assert_eq!(job.plan, plan.id);
    assert_eq!(ada.start(AnyPlan::Tokens(plan.clone())).await.unwrap(), job);
    assert_eq!(ada.run(plan.clone()).await.unwrap().counts(), (19, 0, 0));
    assert_eq!((ada.jobs().await.unwrap(), world.head()), (vec![job], head));
    // Another plan under its id is not taken for it.
    let mut other = plan;
    other.items.truncate(3);
    assert_eq!(code(ada.start(AnyPlan::Tokens(other)).await), "stale_plan");
}

#[tokio::test]
async fn a_long_job_goes_on_after_start_and_wakes_who_waits() {
    let world = World::example();
    let (plan, before) = many(&world);
    let ada = world.backend("ada");
    let mut changes = ada.changes();
    let mut job = ada.start(AnyPlan::Tokens(plan.clone())).await.unwrap();
    assert_eq!((job.state, job.tally.ended()), (JobState::Running, 2_500));
    assert!(job.lease_until.is_some());
    while job.state == JobState::Running {
        tokio::time::timeout(Duration::from_mins(1), changes.changed()).await.unwrap().unwrap();
        job = ada.job(job.id).await.unwrap();
    }
    assert_eq!((job.state, job.tally.done), (JobState::Done, 5_219));
    assert_each_once(&world, &plan, before);
}

#[tokio::test]
async fn closing_ends_a_chunk_and_leaves_a_job_that_can_be_resumed_at_once() {
    let world = World::example();
    let (plan, before) = many(&world);
    let ada = world.backend("ada");
    let job = ada.start(AnyPlan::Tokens(plan.clone())).await.unwrap();
    ada.close().await.unwrap();
    let job = ada.job(job.id).await.unwrap();
    if job.state != JobState::Done {
        assert_eq!((job.state, job.tally.ended() % 2_500), (JobState::Interrupted, 0));
        let (authority, caller) = process(&world, "ada");
        let (_, turn) = authority.resume(&caller, job.id).unwrap();
        authority.work(&caller, &turn, || true).unwrap();
    }
    assert_each_once(&world, &plan, before);
}

#[test]
fn what_was_stopped_goes_on_where_it_stopped() {
    let world = World::example();
    let (plan, before) = many(&world);
    let (authority, ada) = process(&world, "ada");
    let (job, turn) = authority.start(&ada, &plan).unwrap();
    let stopped = authority.stop(&ada, job.id).unwrap();
    assert_eq!((stopped.state, stopped.tally.done), (JobState::Stopped, 2_500));
    authority.work(&ada, &turn.unwrap(), || true).unwrap();
    assert_eq!(revoked(&world).len() - before, 2_500, "who was stopped does no more");
    let JobReport::Tokens(report) = authority.job_report(&ada, job.id).unwrap() else { panic!() };
    assert_eq!(report.counts(), (2_500, 0, 2_719));
    let told = "Not reached: the job was stopped";
    let last = &report.items.last().unwrap().outcome;
    assert!(matches!(last, Outcome::Failed { reason, .. } if reason == told), "{last:?}");

    let (_, turn) = authority.resume(&ada, job.id).unwrap();
    authority.work(&ada, &turn, || true).unwrap();
    assert_each_once(&world, &plan, before);
    assert_eq!(authority.job(&ada, job.id).unwrap().state, JobState::Done);
}

#[test]
fn a03_a_job_keeps_its_reason_for_who_goes_on_with_it() {
    let world = World::example();
    let (plan, before) = many(&world);
    let (first, ada) = process(&world, "ada");
    let why = GivenReason::of("INC-12: the vault was open").unwrap();
    let (job, _) = first.start(&ada.because(why.clone()), &plan).unwrap();
    assert_eq!(job.reason.as_ref(), Some(&why));
    let (second, other) = process(&world, "ada");
    second.stop(&other, job.id).unwrap();
    let (_, turn) = second.resume(&other, job.id).unwrap();
    second.work(&other, &turn, || true).unwrap();
    let filter = EventFilter { actions: [EventAction::Revoked].into(), ..EventFilter::default() };
    let store = world.store();
    let all =
        |state: &dyn store::StoreState| state.events(&filter, LogOrder::Ascending, Window::ALL);
    let events = store::read(&store as &dyn Store, all).unwrap();
    let told = |event: &&Event| event.details.contains(&Detail::Reason { reason: why.clone() });
    assert_eq!(events.iter().filter(told).count(), 5_219);
    assert_eq!(events.len() - before, 5_219);
}

#[test]
fn a_lease_that_ran_out_is_an_interruption_and_who_lost_it_stops() {
    let world = World::example();
    let (plan, before) = many(&world);
    let (first, ada) = process(&world, "ada");
    let (job, slow) = first.start(&ada, &plan).unwrap();
    let (second, other) = process(&world, "ada");
    assert_eq!(second.job(&other, job.id).unwrap().state, JobState::Running);
    let refused = second.resume(&other, job.id).map(|_| ()).unwrap_err();
    assert!(refused.to_string().contains("being worked on"), "{refused}");
    run_out(&world, job.id);
    assert_eq!(second.job(&other, job.id).unwrap().state, JobState::Interrupted);
    let (_, turn) = second.resume(&other, job.id).unwrap();
    // The first comes back from wherever it was, and finds another at work.
    first.work(&ada, &slow.unwrap(), || true).unwrap();
    assert_eq!(revoked(&world).len() - before, 2_500);
    second.work(&other, &turn, || true).unwrap();
    assert_each_once(&world, &plan, before);
}

#[test]
fn of_many_that_resume_at_once_one_does() {
    let world = World::example();
    let (plan, before) = many(&world);
    let (authority, ada) = process(&world, "ada");
    let (job, _) = authority.start(&ada, &plan).unwrap();
    run_out(&world, job.id);
    let start = Barrier::new(4);
    let wins: usize = thread::scope(|scope| {
        let racers: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    let (authority, caller) = process(&world, "ada");
                    start.wait();
                    let turn = authority.resume(&caller, job.id).map(|(_, turn)| turn);
                    turn.is_ok_and(|turn| authority.work(&caller, &turn, || true).is_ok())
                })
            })
            .collect();
        racers.into_iter().map(|racer| usize::from(racer.join().unwrap())).sum()
    });
    assert_eq!(wins, 1);
    assert_each_once(&world, &plan, before);
}

#[test]
fn an_abandoned_job_keeps_what_it_did_and_never_goes_on() {
    let world = World::example();
    let (plan, before) = many(&world);
    let (authority, ada) = process(&world, "ada");
    let (job, _) = authority.start(&ada, &plan).unwrap();
    let refused = authority.abandon(&ada, job.id).unwrap_err();
    assert!(refused.to_string().contains("stop it first"), "{refused}");
    authority.stop(&ada, job.id).unwrap();
    let job = authority.abandon(&ada, job.id).unwrap();
    assert_eq!((job.state, job.ended_at), (JobState::Abandoned, Some(now())));
    assert!(authority.resume(&ada, job.id).is_err());
    assert_eq!(revoked(&world).len() - before, 2_500);
}

#[tokio::test]
async fn whoever_resumes_acts_with_their_own_rights() {
    let world = World::example();
    let (plan, _) = many(&world);
    let (authority, ada) = process(&world, "ada");
    let (job, _) = authority.start(&ada, &plan).unwrap();
    authority.stop(&ada, job.id).unwrap();
    crate::support::change_user(&world, "ada", |user| user.manage_tokens = false);
    let (_, turn) = authority.resume(&ada, job.id).unwrap();
    authority.work(&ada, &turn, || true).unwrap();
    let job = authority.job(&ada, job.id).unwrap();
    assert_eq!((job.tally.done, job.tally.failed), (2_500, 2_719));
    assert_eq!(status(&world.backend("rosa"), token(2)).await, Status::Active);
}

#[tokio::test]
async fn a_job_is_known_to_its_operator_and_a_superadmin_alone() {
    let world = World::example();
    let ada = world.backend("ada");
    let plan = ada.planned(Verb::Disable, Target::Tokens(vec![token(101).into()])).await.unwrap();
    let job = ada.start(AnyPlan::Tokens(plan)).await.unwrap();
    assert_eq!(job.title, "bulk-01");
    for login in ["ned", "pia", "carl", "vic"] {
        let other = world.backend(login);
        assert_eq!(other.jobs().await.unwrap(), [], "{login}");
        assert_eq!(code(other.job(job.id).await), "not_found");
        assert_eq!(code(other.job_report(job.id).await), "not_found");
        assert_eq!(code(other.resume(job.id).await), "not_found");
        assert_eq!(code(other.stop(job.id).await), "not_found");
        assert_eq!(code(other.abandon(job.id).await), "not_found");
    }
    assert_eq!(world.backend("rosa").jobs().await.unwrap(), [job]);
}

#[tokio::test]
async fn a_read_only_session_starts_and_changes_no_job() {
    let world = World::example();
    let mut options = world.options("ada");
    options.read_only = true;
    let ada = tokendeck::backend::local::LocalBackend::open(options).unwrap();
    let plan = ada.planned(Verb::Revoke, acme()).await.unwrap();
    assert_eq!(code(ada.start(AnyPlan::Tokens(plan)).await), "read_only");
    let id = JobId::new(1_0001);
    assert_eq!(code(ada.resume(id).await), "read_only");
    assert_eq!(code(ada.stop(id).await), "read_only");
    assert_eq!(code(ada.abandon(id).await), "read_only");
    assert_eq!(ada.jobs().await.unwrap(), []);
}

#[test]
fn a_plan_that_is_not_as_it_was_frozen_is_not_gone_on_with() {
    let world = World::example();
    let (plan, before) = many(&world);
    let (authority, ada) = process(&world, "ada");
    let (job, _) = authority.start(&ada, &plan).unwrap();
    authority.stop(&ada, job.id).unwrap();
    let shell = rusqlite::Connection::open(world.path()).unwrap();
    shell
        .execute_batch(
            "DROP TRIGGER job_chunk_frozen;
             UPDATE job_chunk SET plan = replace(plan, 'many-05199', 'many-05198')",
        )
        .unwrap();
    let error = authority.resume(&ada, job.id).map(|_| ()).unwrap_err();
    assert!(error.to_string().contains("not as it was frozen"), "{error}");
    assert_eq!(revoked(&world).len() - before, 2_500);
}

#[test]
fn what_may_be_done_to_a_job_is_said_by_its_state() {
    let allowed = |state: JobState| -> Vec<String> {
        JobAct::iter().filter(|act| state.allows(*act).is_ok()).map(|act| act.to_string()).collect()
    };
    let cases = [
        (JobState::Running, vec!["stop"]),
        (JobState::Interrupted, vec!["resume", "stop", "abandon"]),
        (JobState::Stopped, vec!["resume", "abandon"]),
        (JobState::Staged, vec!["abandon"]),
        (JobState::Written, vec!["resume", "abandon"]),
        (JobState::Done, vec![]),
        (JobState::Abandoned, vec![]),
    ];
    for (state, expected) in cases {
        assert_eq!(allowed(state), expected, "{state}");
    }
}

#[tokio::test]
async fn jobs_hold_names_and_no_value() {
    let world = World::example();
    let ada = world.backend("ada");
    let plan = ada.planned(Verb::Delete, acme()).await.unwrap();
    ada.start(AnyPlan::Tokens(plan)).await.unwrap();
    let shell = rusqlite::Connection::open(world.path()).unwrap();
    let texts: String = shell
        .query_row("SELECT group_concat(plan || outcome) FROM job_chunk", [], |row| row.get(0))
        .unwrap();
    assert!(texts.contains("robot-1"));
    assert!(!texts.contains("tdk_"), "{texts}");
}

/// The same store at another time.
fn later(world: &World, login: &str, days: i64) -> (Authority, Caller) {
    let clock = Clock::Frozen(now() + TimeDelta::days(days));
    let authority = Authority::new(Arc::new(world.store()), Err("no key".to_owned()), clock);
    let caller = authority.sign_in(login, "tester").unwrap();
    (authority, caller)
}

/// A small job of somebody else, with which old ones end.
fn another(world: &World, days: i64) {
    let (authority, pia) = later(world, "pia", days);
    let target = Target::Tokens(vec![token(7).into()]);
    let plans =
        [Verb::Disable, Verb::Enable].map(|verb| planned(&authority, &pia, verb, target.clone()));
    let plan = plans.into_iter().find(|plan| plan.count() == 1).unwrap();
    let (job, _) = authority.start(&pia, &plan).unwrap();
    assert_eq!(job.state, JobState::Done);
}

#[test]
fn c05_a_job_that_nobody_goes_on_with_is_given_up_and_stays_on_record() {
    let world = World::example();
    let (plan, _) = many(&world);
    let (authority, ada) = process(&world, "ada");
    let (job, _) = authority.start(&ada, &plan).unwrap();
    authority.stop(&ada, job.id).unwrap();
    another(&world, 30);
    assert_eq!(authority.job(&ada, job.id).unwrap().state, JobState::Stopped);
    another(&world, 31);
    let ended = authority.job(&ada, job.id).unwrap();
    assert_eq!((ended.state, ended.tally.done), (JobState::Abandoned, 2_500));
    assert_eq!(ended.ended_at, Some(now() + TimeDelta::days(31)));
    assert_eq!((ended.by_name.as_str(), ended.title.as_str()), ("Ada Admin", job.title.as_str()));
    assert_eq!(code(authority.resume(&ada, job.id).map_err(Into::into)), "job_over");
}

#[test]
fn c05_a_report_goes_after_ninety_days_and_the_record_stays() {
    let world = World::example();
    let (authority, ada) = process(&world, "ada");
    let plan = planned(&authority, &ada, Verb::Disable, acme());
    let (job, _) = authority.start(&ada, &plan).unwrap();
    another(&world, 90);
    assert!(authority.job_report(&ada, job.id).is_ok());
    another(&world, 91);
    assert_eq!(code(authority.job_report(&ada, job.id).map_err(Into::into)), "not_found");
    assert_eq!(authority.job(&ada, job.id).unwrap(), job);
}

#[test]
fn c05_an_operator_leaves_no_more_than_fifty_jobs_unfinished() {
    let world = World::example();
    let (authority, kim) = process(&world, "kim");
    let target = HolderTarget {
        users: [UserId::new(2_0003)].into(),
        modules: [ModuleId::new(4)].into(),
        account: AccountId::new(1_0003),
    };
    let plan = planned(&authority, &kim, HolderVerb::Generate, target);
    let staged = |caller: &Caller, number: u8| {
        let plan = Plan { id: Some(Guid::from_random([number; 16])), ..plan.clone() };
        authority.stage(caller, &plan, "host:/x.csv").map(|staged| staged.job)
    };
    let jobs: Vec<_> = (1..=50).map(|number| staged(&kim, number).unwrap()).collect();
    assert_eq!(code(staged(&kim, 51).map_err(Into::into)), "too_many_jobs");
    // The brake is for whoever left as many as that, too.
    let carls = Target::Tokens(vec![TokenId::new(1000_0010).into()]);
    let brake = planned(&authority, &kim, Verb::Revoke, carls);
    authority.run(&kim, &brake).unwrap();
    // Nobody else is kept from their work, and giving one up makes room.
    another(&world, 0);
    authority.abandon(&kim, jobs[7]).unwrap();
    let last = staged(&kim, 51).unwrap();
    // Values that never came to a file are given up after a week.
    another(&world, 7);
    assert_eq!(authority.job(&kim, last).unwrap().state, JobState::Staged);
    another(&world, 8);
    assert_eq!(authority.job(&kim, last).unwrap().state, JobState::Abandoned);
}

#[test]
fn a07_a_brake_that_finds_no_room_for_a_chunk_goes_on_in_parts() {
    // Begun with room, and begun without any.
    for begun_with_room in [true, false] {
        let world = World::example();
        let (plan, before) = many(&world);
        let (roomy, ada) = process(&world, "ada");
        let narrow = crate::full::narrow(&world, 300);
        let first = if begun_with_room { &roomy } else { &narrow };
        let (job, turn) = first.start(&ada, &plan).unwrap();
        let done = if begun_with_room { 2_500 } else { 100 };
        assert_eq!((job.state, job.tally.done), (JobState::Running, done));
        narrow.work(&ada, &turn.unwrap(), || true).unwrap();
        let job = narrow.job(&ada, job.id).unwrap();
        assert_eq!((job.state, job.tally.done, job.tally.failed), (JobState::Done, 5_219, 0));
        assert_each_once(&world, &plan, before);
    }
}

#[test]
fn a07_what_is_no_brake_waits_for_room_and_says_so() {
    let world = World::example();
    let (plan, _) = many(&world);
    let delete = Plan { verb: Verb::Delete, ..plan };
    let (roomy, ada) = process(&world, "ada");
    let narrow = crate::full::narrow(&world, 300);
    let error = narrow.start(&ada, &delete).map(|_| ()).unwrap_err();
    assert!(error.is_full(), "{error}");
    let (job, turn) = roomy.start(&ada, &delete).unwrap();
    let error = narrow.work(&ada, &turn.unwrap(), || true).unwrap_err();
    assert!(error.is_full(), "{error}");
    let stopped = narrow.job(&ada, job.id).unwrap();
    assert_eq!((stopped.state, stopped.tally.done), (JobState::Interrupted, 2_500));
    assert!(stopped.problem.unwrap().contains("is full"));
}
