//! The verdict on a presented value.

use std::collections::BTreeSet;

use tokendeck::domain::verify::{Rejection, Request, verdict};
use tokendeck::domain::{AccountStatus, ModuleId, Status};

use super::tokens::{
    ACME, CATALOG, ORDERS, READERS, catalogue, days, guid, in_status, now, overlapping, token,
};

fn asking(module: ModuleId, method: &str) -> Request {
    Request { module: Some(module), method: method.parse().unwrap() }
}

#[test]
fn r134_only_active_passes_and_each_other_status_is_the_reason() {
    for status in Status::told().filter(|status| *status != Status::Pending) {
        let answer = verdict(&in_status(status), guid(1), &Request::default(), &catalogue(), now());
        match answer {
            Ok(()) => assert_eq!(status, Status::Active),
            Err(reason) => assert_eq!(reason.to_string(), status.to_string().to_lowercase()),
        }
    }
}

#[test]
fn a_pending_token_passes_only_with_an_exported_value() {
    let exported = in_status(Status::Pending);
    let request = Request::default();
    assert_eq!(verdict(&exported, guid(1), &request, &catalogue(), now()), Ok(()));
    let mut late = exported.clone();
    late.valid_to = Some(now());
    let answer = verdict(&late, guid(1), &request, &catalogue(), now());
    assert_eq!(answer, Err(Rejection::Expired));
    let mut requested = exported;
    requested.value = None;
    let answer = verdict(&requested, guid(1), &request, &catalogue(), now());
    assert_eq!(answer, Err(Rejection::Pending));
}

#[test]
fn r029_only_granted_modules_are_open() {
    let catalogue = catalogue();
    let ask = |request: &Request| verdict(&token(), guid(1), request, &catalogue, now());
    assert_eq!(ask(&asking(CATALOG, "DELETE")), Ok(()));
    assert_eq!(ask(&asking(ORDERS, "GET")).unwrap_err().to_string(), "no access");
}

#[test]
fn r100_a_reader_may_not_post() {
    let mut token = token();
    token.groups = BTreeSet::from([READERS]);
    let ask = |method| verdict(&token, guid(1), &asking(ORDERS, method), &catalogue(), now());
    assert_eq!(ask("GET"), Ok(()));
    assert_eq!(ask("POST").unwrap_err().to_string(), "read only");
}

#[test]
fn a_token_of_a_disabled_account_is_refused() {
    let mut catalogue = catalogue();
    catalogue.accounts.get_mut(&ACME).unwrap().status = AccountStatus::Disabled;
    let answer = verdict(&token(), guid(1), &Request::default(), &catalogue, now());
    assert_eq!(answer.unwrap_err().to_string(), "account disabled");
}

#[test]
fn the_old_value_passes_until_its_overlap_ends_and_not_a_moment_longer() {
    let mut token = token();
    token.previous = Some(overlapping(guid(9), now() + days(1)));
    let ask = |time| verdict(&token, guid(9), &Request::default(), &catalogue(), time);
    assert_eq!(ask(now()), Ok(()));
    assert_eq!(ask(now() + days(1)), Err(Rejection::Unknown));
}

#[test]
fn a_replaced_value_is_unknown() {
    let answer = verdict(&token(), guid(8), &Request::default(), &catalogue(), now());
    assert_eq!(answer, Err(Rejection::Unknown));
}
