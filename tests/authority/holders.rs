//! Users and what they hold: who is listed, what is planned, and what acceptance does.

use std::collections::BTreeSet;

use tokendeck::backend::local::LocalBackend;
use tokendeck::backend::{Backend, BulkBackend};
use tokendeck::domain::{
    AccountFilter, AccountId, Direction, Expiry, HolderVerb, Holding, ModuleId, Role, Status,
    TokenId, UserId, Window,
};
use tokendeck::wire::{
    HolderTarget, HoldingFilter, Plan, Run, Step, UserColumn, UserQuery, UserView,
};

use crate::support::{World, change_user, code, module, now, rejection, show, text, token, value};

pub(crate) const CEDAR: AccountId = AccountId::new(1_0003);
pub(crate) const CARL: UserId = UserId::new(2_0001);
pub(crate) const DORA: UserId = UserId::new(2_0002);
pub(crate) const EVE: UserId = UserId::new(2_0003);

pub(crate) fn recording() -> ModuleId {
    module(4)
}

fn asking(modules: &[ModuleId]) -> UserQuery {
    let modules = modules.iter().copied().collect();
    UserQuery { account: AccountFilter::One(CEDAR), modules, ..UserQuery::default() }
}

async fn users(backend: &LocalBackend, query: UserQuery) -> Vec<UserView> {
    backend.users(query, Window::ALL).await.unwrap().users
}

async fn logins(backend: &LocalBackend, query: UserQuery) -> Vec<String> {
    users(backend, query).await.into_iter().map(|view| view.user.login).collect()
}

async fn cells(backend: &LocalBackend, modules: &[ModuleId]) -> Vec<(String, Holding)> {
    let views = users(backend, asking(modules)).await;
    views.into_iter().map(|view| (view.user.login, view.holding)).collect()
}

pub(crate) fn target(users: &[UserId], modules: &[ModuleId]) -> HolderTarget {
    HolderTarget {
        users: users.iter().copied().collect(),
        modules: modules.iter().copied().collect(),
        account: CEDAR,
    }
}

async fn plan(backend: &LocalBackend, verb: HolderVerb, users: &[UserId]) -> Plan<HolderVerb> {
    backend.planned(verb, target(users, &[recording()])).await.unwrap()
}

fn steps(plan: &Plan<HolderVerb>) -> Vec<(&str, Option<&str>)> {
    let step = |step: &'static str| Some(step).filter(|step| !step.is_empty());
    plan.items
        .iter()
        .map(|item| match &item.step {
            Step::Act | Step::Give(_) | Step::CancelRequest => (item.user_name.as_str(), step("")),
            Step::Skip { reason, .. } => (item.user_name.as_str(), Some(reason.as_str())),
        })
        .collect()
}

#[tokio::test]
async fn r115_kim_sees_the_users_of_her_account() {
    let world = World::example();
    let kim = world.backend("kim");
    assert_eq!(logins(&kim, asking(&[])).await, ["carl", "dora", "eve", "kim"]);
    // Users of no account and of other accounts are hers in no other way either.
    assert_eq!(logins(&kim, UserQuery::default()).await, ["carl", "dora", "eve", "kim"]);
}

#[tokio::test]
async fn r117_the_column_shows_mark_pending_and_nothing() {
    let world = World::example();
    let kim = world.backend("kim");
    let expected =
        [Holding::Has, Holding::Pending { has: false }, Holding::Nothing, Holding::Nothing];
    let found: Vec<_> = cells(&kim, &[recording()]).await.into_iter().map(|cell| cell.1).collect();
    assert_eq!(found, expected);
    assert!(cells(&kim, &[module(1)]).await.iter().all(|cell| cell.1 == Holding::Nothing));
    let counts: Vec<_> = cells(&kim, &[]).await.into_iter().map(|cell| cell.1).collect();
    let count = |accepted, pending| Holding::Count { accepted, pending };
    assert_eq!(counts, [count(1, 0), count(0, 1), count(0, 0), count(0, 0)]);
}

#[tokio::test]
async fn r009_only_who_may_change_tokens_lists_users() {
    let world = World::example();
    for login in ["max", "vic", "carl"] {
        let backend = world.backend(login);
        let answer = backend.users(UserQuery::default(), Window::ALL).await;
        assert_eq!(text(answer), "Needs the manage_tokens permission", "{login}");
        let plan = backend.planned(HolderVerb::Generate, target(&[CARL], &[recording()])).await;
        assert_eq!(code(plan), "not_permitted", "{login}");
    }
}

#[tokio::test]
async fn users_of_other_accounts_stay_unknown() {
    let world = World::example();
    let ada = world.backend("ada");
    assert_eq!(code(ada.users(asking(&[]), Window::ALL).await), "not_found");
    let answer = ada.planned(HolderVerb::Request, target(&[CARL], &[recording()])).await;
    assert_eq!(code(answer), "not_found");
    // A user the operator does not know of is skipped like one who is no more.
    let kim = world.backend("kim");
    let ada = UserId::new(1_0003);
    let plan = plan(&kim, HolderVerb::Request, &[EVE, ada]).await;
    let (id, reason) = (ada.to_string(), format!("no user '{ada}' here"));
    assert_eq!(steps(&plan), [("Eve Examiner", None), (id.as_str(), Some(reason.as_str()))]);
}

#[tokio::test]
async fn r129_words_are_found_in_name_login_id_and_mail() {
    let world = World::example();
    let kim = world.backend("kim");
    let found = async |words: &[&str]| {
        let words = words.iter().map(|word| (*word).to_owned()).collect();
        logins(&kim, UserQuery { words, ..asking(&[]) }).await
    };
    assert_eq!(found(&["dor"]).await, ["dora"]);
    assert_eq!(found(&["USR-0002-0003"]).await, ["eve"]);
    assert_eq!(found(&["CARL@cedar"]).await, ["carl"]);
    assert_eq!(found(&["examiner", "eve"]).await, ["eve"]);
    assert_eq!(found(&["examiner", "carl"]).await, [""; 0]);
}

#[tokio::test]
async fn filters_and_order_hold_and_all_are_counted() {
    let world = World::example();
    let kim = world.backend("kim");
    let query = asking(&[recording()]);
    for (holding, expected) in [
        (HoldingFilter::Has, &["carl"][..]),
        (HoldingFilter::Pending, &["dora"]),
        (HoldingFilter::Nothing, &["eve", "kim"]),
    ] {
        let query = UserQuery { holding: Some(holding), ..query.clone() };
        assert_eq!(logins(&kim, query).await, expected, "{holding}");
    }
    let admins = UserQuery { roles: vec![Role::Admin], ..query.clone() };
    let page = kim.users(admins, Window::ALL).await.unwrap();
    assert_eq!((page.total, page.all, page.users.len()), (1, 4, 1));
    for (sort, expected) in [
        ((UserColumn::Name, Direction::Descending), ["kim", "eve", "dora", "carl"]),
        ((UserColumn::Id, Direction::Descending), ["kim", "eve", "dora", "carl"]),
        ((UserColumn::Token, Direction::Ascending), ["carl", "dora", "eve", "kim"]),
        ((UserColumn::Token, Direction::Descending), ["eve", "kim", "dora", "carl"]),
        ((UserColumn::Expires, Direction::Ascending), ["carl", "dora", "eve", "kim"]),
    ] {
        assert_eq!(logins(&kim, UserQuery { sort, ..query.clone() }).await, expected, "{sort:?}");
    }
    let window = Window { offset: 1, limit: 2 };
    let page = kim.users(query, window).await.unwrap();
    let logins: Vec<_> = page.users.iter().map(|view| view.user.login.as_str()).collect();
    assert_eq!((page.total, page.offset, logins), (4, 1, vec!["dora", "eve"]));
}

#[tokio::test]
async fn other_accounts_and_scopes_of_a_user_are_not_shown() {
    let world = World::example();
    let views = users(&world.backend("ada"), UserQuery::default()).await;
    let pia = views.iter().find(|view| view.user.login == "pia").unwrap();
    let acme = AccountId::new(1_0001);
    assert_eq!(pia.user.accounts, BTreeSet::from([acme]));
    assert_eq!(pia.user.scopes.len(), 2, "Harbor is Borealis's");
    assert_eq!(pia.names.accounts[&acme], "Acme");
    assert!(pia.names.scopes.values().any(|name| name == "North plant"));
}

#[tokio::test]
async fn r119_a_pending_user_is_skipped_by_a_request() {
    let world = World::example();
    let plan = plan(&world.backend("kim"), HolderVerb::Request, &[DORA, EVE]).await;
    let expected = [("Dora Deputy", Some("Already pending")), ("Eve Examiner", None)];
    assert_eq!(steps(&plan), expected);
    assert_eq!((plan.count(), plan.phrase()), (1, None));
}

#[tokio::test]
async fn r120_remove_names_what_goes_and_leaves_requests_alone() {
    let world = World::example();
    let plan = plan(&world.backend("kim"), HolderVerb::Remove, &[CARL, DORA, EVE]).await;
    let expected = [
        ("Carl Clerk", None),
        ("Dora Deputy", Some("Pending: cancel the request")),
        ("Eve Examiner", Some("No API token to remove")),
    ];
    assert_eq!(steps(&plan), expected);
    let lost = plan.lost();
    assert_eq!((lost.len(), lost[0].id, lost[0].name.as_str()), (1, token(10), "carl-erecording"));
    assert!(lost[0].values == 1 && !lost[0].pending && lost[0].also.is_empty());
    assert_eq!(plan.phrase(), None);
}

#[tokio::test]
async fn r120_a_token_that_reaches_more_says_what_else_is_lost() {
    let world = World::example();
    let kim = world.backend("kim");
    let view = show(&kim, token(10)).await;
    let mut settings = tokendeck::domain::Settings::of(&view.token);
    settings.access.insert(module(1), tokendeck::domain::Level::Read);
    let edit = tokendeck::wire::Edit {
        version: view.token.version,
        settings,
        new_value: false,
        guid: None,
    };
    kim.edit(token(10).into(), edit, Run::Real).await.unwrap();
    let plan = plan(&kim, HolderVerb::Remove, &[CARL]).await;
    assert_eq!(plan.lost()[0].also, ["Catalog"]);
    let of_catalog = kim.planned(HolderVerb::Remove, target(&[CARL], &[module(1)])).await.unwrap();
    assert_eq!(of_catalog.lost()[0].also, ["eRecording"]);
}

#[tokio::test]
async fn r121_only_pending_ones_are_cancelled() {
    let world = World::example();
    let kim = world.backend("kim");
    let expected = [("Carl Clerk", Some("Not pending")), ("Dora Deputy", None)];
    let named = plan(&kim, HolderVerb::Cancel, &[CARL, DORA]).await;
    assert_eq!(steps(&named), expected);
    assert!(named.lost()[0].is_request());
    // Without a module it is about whatever waits.
    let any = kim.planned(HolderVerb::Cancel, target(&[CARL, DORA], &[])).await.unwrap();
    assert_eq!(steps(&any), expected);
}

#[tokio::test]
async fn r123_generate_counts_what_it_replaces() {
    let world = World::example();
    let plan = plan(&world.backend("kim"), HolderVerb::Generate, &[CARL, DORA, EVE]).await;
    assert_eq!((plan.count(), plan.lost().len()), (3, 2));
    assert_eq!(plan.phrase().as_deref(), Some("generate 3"));
}

#[tokio::test]
async fn r130_without_a_module_there_must_be_only_one() {
    let world = World::example();
    let kim = world.backend("kim");
    for verb in [HolderVerb::Request, HolderVerb::Remove, HolderVerb::Generate] {
        let answer = kim.planned(verb, target(&[EVE], &[])).await;
        assert_eq!(text(answer), "Choose a module first", "{verb}");
    }
    let orders = kim.planned(HolderVerb::Request, target(&[EVE], &[module(2)])).await;
    assert_eq!(code(orders), "not_found", "Orders is no module of hers");
}

#[tokio::test]
async fn a_user_who_shares_no_scope_with_the_operator_gets_no_token() {
    let world = World::example();
    let acme = |users: &[UserId]| HolderTarget {
        users: users.iter().copied().collect(),
        modules: [module(1)].into(),
        account: AccountId::new(1_0001),
    };
    let (max, vic) = (UserId::new(1_0005), UserId::new(1_0006));
    let ned = world.backend("ned");
    let plan = ned.planned(HolderVerb::Request, acme(&[max, vic])).await.unwrap();
    let reason = "Holds no scope of Acme that you could grant";
    assert_eq!(steps(&plan), [("Max Member", Some(reason)), ("Vic Viewer", None)]);
    change_user(&world, "vic", |user| user.scopes = [tokendeck::domain::ScopeId::new(2)].into());
    let plan = ned.planned(HolderVerb::Request, acme(&[vic])).await.unwrap();
    assert_eq!(steps(&plan), [("Vic Viewer", Some(reason))]);
}

#[tokio::test]
async fn r126_a_requested_token_gets_its_value_when_its_owner_accepts_it() {
    let world = World::example();
    let dora = world.backend("dora");
    let pending = token(11);
    let tried = dora.accept(pending.into(), Run::Dry).await.unwrap();
    assert!(tried.value.is_none() && show(&dora, pending).await.status == Status::Pending);
    let issued = dora.accept(pending.into(), Run::Real).await.unwrap();
    assert_eq!(issued.token.status, Status::Active);
    assert_eq!(issued.token.token.valid_to, Expiry::DEFAULT_OF_USER.valid_to(now()));
    assert_eq!(rejection(&dora, issued.value.unwrap()).await, None);
    assert_eq!(code(dora.accept(pending.into(), Run::Real).await), "not_pending");
    let kim = world.backend("kim");
    assert_eq!(cells(&kim, &[recording()]).await[1].1, Holding::Has);
}

#[tokio::test]
async fn r126_nobody_but_the_owner_accepts() {
    let world = World::example();
    assert_eq!(
        code(world.backend("kim").accept(token(11).into(), Run::Real).await),
        "not_permitted"
    );
    assert_eq!(code(world.backend("carl").accept(token(11).into(), Run::Real).await), "not_found");
}

/// Dora's request under Carl's name, so that he holds an older one.
fn request_for_carl(world: &World) -> TokenId {
    use tokendeck::domain::made::{Made, request};
    use tokendeck::domain::{Change, Operator, Pair};
    use tokendeck::store::Store;
    let id = token(200);
    world
        .store()
        .commit(&mut |state| {
            let catalogue = state.catalogue()?;
            let kim = Operator::of(catalogue.user_by_login("kim").unwrap(), None);
            let pair = Pair { user: CARL, module: recording() };
            let (name, scopes) = ("carl-erecording-2".to_owned(), BTreeSet::new());
            let made = Made { id, name, pair, account: CEDAR, scopes };
            Ok(vec![Change::Token(Box::new(request(made, &kim, now())))])
        })
        .unwrap();
    id
}

#[tokio::test]
async fn r126_accepting_replaces_the_owners_older_token() {
    let world = World::example();
    let id = request_for_carl(&world);
    let carl = world.backend("carl");
    assert_eq!(rejection(&carl, value("carl-erecording")).await, None);
    let issued = carl.accept(id.into(), Run::Real).await.unwrap();
    assert_eq!(rejection(&carl, issued.value.unwrap()).await, None);
    let old = rejection(&carl, value("carl-erecording")).await.unwrap();
    assert_eq!(old.to_string(), "deleted");
    assert_eq!(code(carl.show(token(10).to_string()).await), "not_found");
}
