//! Refusals cross the wire whole: the same variant, sentence, code and exit code.

use std::collections::BTreeMap;

use tokendeck::domain::{FieldError, Refusal, Status, Verb};
use tokendeck::wire::http::{Given, Pairs, Parameters, Problem};

use crate::support::now;

fn crossed(refusal: &Refusal) -> Option<Refusal> {
    let text = serde_json::to_string(&Problem::from(refusal.clone())).unwrap();
    serde_json::from_str::<Problem>(&text).unwrap().refusal
}

#[test]
fn every_kind_of_refusal_arrives_as_it_was() {
    let refusals = [
        Refusal::no_token("robot-1"),
        Refusal::NotFound { what: "operator credential", name: "x".to_owned() },
        Refusal::NotFound { what: "report of", name: "JOB-0001-0001".to_owned() },
        Refusal::Ambiguous {
            name: "x".to_owned(),
            count: 2,
            among: vec!["TKN-1000-0001 of Acme".to_owned()],
        },
        Refusal::UnknownUser { login: "x".to_owned(), example: false },
        Refusal::NotSignedIn,
        Refusal::NeedsManageTokens,
        Refusal::NeedsRole { role: "Superadmin" },
        Refusal::NeedsRole { role: "Admin" },
        Refusal::OwnerOnly,
        Refusal::ReadOnly,
        Refusal::WrongStatus { verb: Verb::DropOld, status: Status::Revoked },
        Refusal::NotAcceptable { status: Status::Expired },
        Refusal::Invalid(vec![FieldError::new("name", "no"), FieldError::new("scopes", "none")]),
        Refusal::StaleVersion { by: "Ada".to_owned(), at: now() },
        Refusal::NothingToDo(Verb::Revoke),
        Refusal::NotConfirmed("--yes".to_owned()),
        Refusal::NoCommonScope { account: "Acme".to_owned() },
        Refusal::InUse("3 tokens".to_owned()),
        Refusal::Unsupported("fly".to_owned()),
        Refusal::Lacking("Acme can't fly".to_owned()),
    ];
    for refusal in refusals {
        assert_eq!(crossed(&refusal), Some(refusal));
    }
}

#[test]
fn a_refusal_that_is_not_known_here_is_still_told() {
    let text = r#"{"type":"urn:x","title":"Frozen","status":409,"detail":"It is frozen",
                   "code":"frozen","refusal":{"kind":"frozen","about":{"by":1}}}"#;
    let problem: Problem = serde_json::from_str(text).unwrap();
    assert_eq!((problem.refusal, problem.detail.as_str()), (None, "It is frozen"));
}

fn given(pairs: Pairs) -> Given {
    Given(pairs.into_iter().map(|(name, text)| (name.to_owned(), text)).collect())
}

#[test]
fn what_is_wrong_behind_the_question_mark_is_said_at_its_name() {
    use tokendeck::domain::event::Point;
    use tokendeck::domain::{Query, Window};
    use tokendeck::wire::{EventQuery, Run, UserQuery};
    let one = |name: &str, text: &str| Given(BTreeMap::from([(name.to_owned(), text.to_owned())]));
    for (name, text) in [
        ("account", "ACC-1"),
        ("owner", "x"),
        ("status", "alive"),
        ("module", "MOD-0001,x"),
        ("expires_before", "+90d"),
        ("expires_before", "eom"),
        ("never_used", "yes"),
        ("sort", "colour"),
    ] {
        assert_eq!(Query::read(&one(name, text)).unwrap_err().field, name, "{text}");
    }
    for (name, text) in [("limit", "0"), ("limit", "1001"), ("limit", "-1"), ("offset", "x")] {
        assert_eq!(Window::read(&one(name, text)).unwrap_err().field, name);
    }
    assert!(Run::read(&one("dry_run", "1")).is_err());
    for (name, text) in [
        ("subject", "XYZ-1"),
        ("action", "created,revokd"),
        ("action", "other"),
        ("until", "eom"),
        ("before", "0"),
        ("after", "-1"),
        ("order", "up"),
        ("proof", "yes"),
    ] {
        assert_eq!(EventQuery::read(&one(name, text)).unwrap_err().field, name, "{text}");
    }
    assert!(Option::<Point>::read(&one("expect", "12:ab")).is_err());
    assert!(UserQuery::read(&one("holding", "some")).is_err());
    assert_eq!(Run::read(&given(Run::Dry.write())), Ok(Run::Dry));
    assert_eq!(Query::read(&given(Query::default().write())), Ok(Query::default()));
}
