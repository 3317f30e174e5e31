//! Walls: every call, by everybody, about what is theirs and what is not, in every
//! status. What lies outside one's sight reads like what never was. Who sees and
//! manages what is written down here anew, not taken from the program.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tokendeck::backend::{Backend, BulkBackend};
use tokendeck::domain::{Query, Verb};
use tokendeck::wire::http::{Admits, HttpCall, calls};
use tokendeck::wire::{HolderTarget, Target};

use crate::support::{EVERYBODY, Got, Raw, Served, token};

/// Active, Active, Revoked, of another account, of all accounts, Deleted, a user's,
/// and Pending.
const TOKENS: [u64; 8] = [1, 2, 5, 7, 8, 9, 10, 11];

fn sees(login: &str, number: u64) -> bool {
    let seen: &[u64] = match login {
        "rosa" => &TOKENS,
        "pia" => &[1, 2, 5, 7],
        "ada" | "vic" => &[1, 2, 5],
        "ned" => &[1, 5],
        "kim" => &[10, 11],
        "carl" => &[10],
        "dora" => &[11],
        _ => &[],
    };
    seen.contains(&number)
}

fn manages(login: &str) -> bool {
    ["rosa", "pia", "ada", "ned", "kim"].contains(&login)
}

fn owns(login: &str, number: u64) -> bool {
    [("carl", 10), ("dora", 11)].contains(&(login, number))
}

/// What a reply is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Want {
    /// Just this.
    Status(u16),
    /// Not a word that it exists.
    Hidden,
    /// Let in: whatever the state makes of it.
    Inside,
}

/// A request of the matrix and what is to come of it.
struct Case {
    path: String,
    headers: Vec<(&'static str, &'static str)>,
    body: Option<Value>,
    want: Want,
}

fn case(path: impl Into<String>, want: Want) -> Case {
    Case { path: path.into(), headers: vec![], body: None, want }
}

impl Case {
    fn with(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    /// With a version that nothing has: whoever is let in changes nothing.
    fn stale(self) -> Self {
        Self { headers: vec![("if-match", "\"999\"")], ..self }
    }
}

fn one_of(names: &[&str], login: &str, inside: Want, outside: Want) -> Want {
    if names.contains(&login) { inside } else { outside }
}

/// What was made beforehand by rosa, so that others can be kept from it.
struct Made {
    job: String,
    plan: Value,
    rotation: Value,
    holder_plan: Value,
}

fn settings() -> Value {
    json!({
        "name": "matrix", "description": "", "access": { "MOD-0001": "read" }, "groups": [],
        "scopes": ["SCP-0001"], "enabled": true, "valid_from": null, "valid_to": null, "labels": {},
    })
}

/// The cases of a call for somebody. A call that is not here fails the test.
fn cases(call: &HttpCall, login: &str, made: &Made) -> Vec<Case> {
    let ok = Want::Status(200);
    let tokens = |path: &dyn Fn(&str) -> Case, want: &dyn Fn(u64) -> Want| -> Vec<Case> {
        let want = |number| if sees(login, number) { want(number) } else { Want::Hidden };
        let ids = TOKENS.into_iter().map(|number| (token(number).to_string(), want(number)));
        ids.map(|(id, want)| Case { want, ..path(&id) }).collect()
    };
    let read = |_: u64| Want::Status(200);
    let manage = |_: u64| if manages(login) { Want::Inside } else { Want::Status(403) };
    let accept = |number| if owns(login, number) { Want::Inside } else { Want::Status(403) };
    let at = |id: &str, rest: &str| case(format!("/v1/tokens/{id}{rest}"), ok);
    let managers = |path: &str, inside: u16| {
        vec![case(path, Want::Status(if manages(login) { inside } else { 403 }))]
    };
    match call.id {
        "me" | "head" | "catalogue" | "list_tokens" | "find_token_ids" | "list_jobs"
        | "propose_guid" => vec![case(call.path, ok)],
        "list_users" => managers("/v1/users", 200),
        "create_token" => {
            let want = match login {
                "kim" => Want::Status(422),
                _ if manages(login) => ok,
                _ => Want::Status(403),
            };
            let draft =
                json!({ "account": "ACC-0001-0001", "owner": null, "settings": settings() });
            vec![case("/v1/tokens?dry_run=true", want).with(draft)]
        }
        "show_token" => tokens(&|id| at(id, ""), &read),
        "resolve_token" => tokens(&|id| case(format!("/v1/resolve?reference={id}"), ok), &read),
        "token_position" => {
            // No place in the list is no news: it says the same of a token that never was.
            TOKENS.iter().map(|number| at(&token(*number).to_string(), "/position")).collect()
        }
        "list_events" | "check_log" => log(call, login),
        "edit_token" => {
            tokens(&|id| at(id, "").with(json!({ "settings": settings() })).stale(), &manage)
        }
        "regenerate_token" => tokens(
            &|id| at(id, "/regenerate?dry_run=true").with(json!({ "expiry": "never" })),
            &manage,
        ),
        "hand_over_token" => {
            let body = json!({ "to": "account", "new_value": false });
            tokens(&|id| at(id, "/hand-over?dry_run=true").with(body.clone()), &manage)
        }
        "accept_token" => tokens(&|id| at(id, "/accept?dry_run=true"), &accept),
        "reveal_value" => tokens(&|id| at(id, "/reveal"), &manage),
        "act_on_token" => {
            let verbs = ["enable", "delete"].into_iter();
            verbs
                .flat_map(|verb| tokens(&|id| at(id, &format!("/actions/{verb}")).stale(), &manage))
                .collect()
        }
        "lookup" => tokens(&|id| case("/v1/lookup", ok).with(json!({ "text": id })), &read),
        "verify_value" => {
            vec![case("/v1/verify", ok).with(json!({ "value": crate::support::value("robot-1") }))]
        }
        "plan_tokens" => {
            let want = match login {
                "kim" => Want::Hidden,
                _ if manages(login) => ok,
                _ => Want::Status(403),
            };
            let target = json!({ "account": "ACC-0001-0001" });
            vec![case("/v1/plans", want).with(json!({ "verb": "disable", "target": target }))]
        }
        "run_plan" | "start_job" => run(call, login, made),
        "plan_users" | "stage_export" | "start_user_job" | "activate_export" | "show_job"
        | "job_report" | "resume_job" | "stop_job" | "abandon_job" => work(call, login, made),
        "check_import" | "stage_import" => import(call, login),
        "stage_rotation" => {
            let want = if manages(login) { Want::Inside } else { Want::Status(403) };
            let body = json!({ "plan": made.rotation, "overlap": "10d", "file": "host:/x.csv" });
            vec![case("/v1/rotations", want).with(body)]
        }
        "add_entry" | "edit_entry" | "remove_entry" | "import_catalogue" => catalogue(call, login),
        "switch_user" => leavers(login),
        other => panic!("the call '{other}' is not in the matrix: say who may"),
    }
}

/// The cases of plans for users and of jobs. One that is not theirs is nobody's.
fn work(call: &HttpCall, login: &str, made: &Made) -> Vec<Case> {
    let rosas =
        |path: String| vec![case(path, one_of(&["rosa"], login, Want::Inside, Want::Hidden))];
    let cedar = |path: &str| {
        let outside = if manages(login) { Want::Hidden } else { Want::Status(403) };
        case(path, one_of(&["rosa", "kim"], login, Want::Inside, outside))
    };
    let job = &made.job;
    match call.id {
        "plan_users" => {
            let target = json!({
                "users": ["USR-0002-0003"], "modules": ["MOD-0004"], "account": "ACC-0001-0003",
            });
            vec![cedar("/v1/user-plans").with(json!({ "verb": "cancel", "target": target }))]
        }
        "stage_export" => {
            let body = json!({ "plan": made.holder_plan, "file": "host:/x.csv" });
            vec![cedar("/v1/exports").with(body)]
        }
        "start_user_job" => {
            let mut plan = made.holder_plan.clone();
            plan["verb"] = json!("cancel");
            vec![cedar("/v1/user-jobs").with(plan)]
        }
        "activate_export" => rosas(format!("/v1/exports/{job}/activate")),
        "show_job" => rosas(format!("/v1/jobs/{job}")),
        "job_report" | "resume_job" | "stop_job" | "abandon_job" => {
            rosas(call.path.replace("{job}", job))
        }
        other => panic!("the call '{other}' is no work"),
    }
}

/// The cases of the calls that read the log. What was done to a record stays with those
/// who could see it then.
fn log(call: &HttpCall, login: &str) -> Vec<Case> {
    let ok = Want::Status(200);
    if call.id == "check_log" {
        return vec![case("/v1/events/chain", one_of(&["rosa"], login, ok, Want::Status(403)))];
    }
    let reads = |number| sees(login, number) || (number == 9 && sees(login, 1));
    let want = |number| if reads(number) { ok } else { Want::Hidden };
    let at = |number| case(format!("/v1/events?subject={}", token(number)), want(number));
    TOKENS.into_iter().map(at).collect()
}

/// The cases of the calls that do what a plan says. What is in it is decided token by
/// token: see the test of that.
fn run(call: &HttpCall, login: &str, made: &Made) -> Vec<Case> {
    let inside = if call.id == "start_job" { 201 } else { 200 };
    let want = Want::Status(if manages(login) { inside } else { 403 });
    vec![case(call.path, want).with(made.plan.clone())]
}

/// Rows of an account that one is in, and of another.
fn import(call: &HttpCall, login: &str) -> Vec<Case> {
    let one = |account: &str, scope: &str| {
        let settings = json!({ "name": format!("{login}-{scope}"), "scopes": [scope] });
        let mut all = self::settings();
        all.as_object_mut().unwrap().extend(settings.as_object().unwrap().clone());
        let rows = json!([{
            "line": 2, "account": account, "owner": null, "settings": all, "value": null,
        }]);
        if call.id == "check_import" {
            json!({ "rows": rows })
        } else {
            json!({ "plan": { "rows": rows }, "file": "host:/x.csv" })
        }
    };
    // A look tells of each row whether it may be made.
    let staged = |may: bool| Want::Status(if may { 201 } else { 422 });
    let acme = ["rosa", "pia", "ada", "ned"].contains(&login);
    let borealis = ["rosa", "pia"].contains(&login);
    let want = |may: bool| match (manages(login), call.id) {
        (false, _) => Want::Status(403),
        (true, "check_import") => Want::Status(200),
        (true, _) => staged(may),
    };
    vec![
        case(call.path, want(acme)).with(one("ACC-0001-0001", "SCP-0001")),
        case(call.path, want(borealis)).with(one("ACC-0001-0002", "SCP-0003")),
    ]
}

/// The cases of the calls that change the catalogue.
fn catalogue(call: &HttpCall, login: &str) -> Vec<Case> {
    match call.id {
        "add_entry" => {
            let want = one_of(&["rosa"], login, Want::Status(200), Want::Status(403));
            let module = json!({ "kind": "module", "name": "New", "accounts": ["ACC-0001-0001"], "paths": [] });
            vec![case("/v1/catalogue/entries?dry_run=true", want).with(module)]
        }
        "edit_entry" | "remove_entry" => entries(call, login),
        "import_catalogue" => {
            let empty =
                json!({ "accounts": {}, "users": {}, "modules": {}, "scopes": {}, "groups": {} });
            vec![case("/v1/catalogue/import?dry_run=true", Want::Inside).with(empty)]
        }
        other => panic!("the call '{other}' is not in the matrix: say who may"),
    }
}

/// A Member of Cedar, a Viewer and an Admin of Acme, who are to be disabled: who knows of
/// them, and who of those may.
fn leavers(login: &str) -> Vec<Case> {
    let case = |id: &str, knows: &[&str], may: &[&str]| {
        let inside = one_of(may, login, Want::Inside, Want::Status(403));
        let want = one_of(knows, login, inside, Want::Hidden);
        case(format!("/v1/users/{id}/actions/disable?dry_run=true"), want)
    };
    let acme = ["rosa", "pia", "ada", "ned", "vic"];
    vec![
        case("USR-0002-0001", &["rosa", "kim", "carl"], &["rosa", "kim"]),
        case("USR-0001-0006", &acme, &["rosa", "pia", "ada", "ned"]),
        case("USR-0001-0004", &acme, &["rosa", "pia", "ada", "ned"]),
        case("USR-0001-0003", &acme, &["rosa", "pia", "ada"]),
    ]
}

/// A module everybody knows, and a scope of Borealis.
fn entries(call: &HttpCall, login: &str) -> Vec<Case> {
    let module = one_of(&["rosa"], login, Want::Inside, Want::Status(403));
    let scope = one_of(&["rosa", "pia"], login, Want::Inside, Want::Hidden);
    let drafts = [
        ("MOD-0001", module, json!({ "kind": "module", "name": "C", "accounts": [], "paths": [] })),
        ("SCP-0003", scope, json!({ "kind": "scope", "name": "H", "account": "ACC-0001-0002" })),
    ];
    let one = |(id, want, draft): (&str, Want, Value)| {
        let case = case(format!("/v1/catalogue/entries/{id}?dry_run=true"), want);
        if call.id == "edit_entry" {
            case.with(json!({ "seen": null, "draft": draft }))
        } else {
            case
        }
    };
    drafts.into_iter().map(one).collect()
}

async fn made(served: &Served) -> Made {
    let rosa = served.local("rosa");
    let plan = rosa.planned(Verb::Disable, Target::Tokens(vec![token(7).into()])).await.unwrap();
    let rotation =
        rosa.planned(Verb::Regenerate, Target::Tokens(vec![token(1).into()])).await.unwrap();
    let target = HolderTarget {
        users: [tokendeck::domain::UserId::new(2_0003)].into(),
        modules: [tokendeck::domain::ModuleId::new(4)].into(),
        account: tokendeck::domain::AccountId::new(1_0003),
    };
    let verb = tokendeck::domain::HolderVerb::Generate;
    let holder_plan = rosa.planned(verb, target).await.unwrap();
    let job = rosa.stage(holder_plan.clone(), "host:/rosa.csv".to_owned()).await.unwrap().job;
    Made {
        job: job.to_string(),
        plan: serde_json::to_value(plan).unwrap(),
        rotation: serde_json::to_value(rotation).unwrap(),
        holder_plan: serde_json::to_value(holder_plan).unwrap(),
    }
}

/// The reply without the number of its request.
fn bare(got: &Got) -> Value {
    let mut json: Value = serde_json::from_str(&got.text).unwrap_or_default();
    json.as_object_mut().map(|object| object.remove("request_id"));
    json
}

/// Every request of the matrix, as a line, and what came of it for everybody.
type Table = BTreeMap<String, Vec<String>>;

#[tokio::test(flavor = "multi_thread")]
async fn every_call_by_everybody_about_everything() {
    let served = Served::example().await;
    let made = made(&served).await;
    let mut table = Table::new();
    for login in EVERYBODY {
        let raw = Raw::new(&served.url, Some(served.credential(login).await));
        for call in calls::ALL.iter().filter(|call| call.door == Admits::Operator) {
            for case in cases(call, login, &made) {
                let method = call.method.to_string();
                let got = raw.send(&method, &case.path, &case.headers, case.body.as_ref()).await;
                let what = format!("{login} {method} {} -> {} {}", case.path, got.status, got.text);
                match case.want {
                    Want::Status(status) => assert_eq!(got.status, status, "{what}"),
                    Want::Inside => assert!(![401, 403, 404].contains(&got.status), "{what}"),
                    Want::Hidden => assert_eq!(got.status, 404, "{what}"),
                }
                assert!(got.status < 500, "{what}");
                let code = if got.status < 400 { String::new() } else { coded(&got) };
                let body = case.body.as_ref().filter(|_| call.id == "lookup");
                let line = format!("{method} {} {}", case.path, body.cloned().unwrap_or_default());
                table.entry(line).or_default().push(format!("{login} {}{code}", got.status));
            }
        }
    }
    // To the last cell: what changes here changes who may do what.
    insta::assert_snapshot!("matrix", lines(&table));
}

fn coded(got: &Got) -> String {
    format!(" {}", got.json()["code"].as_str().unwrap())
}

/// A paragraph for each request: those to whom the same happened on a line.
fn lines(table: &Table) -> String {
    let mut text = String::new();
    for (request, cells) in table {
        let mut same: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for cell in cells {
            let (login, end) = cell.split_once(' ').unwrap();
            same.entry(end).or_default().push(login);
        }
        text.push_str(request.trim_end_matches(" null"));
        for (end, logins) in same {
            text.extend(["\n    ", end, ": ", &logins.join(" ")]);
        }
        text.push('\n');
    }
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn a05_a_disabled_operator_is_signed_in_for_no_call() {
    let served = Served::example().await;
    let made = made(&served).await;
    let raw = Raw::new(&served.url, Some(served.credential("vic").await));
    assert_eq!(raw.send("GET", "/v1/me", &[], None).await.status, 200);
    let vic = tokendeck::domain::UserId::new(1_0006);
    let (disable, run) = (tokendeck::domain::Switch::Disable, tokendeck::wire::Run::Real);
    served.local("ada").switch_user(vic, disable, run).await.unwrap();
    for call in calls::ALL.iter().filter(|call| call.door == Admits::Operator) {
        for case in cases(call, "vic", &made) {
            let method = call.method.to_string();
            let got = raw.send(&method, &case.path, &case.headers, case.body.as_ref()).await;
            let told = (got.status, coded(&got));
            assert_eq!(told, (401, " not_signed_in".to_owned()), "{method} {}", case.path);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_of_somebody_else_does_only_what_ones_own_would() {
    let served = Served::example().await;
    let made = made(&served).await;
    let before = served.local("rosa").show("sync-agent".to_owned()).await.unwrap().token;
    for login in EVERYBODY.into_iter().filter(|login| !["rosa", "pia"].contains(login)) {
        let raw = Raw::new(&served.url, Some(served.credential(login).await));
        let got = raw.send("POST", "/v1/plans/run", &[], Some(&made.plan)).await;
        if !manages(login) {
            assert_eq!((got.status, coded(&got).as_str()), (403, " not_permitted"), "{login}");
            continue;
        }
        let item = &got.json()["items"][0];
        assert_eq!((&item["outcome"], &item["code"]), (&json!("failed"), &json!("not_found")));
        let started = raw.send("POST", "/v1/jobs", &[], Some(&made.plan)).await.json();
        let job = raw.get(&format!("/v1/jobs/{}", started["id"].as_str().unwrap())).await.json();
        assert_eq!((&job["total"], &job["done"]), (&json!(1), &json!(0)), "{login}");
        let now = served.local("rosa").show("sync-agent".to_owned()).await.unwrap().token;
        assert_eq!(now, before, "{login}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_credential_every_call_says_the_same_and_no_more() {
    let served = Served::example().await;
    let made = made(&served).await;
    let revoked = served.credential("rosa").await;
    let rosa = tokendeck::domain::UserId::new(1_0001);
    served.store.revoke_credentials(rosa, None, tokendeck::wire::Run::Real).await.unwrap();
    let wrong = [
        None,
        Some("tdo_nonsense".to_owned()),
        // A token's value is no operator's credential.
        Some(crate::support::value("robot-1")),
        Some(revoked),
    ];
    let mut said = std::collections::BTreeSet::new();
    for credential in wrong {
        let raw = Raw::new(&served.url, credential);
        for call in calls::ALL.iter().filter(|call| call.door == Admits::Operator) {
            for case in cases(call, "rosa", &made) {
                let method = call.method.to_string();
                let got = raw.send(&method, &case.path, &case.headers, case.body.as_ref()).await;
                assert_eq!(got.status, 401, "{method} {}", case.path);
                assert!(got.header("www-authenticate").starts_with("Bearer"));
                said.insert(bare(&got).to_string());
            }
        }
    }
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(served.store.list(Query::default(), tokendeck::domain::Window::ALL).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_open_to_anyone_tells_nothing_of_the_store() {
    let served = Served::example().await;
    let raw = Raw::new(&served.url, None);
    assert_eq!(raw.get("/healthz").await.status, 204);
    assert_eq!(raw.get("/readyz").await.status, 204);
    let document = raw.get("/openapi.json").await;
    assert_eq!(document.status, 200);
    for name in ["Borealis", "robot-1", "rosa", served.path().to_str().unwrap()] {
        assert!(!document.text.contains(name), "{name}");
    }
    let open = calls::ALL.iter().filter(|call| call.door == Admits::Anyone);
    assert_eq!(
        open.map(|call| call.path).collect::<Vec<_>>(),
        ["/healthz", "/readyz", "/openapi.json"]
    );
}
