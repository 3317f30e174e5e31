//! Walls between tenants: wherever a call takes the id of a record, in its path, behind
//! its question mark or deep in its body, the id of one that the operator may not know
//! of gets the very bytes that an id gets which nothing bears.

mod plans;

use serde_json::{Value, json};
use tokendeck::backend::Backend;
use tokendeck::domain::{AccountFilter, Query};
use tokendeck::wire::http::{Admits, HttpCall, calls};

use crate::support::{Got, Raw, Served, token, value};
use plans::{holder_plan, holder_plans, import_rows, plan, target};

/// Where an id stands.
const ID: &str = "{ID}";

/// A request with an id in it, and those who may not know of the record that bears it.
struct Probe {
    path: String,
    body: Option<Value>,
    hidden: String,
    absent: String,
    strangers: &'static [&'static str],
}

impl Probe {
    fn with(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }
}

/// A record of another account, an id that nothing bears, and who can't see it.
#[derive(Clone, Copy)]
struct Wall(&'static str, &'static str, &'static [&'static str]);

/// A token of Borealis; one of a user of Cedar County.
const TOKENS: [Wall; 2] = [
    Wall("TKN-1000-0007", "TKN-1000-7777", &["ada", "ned", "kim", "max", "vic", "carl", "eve"]),
    Wall("TKN-1000-0010", "TKN-1000-7777", &["pia", "ada", "ned", "max", "vic", "dora", "eve"]),
];
const ACCOUNT: Wall = Wall("ACC-0001-0002", "ACC-0001-7777", &["ada", "ned", "kim", "vic", "carl"]);
const USER: Wall = Wall("USR-0002-0003", "USR-0002-7777", &["pia", "ada", "ned", "max", "vic"]);
/// A Superadmin, who may own tokens anywhere.
const ROOT: Wall = Wall("USR-0001-0001", "USR-0001-7777", &["pia", "ada", "ned", "kim", "vic"]);
const MODULE: Wall = Wall("MOD-0004", "MOD-7777", &["pia", "ada", "ned", "max", "vic"]);
const SCOPE: Wall = Wall("SCP-0003", "SCP-7777", &["ada", "ned", "kim", "max", "vic", "carl"]);
const GROUP: Wall = Wall("GRP-0001", "GRP-7777", &["kim", "carl", "dora", "eve"]);
/// What nobody but the Superadmin who ordered it may know of.
const JOB: &[&str] = &["pia", "ada", "ned", "max", "vic", "kim", "carl", "dora", "eve"];
const ENTRIES: [Wall; 5] = [ACCOUNT, USER, MODULE, SCOPE, GROUP];

/// What was made beforehand by rosa.
struct Made {
    job: String,
    guid: String,
    absent_value: String,
}

fn at(path: impl Into<String>, Wall(hidden, absent, strangers): Wall) -> Probe {
    let (hidden, absent) = (hidden.to_owned(), absent.to_owned());
    Probe { path: path.into(), body: None, hidden, absent, strangers }
}

fn settings(over: &str, with: Value) -> Value {
    let mut settings = json!({
        "name": "wall", "description": "", "access": { "MOD-0001": "read" }, "groups": [],
        "scopes": [], "enabled": true, "valid_from": null, "valid_to": null, "labels": {},
    });
    if !over.is_empty() {
        settings[over] = with;
    }
    settings
}

/// What of a token's settings may bear an id, and the records it may be of.
fn settings_with_ids() -> Vec<(Value, Wall)> {
    vec![
        (settings("access", json!({ ID: "read" })), MODULE),
        (settings("scopes", json!([ID])), SCOPE),
        (settings("groups", json!([ID])), GROUP),
    ]
}

/// A user of Acme to be made.
fn user(over: &str, with: Value) -> Value {
    let mut user = json!({
        "kind": "user", "login": "wall", "name": "Wall", "email": null, "role": "member",
        "manage_tokens": false, "accounts": ["ACC-0001-0001"], "scopes": [],
        "disabled_at": null,
    });
    if !over.is_empty() {
        user[over] = with;
    }
    user
}

/// Every place of a call that takes an id. A call that is not here fails the test.
#[expect(clippy::too_many_lines, reason = "it is a table: an arm for each call")]
fn probes(call: &HttpCall, made: &Made) -> Vec<Probe> {
    let tokens = |rest: &str| TOKENS.map(|wall| at(format!("/v1/tokens/{ID}{rest}"), wall));
    let jobs = |rest: &str| {
        let path = format!("{}{rest}", call.path.split("/{job}").next().unwrap());
        vec![Probe {
            path: format!("{path}/{ID}{}", call.path.split("{job}").nth(1).unwrap()),
            body: None,
            hidden: made.job.clone(),
            absent: "JOB-0001-7777".to_owned(),
            strangers: JOB,
        }]
    };
    match call.id {
        "me" | "head" | "catalogue" | "propose_guid" | "list_jobs" | "verify_value"
        | "check_log" => {
            vec![]
        }
        "list_tokens" | "find_token_ids" => {
            [("account", ACCOUNT), ("owner", USER), ("module", MODULE), ("scope", SCOPE)]
                .map(|(name, wall)| at(format!("{}?{name}={ID}", call.path), wall))
                .into()
        }
        "list_users" => [("account", ACCOUNT), ("module", MODULE)]
            .map(|(name, wall)| at(format!("/v1/users?{name}={ID}"), wall))
            .into(),
        "show_token" => tokens("").into(),
        "token_position" => tokens("/position").into(),
        "reveal_value" => tokens("/reveal").into(),
        "accept_token" => tokens("/accept?dry_run=true").into(),
        "regenerate_token" => tokens("/regenerate?dry_run=true")
            .map(|probe| probe.with(json!({ "expiry": "never" })))
            .into(),
        "hand_over_token" => {
            let given = |to| move |probe: Probe| probe.with(json!({ "to": to }));
            let here = at("/v1/tokens/TKN-1000-0001/hand-over?dry_run=true", USER);
            let theirs = tokens("/hand-over?dry_run=true").map(given(json!("account")));
            theirs.into_iter().chain([here.with(json!({ "to": { "user": ID } }))]).collect()
        }
        "act_on_token" => ["enable", "disable", "revoke", "delete", "drop-old"]
            .into_iter()
            .flat_map(|verb| tokens(&format!("/actions/{verb}")))
            .collect(),
        "edit_token" => {
            let own = settings_with_ids().into_iter().map(|(settings, wall)| {
                at("/v1/tokens/TKN-1000-0001?dry_run=true", wall)
                    .with(json!({ "settings": settings }))
            });
            let body = json!({ "settings": settings("", Value::Null) });
            tokens("?dry_run=true")
                .map(|probe| probe.with(body.clone()))
                .into_iter()
                .chain(own)
                .collect()
        }
        "create_token" => {
            let draft = |account: &str, owner: Value, settings: Value| json!({ "account": account, "owner": owner, "settings": settings });
            let to = |wall, body| at("/v1/tokens?dry_run=true", wall).with(body);
            let none = || settings("", Value::Null);
            let acme = "ACC-0001-0001";
            settings_with_ids()
                .into_iter()
                .map(|(settings, wall)| to(wall, draft(acme, Value::Null, settings)))
                .chain([
                    to(ACCOUNT, draft(ID, Value::Null, none())),
                    to(USER, draft(acme, json!(ID), none())),
                    to(ROOT, draft(acme, json!(ID), none())),
                ])
                .collect()
        }
        "resolve_token" => {
            let [token, _] = TOKENS;
            let name = Wall("sync-agent", "sync-nobody", token.2);
            let guid = Probe {
                hidden: made.guid.clone(),
                absent: "00000000-0000-4000-8000-000000000000".to_owned(),
                ..at(format!("/v1/resolve?reference={ID}"), token)
            };
            let probe = |wall| at(format!("/v1/resolve?reference={ID}"), wall);
            vec![probe(token), probe(name), guid]
        }
        "lookup" => {
            let body = || json!({ "text": ID });
            let [token, _] = TOKENS;
            let own = |hidden: &str, absent: &str| Probe {
                hidden: hidden.to_owned(),
                absent: absent.to_owned(),
                ..at("/v1/lookup", token).with(body())
            };
            vec![
                at("/v1/lookup", token).with(body()),
                own(&made.guid, "00000000-0000-4000-8000-000000000000"),
                own(&value("sync-agent"), &made.absent_value),
                own("sync-agent", "sync-nobody"),
            ]
        }
        "list_events" => TOKENS
            .into_iter()
            .chain(ENTRIES)
            .map(|wall| at(format!("/v1/events?subject={ID}"), wall))
            .chain([at(format!("/v1/events?by={ID}"), USER)])
            .collect(),
        "plan_tokens" => {
            let to = |wall, target| {
                at("/v1/plans", wall).with(json!({ "verb": "revoke", "target": target }))
            };
            let account = AccountFilter::One("ACC-0001-7777".parse().unwrap());
            let found = serde_json::to_string(&Query { account, ..Query::default() }).unwrap();
            let found: Value = serde_json::from_str(&found.replace("ACC-0001-7777", ID)).unwrap();
            let [token, other] = TOKENS;
            vec![
                to(token, json!({ "tokens": [ID] })),
                to(other, json!({ "tokens": ["TKN-1000-0001", ID] })),
                to(ACCOUNT, json!({ "account": ID })),
                to(USER, json!({ "owner": ID })),
                at("/v1/plans", USER).with(json!({
                    "verb": "hand-over",
                    "to": { "user": ID },
                    "target": { "tokens": ["TKN-1000-0001"] },
                })),
                to(ACCOUNT, json!({ "found": found })),
            ]
        }
        "run_plan" => TOKENS.map(|wall| at("/v1/plans/run", wall).with(plan(ID))).into(),
        "start_job" => TOKENS.map(|wall| at("/v1/jobs", wall).with(plan(ID))).into(),
        "plan_users" => {
            let users = Wall(USER.0, USER.1, &["pia", "ada", "ned"]);
            [
                (target(ID, "USR-0001-0005", "MOD-0001"), ACCOUNT),
                (target("ACC-0001-0001", ID, "MOD-0001"), users),
                (target("ACC-0001-0001", "USR-0001-0005", ID), MODULE),
            ]
            .map(|(body, wall)| at("/v1/user-plans", wall).with(body))
            .into()
        }
        "start_user_job" => holder_plans("cancel")
            .into_iter()
            .map(|(plan, wall)| at("/v1/user-jobs", wall).with(plan))
            .collect(),
        "stage_export" => holder_plans("generate")
            .into_iter()
            .map(|(plan, wall)| {
                at("/v1/exports", wall).with(json!({ "plan": plan, "file": "host:/x.csv" }))
            })
            .collect(),
        "check_import" | "stage_import" => import_rows(call),
        "stage_rotation" => TOKENS
            .map(|wall| {
                let mut plan = plan(ID);
                plan["verb"] = json!("regenerate");
                at("/v1/rotations", wall).with(json!({ "plan": plan, "file": "host:/x.csv" }))
            })
            .into(),
        "activate_export" | "show_job" | "job_report" | "resume_job" | "stop_job"
        | "abandon_job" => jobs(""),
        "add_entry" => [
            (user("accounts", json!([ID])), ACCOUNT),
            (user("scopes", json!([ID])), SCOPE),
            (json!({ "kind": "module", "name": "W", "accounts": [ID], "paths": [] }), ACCOUNT),
            (json!({ "kind": "group", "name": "W", "account": ID, "access": {} }), ACCOUNT),
            (json!({ "kind": "scope", "name": "W", "account": ID }), ACCOUNT),
            (
                json!({ "kind": "group", "name": "W", "account": null, "access": { ID: "read" } }),
                MODULE,
            ),
        ]
        .map(|(draft, wall)| at("/v1/catalogue/entries?dry_run=true", wall).with(draft))
        .into(),
        "edit_entry" => {
            let to = |place: &str, wall, draft: Value| {
                at(format!("/v1/catalogue/entries/{place}?dry_run=true"), wall)
                    .with(json!({ "seen": null, "draft": draft }))
            };
            let scope = || json!({ "kind": "scope", "name": "W", "account": "ACC-0001-0001" });
            let own = |draft: Value, wall| to("USR-0001-0005", wall, draft);
            ENTRIES
                .map(|wall| to(ID, wall, scope()))
                .into_iter()
                .chain([
                    own(user("accounts", json!([ID])), ACCOUNT),
                    own(user("scopes", json!([ID])), SCOPE),
                    to(
                        "SCP-0001",
                        ACCOUNT,
                        json!({ "kind": "scope", "name": "W", "account": ID }),
                    ),
                    to(
                        "GRP-0001",
                        MODULE,
                        json!({ "kind": "group", "name": "W", "account": null, "access": { ID: "read" } }),
                    ),
                ])
                .collect()
        }
        "remove_entry" => {
            ENTRIES.map(|wall| at(format!("/v1/catalogue/entries/{ID}?dry_run=true"), wall)).into()
        }
        "switch_user" => vec![at(format!("/v1/users/{ID}/actions/disable?dry_run=true"), USER)],
        "import_catalogue" => {
            let one = |kind: &str, id: &str, entry: Value, wall| {
                let mut all = json!({ "accounts": {}, "users": {}, "modules": {}, "scopes": {}, "groups": {} });
                all[kind] = json!({ id: entry });
                at("/v1/catalogue/import?dry_run=true", wall).with(all)
            };
            let user = |id: &str, over: &str, with: Value| {
                let mut user = user(over, with);
                user.as_object_mut().unwrap().remove("kind");
                user["id"] = json!(id);
                user
            };
            let scope =
                |id: &str, account: &str| json!({ "id": id, "name": "W", "account": account });
            let group = json!({ "id": "GRP-0099", "name": "W", "account": "ACC-0001-0001", "access": { ID: "read" } });
            let new = "USR-0009-0009";
            vec![
                one("scopes", ID, scope(ID, "ACC-0001-0001"), SCOPE),
                one("scopes", "SCP-0099", scope("SCP-0099", ID), ACCOUNT),
                one("groups", "GRP-0099", group, MODULE),
                one("users", ID, user(ID, "", Value::Null), USER),
                one("users", new, user(new, "accounts", json!([ID])), ACCOUNT),
                one("users", new, user(new, "scopes", json!([ID])), SCOPE),
            ]
        }
        other => panic!("the call '{other}' is not among the walls: say where it takes ids"),
    }
}

async fn made(served: &Served) -> Made {
    let rosa = served.local("rosa");
    let raw = Raw::new(&served.url, Some(served.credential("rosa").await));
    let body = json!({ "plan": holder_plan("generate", "ACC-0001-0003", "USR-0002-0003", "MOD-0004"), "file": "host:/r.csv" });
    let staged = raw.send("POST", "/v1/exports", &[], Some(&body)).await;
    assert_eq!(staged.status, 201, "{}", staged.text);
    let hidden = rosa.show(token(7).to_string()).await.unwrap().token;
    let guid = rosa.propose_guid().await.unwrap();
    let absent = tokendeck::domain::TokenValue::generate("tdk", guid, |bytes| {
        bytes.fill(7);
        Ok::<_, ()>(())
    });
    Made {
        job: staged.json()["job"].as_str().unwrap().to_owned(),
        guid: hidden.value.unwrap().guid.to_string(),
        absent_value: absent.unwrap().expose().to_owned(),
    }
}

/// The status and every byte of the body, but for the number of the request.
fn bare(got: &Got, id: &str) -> (u16, String, String) {
    let mut text = got.text.replace(id, ID);
    let mark = "\"request_id\":\"";
    if let Some(start) = text.find(mark) {
        let start = start + mark.len();
        let end = start + text[start..].find('"').unwrap();
        text.replace_range(start..end, "-");
    }
    // A job that was started and a plan that was made have a number of their own.
    let mark = "{\"id\":\"";
    if let Some(rest) = text.strip_prefix(mark).filter(|rest| !rest.starts_with(ID)) {
        let end = rest.find('"').unwrap();
        text = format!("{mark}-{}", &rest[end..]);
    }
    (got.status, got.header("content-type").to_owned(), text)
}

async fn ask(raw: &Raw, call: &HttpCall, probe: &Probe, id: &str) -> Got {
    let put = |text: &str| text.replace(ID, id);
    let body = probe.body.as_ref().map(|body| put(&body.to_string()));
    let headers: &[_] = if call.id == "edit_token" { &[("if-match", "\"1\"")] } else { &[] };
    raw.send_text(&call.method.to_string(), &put(&probe.path), headers, body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_outside_ones_sight_gets_the_bytes_of_one_that_nothing_bears() {
    let served = Served::example().await;
    let made = made(&served).await;
    let mut raws = std::collections::BTreeMap::new();
    for login in crate::support::EVERYBODY {
        raws.insert(login, Raw::new(&served.url, Some(served.credential(login).await)));
    }
    let mut compared = 0;
    for call in calls::ALL.iter().filter(|call| call.door == Admits::Operator) {
        for probe in probes(call, &made) {
            for login in probe.strangers {
                let hidden = ask(&raws[login], call, &probe, &probe.hidden).await;
                let absent = ask(&raws[login], call, &probe, &probe.absent).await;
                let what = format!("{login} {} {} {:?}", call.id, probe.path, probe.body);
                assert_eq!(bare(&hidden, &probe.hidden), bare(&absent, &probe.absent), "{what}");
                // The reply is to the question, and not to its form.
                assert_ne!(hidden.json()["code"], "malformed", "{what}: {}", hidden.text);
                if probe.path.starts_with(&format!("/v1/tokens/{ID}"))
                    && call.id != "token_position"
                {
                    assert_eq!(hidden.status, 404, "{what}: {}", hidden.text);
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 300, "{compared}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_one_may_know_of_gets_another_answer() {
    let served = Served::example().await;
    let made = made(&served).await;
    let raw = Raw::new(&served.url, Some(served.credential("rosa").await));
    // The same questions by somebody who sees all: else they would prove nothing.
    for call in calls::ALL.iter().filter(|call| call.door == Admits::Operator) {
        let mut told = probes(call, &made).is_empty();
        for probe in probes(call, &made) {
            let seen = ask(&raw, call, &probe, &probe.hidden).await;
            let absent = ask(&raw, call, &probe, &probe.absent).await;
            told |= bare(&seen, &probe.hidden) != bare(&absent, &probe.absent);
        }
        assert!(told, "{} tells rosa nothing", call.id);
    }
}

/// What was answered without anything being changed by it: a refusal.
fn refusal(got: &Got, id: &str) -> Option<(u16, String, String)> {
    (got.status >= 400).then(|| bare(got, id))
}

#[tokio::test(flavor = "multi_thread")]
async fn c14_what_is_refused_is_refused_alike_be_it_a_dry_run_or_a_real_one() {
    let served = Served::example().await;
    let made = made(&served).await;
    let mut compared = 0;
    for login in crate::support::EVERYBODY {
        let raw = Raw::new(&served.url, Some(served.credential(login).await));
        for call in calls::ALL.iter().filter(|call| call.door == Admits::Operator) {
            for probe in probes(call, &made) {
                if !probe.path.ends_with("?dry_run=true") || !probe.strangers.contains(&login) {
                    continue;
                }
                let path = probe.path.replace("?dry_run=true", "");
                let real = Probe { path, body: probe.body.clone(), ..at("", ACCOUNT) };
                for id in [&probe.hidden, &probe.absent] {
                    let Some(tried) = refusal(&ask(&raw, call, &probe, id).await, id) else {
                        continue;
                    };
                    let done = ask(&raw, call, &real, id).await;
                    let what = format!("{login} {} {} {:?}", call.id, real.path, real.body);
                    assert_eq!(Some(tried), refusal(&done, id), "{what}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 200, "{compared}");
}
