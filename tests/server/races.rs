//! Several operators on one server: revoke wins every race, and no value passes after it.

use std::collections::BTreeSet;
use std::sync::Arc;

use tokendeck::backend::Backend;
use tokendeck::backend::remote::RemoteBackend;
use tokendeck::domain::verify::Request;
use tokendeck::domain::{Expiry, Overlap, Settings, Status, TokenDraft, TokenValue, Verb};
use tokendeck::wire::{Edit, Run, TokenView};

use crate::support::Served;

/// Races in all, and those that go on side by side.
const RACES: u64 = 1_000;
const LANES: u64 = 3;

/// The clients of the operators of a race.
#[derive(Clone)]
struct Racers {
    ada: Arc<RemoteBackend>,
    pia: Arc<RemoteBackend>,
    gateways: [Arc<RemoteBackend>; 2],
}

impl Racers {
    async fn at(served: &Served) -> Self {
        let gateways = [served.remote("rosa").await, served.remote("vic").await];
        Self { ada: served.remote("ada").await, pia: served.remote("pia").await, gateways }
    }

    /// A token of its own, and its value.
    async fn start(&self, name: String) -> (TokenView, String) {
        let read = self.ada.show("robot-1".to_owned()).await.unwrap().token;
        let settings = Settings { name, valid_to: None, ..Settings::of(&read) };
        let draft = TokenDraft { account: read.account, settings, ..TokenDraft::default() };
        let made = self.ada.create(draft, Run::Real).await.unwrap();
        (made.token, made.value.unwrap().expose().to_owned())
    }

    /// Fails where a gateway lets this value pass.
    async fn must_not_pass(&self, value: &str) {
        for gateway in &self.gateways {
            let value = TokenValue::parse(value).unwrap();
            assert!(!gateway.verify(value, Request::default()).await.unwrap().accepted);
        }
    }

    /// What a rival does while another revokes, and whether it was done.
    async fn rival(&self, view: &TokenView, kind: Rival) -> Done {
        let id = view.token.id.clone();
        let settings = Settings { description: "raced".to_owned(), ..Settings::of(&view.token) };
        let version = view.token.version;
        let issued = match kind {
            Rival::Regenerate => {
                self.pia.regenerate(id, Some(Expiry::Never), Overlap::WEEK, Run::Real).await
            }
            Rival::Switch => {
                let disabled = self.pia.act(Verb::Disable, id.clone(), None).await.is_ok();
                drop(self.pia.act(Verb::Enable, id, None).await);
                return Done { won: disabled, value: None };
            }
            Rival::Edit => {
                let edit = Edit { version, settings, new_value: true, guid: None };
                self.pia.edit(id, edit, Run::Real).await
            }
        };
        let value = issued.ok().and_then(|new| Some(new.value?.expose().to_owned()));
        Done { won: value.is_some(), value }
    }

    /// Whether the rival came first.
    async fn race(&self, turn: u64, kind: Rival) -> bool {
        let (view, value) = self.start(format!("race-{turn}")).await;
        let revoke = async {
            self.ada.act(Verb::Revoke, view.token.id.clone(), None).await.unwrap();
            self.must_not_pass(&value).await;
        };
        let rival = self.rival(&view, kind);
        // Whoever is named first starts first.
        let done = match turn % 2 {
            0 => tokio::join!(revoke, rival).1,
            _ => tokio::join!(rival, revoke).0,
        };
        if let Some(new) = done.value {
            self.must_not_pass(&new).await;
        }
        let end = self.ada.show(view.token.id.to_string()).await.unwrap();
        assert_eq!(end.status, Status::Revoked, "{turn}");
        done.won
    }
}

/// What races against a revoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rival {
    Regenerate,
    Switch,
    Edit,
}

const RIVALS: [Rival; 3] = [Rival::Regenerate, Rival::Switch, Rival::Edit];

/// How a rival fared, and the value it made.
struct Done {
    won: bool,
    value: Option<String>,
}

#[tokio::test(flavor = "multi_thread")]
async fn revoking_against_all_else_always_ends_revoked_and_no_value_passes_after_it() {
    let served = Served::example().await;
    let racers = Racers::at(&served).await;
    let lanes = (0..LANES).map(|lane| {
        let racers = racers.clone();
        tokio::spawn(async move {
            let mut won = BTreeSet::new();
            for turn in (lane..RACES).step_by(usize::try_from(LANES).unwrap()) {
                // Lanes and rivals are as many, so a lane alone would see one rival only.
                let kind = RIVALS[usize::try_from(turn / LANES).unwrap() % RIVALS.len()];
                if racers.race(turn, kind).await {
                    won.insert(kind);
                }
            }
            won
        })
    });
    let mut won = BTreeSet::new();
    for lane in lanes.collect::<Vec<_>>() {
        won.extend(lane.await.unwrap());
    }
    assert!(won.iter().eq(&RIVALS), "a race that only the revoke ever wins is none: {won:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_make_one_name_one_is_refused() {
    let served = Served::example().await;
    let (ada, pia) = (served.remote("ada").await, served.remote("pia").await);
    let read = ada.show("robot-1".to_owned()).await.unwrap().token;
    for turn in 0..10 {
        let draft = TokenDraft {
            account: read.account,
            settings: Settings {
                name: format!("race-{turn}"),
                valid_to: None,
                ..Settings::of(&read)
            },
            ..TokenDraft::default()
        };
        let (one, two) =
            tokio::join!(ada.create(draft.clone(), Run::Real), pia.create(draft, Run::Real));
        assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1, "{turn}");
    }
}
