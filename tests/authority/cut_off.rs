//! Nobody is told that a user is cut off who is not: whatever two tokens a user holds,
//! what a Remove counts is what passed before, and nothing of it passes afterwards.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use strum::IntoEnumIterator;
use tokendeck::backend::local::{LocalBackend, LocalOptions};
use tokendeck::backend::{Backend, BulkBackend};
use tokendeck::domain::verify::Request;
use tokendeck::domain::{
    Actor, Change, Credential, CredentialChange, EventAction, Guid, HolderVerb, Level, NewEvent,
    PreviousValue, Role, Stamp, Subject, Token, TokenChange, TokenId, TokenValue, User, UserId,
    ValueInfo,
};
use tokendeck::seal::random;
use tokendeck::store::Store;
use tokendeck::wire::{
    AnyPlan, HolderReportItem, HolderTarget, JobReport, JobState, Outcome, Plan, Report, Run,
    Target,
};

use crate::holders::{CARL, CEDAR, recording};
use crate::support::{World, module, now};

/// What a token of a user can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter)]
enum Kind {
    None,
    Active,
    Overlap,
    Wider,
    Disabled,
    Scheduled,
    Expired,
    Revoked,
    Request,
    Exported,
    ExportedTooLate,
}

/// A user, what they hold, and the values of it.
struct Holder {
    user: UserId,
    kinds: (Kind, Kind),
    tokens: Vec<TokenId>,
    values: Vec<TokenValue>,
}

fn drawn(number: u64) -> TokenValue {
    let guid = Guid::from_random(u128::from(number).to_be_bytes());
    TokenValue::generate("tdk", guid, random::fill).unwrap()
}

fn credential(value: &TokenValue) -> Credential {
    Credential { guid: value.guid(), hash: value.hash(), sealed: None }
}

fn token(kind: Kind, id: TokenId, owner: UserId) -> Token {
    let made = Stamp { at: now() - TimeDelta::days(9), by: None };
    let mut access = BTreeMap::from([(recording(), Level::Full)]);
    let mut token = Token {
        id,
        name: id.to_string().to_lowercase(),
        description: String::new(),
        account: Some(CEDAR),
        owner: Some(owner),
        access: BTreeMap::new(),
        groups: BTreeSet::new(),
        scopes: BTreeSet::new(),
        labels: BTreeMap::new(),
        enabled: true,
        valid_from: None,
        valid_to: None,
        planned_end: None,
        value: None,
        previous: None,
        created: made,
        updated: made,
        accepted: Some(made),
        revoked: None,
        deleted: None,
        last_used_at: None,
        version: 1,
    };
    match kind {
        Kind::None | Kind::Active | Kind::Overlap => {}
        Kind::Wider => drop(access.insert(module(1), Level::Read)),
        Kind::Disabled => token.enabled = false,
        Kind::Scheduled => token.valid_from = Some(now() + TimeDelta::hours(1)),
        Kind::Expired => token.valid_to = Some(now() - TimeDelta::hours(1)),
        Kind::Revoked => token.revoked = Some(made),
        Kind::Request | Kind::Exported => token.accepted = None,
        Kind::ExportedTooLate => {
            token.accepted = None;
            token.valid_to = Some(now() - TimeDelta::hours(1));
        }
    }
    token.access = access;
    token
}

/// The token as it is committed, its older value first where it has one.
fn changes(token: &Token, kind: Kind, values: &[TokenValue]) -> Vec<Change> {
    let event = |action| NewEvent {
        at: now() - TimeDelta::days(9),
        by: Actor::default(),
        subject: Subject::Token(token.id),
        action,
        details: vec![],
    };
    let issued = |token: &Token, value: &TokenValue| TokenChange {
        token: Token {
            value: Some(ValueInfo {
                guid: value.guid(),
                retained: false,
                issued_at: None,
                last_used_at: None,
            }),
            ..token.clone()
        },
        credential: CredentialChange::Issue(credential(value)),
        events: vec![event(EventAction::Created)],
    };
    let changes = match (kind, values) {
        (Kind::Overlap, [older, newer]) => {
            let until = now() + TimeDelta::hours(1);
            let previous = Some(PreviousValue { guid: older.guid(), until, last_used_at: None });
            let renewed = Token { version: 2, previous, ..token.clone() };
            vec![issued(token, older), issued(&renewed, newer)]
        }
        (_, [value]) => vec![issued(token, value)],
        _ => {
            let (credential, events) =
                (CredentialChange::Keep, vec![event(EventAction::Requested)]);
            vec![TokenChange { token: token.clone(), credential, events }]
        }
    };
    changes.into_iter().map(|change| Change::Token(Box::new(change))).collect()
}

/// A user of Cedar County for every pair of kinds.
fn crowd(world: &World) -> Vec<Holder> {
    let mut holders = Vec::new();
    let mut number = 0;
    for (first, second) in Kind::iter().flat_map(|one| Kind::iter().map(move |two| (one, two))) {
        let user = UserId::new(3_0000 + holders.len() as u64);
        let mut holder = Holder { user, kinds: (first, second), tokens: vec![], values: vec![] };
        let mut batches = vec![vec![joined(user)]];
        for kind in [first, second].into_iter().filter(|kind| *kind != Kind::None) {
            number += 1;
            let id = TokenId::new(5000_0000 + number);
            let values = match kind {
                Kind::None | Kind::Request => vec![],
                Kind::Overlap => vec![drawn(2 * number), drawn(2 * number + 1)],
                _ => vec![drawn(2 * number)],
            };
            let made = changes(&token(kind, id, user), kind, &values);
            // A commit holds one version of a token.
            batches.extend(made.into_iter().map(|change| vec![change]));
            holder.tokens.push(id);
            holder.values.extend(values);
        }
        let store = world.store();
        for batch in batches {
            store.commit(&mut |_| Ok(batch.clone())).unwrap();
        }
        holders.push(holder);
    }
    holders
}

fn joined(id: UserId) -> Change {
    let user = User {
        id,
        login: format!("user-{}", id.number()),
        name: format!("User {}", id.number()),
        email: None,
        role: Role::Member,
        manage_tokens: false,
        accounts: [CEDAR].into(),
        scopes: BTreeSet::new(),
        disabled_at: None,
    };
    let (by, subject) = (Actor::default(), Subject::User(id));
    let at = now() - TimeDelta::days(9);
    Change::User(user, NewEvent { at, by, subject, action: EventAction::Created, details: vec![] })
}

async fn passes(backend: &LocalBackend, value: &TokenValue) -> bool {
    let again = TokenValue::parse(value.expose()).unwrap();
    let request = Request { module: Some(recording()), ..Request::default() };
    backend.verify(again, request).await.unwrap().accepted
}

/// How many values pass, the older tokens' first: the first use of an exported one
/// replaces those.
async fn count_passing(backend: &LocalBackend, holder: &Holder) -> usize {
    let mut passing = 0;
    for value in &holder.values {
        passing += usize::from(passes(backend, value).await);
    }
    passing
}

async fn plan(backend: &LocalBackend, verb: HolderVerb, users: &[UserId]) -> Plan<HolderVerb> {
    let target = HolderTarget {
        users: users.iter().copied().collect(),
        modules: [recording()].into(),
        account: CEDAR,
    };
    backend.planned(verb, target).await.unwrap()
}

async fn run(backend: &LocalBackend, plan: Plan<HolderVerb>) -> Report<HolderVerb> {
    let job = backend.start(AnyPlan::Holders(plan)).await.unwrap();
    let job = tokendeck::backend::until_over(backend, job, |_| {}).await.unwrap();
    assert_eq!(job.state, JobState::Done);
    match backend.job_report(job.id).await.unwrap() {
        JobReport::Holders(report) => report,
        JobReport::Tokens(_) | JobReport::Imports(_) => panic!("a report of users"),
    }
}

/// The same store an hour later, when what is scheduled has come.
fn later(world: &World, login: &str) -> std::sync::Arc<LocalBackend> {
    let now = Some(now() + TimeDelta::hours(2));
    LocalBackend::open(LocalOptions { now, ..world.options(login) }).unwrap()
}

#[tokio::test]
async fn a08_after_a_remove_no_value_of_the_user_passes_and_each_was_counted() {
    let (world, twin) = (World::example(), World::example());
    let (holders, watched) = (crowd(&world), crowd(&twin));
    let (kim, witness) = (world.backend("kim"), twin.backend("kim"));
    let users: Vec<UserId> = holders.iter().map(|holder| holder.user).collect();
    let plan = plan(&kim, HolderVerb::Remove, &users).await;
    for holder in &watched {
        let item = plan.items.iter().find(|item| item.user == holder.user).unwrap();
        let counted: usize = item.lost.iter().map(|lost| lost.values).sum();
        assert_eq!(count_passing(&witness, holder).await, counted, "{:?}", holder.kinds);
    }
    let report = run(&kim, plan).await;
    let after = later(&world, "kim");
    for holder in &holders {
        let item = report.items.iter().find(|item| item.user == holder.user).unwrap();
        assert!(is_told(item, holder), "{:?}: {:?}", holder.kinds, item.outcome);
        for value in &holder.values {
            assert!(!passes(&kim, value).await, "{:?} works on", holder.kinds);
            assert!(!passes(&after, value).await, "{:?} comes alive", holder.kinds);
        }
    }
}

/// Whether the report says of this user what is true: nothing is left, or a request
/// is, which it names.
fn is_told(item: &HolderReportItem, holder: &Holder) -> bool {
    let kinds = [holder.kinds.0, holder.kinds.1];
    let held = |kind: &Kind| {
        matches!(
            kind,
            Kind::Active
                | Kind::Overlap
                | Kind::Wider
                | Kind::Disabled
                | Kind::Scheduled
                | Kind::Exported
                | Kind::ExportedTooLate
        )
    };
    let requested = kinds.contains(&Kind::Request);
    let goes = kinds.iter().filter(|kind| held(kind)).count();
    match &item.outcome {
        Outcome::Done => {
            let requests = kinds.iter().filter(|kind| **kind == Kind::Request).count();
            goes > 0 && item.gone.len() == goes + requests
        }
        Outcome::Skipped { code, .. } if code == "pending" => goes == 0 && requested,
        Outcome::Skipped { code, .. } => code == "nothing_held" && goes == 0 && !requested,
        Outcome::Failed { .. } => false,
    }
}

#[tokio::test]
async fn a08_the_exported_value_beside_accepted_tokens_goes_too() {
    let world = World::example();
    let holders = crowd(&world);
    let mixed = |holder: &&Holder| holder.kinds == (Kind::Active, Kind::Exported);
    let holder = holders.iter().find(mixed).unwrap();
    let kim = world.backend("kim");
    let plan = plan(&kim, HolderVerb::Remove, &[holder.user]).await;
    let toll = plan.toll();
    assert_eq!((toll.tokens, toll.values, toll.exported, toll.requests), (2, 2, 1, 0));
    assert_eq!(toll.values(), Some("2 values stop working, 1 of them exported".to_owned()));
    let report = run(&kim, plan).await;
    assert_eq!(report.gone().map(|gone| gone.id).collect::<Vec<_>>(), holder.tokens);
    assert_eq!(count_passing(&kim, holder).await, 0);
}

#[tokio::test]
async fn a08_a_request_goes_with_a_token_that_another_module_of_the_plan_took() {
    let world = World::example();
    let holders = crowd(&world);
    let mixed = |holder: &&Holder| holder.kinds == (Kind::Wider, Kind::Request);
    let holder = holders.iter().find(mixed).unwrap();
    let kim = world.backend("kim");
    // Catalog comes first by name, and takes the token that reaches both.
    let target = HolderTarget {
        users: [holder.user].into(),
        modules: [module(1), recording()].into(),
        account: CEDAR,
    };
    let plan = kim.planned(HolderVerb::Remove, target).await.unwrap();
    assert_eq!(plan.toll().tokens, 2);
    let report = run(&kim, plan).await;
    assert_eq!(report.gone().count(), 2, "each once: {report:?}");
    assert_eq!(report.counts(), (2, 0, 0));
    let owner = world.backend(&format!("user-{}", holder.user.number()));
    assert!(owner.accept(holder.tokens[1].into(), Run::Real).await.is_err());
}

#[tokio::test]
async fn a09_an_exported_value_that_waits_is_counted_among_what_is_replaced() {
    let world = World::example();
    let holders = crowd(&world);
    let of = |kinds| holders.iter().find(|holder| holder.kinds == kinds).unwrap();
    let waits = of((Kind::None, Kind::Exported));
    let both = of((Kind::Active, Kind::Exported));
    let asks = of((Kind::None, Kind::Request));
    let users = [waits.user, both.user, asks.user];
    let kim = world.backend("kim");
    let toll = plan(&kim, HolderVerb::Generate, &users).await.toll();
    assert_eq!((toll.tokens, toll.requests, toll.values, toll.exported), (4, 1, 3, 2));
    assert_eq!(toll.exported(), Some("2 exported values stop working".to_owned()));
}

#[tokio::test]
async fn a08_a_plan_to_revoke_counts_exported_values_too() {
    let world = World::example();
    let holders = crowd(&world);
    let mixed = |holder: &&Holder| holder.kinds == (Kind::Overlap, Kind::Exported);
    let holder = holders.iter().find(mixed).unwrap();
    let rosa = world.backend("rosa");
    let verb = tokendeck::domain::Verb::Revoke;
    let plan: Plan = rosa.planned(verb, Target::Owner(holder.user)).await.unwrap();
    assert_eq!((plan.count(), plan.toll().values, plan.toll().exported), (2, 3, 1));
    // Carl's one token has one value.
    let plan = rosa.planned(verb, Target::Owner(CARL)).await.unwrap();
    assert_eq!((plan.toll().values, plan.toll().exported, plan.only_cancels()), (1, 0, false));
}
