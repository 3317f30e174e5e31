//! Several operators on one server: revoke wins every race.

use std::sync::Arc;

use tokendeck::backend::Backend;
use tokendeck::backend::remote::RemoteBackend;
use tokendeck::domain::{Expiry, Overlap, Settings, Status, Verb};
use tokendeck::wire::{Edit, Run};

use crate::support::{Served, token};

async fn race(ada: &Arc<RemoteBackend>, pia: &Arc<RemoteBackend>, turn: u64) {
    let id = token(101 + turn);
    let read = ada.show(id.to_string()).await.unwrap().token;
    let settings = Settings { description: format!("turn {turn}"), ..Settings::of(&read) };
    let edit = Edit { version: read.version, settings, new_value: false, guid: None };
    let (revoke, regenerate, enable, edit) = tokio::join!(
        ada.act(Verb::Revoke, id, None),
        pia.regenerate(id, Expiry::Never, Overlap::Week, Run::Real),
        pia.act(Verb::Enable, id, None),
        ada.edit(id, edit, Run::Real),
    );
    revoke.unwrap();
    drop((regenerate, enable, edit));
    assert_eq!(ada.show(id.to_string()).await.unwrap().status, Status::Revoked);
}

#[tokio::test(flavor = "multi_thread")]
async fn revoking_against_all_else_always_ends_revoked() {
    for _ in 0..2 {
        let served = Served::example().await;
        let (ada, pia) = (served.remote("ada").await, served.remote("pia").await);
        for turn in 0..15 {
            race(&ada, &pia, turn).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_make_one_name_one_is_refused() {
    let served = Served::example().await;
    let (ada, pia) = (served.remote("ada").await, served.remote("pia").await);
    let read = ada.show("robot-1".to_owned()).await.unwrap().token;
    for turn in 0..10 {
        let draft = tokendeck::domain::Draft {
            account: read.account,
            settings: Settings {
                name: format!("race-{turn}"),
                valid_to: None,
                ..Settings::of(&read)
            },
            ..tokendeck::domain::Draft::default()
        };
        let (one, two) =
            tokio::join!(ada.create(draft.clone(), Run::Real), pia.create(draft, Run::Real));
        assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1, "{turn}");
    }
}
