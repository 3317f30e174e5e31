//! Plans and runs: what is frozen, what is decided again, and what is reported.

use std::collections::BTreeMap;

use tokendeck::backend::{Backend, BulkBackend};
use tokendeck::domain::{
    AccountFilter, Change, Credential, Guid, Operator, Query, Settings, Status, TokenId, UserId,
    ValueHash, Verb, lifecycle,
};
use tokendeck::store::Store;
use tokendeck::wire::{Edit, Outcome, Plan, Report, Run, Step, Target};

use crate::full::full_after;
use crate::support::{
    World, all, code, draft, now, planned, rejection, show, status, text, token, value,
};

pub(crate) fn acme() -> Target {
    Target::Account("ACC-0001-0001".parse().unwrap())
}

fn outcome(report: &Report, number: u64) -> &Outcome {
    &report.items.iter().find(|item| item.id == token(number)).unwrap().outcome
}

#[tokio::test]
async fn r053_revoke_all_takes_the_19_that_can_be_revoked() {
    let world = World::example();
    let ada = world.backend("ada");
    let plan = ada.planned(Verb::Revoke, acme()).await.unwrap();
    assert_eq!((plan.count(), plan.items.len()), (19, 19));
    assert_eq!(plan.phrase().as_deref(), Some("revoke 19"));
    let report = ada.run(plan).await.unwrap();
    assert_eq!(report.counts(), (19, 0, 0));
    for view in all(&ada).await {
        let expected = if view.token.id == token(4) { Status::Expired } else { Status::Revoked };
        assert_eq!(view.status, expected, "{}", view.token.name);
    }
    assert_eq!(status(&world.backend("pia"), token(7)).await, Status::Active);
}

#[tokio::test]
async fn r055_revoke_all_again_finds_nothing_to_do() {
    let world = World::example();
    let ada = world.backend("ada");
    let plan = ada.planned(Verb::Revoke, acme()).await.unwrap();
    ada.run(plan).await.unwrap();
    assert_eq!(text(ada.planned(Verb::Revoke, acme()).await), "No tokens to revoke");
}

#[tokio::test]
async fn r054_revoke_all_of_a_user_leaves_the_others_alone() {
    let world = World::example();
    let kim = world.backend("kim");
    let carl = Target::Owner("USR-0002-0001".parse().unwrap());
    let report = kim.run(kim.planned(Verb::Revoke, carl).await.unwrap()).await.unwrap();
    assert_eq!(report.counts(), (1, 0, 0));
    assert_eq!(status(&kim, token(10)).await, Status::Revoked);
    assert_eq!(status(&kim, token(11)).await, Status::Pending);
}

#[tokio::test]
async fn revoking_all_cancels_requests_so_that_none_comes_alive() {
    let world = World::example();
    let kim = world.backend("kim");
    let cedar = Target::Account("ACC-0001-0003".parse().unwrap());
    let plan = kim.planned(Verb::Revoke, cedar).await.unwrap();
    let steps: BTreeMap<_, _> =
        plan.items.iter().map(|item| (item.id.clone(), &item.step)).collect();
    assert_eq!(steps[&token(10).into()], &Step::Act);
    assert_eq!(steps[&token(11).into()], &Step::CancelRequest);
    assert_eq!(kim.run(plan).await.unwrap().counts(), (2, 0, 0));
    assert_eq!(status(&world.backend("rosa"), token(11)).await, Status::Deleted);
}

#[tokio::test]
async fn r052_what_cannot_be_revoked_is_skipped_with_its_reason() {
    let world = World::example();
    let ada = world.backend("ada");
    let marked = Target::Tokens(vec![token(5).into(), token(2).into(), token(1).into()]);
    let plan = ada.planned(Verb::Revoke, marked).await.unwrap();
    let order: Vec<_> = plan.items.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(order, ["leaked-key", "robot-1", "robot-2"]);
    assert_eq!(plan.skipped(), BTreeMap::from([("Already revoked", 1)]));
    assert_eq!(plan.phrase().as_deref(), Some("revoke 2"));
    let lately: Vec<_> = plan.items.iter().filter(|item| item.used_lately).collect();
    assert_eq!(lately.len(), 1);
    assert_eq!(lately[0].name, "robot-1");
    let report = ada.run(plan).await.unwrap();
    assert_eq!(report.counts(), (2, 1, 0));
}

#[tokio::test]
async fn a_plan_changes_nothing() {
    let world = World::example();
    let before = world.head();
    let never_used = Query { never_used: true, ..Query::default() };
    world.backend("ada").planned(Verb::Delete, Target::Found(never_used)).await.unwrap();
    assert_eq!(world.head(), before);
}

#[tokio::test]
async fn a01_what_nobody_named_is_not_planned() {
    let world = World::example();
    let blank = Query { text: "  ".to_owned(), guid: "-".to_owned(), ..Query::default() };
    let every = Query { statuses: Status::told().collect(), ..Query::default() };
    for verb in [Verb::Enable, Verb::Disable, Verb::Revoke, Verb::Delete] {
        for target in [
            Target::Found(Query::default()),
            Target::Found(blank.clone()),
            Target::Found(every.clone()),
            Target::Tokens(vec![]),
        ] {
            let refused = world.backend("ada").planned(verb, target.clone()).await.unwrap_err();
            assert_eq!(refused.code(), "no_terms", "{verb} {target:?}");
            assert_eq!(refused.exit_code(), 2);
        }
    }
}

#[tokio::test]
async fn a_found_target_takes_the_filter_and_its_order() {
    let world = World::example();
    let ada = world.backend("ada");
    let query = Query {
        text: "bulk".to_owned(),
        account: AccountFilter::One("ACC-0001-0001".parse().unwrap()),
        sort: vec!["-name".parse().unwrap()],
        ..Query::default()
    };
    let plan = ada.planned(Verb::Disable, Target::Found(query)).await.unwrap();
    assert_eq!(plan.count(), 15);
    assert_eq!(plan.items[0].name, "bulk-15");
    assert_eq!(plan.phrase(), None);
}

#[tokio::test]
async fn what_happened_since_the_plan_is_respected() {
    let world = World::example();
    let (ada, pia) = (world.backend("ada"), world.backend("pia"));
    let four = Target::Tokens(vec![
        token(101).into(),
        token(102).into(),
        token(103).into(),
        token(104).into(),
    ]);
    let plan = ada.planned(Verb::Delete, four.clone()).await.unwrap();
    let revoking = ada.planned(Verb::Revoke, four).await.unwrap();
    let view = show(&pia, token(101)).await;
    let mut settings = Settings::of(&view.token);
    settings.description = "touched".to_owned();
    let edit = Edit { version: view.token.version, settings, new_value: false, guid: None };
    pia.edit(token(101).into(), edit, Run::Real).await.unwrap();
    pia.act(Verb::Revoke, token(102).into(), None).await.unwrap();
    // Revoke wins over the edit, and finds one revoked already.
    let report = ada.run(revoking).await.unwrap();
    assert_eq!(report.counts(), (3, 1, 0));
    assert!(
        matches!(outcome(&report, 102), Outcome::Skipped { code, .. } if code == "already_revoked")
    );
    // Delete heeds the version, and one failure spoils no other token.
    let late = Plan { items: plan.items.clone(), ..plan.clone() };
    let report = ada.run(late).await.unwrap();
    assert_eq!(report.counts(), (0, 0, 4));
    assert!(
        matches!(outcome(&report, 101), Outcome::Failed { code, .. } if code == "stale_version")
    );
}

#[tokio::test]
async fn one_failing_token_spoils_no_other() {
    let world = World::example();
    let (ada, pia) = (world.backend("ada"), world.backend("pia"));
    let two = Target::Tokens(vec![token(101).into(), token(102).into()]);
    let plan = ada.planned(Verb::Delete, two).await.unwrap();
    pia.act(Verb::Disable, token(101).into(), None).await.unwrap();
    let report = ada.run(plan).await.unwrap();
    assert_eq!(report.counts(), (1, 0, 1));
    assert_eq!(code(ada.show(token(102).to_string()).await), "not_found");
    assert_eq!(status(&ada, token(101)).await, Status::Disabled);
}

#[tokio::test]
async fn what_disappeared_is_named_and_not_dropped() {
    let world = World::example();
    let (ada, pia) = (world.backend("ada"), world.backend("pia"));
    let plan = ada
        .planned(Verb::Revoke, Target::Tokens(vec![token(101).into(), token(102).into()]))
        .await
        .unwrap();
    pia.act(Verb::Delete, token(101).into(), None).await.unwrap();
    let report = ada.run(plan).await.unwrap();
    assert_eq!(report.counts(), (1, 0, 1));
    let again = ada
        .planned(Verb::Revoke, Target::Tokens(vec![token(101).into(), token(7).into()]))
        .await
        .unwrap();
    assert_eq!((again.count(), again.items.len()), (0, 2));
    assert!(again.items.iter().all(|item| item.name == item.id.to_string()));
}

#[tokio::test]
async fn a_plan_made_up_elsewhere_gets_past_no_check() {
    let world = World::example();
    let mut plan = world.backend("pia").planned(Verb::Revoke, acme()).await.unwrap();
    plan.items.iter_mut().for_each(|item| item.step = Step::Act);
    // Who may change none of them makes no job of it; who manages others gets no further.
    for login in ["carl", "vic"] {
        assert_eq!(code(world.backend(login).run(plan.clone()).await), "not_permitted");
    }
    let report = world.backend("kim").run(plan).await.unwrap();
    assert_eq!(report.counts(), (0, 0, 19));
    assert_eq!(rejection(&world.backend("ada"), value("robot-1")).await, None);
}

#[tokio::test]
async fn a_token_twice_in_a_plan_is_revoked_once() {
    let world = World::example();
    let ada = world.backend("ada");
    let twice = Target::Tokens(vec![token(101).into(), token(101).into()]);
    let mut plan = ada.planned(Verb::Revoke, twice).await.unwrap();
    assert_eq!(plan.items.len(), 1);
    plan.items.push(plan.items[0].clone());
    let report = ada.run(plan).await.unwrap();
    assert!(report.items.iter().all(|item| item.outcome == Outcome::Done));
    assert_eq!(show(&ada, token(101)).await.token.version, 2);
}

#[tokio::test]
async fn r008_bulk_work_asks_for_the_permission_first() {
    let world = World::example();
    let carl = world.backend("carl");
    let cedar = Target::Account("ACC-0001-0003".parse().unwrap());
    assert_eq!(code(carl.planned(Verb::Revoke, cedar).await), "not_permitted");
    let own = Target::Tokens(vec![token(10).into()]);
    assert_eq!(code(carl.planned(Verb::Delete, own.clone()).await), "not_permitted");
    assert_eq!(carl.planned(Verb::Revoke, own).await.unwrap().count(), 1);
    let marked = Target::Tokens(vec![token(1).into(), token(5).into()]);
    assert_eq!(code(world.backend("vic").planned(Verb::Revoke, marked).await), "not_permitted");
    let mine = Target::Owner(UserId::new(2_0001));
    assert_eq!(carl.planned(Verb::Revoke, mine).await.unwrap().count(), 1);
    let kims = Target::Owner(UserId::new(2_0009));
    assert_eq!(code(carl.planned(Verb::Revoke, kims).await), "not_permitted");
    let cedar = Target::Account("ACC-0001-0003".parse().unwrap());
    assert_eq!(code(world.backend("ada").planned(Verb::Revoke, cedar).await), "not_found");
}

/// So many more tokens of Acme, in one commit.
pub(crate) fn fill(world: &World, count: u64) {
    world
        .store()
        .commit(&mut |state| {
            let ada = Operator::of(state.catalogue()?.user_by_login("ada").unwrap(), None);
            let changes = (0..count).map(|number| {
                let bytes: [u8; 16] = u128::from(number).to_be_bytes();
                let credential = Credential {
                    guid: Guid::from_bytes(bytes),
                    hash: ValueHash::from_bytes([1; 32]),
                    sealed: None,
                };
                let draft = draft(&format!("many-{number:05}"));
                let id = TokenId::new(2000_0000 + number);
                let change = lifecycle::create(&draft, id, credential, &ada, now());
                Change::Token(Box::new(change))
            });
            Ok(changes.collect())
        })
        .unwrap();
}

#[test]
fn a_run_that_breaks_off_tells_what_is_done_and_what_is_not() {
    let world = World::example();
    fill(&world, 5_200);
    let authority = full_after(&world, 1);
    let ada = authority.sign_in("ada", "tester").unwrap();
    let plan = planned(&authority, &ada, Verb::Revoke, acme());
    assert_eq!(plan.count(), 5_219);
    let report = authority.run(&ada, &plan).unwrap();
    assert_eq!(report.counts(), (2_500, 0, 2_719));
    for item in &report.items {
        let revoked = authority.show(&ada, &item.id.to_string()).unwrap().status;
        let done = item.outcome == Outcome::Done;
        assert_eq!(done, revoked == Status::Revoked, "{}", item.name);
        assert!(
            done || matches!(&item.outcome, Outcome::Failed { code, .. } if code == "store_full")
        );
    }
}

#[test]
fn a_run_of_which_nothing_could_be_done_fails_as_a_whole() {
    let world = World::example();
    let authority = full_after(&world, 0);
    let ada = authority.sign_in("ada", "tester").unwrap();
    let plan = planned(&authority, &ada, Verb::Revoke, acme());
    let before = world.head();
    assert!(authority.run(&ada, &plan).is_err());
    assert_eq!(world.head(), before);
}
