//! Plans that were never made here, with an id in each place that takes one.

use serde_json::{Value, json};
use tokendeck::wire::http::HttpCall;

use super::{ACCOUNT, ID, MODULE, Probe, USER, Wall, at, settings, settings_with_ids};

pub(super) fn plan(id: &str) -> Value {
    let item = json!({ "id": id, "name": "x", "status": "active", "version": 1, "used_lately": false, "step": "act" });
    json!({ "verb": "disable", "items": [item], "made_at": "2026-03-10T12:00:00Z" })
}

pub(super) fn holder_plan(verb: &str, account: &str, user: &str, module: &str) -> Value {
    let item = json!({
        "user": user, "user_name": "x", "module": module, "module_name": "x", "lost": [], "step": "act",
    });
    let made_at = "2026-03-10T12:00:00Z";
    json!({ "verb": verb, "account": account, "items": [item], "made_at": made_at })
}

/// A plan for users, with an id in each place that takes one.
pub(super) fn holder_plans(verb: &str) -> Vec<(Value, Wall)> {
    let cedar = Wall(USER.0, USER.1, &["pia", "ada", "ned"]);
    vec![
        (holder_plan(verb, ID, "USR-0001-0005", "MOD-0001"), ACCOUNT),
        (holder_plan(verb, "ACC-0001-0001", ID, "MOD-0001"), cedar),
        (holder_plan(verb, "ACC-0001-0001", "USR-0001-0005", ID), MODULE),
    ]
}

pub(super) fn target(account: &str, user: &str, module: &str) -> Value {
    json!({ "verb": "cancel", "target": { "users": [user], "modules": [module], "account": account } })
}

/// A row of a file, with an id in each place that takes one.
pub(super) fn import_rows(call: &HttpCall) -> Vec<Probe> {
    let acme = || json!("ACC-0001-0001");
    let to = |(account, owner, settings): (Value, Value, Value), wall| {
        let rows = json!([{
            "line": 2, "account": account, "owner": owner, "settings": settings, "value": null,
        }]);
        let body = match call.id {
            "check_import" => json!({ "rows": rows }),
            _ => json!({ "plan": { "rows": rows }, "file": "host:/x.csv" }),
        };
        at(call.path, wall).with(body)
    };
    let none = || settings("", Value::Null);
    let own = settings_with_ids().into_iter();
    own.map(|(settings, wall)| to((acme(), Value::Null, settings), wall))
        .chain([
            to((json!(ID), Value::Null, none()), ACCOUNT),
            to((acme(), json!(ID), none()), USER),
        ])
        .collect()
}
