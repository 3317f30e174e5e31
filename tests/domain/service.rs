//! A token whose account is out of service: what it counts as, what it is called, and
//! what may be done to it.

use tokendeck::domain::verify::{self, Rejection, Request, verdict};
use tokendeck::domain::{
    AccountStatus, Action, Catalogue, Column, Detail, Direction, OutOfService, Query, Role,
    SortKey, Status, Token, Verb, lifecycle, status,
};

use super::people::operator;
use super::tokens::{ACME, catalogue, credential, guid, in_status, now, token};

fn closed() -> Catalogue {
    let mut catalogue = catalogue();
    catalogue.accounts.get_mut(&ACME).unwrap().status = AccountStatus::Disabled;
    catalogue
}

/// What the verb is told of a token that this takes out of service.
fn told(verb: Verb, token: &Token, out: Option<OutOfService>) -> String {
    let admin = operator(Role::Admin);
    let answer = lifecycle::allowed(verb, token, &admin, out, now());
    answer.map_or_else(|refusal| refusal.to_string(), |()| String::new())
}

const OUT: Option<OutOfService> = Some(OutOfService::Account);

#[test]
fn a05_it_counts_as_disabled_in_the_place_of_row_five() {
    for status in Status::told() {
        let expected = match status {
            Status::Active | Status::Scheduled | Status::Disabled => Status::Disabled,
            Status::Pending
            | Status::Expired
            | Status::Revoked
            | Status::Deleted
            | Status::Unknown => status,
        };
        let token = in_status(status);
        assert_eq!(Status::of(&token, &closed(), now()), expected, "{status}");
        assert_eq!(Status::of(&token, &catalogue(), now()), status);
        assert_eq!(OutOfService::of(&token, &closed()), OUT);
        assert_eq!(OutOfService::of(&token, &catalogue()), None);
    }
}

#[test]
fn a05_one_function_says_what_it_comes_from() {
    assert_eq!(status::in_words(Status::Disabled, OUT), "Disabled (account)");
    assert_eq!(status::in_words(Status::Disabled, Some(OutOfService::Owner)), "Disabled (owner)");
    assert_eq!(status::in_words(Status::Disabled, None), "Disabled");
    // What has ended is over, whatever its account is.
    assert_eq!(status::in_words(Status::Revoked, OUT), "Revoked");
}

#[test]
fn a05_filter_and_order_follow_the_catalogue() {
    let (active, off) = (token(), in_status(Status::Disabled));
    let query = |status| Query { statuses: [status].into(), ..Query::default() };
    assert!(query(Status::Active).matches(&active, &catalogue(), now()));
    assert!(!query(Status::Active).matches(&active, &closed(), now()));
    assert!(query(Status::Disabled).matches(&active, &closed(), now()));
    let by = |column| SortKey { column, direction: Direction::Ascending };
    for column in [Column::Status, Column::IsActive] {
        assert!(by(column).compare(&active, &off, &catalogue(), now()).is_lt());
        assert!(by(column).compare(&active, &off, &closed(), now()).is_eq());
    }
    let unused = Query { unused_since: Some(now()), ..Query::default() };
    assert!(unused.matches(&active, &catalogue(), now()));
    assert!(!unused.matches(&active, &closed(), now()), "nobody could use it");
}

#[test]
fn a05_disable_sets_its_own_flag_and_enable_clears_it_and_gives_the_reason() {
    let (on, off) = (token(), in_status(Status::Disabled));
    assert_eq!(told(Verb::Disable, &on, OUT), "");
    assert_eq!(told(Verb::Disable, &off, OUT), "Already disabled");
    assert_eq!(told(Verb::Enable, &off, OUT), "");
    assert_eq!(told(Verb::Enable, &on, OUT), "Its account is disabled");
    assert_eq!(told(Verb::Enable, &on, Some(OutOfService::Owner)), "Its owner is disabled");
    let admin = operator(Role::Admin);
    let change = lifecycle::decide(&off, &Action::Enable, &admin, OUT, now()).unwrap();
    assert!(change.token.enabled);
    assert_eq!(Status::with(&change.token, OUT, now()), Status::Disabled);
    for verb in [Verb::Edit, Verb::Regenerate, Verb::Revoke, Verb::Delete, Verb::Reveal] {
        assert_eq!(told(verb, &on, OUT), "", "{verb}");
    }
}

#[test]
fn a05_nobody_takes_it_into_service_by_accepting_or_using_it() {
    let exported = in_status(Status::Pending);
    let refused = lifecycle::accept_by_use(&exported, OUT, now()).unwrap_err();
    assert_eq!(refused.to_string(), "Its account is disabled");
    let mut ada = operator(Role::Admin);
    let theirs = Token { owner: Some(ada.user), ..exported.clone() };
    let accept = Action::Accept { credential: Some(credential(3)), end: None };
    let refused = lifecycle::decide(&theirs, &accept, &ada, OUT, now()).unwrap_err();
    assert_eq!(refused.to_string(), "Its account is disabled");
    ada.manage_tokens = false;
    assert!(lifecycle::decide(&theirs, &accept, &ada, None, now()).is_ok());
    let answer = verdict(&exported, guid(1), &Request::default(), &closed(), now());
    assert_eq!(answer, Err(Rejection::AccountDisabled));
    assert_eq!(verify::passing_values(&exported, OUT, now()), 0);
    assert_eq!(verify::passing_values(&exported, None, now()), 1);
}

#[test]
fn a05_the_event_of_its_end_says_what_it_was() {
    let admin = operator(Role::Admin);
    let change = lifecycle::decide(&token(), &Action::Revoke, &admin, OUT, now()).unwrap();
    assert_eq!(change.events[0].details, [Detail::From { status: Status::Disabled }]);
}
