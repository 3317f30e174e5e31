//! People who leave, over HTTP: the same answers and words as from a store at hand.

use tokendeck::backend::{Backend, BulkBackend};
use tokendeck::domain::verify::{Rejection, Request};
use tokendeck::domain::{
    EntryDraft, HandOver, Overlap, Receiver, Status, Switch, TokenValue, UserId, Verb,
};
use tokendeck::wire::{Plan, PlanAsk, Run, Step, Target, TokenPlanAsk};

use crate::support::{Served, said, token, value};

#[tokio::test(flavor = "multi_thread")]
async fn a05_users_are_switched_over_http_and_their_tokens_say_so() {
    let served = Served::example().await;
    let kim = served.remote("kim").await;
    let carl = UserId::new(2_0001);
    let switch = async |switch, run| said(kim.switch_user(carl, switch, run).await.map(drop));
    kim.switch_user(carl, Switch::Disable, Run::Dry).await.unwrap();
    assert_eq!(kim.show(token(10).to_string()).await.unwrap().status, Status::Active);
    let view = kim.switch_user(carl, Switch::Disable, Run::Real).await.unwrap();
    let EntryDraft::User(user) = view.entry else { panic!("a user") };
    assert!(user.disabled_at.is_some());
    assert_eq!(switch(Switch::Disable, Run::Real).await, "already_disabled: Already disabled");
    let shown = kim.show(token(10).to_string()).await.unwrap();
    assert_eq!(shown.status_in_words(shown.status), "Disabled (owner)");
    assert_eq!(
        said(kim.act(Verb::Enable, token(10).into(), None).await),
        "out_of_service: Its owner is disabled"
    );
    kim.act(Verb::Disable, token(10).into(), None).await.unwrap();
    let enabled = kim.act(Verb::Enable, token(10).into(), None).await.unwrap();
    assert_eq!((enabled.token.enabled, enabled.status), (true, Status::Disabled));
    let refused = kim
        .verify(TokenValue::parse(&value("carl-erecording")).unwrap(), Request::default())
        .await
        .unwrap();
    assert_eq!(refused.reason, Some(Rejection::OwnerDisabled));
    kim.switch_user(carl, Switch::Enable, Run::Real).await.unwrap();
    assert_eq!(kim.show(token(10).to_string()).await.unwrap().status, Status::Active);
}

#[tokio::test(flavor = "multi_thread")]
async fn a38_a_token_is_handed_over_over_http_one_and_many() {
    let served = Served::example().await;
    let kim = served.remote("kim").await;
    let (carl, eve) = (UserId::new(2_0001), UserId::new(2_0003));
    let order = |to, new_value| HandOver { to, new_value, overlap: Overlap::NONE };
    let give = order(Receiver::User(eve), true);
    let issued = kim.hand_over(token(10).into(), give, Run::Dry).await.unwrap();
    assert!(issued.value.is_none(), "nobody may take it for one");
    let issued = kim.hand_over(token(10).into(), give, Run::Real).await.unwrap();
    assert_eq!(issued.token.token.owner, Some(eve));
    let fresh = issued.value.unwrap();
    let passes = async |value: &TokenValue| {
        let value = TokenValue::parse(value.expose()).unwrap();
        kim.verify(value, Request::default()).await.unwrap().reason
    };
    assert_eq!(passes(&fresh).await, None);
    let old = TokenValue::parse(&value("carl-erecording")).unwrap();
    assert_eq!(passes(&old).await, Some(Rejection::Unknown));
    let again = kim.hand_over(token(10).into(), give, Run::Real).await.map(drop);
    assert_eq!(said(again), "already_theirs: It is theirs already");
    let nobody = order(Receiver::User(UserId::new(1_0003)), true);
    assert!(
        said(kim.hand_over(token(10).into(), nobody, Run::Real).await.map(drop))
            .starts_with("not_found")
    );
    let pending = kim.hand_over(token(11).into(), give, Run::Real).await.map(drop);
    assert_eq!(said(pending), "wrong_status: Pending tokens cannot be handed over");

    let both = Target::Tokens(vec![token(10).into(), token(11).into()]);
    let (verb, to) = (Verb::HandOver, Some(Receiver::User(carl)));
    let ask = PlanAsk::Tokens(TokenPlanAsk { verb, to, target: both });
    let plan: Plan = kim.plan_as(ask).await.unwrap();
    assert_eq!((plan.verb, plan.count(), plan.phrase()), (Verb::HandOver, 1, None));
    assert_eq!(plan.acting().next().unwrap().step, Step::Give(Receiver::User(carl)));
    // A plan that says not to whom, or whose verb is another, does nothing.
    let mut forged = plan.clone();
    for item in &mut forged.items {
        item.step = Step::Act;
    }
    forged.id = None;
    let done = kim.run(forged.clone()).await;
    assert!(done.is_err() || done.unwrap().counts().0 == 0);
    forged = plan.clone();
    (forged.verb, forged.id) = (Verb::Revoke, None);
    let done = kim.run(forged).await;
    assert!(done.is_err() || done.unwrap().counts().0 == 0);
    assert_eq!(kim.show(token(10).to_string()).await.unwrap().token.owner, Some(eve));
    let report = kim.run(plan).await.unwrap();
    assert_eq!(report.counts(), (1, 1, 0));
    let shown = kim.show(token(10).to_string()).await.unwrap();
    assert_eq!((shown.token.owner, shown.status), (Some(carl), Status::Active));
    assert_eq!(passes(&fresh).await, None, "many keep their values");
}
