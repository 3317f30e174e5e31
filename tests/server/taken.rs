//! Names and logins that somebody out of one's sight bears. That they are taken has to be
//! told; whether by whom one may know of or by somebody hidden, nobody learns: both get
//! the same bytes, in a dry run and in a real one, by HTTP and from the store itself.

use serde_json::{Value, json};
use tokendeck::backend::Backend;
use tokendeck::domain::{EntryDraft, Settings, TokenDraft};
use tokendeck::wire::{Edit, EntryEdit, Run};

use crate::support::{Got, Raw, Served, said, token};

const ACME: &str = "ACC-0001-0001";
const TAKEN: &str = "Name already in use";
const RUNS: [(Run, &str); 2] = [(Run::Dry, "?dry_run=true"), (Run::Real, "")];

/// A token that ned sees, and one of his account that he does not.
const NAMES: [&str; 2] = ["robot-1", "robot-2"];

fn settings(name: &str) -> Value {
    json!({
        "name": name, "description": "", "access": { "MOD-0001": "read" }, "groups": [],
        "scopes": ["SCP-0001"], "enabled": true, "valid_from": null, "valid_to": null, "labels": {},
    })
}

/// The status and every byte, but for the number of the request.
fn bare(got: &Got) -> (u16, Value) {
    let mut json = got.json();
    json.as_object_mut().unwrap().remove("request_id");
    (got.status, json)
}

async fn raw(served: &Served, login: &str) -> Raw {
    Raw::new(&served.url, Some(served.credential(login).await))
}

#[tokio::test(flavor = "multi_thread")]
async fn c14_a_hidden_tokens_name_is_taken_like_any_other() {
    let served = Served::example().await;
    let ned = raw(&served, "ned").await;
    assert_eq!(ned.get("/v1/tokens/TKN-1000-0002").await.status, 404, "it is hidden");
    for (_, dry) in RUNS {
        let mut told = Vec::new();
        for name in NAMES {
            let draft = json!({ "account": ACME, "owner": null, "settings": settings(name) });
            let made = ned.send("POST", &format!("/v1/tokens{dry}"), &[], Some(&draft)).await;
            let edit = json!({ "settings": settings(name) });
            let path = format!("/v1/tokens/TKN-1000-0101{dry}");
            let edited = ned.send("PUT", &path, &[("if-match", "*")], Some(&edit)).await;
            told.push((bare(&made), bare(&edited)));
        }
        assert_eq!(told[0], told[1], "{dry}");
        for (status, json) in [&told[0].0, &told[0].1] {
            assert_eq!((*status, &json["detail"]), (422, &json!(format!("name: {TAKEN}"))));
            assert_eq!(json["errors"], json!([{ "field": "name", "message": TAKEN }]));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn c14_a_hidden_tokens_guid_was_used_like_any_other() {
    let served = Served::example().await;
    let (ned, rosa) = (raw(&served, "ned").await, served.local("rosa"));
    for (_, dry) in RUNS {
        let mut told = Vec::new();
        for number in [1, 2] {
            let guid = rosa.show(token(number).to_string()).await.unwrap().guid.unwrap();
            let draft = json!({
                "account": ACME, "owner": null, "guid": guid, "settings": settings("fresh"),
            });
            told.push(bare(
                &ned.send("POST", &format!("/v1/tokens{dry}"), &[], Some(&draft)).await,
            ));
        }
        assert_eq!((told[0].0, &told[0]), (422, &told[1]), "{dry}");
    }
}

/// A user of Acme to be made.
fn user(login: &str, email: &str) -> Value {
    json!({
        "kind": "user", "login": login, "name": "Fresh", "email": email, "role": "member",
        "manage_tokens": false, "accounts": [ACME], "scopes": [],
    })
}

/// As an import has it.
fn import(mut user: Value) -> Value {
    let id = "USR-0009-0009";
    user.as_object_mut().unwrap().remove("kind");
    user["id"] = json!(id);
    json!({ "accounts": {}, "users": { id: user }, "modules": {}, "scopes": {}, "groups": {} })
}

#[tokio::test(flavor = "multi_thread")]
async fn c14_a_hidden_login_is_taken_like_any_other() {
    let served = Served::example().await;
    let ada = raw(&served, "ada").await;
    let catalogue = ada.get("/v1/catalogue").await;
    assert!(catalogue.text.contains("\"ned\"") && !catalogue.text.contains("\"rosa\""));
    // Alone, and beside something else that is wrong.
    for email in ["fresh@acme.example", "nonsense"] {
        for (_, dry) in RUNS {
            let mut told = Vec::new();
            for login in ["ned", "rosa", "ROSA", "kim"] {
                let draft = user(login, email);
                let add = format!("/v1/catalogue/entries{dry}");
                let added = ada.send("POST", &add, &[], Some(&draft)).await;
                let edit = json!({ "seen": null, "draft": draft });
                let path = format!("/v1/catalogue/entries/USR-0001-0005{dry}");
                let edited = ada.send("PUT", &path, &[], Some(&edit)).await;
                told.push((bare(&added), bare(&edited)));
            }
            assert!(told.iter().all(|one| *one == told[0]), "{dry} {told:?}");
            let (status, json) = &told[0].0;
            assert_eq!(*status, 422);
            assert!(json["detail"].as_str().unwrap().contains("login: Login already in use"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn c14_an_import_tells_of_a_hidden_login_no_more_than_that_it_is_taken() {
    let served = Served::example().await;
    let ada = raw(&served, "ada").await;
    for (_, dry) in RUNS {
        let path = format!("/v1/catalogue/import{dry}");
        let got = ada.send("POST", &path, &[], Some(&import(user("rosa", "a@b.example")))).await;
        assert_eq!(got.status, 422, "{}", got.text);
        let error = json!([{ "field": "user 'rosa' login", "message": "Login already in use" }]);
        assert_eq!(got.json()["errors"], error);
        for hidden in ["Rosa", "USR-0001-0001", "superadmin"] {
            assert!(!got.text.contains(hidden), "{}", got.text);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn c14_the_store_itself_says_the_very_same_as_the_server() {
    let served = Served::example().await;
    let backends: [std::sync::Arc<dyn Backend>; 4] = [
        served.local("ned"),
        served.remote("ned").await,
        served.local("ada"),
        served.remote("ada").await,
    ];
    let [ned, far_ned, ada, far_ada] = backends;
    for (run, _) in RUNS {
        let mut told = std::collections::BTreeSet::new();
        for (backend, name) in [(&ned, NAMES[0]), (&ned, NAMES[1]), (&far_ned, NAMES[1])] {
            let settings: Settings = serde_json::from_value(settings(name)).unwrap();
            let account = Some(ACME.parse().unwrap());
            let draft = TokenDraft { account, settings: settings.clone(), ..TokenDraft::default() };
            told.insert(said(backend.create(draft, run).await));
            let edit = Edit { version: 1, settings, new_value: false, guid: None };
            told.insert(said(backend.edit(token(101).into(), edit, run).await));
        }
        assert_eq!(told.into_iter().collect::<Vec<_>>(), [format!("invalid: name: {TAKEN}")]);
        let mut told = std::collections::BTreeSet::new();
        for (backend, login) in [(&ada, "ned"), (&ada, "rosa"), (&far_ada, "rosa")] {
            let draft: EntryDraft =
                serde_json::from_value(user(login, "fresh@acme.example")).unwrap();
            told.insert(said(backend.add_entry(draft.clone(), run).await));
            let edit = EntryEdit { seen: None, draft };
            let max = "USR-0001-0005".parse().map(tokendeck::domain::EntryId::User).unwrap();
            told.insert(said(backend.edit_entry(max, edit, run).await));
        }
        assert_eq!(told.into_iter().collect::<Vec<_>>(), ["invalid: login: Login already in use"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn c14_what_keeps_a_scope_from_being_removed_names_nobody_hidden() {
    let served = Served::example().await;
    let rosa = served.local("rosa");
    let all = rosa.catalogue().await.unwrap();
    // Rosa, of whom ada may not know, holds South plant by name, as a pretext.
    let id = tokendeck::domain::EntryId::User(all.user_by_login("rosa").unwrap().id);
    let Some(EntryDraft::User(mut draft)) = all.draft(id) else { panic!("rosa is a user") };
    draft.scopes = ["SCP-0002".parse().unwrap()].into();
    let edit = EntryEdit { seen: None, draft: EntryDraft::User(draft) };
    rosa.edit_entry(id, edit, Run::Real).await.unwrap();
    let ada = raw(&served, "ada").await;
    let got = ada.send("DELETE", "/v1/catalogue/entries/SCP-0002?dry_run=true", &[], None).await;
    assert_eq!(got.json()["code"], "in_use", "{}", got.text);
    assert!(
        got.text.contains("1 user you do not see") && !got.text.contains("Rosa"),
        "{}",
        got.text
    );
}
