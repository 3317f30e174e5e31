//! What a call may answer: every status it really has, with its headers.

use serde_json::{Map, Value, json};

use crate::server::route::Described;
use crate::wire::http::{
    Admits, BUSY, HttpCall, HttpMethod, Keyed, MALFORMED, PROBLEM_TYPE, TOO_LARGE, Version,
};

/// A problem by its status.
struct Kind {
    status: u16,
    about: &'static str,
    code: &'static str,
    detail: &'static str,
}

const fn kind(status: u16, about: &'static str, code: &'static str, detail: &'static str) -> Kind {
    Kind { status, about, code, detail }
}

/// Every problem there is, with an example.
const PROBLEMS: &[Kind] = &[
    kind(
        400,
        "The request has not the form that this document gives it.",
        MALFORMED,
        "the body has the field 'colour', which this call does not know",
    ),
    kind(
        401,
        "No operator credential in force: one sentence for all reasons.",
        "not_signed_in",
        "no operator credential in force: sign in",
    ),
    kind(
        403,
        "Whoever asks may not do this.",
        "not_permitted",
        "You need the permission to manage tokens",
    ),
    kind(
        404,
        "There is none, or whoever asks may not know of it.",
        "not_found",
        "No token 'TKN-9999-9999'",
    ),
    kind(
        408,
        "The body did not come in time.",
        "request_timeout",
        "the body did not come within 30 s",
    ),
    kind(409, "The state of the record rules it out.", "already_revoked", "Already revoked"),
    kind(
        412,
        "Somebody changed it since it was read: read it again.",
        "stale_version",
        "Changed by Ada at 2026-03-10 12:00:00 UTC",
    ),
    kind(
        413,
        "The body is too long, or a plan has more than 200,000 items.",
        TOO_LARGE,
        "the body is longer than 1048576 bytes",
    ),
    kind(
        415,
        "The body is not JSON by its own account, or it is compressed.",
        "unsupported_media_type",
        "the body must be JSON: send it with Content-Type: application/json",
    ),
    kind(
        422,
        "It has the form and breaks a rule; `errors` says which fields. Also an Idempotency-Key that belongs to another request.",
        "invalid",
        "name: Name already in use",
    ),
    kind(
        428,
        "If-Match is missing.",
        "precondition_required",
        "send the ETag of the token as it was read as If-Match, so that nobody's change is lost",
    ),
    kind(
        429,
        "Too many requests: come back after Retry-After.",
        BUSY,
        "too many requests: try again in 1 s",
    ),
    kind(500, "A fault of the server.", "fault", "a fault of the server: ask whoever runs it"),
    kind(
        503,
        "The store does not answer, or it took too long: with the code `timeout` a change may have been done.",
        "store_busy",
        "the server's store is busy: try again",
    ),
];

/// The replies of a call, by status.
pub(super) fn all(call: &HttpCall, described: &Described) -> Value {
    let mut replies = Map::new();
    for (status, about) in good(call, described) {
        let mut reply = json!({ "description": about, "headers": good_headers(call, status) });
        if let (Some(schema), Value::Object(reply)) = (&described.answers, &mut reply) {
            reply.insert("content".to_owned(), json!({ "application/json": { "schema": schema } }));
        }
        replies.insert(status.to_string(), reply);
    }
    for status in refusals(call, described) {
        let reply = json!({ "$ref": format!("#/components/responses/Problem{status}") });
        replies.insert(status.to_string(), reply);
    }
    Value::Object(replies)
}

fn good(call: &HttpCall, described: &Described) -> Vec<(u16, &'static str)> {
    if described.answers.is_none() {
        return vec![(204, "It is so.")];
    }
    let dry = described.query.iter().any(|parameter| parameter.name == "dry_run");
    match call.id {
        "create_token" | "add_entry" | "start_job" | "start_user_job" | "stage_export"
        | "stage_import" | "stage_rotation" => {
            let made = (201, "It was made.");
            if dry {
                vec![made, (200, "A dry run: it would be made like this.")]
            } else {
                vec![made]
            }
        }
        _ if call.changes => vec![(200, "It was done.")],
        _ => vec![(200, "The answer.")],
    }
}

/// The statuses a call may refuse with.
fn refusals(call: &HttpCall, described: &Described) -> Vec<u16> {
    if call.door == Admits::Anyone {
        return if call.id == "readyz" { vec![400, 500, 503] } else { vec![400, 500] };
    }
    let asks = !described.path.is_empty() || !described.query.is_empty();
    let asks = asks || described.takes.is_some();
    let writes = call.method != HttpMethod::Get;
    let choices = [
        (400, true),
        (401, true),
        (403, true),
        (404, asks),
        (408, writes),
        (409, writes && asks),
        (412, call.changes),
        (413, writes),
        (415, described.takes.is_some()),
        (422, true),
        (428, call.version == Version::Needed),
        (429, true),
        (500, true),
        (503, true),
    ];
    choices.into_iter().filter(|(_, is)| *is).map(|(status, _)| status).collect()
}

fn header(name: &str) -> Value {
    json!({ "$ref": format!("#/components/headers/{name}") })
}

fn good_headers(call: &HttpCall, status: u16) -> Value {
    let mut headers = json!({ "X-Request-Id": header("RequestId") });
    let tagged = ["show_token", "resolve_token", "create_token", "edit_token", "act_on_token"];
    let tagged =
        tagged.contains(&call.id) || ["regenerate_token", "accept_token"].contains(&call.id);
    let choices = [
        ("ETag", "ETag", tagged),
        ("Location", "Location", status == 201 && call.id != "add_entry"),
        ("Idempotency-Replayed", "Replayed", call.keyed == Keyed::Heeded),
    ];
    if let Value::Object(headers) = &mut headers {
        for (name, component, _) in choices.into_iter().filter(|(_, _, is)| *is) {
            headers.insert(name.to_owned(), header(component));
        }
    }
    headers
}

/// The headers of replies.
pub(super) fn headers() -> Value {
    let one = |required: bool, about: &str, schema: Value| json!({ "required": required, "description": about, "schema": schema });
    let text = json!({ "type": "string" });
    let seconds = json!({ "type": "integer", "minimum": 0 });
    json!({
        "RequestId": one(true, "The request, as the server's log names it.", text.clone()),
        "ETag": one(
            true,
            "The version of the token's settings and states, for If-Match. Its last use has none.",
            json!({ "type": "string", "pattern": "^\"[0-9]+\"$" }),
        ),
        "Location": one(true, "Where what was made can be asked for.", text.clone()),
        "Replayed": one(
            false,
            "The reply is the outcome of an earlier request under the same Idempotency-Key.",
            json!({ "type": "string", "const": "true" }),
        ),
        "Challenge": one(true, "How to sign in (RFC 6750).", text),
        "RetryAfter": one(true, "Seconds after which to come back.", seconds.clone()),
        "RetryAfterMaybe": one(false, "Seconds after which to come back, where that helps.", seconds),
    })
}

/// The replies of problems.
pub(super) fn problems() -> Value {
    let one = |kind: &Kind| {
        let mut headers = json!({ "X-Request-Id": header("RequestId") });
        let more = match kind.status {
            401 => Some(("WWW-Authenticate", "Challenge")),
            429 => Some(("Retry-After", "RetryAfter")),
            503 => Some(("Retry-After", "RetryAfterMaybe")),
            _ => None,
        };
        if let (Some((name, component)), Value::Object(headers)) = (more, &mut headers) {
            headers.insert(name.to_owned(), header(component));
        }
        let example = json!({
            "type": format!("urn:tokendeck:problem:{}", kind.code),
            "title": crate::wire::http::Problem::new(kind.status, kind.code, "").title,
            "status": kind.status,
            "detail": kind.detail,
            "code": kind.code,
            "request_id": "5f2c9a0be1d34c77",
        });
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        let body = json!({ PROBLEM_TYPE: { "schema": schema, "example": example } });
        let reply = json!({ "description": kind.about, "headers": headers, "content": body });
        (format!("Problem{}", kind.status), reply)
    };
    PROBLEMS.iter().map(one).collect::<Map<_, _>>().into()
}
