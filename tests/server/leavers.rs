//! People who leave, over HTTP: the same answers and words as from a store at hand.

use tokendeck::backend::Backend;
use tokendeck::domain::verify::{Rejection, Request};
use tokendeck::domain::{EntryDraft, Status, Switch, TokenValue, UserId, Verb};
use tokendeck::wire::Run;

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
        said(kim.act(Verb::Enable, token(10), None).await),
        "out_of_service: Its owner is disabled"
    );
    kim.act(Verb::Disable, token(10), None).await.unwrap();
    let enabled = kim.act(Verb::Enable, token(10), None).await.unwrap();
    assert_eq!((enabled.token.enabled, enabled.status), (true, Status::Disabled));
    let refused = kim
        .verify(TokenValue::parse(&value("carl-erecording")).unwrap(), Request::default())
        .await
        .unwrap();
    assert_eq!(refused.reason, Some(Rejection::OwnerDisabled));
    kim.switch_user(carl, Switch::Enable, Run::Real).await.unwrap();
    assert_eq!(kim.show(token(10).to_string()).await.unwrap().status, Status::Active);
}
