//! Examples of what is sent, about the records of the example store, so that they
//! can be tried as they stand.

use serde_json::{Value, json};

use crate::wire::http::HttpCall;

/// What may stand in a path.
pub(super) fn path(name: &str) -> &'static str {
    match name {
        "token" => "TKN-1000-0001",
        "job" => "JOB-0000-0001",
        "entry" => "MOD-0001",
        "user" => "USR-0001-0005",
        _ => "enable",
    }
}

/// The body of a call, if it takes one.
pub(super) fn body(call: &HttpCall) -> Option<Value> {
    let settings = || {
        json!({
            "name": "billing-export",
            "description": "Nightly export to the warehouse",
            "access": { "MOD-0001": "read" },
            "groups": [],
            "scopes": ["SCP-0001"],
            "enabled": true,
            "valid_from": null,
            "valid_to": null,
            "labels": {},
        })
    };
    let item = json!({
        "id": "TKN-1000-0001",
        "name": "nightly-export",
        "status": "active",
        "version": 1,
        "used_lately": false,
        "step": "act",
    });
    let plan = || json!({ "verb": "disable", "items": [item], "made_at": "2026-03-10T12:00:00Z" });
    let example = match call.id {
        "create_token" => {
            json!({ "account": "ACC-0001-0001", "owner": null, "settings": settings() })
        }
        "edit_token" => json!({ "settings": settings() }),
        "regenerate_token" => json!({ "expiry": { "months": 6 }, "overlap": "24h" }),
        "hand_over_token" => json!({ "to": "account", "new_value": true, "overlap": "24h" }),
        "lookup" => json!({ "text": "TKN-1000-0001" }),
        "verify_value" => json!({
            "value": "tdk_0000000000000000000000_0",
            "request": { "module": "MOD-0001", "method": "GET" },
        }),
        "plan_tokens" => {
            json!({ "verb": "disable", "target": { "tokens": ["TKN-1000-0001"] } })
        }
        "run_plan" | "start_job" => plan(),
        "plan_users" => json!({ "verb": "request", "target": holders() }),
        "stage_export" => {
            json!({ "plan": holder_plan("generate"), "file": "desk-7:/home/ada/new-tokens.csv" })
        }
        "check_import" => json!({ "rows": [import_row(&settings())] }),
        "stage_import" => json!({
            "plan": { "rows": [import_row(&settings())] },
            "file": "desk-7:/home/ada/new-tokens.csv",
        }),
        "stage_rotation" => {
            let mut plan = plan();
            if let Some(verb) = plan.get_mut("verb") {
                *verb = json!("regenerate");
            }
            let file = "desk-7:/home/ada/new-tokens.csv";
            json!({ "plan": plan, "expiry": { "months": 6 }, "overlap": "10d", "file": file })
        }
        "start_user_job" => holder_plan("request"),
        "add_entry" => module(),
        "edit_entry" => json!({ "seen": null, "draft": module() }),
        "import_catalogue" => {
            json!({ "accounts": {}, "users": {}, "modules": {}, "scopes": {}, "groups": {} })
        }
        _ => return None,
    };
    Some(example)
}

fn import_row(settings: &Value) -> Value {
    json!({
        "line": 2,
        "account": "ACC-0001-0001",
        "owner": null,
        "settings": settings,
        "value": null,
    })
}

fn module() -> Value {
    json!({
        "kind": "module",
        "name": "Invoicing",
        "accounts": ["ACC-0001-0001"],
        "paths": ["/v1/invoices"],
    })
}

fn holders() -> Value {
    json!({ "users": ["USR-0002-0003"], "modules": ["MOD-0004"], "account": "ACC-0001-0003" })
}

fn holder_plan(verb: &str) -> Value {
    let item = json!({
        "user": "USR-0002-0003",
        "user_name": "Eve",
        "module": "MOD-0004",
        "module_name": "Reports",
        "lost": [],
        "step": "act",
    });
    json!({
        "verb": verb,
        "account": "ACC-0001-0003",
        "items": [item],
        "made_at": "2026-03-10T12:00:00Z",
    })
}
