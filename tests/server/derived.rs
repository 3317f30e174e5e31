//! What follows from a backend's few own answers is what a backend says that knows quicker:
//! places, ids, plans and bulk work, derived from the lists of a store, against its own.

use tokendeck::backend::local::LocalBackend;
use tokendeck::backend::{Backend, BackendError, BulkBackend as _, derived};
use tokendeck::domain::{
    AccountFilter, AccountId, Query, SortKey, Status, TokenId, UserId, Verb, Window,
};
use tokendeck::wire::{BulkCall as _, Plan, RowId, Target};

use crate::support::{EVERYBODY, Served};

const PLAIN: [Verb; 5] = [Verb::Enable, Verb::Disable, Verb::Revoke, Verb::Delete, Verb::DropOld];

fn queries() -> Vec<Query> {
    let all = Query { statuses: Status::INACTIVE.into(), ..Query::default() };
    let filter = |text: &str| Query { filter: text.to_owned(), ..Query::default() };
    let sort = |text: &str| Query { sort: SortKey::parse_list(text).unwrap(), ..Query::default() };
    vec![
        Query::default(),
        all,
        filter("robot"),
        filter("-by:ada expires<90d"),
        filter("name:robot -status:revoked"),
        Query { search: "robot".to_owned(), ..Query::default() },
        Query { account: AccountFilter::One(AccountId::new(10_001)), ..Query::default() },
        sort("expires,-name"),
        sort("-last-access"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn places_and_ids_follow_from_lists() {
    let served = Served::example().await;
    for login in EVERYBODY {
        let backend = served.local(login);
        for query in queries() {
            let told = |error: BackendError| error.to_string();
            let own = backend.found(query.clone()).await.map_err(told);
            let follows = derived::found(&*backend, &query).await.map_err(told);
            assert_eq!(own, follows, "{login} {query:?}");
            let absent = RowId::from(TokenId::new(99_999_999));
            for id in own.unwrap_or_default().into_iter().step_by(3).chain([absent]) {
                let own = backend.position(query.clone(), id.clone()).await.map_err(told);
                assert_eq!(own, derived::position(&*backend, &query, id).await.map_err(told));
            }
        }
    }
}

/// Both plans, in what they have to agree on: only the store names its plans.
async fn plans(backend: &LocalBackend, verb: Verb, target: Target) -> [Result<Plan, String>; 2] {
    let ask = verb.ask(target);
    let own = backend.plan(ask.clone()).await;
    let follows = derived::plan(backend, ask).await;
    [own, follows].map(|plan| {
        let plan = plan.map(|plan| Plan { id: None, ..Verb::plan(plan).unwrap() });
        plan.map_err(|error| format!("{} {error}", error.code()))
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn plans_follow_from_rows() {
    let served = Served::example().await;
    for login in EVERYBODY {
        let backend = served.local(login);
        let page = backend.list(Query::default(), Window::ALL).await.unwrap();
        let mut some: Vec<_> = page.tokens.iter().map(|view| view.token.id.clone()).collect();
        some.push(TokenId::new(99_999_999).into());
        let mut targets: Vec<_> = queries().into_iter().map(Target::Found).collect();
        targets.extend([Target::Tokens(vec![]), Target::Tokens(some)]);
        targets.extend([10_001, 20_001, 99_999].map(|id| Target::Account(AccountId::new(id))));
        targets.extend([10_001, 10_002, 99_999].map(|id| Target::Owner(UserId::new(id))));
        for verb in PLAIN {
            for target in &targets {
                let [own, follows] = plans(&backend, verb, target.clone()).await;
                assert_eq!(own, follows, "{login} {verb} {target:?}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bulk_work_follows_from_single_orders() {
    for verb in PLAIN {
        let (here, there) = (Served::example().await, Served::example().await);
        let (own, follows) = (here.local("rosa"), there.local("rosa"));
        let target = Target::Found(Query { filter: "name:robot".to_owned(), ..Query::default() });
        let plan = own.planned(verb, target).await.unwrap();
        let first = own.run(plan.clone()).await.map_err(|error| error.to_string());
        let second = derived::run(&*follows, plan).await.map_err(|error| error.to_string());
        assert_eq!(first, second, "{verb}");
        let all = Query { statuses: Status::INACTIVE.into(), ..Query::default() };
        let states = |page: tokendeck::wire::Page| {
            let state = |view: &tokendeck::wire::TokenView| (view.token.id.clone(), view.status);
            page.tokens.iter().map(state).collect::<Vec<_>>()
        };
        let (here, there) = (
            own.list(all.clone(), Window::ALL).await.unwrap(),
            follows.list(all, Window::ALL).await.unwrap(),
        );
        assert_eq!(states(here), states(there), "{verb}");
    }
}
