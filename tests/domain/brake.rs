//! Which changes are committed when a store has no room for others.

use strum::IntoEnumIterator as _;
use tokendeck::domain::brake::{only_brakes, work_brakes};
use tokendeck::domain::{
    Account, AccountId, AccountStatus, Actor, Change, CredentialChange, EventAction, Guid,
    HolderVerb, JobChange, JobId, JobRecord, JobStage, NewEvent, Subject, Tally, TokenChange,
    TokenId, UserId, Verb, Work,
};

use super::tokens::{now, token};

fn event(action: EventAction) -> NewEvent {
    let subject = Subject::Token(TokenId::new(1000_0001));
    NewEvent { at: now(), by: Actor::default(), subject, action, details: vec![] }
}

fn change_of_token(actions: &[EventAction]) -> Change {
    let events = actions.iter().map(|action| event(*action)).collect();
    let credential = CredentialChange::Keep;
    Change::Token(Box::new(TokenChange { token: token(), credential, events }))
}

fn job(change: JobChange) -> Change {
    Change::Job(Box::new(change))
}

fn record(work: Work) -> Change {
    job(JobChange::Put(JobRecord {
        id: JobId::new(1_0001),
        work,
        title: "2 tokens".to_owned(),
        by: UserId::new(1_0001),
        made_at: now(),
        stage: JobStage::Open,
        total: 2,
        chunks: 1,
        next: 0,
        tally: Tally::default(),
        lease: None,
        file: None,
        digest: [0; 32],
        ended_at: None,
        plan: Some(Guid::from_bytes([1; 16])),
        reason: None,
    }))
}

#[test]
fn a07_only_revoke_and_disable_take_the_reserve() {
    for action in EventAction::iter() {
        let brakes = matches!(action, EventAction::Revoked | EventAction::Disabled);
        assert_eq!(only_brakes(&[change_of_token(&[action])]), brakes, "{action}");
        let beside = [change_of_token(&[EventAction::Revoked]), change_of_token(&[action])];
        assert_eq!(only_brakes(&beside), brakes, "{action} beside a revoke");
        assert_eq!(only_brakes(&[change_of_token(&[EventAction::Disabled, action])]), brakes);
        assert!(!only_brakes(&[Change::Record(event(action))]), "{action}");
    }
    assert!(!only_brakes(&[]), "nothing needs no room");
    assert!(!only_brakes(&[change_of_token(&[])]));
    assert!(!only_brakes(&[Change::ReserveTokens(TokenId::new(1000_0002))]));
    let status = AccountStatus::Disabled;
    let account = Account {
        id: AccountId::new(1_0001),
        name: "Acme".to_owned(),
        status,
        endpoint: None,
        rules: tokendeck::domain::Rules::default(),
    };
    assert!(!only_brakes(&[Change::Account(account, event(EventAction::Disabled))]));
}

#[test]
fn a07_a_job_takes_the_reserve_where_all_it_does_is_the_brake() {
    let works = Verb::iter().map(Work::Tokens).chain(HolderVerb::iter().map(Work::Holders));
    let works = works.chain([Work::Import]);
    let (id, place) = (JobId::new(1_0001), 0);
    for work in works {
        let brakes = matches!(work, Work::Tokens(Verb::Revoke | Verb::Disable));
        assert_eq!(work_brakes(work), brakes, "{work:?}");
        let revoke = change_of_token(&[EventAction::Revoked]);
        assert_eq!(only_brakes(&[record(work), revoke.clone()]), brakes, "{work:?}");
        let parts = [
            job(JobChange::Plan { job: id, place, plan: "[]".to_owned() }),
            job(JobChange::Outcome { job: id, place, outcome: "[]".to_owned() }),
            job(JobChange::Prune { keep: 100, before: now() }),
            // What waits to be accepted goes with the tokens of a bulk revoke only.
            change_of_token(&[EventAction::Cancelled]),
        ];
        for part in parts {
            assert!(!only_brakes(std::slice::from_ref(&part)), "{part:?} alone");
            assert_eq!(only_brakes(&[record(work), part]), brakes, "{work:?}");
        }
        assert!(!only_brakes(&[record(work), change_of_token(&[EventAction::Created]), revoke]));
    }
}
