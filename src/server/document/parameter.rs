//! The parameters of an operation: of its path, behind the `?` and in headers.

use serde_json::{Value, json};

use super::examples;
use crate::domain::id_pattern;
use crate::server::route::Described;
use crate::wire::http::{
    HttpCall, IDEMPOTENCY_KEY, Keyed, Parameter, ParameterForm, Parameters as _, Version, Why,
};

/// The letters of the records that events are about, and the groups of their ids.
const SUBJECTS: [(&str, usize); 6] =
    [("TKN", 2), ("USR", 2), ("ACC", 2), ("MOD", 1), ("SCP", 1), ("GRP", 1)];

/// All of them.
pub(super) fn all(call: &HttpCall, described: &Described) -> Vec<Value> {
    let mut parameters: Vec<Value> = described
        .path
        .iter()
        .map(|(name, schema)| {
            json!({
                "name": name,
                "in": "path",
                "required": true,
                "description": format!("Which {name}."),
                "schema": schema,
                "example": examples::path(name),
            })
        })
        .collect();
    parameters.extend(described.query.iter().map(|parameter| query(parameter)));
    if call.changes {
        parameters.extend(Why::list().into_iter().map(query));
    }
    parameters.extend(headers(call));
    parameters
}

fn query(parameter: &Parameter) -> Value {
    json!({
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.about,
        "schema": form(parameter.form),
    })
}

// A blank of Unicode that the expressions of JSON Schema do not count among theirs is named.
fn form(form: ParameterForm) -> Value {
    let like = |pattern: String| json!({ "type": "string", "pattern": pattern });
    match form {
        ParameterForm::Some => {
            json!({ "type": "string", "minLength": 1, "pattern": "[^\\s\\x85]" })
        }
        ParameterForm::Text(most) => {
            json!({ "type": "string", "minLength": 1, "maxLength": most, "pattern": "[^\\s\\x85]" })
        }
        ParameterForm::Part => {
            json!({ "type": "string", "minLength": 1, "pattern": "[^\\s\\x85-]" })
        }
        ParameterForm::Number(least, most) => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        ParameterForm::Flag => json!({ "type": "boolean" }),
        ParameterForm::Instant => json!({ "type": "string", "format": "date-time" }),
        ParameterForm::Id(letters, groups) => like(id_pattern(letters, groups)),
        ParameterForm::Ids(letters, groups) => like(several(&inner(&id_pattern(letters, groups)))),
        ParameterForm::Subject => {
            let ids = SUBJECTS.map(|(letters, groups)| inner(&id_pattern(letters, groups)));
            like(format!("^(store|{})$", ids.join("|")))
        }
        ParameterForm::Point => like("^[0-9]{1,15}:[0-9a-f]{64}$".to_owned()),
        ParameterForm::Word(words) => json!({ "type": "string", "enum": words }),
        ParameterForm::Words(words) => like(several(&format!("({})", words.join("|")))),
        ParameterForm::Order(words) => like(format!("^(-?({}))?$", words.join("|"))),
        ParameterForm::Orders(words) => {
            like(format!("^(|{})$", inner(&several(&format!("-?({})", words.join("|"))))))
        }
    }
}

fn inner(pattern: &str) -> String {
    pattern.trim_start_matches('^').trim_end_matches('$').to_owned()
}

fn several(one: &str) -> String {
    format!("^{one}(,{one})*$")
}

fn headers(call: &HttpCall) -> Vec<Value> {
    let header = |name: &str, required: bool, about: &str, pattern: &str| {
        json!({
            "name": name,
            "in": "header",
            "required": required,
            "description": about,
            "schema": { "type": "string", "pattern": pattern },
        })
    };
    let mut headers = Vec::new();
    if call.version != Version::Ignored {
        let about = "The ETag of the token as it was read; a newer one is not overwritten. \
                     Several with commas, or * for whatever it is now.";
        let needed = call.version == Version::Needed;
        let pattern = "^(\\*|\"[0-9]+\"(, *\"[0-9]+\")*)?$";
        headers.push(header("If-Match", needed, about, pattern));
    }
    if call.keyed == Keyed::Heeded {
        let about = "A text of your own, new for each change: the same request under it happens \
                     once, and for ten minutes a repeat is answered with its outcome. A value is \
                     given again for one minute, to who could still draw it, and put on record as \
                     shown; after that `value_gone` says how to get a new one.";
        headers.push(header(IDEMPOTENCY_KEY, false, about, "^[!-~]{1,128}$"));
    }
    headers
}
