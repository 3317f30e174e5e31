//! Jobs: what is frozen stays, what ends does so once, and whoever follows the
//! store hears of it.

use tokendeck::domain::job::Work;
use tokendeck::domain::{
    Change, GivenReason, Guid, HolderVerb, JobChange, JobChunk, JobId, JobRecord, JobStage, Lease,
    Refusal, Tally, UserId, Verb,
};
use tokendeck::store::{Commit, CommitError, Store};

use crate::support::{ADA, all_tokens, ask, at, commit, creation, token, try_commit};

fn job(number: u64) -> JobId {
    JobId::new(1_0000 + number)
}

/// The GUID of the plan that a job carries out.
fn frozen(number: u64) -> Guid {
    Guid::from_random([u8::try_from(number).unwrap(); 16])
}

fn record(number: u64) -> JobRecord {
    JobRecord {
        id: job(number),
        work: Work::Tokens(Verb::Revoke),
        title: "7 tokens of Größe 🗝".to_owned(),
        by: ADA,
        made_at: at(5),
        stage: JobStage::Open,
        total: 7,
        chunks: 2,
        next: 1,
        tally: Tally { done: 2, skipped: 1, failed: 1 },
        lease: Some(Lease { runner: [9; 16], until: at(8) }),
        file: None,
        digest: [3; 32],
        ended_at: None,
        plan: Some(frozen(number)),
        reason: GivenReason::of("INC-12: Größe").ok(),
    }
}

fn over(number: u64) -> JobRecord {
    let ended_at = Some(at(90));
    JobRecord { stage: JobStage::Done, next: 2, lease: None, ended_at, ..record(number) }
}

fn put(record: JobRecord) -> Change {
    Change::Job(Box::new(JobChange::Put(record)))
}

fn plan(number: u64, place: u32) -> Change {
    let plan = format!("[\"plan {number}-{place}\"]");
    Change::Job(Box::new(JobChange::Plan { job: job(number), place, plan }))
}

fn outcome(number: u64, place: u32) -> Change {
    let outcome = "[\"done\"]".to_owned();
    Change::Job(Box::new(JobChange::Outcome { job: job(number), place, outcome }))
}

fn ids(store: &dyn Store, by: Option<UserId>, ended: usize) -> Vec<JobId> {
    ask(store, |state| state.jobs(by, ended)).iter().map(|record| record.id).collect()
}

fn assert_fault(answer: &Result<Commit, CommitError>) {
    assert!(matches!(answer, Err(CommitError::Store(_))), "{answer:?}");
}

pub(crate) fn a_job_comes_back_as_it_went_in(store: &dyn Store) {
    let export = JobRecord {
        work: Work::Holders(HolderVerb::Generate),
        stage: JobStage::Staged,
        lease: None,
        file: Some("host:/home/kim/api-tokens.csv".to_owned()),
        ..record(2)
    };
    commit(store, vec![put(record(1)), put(export.clone()), put(over(3))]);
    for expected in [record(1), export, over(3)] {
        assert_eq!(ask(store, |state| state.job(expected.id)), Some(expected));
    }
    assert_eq!(ask(store, |state| state.job(job(4))), None);
}

pub(crate) fn a_job_moves_on_and_what_it_is_stays(store: &dyn Store) {
    commit(store, vec![put(record(1))]);
    let moved = JobRecord {
        work: Work::Tokens(Verb::Delete),
        by: UserId::new(1),
        digest: [0; 32],
        ..over(1)
    };
    commit(store, vec![put(moved)]);
    assert_eq!(ask(store, |state| state.job(job(1))), Some(over(1)));
}

pub(crate) fn a_plan_is_frozen_and_a_chunk_ends_once(store: &dyn Store) {
    commit(store, vec![put(record(1)), plan(1, 0), plan(1, 1)]);
    let frozen = JobChunk { plan: "[\"plan 1-0\"]".to_owned(), outcome: None };
    assert_eq!(ask(store, |state| state.job_chunk(job(1), 0)), Some(frozen.clone()));
    commit(store, vec![outcome(1, 0)]);
    let ended = JobChunk { outcome: Some("[\"done\"]".to_owned()), ..frozen };
    assert_eq!(ask(store, |state| state.job_chunk(job(1), 0)), Some(ended.clone()));
    for twice in [plan(1, 0), outcome(1, 0), outcome(1, 2), plan(9, 0)] {
        assert_fault(&try_commit(store, vec![twice]));
    }
    assert_eq!(ask(store, |state| state.job_chunk(job(1), 0)), Some(ended));
    assert_eq!(ask(store, |state| state.job_chunk(job(1), 2)), None);
}

pub(crate) fn a_job_id_is_never_given_twice(store: &dyn Store) {
    assert_eq!(ask(store, |state| state.next_job_id()), job(1));
    commit(store, vec![put(over(1))]);
    commit(store, vec![Change::Job(Box::new(JobChange::Prune { keep: 0, before: at(0) }))]);
    assert_eq!(ask(store, |state| state.next_job_id()), job(2));
}

pub(crate) fn a_jobs_change_is_followed_without_an_event(store: &dyn Store) {
    let before = ask(store, |state| state.head());
    let done = commit(store, vec![put(record(1)), plan(1, 0)]);
    assert_eq!(done.head.jobs, before.jobs + 1, "one commit counts once");
    assert_eq!(done.head.sequence, before.sequence);
    let after = commit(store, vec![creation(1)]).head;
    assert_eq!((after.jobs, after.sequence), (before.jobs + 1, before.sequence + 1));
    assert_eq!(ask(store, |state| state.head()), after);
}

pub(crate) fn a_chunk_and_its_tokens_are_committed_together_or_not_at_all(store: &dyn Store) {
    commit(store, vec![put(record(1)), plan(1, 0)]);
    let head = ask(store, |state| state.head());
    let renamed = tokendeck::domain::Token { version: 9, ..token(2) };
    let bad = crate::support::revocation(renamed);
    assert_fault(&try_commit(store, vec![creation(1), outcome(1, 0), bad]));
    assert_eq!(all_tokens(store), []);
    assert_eq!(ask(store, |state| state.job_chunk(job(1), 0)).unwrap().outcome, None);
    assert_eq!(ask(store, |state| state.head()), head);
    let refused = store.commit(&mut |_| Err(Refusal::AlreadyRevoked.into()));
    assert!(refused.is_err());
    commit(store, vec![creation(1), outcome(1, 0)]);
    assert_eq!(all_tokens(store), [token(1)]);
}

pub(crate) fn jobs_are_listed_newest_first_and_waiting_ones_always(store: &dyn Store) {
    let stopped = JobRecord { stage: JobStage::Stopped, lease: None, ..record(2) };
    let hers = JobRecord { by: UserId::new(7), ..over(5) };
    let all = vec![put(over(1)), put(stopped), put(over(3)), put(over(4)), put(hers)];
    commit(store, all);
    assert_eq!(ids(store, None, 9), [5, 4, 3, 2, 1].map(job));
    assert_eq!(ids(store, None, 2), [5, 4, 2].map(job));
    assert_eq!(ids(store, Some(ADA), 1), [4, 2].map(job));
    assert_eq!(ids(store, Some(UserId::new(7)), 9), [job(5)]);
}

pub(crate) fn a_job_is_found_by_its_plan(store: &dyn Store) {
    let nameless = JobRecord { plan: None, ..over(3) };
    let hers = JobRecord { by: UserId::new(7), plan: Some(frozen(1)), ..over(4) };
    commit(store, vec![put(over(1)), put(over(2)), put(nameless), put(hers)]);
    let found = |plan| ask(store, |state| state.jobs_of_plan(plan));
    let ids = |plan| found(plan).iter().map(|record| record.id).collect::<Vec<_>>();
    assert_eq!(ids(frozen(1)), [job(1), job(4)]);
    assert_eq!(found(frozen(2)), [over(2)]);
    assert_eq!(ids(frozen(9)), []);
}

pub(crate) fn old_plans_go_and_records_and_waiting_plans_stay(store: &dyn Store) {
    let stopped = JobRecord { stage: JobStage::Stopped, lease: None, ..record(1) };
    let hers = JobRecord { by: UserId::new(7), ..over(5) };
    let all = vec![put(stopped), put(over(2)), put(over(3)), put(over(4)), put(hers)];
    commit(store, all);
    commit(store, (1..=5).map(|number| plan(number, 0)).collect());
    let prune = |keep, before| {
        commit(store, vec![Change::Job(Box::new(JobChange::Prune { keep, before }))]);
    };
    let kept = |number| ask(store, |state| state.job_chunk(job(number), 0)).is_some();
    // The newest of each user, so that nobody's many push out another's few.
    prune(2, at(0));
    assert_eq!([1, 2, 3, 4, 5].map(kept), [true, false, true, true, true]);
    assert_eq!(ids(store, None, 9), [5, 4, 3, 2, 1].map(job));
    prune(9, at(0));
    assert_eq!([1, 2, 3, 4, 5].map(kept), [true, false, true, true, true]);
    // What ended long ago keeps nothing but its record.
    prune(9, at(90));
    assert_eq!([1, 3, 5].map(kept), [true; 3]);
    prune(9, at(91));
    assert_eq!([1, 2, 3, 4, 5].map(kept), [true, false, false, false, false]);
    assert_eq!(ids(store, None, 9), [5, 4, 3, 2, 1].map(job));
}
