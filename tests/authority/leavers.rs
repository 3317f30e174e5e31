//! People who leave: what a disabled user can still do, which is nothing, and what holds
//! their removal back.

use tokendeck::backend::{Backend, BulkBackend};
use tokendeck::domain::verify::Rejection;
use tokendeck::domain::{
    EntryId, EventAction, Expiry, HolderVerb, ModuleId, OperatorSecret, OutOfService, Query,
    Status, Subject, Switch, UserId, Verb, Window,
};
use tokendeck::wire::{
    CredentialAsk, CredentialState, EventQuery, HolderTarget, JobState, Run, Step, Target,
};

use crate::bulk::fill;
use crate::jobs::process;
use crate::support::{World, code, draft, names, planned, rejection, show, text, token, value};

const KIM: UserId = UserId::new(2_0009);
const CARL: UserId = UserId::new(2_0001);
const DORA: UserId = UserId::new(2_0002);
const ADA: UserId = UserId::new(1_0003);

/// A credential for Carl.
fn quarter() -> CredentialAsk {
    CredentialAsk::new(CARL, Expiry::Months(3))
}

#[tokio::test]
async fn a05_who_is_disabled_signs_in_nowhere_and_their_tokens_are_refused() {
    let world = World::example();
    let (rosa, kim) = (world.backend("rosa"), world.backend("kim"));
    let made = rosa.create_credential(quarter(), Run::Real).await.unwrap();
    let secret = made.1.unwrap();
    let again = || OperatorSecret::parse(secret.expose()).unwrap();
    let open = world.backend("carl");
    assert_eq!(rejection(&kim, value("carl-erecording")).await, None);

    let view = kim.switch_user(CARL, Switch::Disable, Run::Real).await.unwrap();
    assert_eq!(view.id, EntryId::User(CARL));
    assert_eq!(rejection(&kim, value("carl-erecording")).await, Some(Rejection::OwnerDisabled));
    assert_eq!(code(rosa.signed_in_by(again()).await.map(drop)), "not_signed_in");
    assert_eq!(rosa.credentials().await.unwrap()[0].state, CredentialState::Disabled);
    let refused = rosa.create_credential(quarter(), Run::Real).await;
    assert_eq!(code(refused), "user_disabled");
    // Whoever was at work is let out at the next call, and nobody lets them in again.
    assert!(text(open.list(Query::default(), Window::ALL).await).starts_with("Carl Clerk is"));
    let locally = world.options("carl");
    let refused = tokendeck::backend::local::LocalBackend::open(locally);
    let refused = match refused {
        Ok(backend) => text(backend.session().await),
        Err(error) => error.to_string(),
    };
    assert!(refused.contains("Carl Clerk is disabled"), "{refused}");

    let shown = show(&kim, token(10)).await;
    let told = (shown.status, shown.out_of_service, shown.token.enabled);
    assert_eq!(told, (Status::Disabled, Some(OutOfService::Owner), true));
    let query = Query { statuses: [Status::Disabled].into(), ..Query::default() };
    assert_eq!(names(&kim, query.clone()).await, ["carl-erecording"]);
    let totals = kim.list(Query::default(), Window::ALL).await.unwrap().totals;
    assert_eq!(totals.get(&Status::Disabled), Some(&1));
    assert_eq!(totals.get(&Status::Active), None);

    kim.switch_user(CARL, Switch::Enable, Run::Real).await.unwrap();
    assert_eq!(rejection(&kim, value("carl-erecording")).await, None);
    assert_eq!(names(&kim, query).await, [""; 0]);
    rosa.signed_in_by(again()).await.unwrap();
    let about = EventQuery { subject: Some(Subject::User(CARL)), ..EventQuery::default() };
    let events = rosa.events(about, Window::ALL).await.unwrap().events;
    let switched: Vec<_> =
        events.iter().map(|view| (view.event.action, view.event.by.user)).collect();
    assert!(switched.contains(&(EventAction::Disabled, Some(KIM))), "{switched:?}");
    assert!(switched.contains(&(EventAction::Enabled, Some(KIM))), "{switched:?}");
}

#[tokio::test]
async fn a05_the_order_of_checks_is_sight_permission_state_and_a_trial_changes_nothing() {
    let world = World::example();
    let refused = async |login: &str, id| {
        let before = world.head();
        let answer = code(world.backend(login).switch_user(id, Switch::Disable, Run::Dry).await);
        assert_eq!(world.head(), before);
        answer
    };
    // Of another account, so nobody; in sight and not theirs to switch.
    assert_eq!(refused("ada", CARL).await, "not_found");
    assert_eq!(refused("carl", DORA).await, "not_found");
    assert_eq!(refused("carl", CARL).await, "not_permitted");
    assert_eq!(refused("vic", ADA).await, "not_permitted");
    assert_eq!(refused("ned", ADA).await, "holds_more");
    assert_eq!(refused("ada", ADA).await, "own_user");
    assert_eq!(refused("rosa", UserId::new(1_0001)).await, "last_superadmin");
    let kim = world.backend("kim");
    kim.switch_user(CARL, Switch::Disable, Run::Dry).await.unwrap();
    assert_eq!(show(&kim, token(10)).await.status, Status::Active);
}

#[tokio::test]
async fn a05_nobody_takes_a_token_into_service_for_who_is_disabled() {
    let world = World::example();
    let (kim, dora) = (world.backend("kim"), world.backend("dora"));
    kim.switch_user(DORA, Switch::Disable, Run::Real).await.unwrap();
    assert_eq!(code(dora.accept(token(11).into(), Run::Real).await), "user_disabled");
    assert_eq!(show(&kim, token(11)).await.status, Status::Pending, "row 3 comes first");
    let target = HolderTarget {
        users: [DORA, CARL].into(),
        modules: [ModuleId::new(4)].into(),
        account: "ACC-0001-0003".parse().unwrap(),
    };
    for verb in [HolderVerb::Request, HolderVerb::Generate] {
        let plan = kim.planned(verb, target.clone()).await.unwrap();
        let item = plan.items.iter().find(|item| item.user == DORA).unwrap();
        assert!(
            matches!(&item.step, Step::Skip { code, .. } if code == "user_disabled"),
            "{:?}",
            item.step
        );
    }
    // What they have can be taken away all the same.
    let plan = kim.planned(HolderVerb::Cancel, target).await.unwrap();
    assert_eq!(plan.count(), 1);
    let mut new = draft("for-dora");
    new.account = Some("ACC-0001-0003".parse().unwrap());
    new.owner = Some(DORA);
    new.settings.scopes.clear();
    let refused = text(kim.create(new, Run::Dry).await);
    assert!(refused.contains("owner: Dora Deputy is disabled"), "{refused}");
}

#[tokio::test]
async fn a05_a_job_they_started_stops_at_the_next_chunk() {
    let world = World::example();
    fill(&world, 6_000);
    let (authority, ada) = process(&world, "ada");
    let acme = Target::Account("ACC-0001-0001".parse().unwrap());
    let plan = planned(&authority, &ada, Verb::Disable, acme);
    let (job, turn) = authority.start(&ada, &plan).unwrap();
    let rosa = world.backend("rosa");
    rosa.switch_user(ADA, Switch::Disable, Run::Real).await.unwrap();
    let stopped = authority.work(&ada, &turn.unwrap(), || true).unwrap_err();
    assert!(stopped.to_string().contains("Ada Admin is disabled"), "{stopped}");
    let left = rosa.job(job.id).await.unwrap();
    assert_eq!((left.state, left.tally), (JobState::Interrupted, job.tally));
    assert!(left.tally.ended() < left.total);
}

#[tokio::test]
async fn a05_revoked_tokens_hold_no_removal_back() {
    let world = World::example();
    let (rosa, kim) = (world.backend("rosa"), world.backend("kim"));
    let carl = EntryId::User(CARL);
    assert_eq!(text(kim.remove_entry(carl, Run::Dry).await), "used by 1 token");
    kim.act(Verb::Revoke, token(10).into(), None).await.unwrap();
    kim.remove_entry(carl, Run::Real).await.unwrap();
    // Their record stays, and says whose it was.
    let shown = show(&rosa, token(10)).await;
    assert_eq!((shown.status, shown.token.owner), (Status::Revoked, Some(CARL)));
    for number in [4, 2] {
        rosa.act(Verb::Delete, token(number).into(), None).await.unwrap();
    }
    let target = Target::Tokens(vec![token(1).into(), token(3).into(), token(6).into()]);
    rosa.run(rosa.planned(Verb::Revoke, target).await.unwrap()).await.unwrap();
    let billing = EntryId::Module(ModuleId::new(3));
    let used = text(rosa.remove_entry(billing, Run::Dry).await);
    assert!(!used.contains("token"), "only a group is left: {used}");
}
