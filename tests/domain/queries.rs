//! What a query finds, and in which order.

use std::collections::BTreeSet;

use Status::{Active, Deleted, Disabled, Expired, Pending, Revoked, Scheduled};
use strum::IntoEnumIterator;
use tokendeck::domain::calendar::{DayEnd, parse_date};
use tokendeck::domain::query::parse_statuses;
use tokendeck::domain::{AccountFilter, Column, Direction, Query, SortKey, Status, Token, TokenId};

use super::tokens::{
    ACME, BOREALIS, MAX, ORDERS, READERS, SOUTH, catalogue, days, in_status, now, token,
};

fn finds(query: &Query, token: &Token) -> bool {
    query.matches(token, &catalogue(), now())
}

fn named(name: &str, number: u64) -> Token {
    Token { name: name.to_owned(), id: TokenId::new(number), ..token() }
}

#[test]
fn r036_words_must_all_occur_in_any_order_and_case() {
    let nightly = named("Nightly-Export", 1);
    for text in ["EXP nig", "nightly", "  ", "-"] {
        assert!(finds(&Query { text: text.to_owned(), ..Query::default() }, &nightly), "{text}");
    }
    assert!(!finds(&Query { text: "exp day".to_owned(), ..Query::default() }, &nightly));
}

#[test]
fn r040_inactive_is_every_status_but_active_and_deleted_comes_only_by_name() {
    let statuses = |words: &str| parse_statuses(words.split(',')).unwrap();
    let found = |words: &str| -> Vec<Status> {
        let query = Query { statuses: statuses(words), ..Query::default() };
        Status::told().filter(|status| finds(&query, &in_status(*status))).collect()
    };
    assert_eq!(found("all"), [Active, Scheduled, Pending, Disabled, Expired, Revoked]);
    assert_eq!(found("Inactive"), [Scheduled, Pending, Disabled, Expired, Revoked]);
    assert_eq!(found("active"), [Active]);
    assert_eq!(found("deleted,revoked"), [Revoked, Deleted]);
    assert!(parse_statuses(["activ"]).unwrap_err().contains("inactive"));
}

#[test]
fn r039_a_token_matches_with_any_chosen_scope() {
    let query = Query { scopes: BTreeSet::from([SOUTH]), ..Query::default() };
    assert!(!finds(&query, &token()));
    let mut both = token();
    both.scopes.insert(SOUTH);
    assert!(finds(&query, &both));
}

#[test]
fn a_module_is_found_through_a_group_too() {
    let query = Query { modules: BTreeSet::from([ORDERS]), ..Query::default() };
    assert!(!finds(&query, &token()));
    let mut grouped = token();
    grouped.groups = BTreeSet::from([READERS]);
    assert!(finds(&query, &grouped));
}

#[test]
fn account_and_owner_narrow_the_list() {
    assert!(finds(&Query { account: AccountFilter::One(ACME), ..Query::default() }, &token()));
    assert!(!finds(&Query { account: AccountFilter::One(BOREALIS), ..Query::default() }, &token()));
    assert!(!finds(&Query { owner: Some(MAX), ..Query::default() }, &token()));
}

#[test]
fn times_narrow_the_list() {
    let soon = Query { expires_before: Some(now() + days(30)), ..Query::default() };
    let unused = Query { unused_since: Some(now() - days(90)), ..Query::default() };
    let never = Query { never_used: true, ..Query::default() };
    let mut token = token();
    assert!(!finds(&soon, &token), "Never does not expire soon");
    assert!(finds(&unused, &token) && finds(&never, &token));
    token.valid_to = Some(now() + days(29));
    token.last_used_at = Some(now() - days(89));
    assert!(finds(&soon, &token) && !finds(&unused, &token) && !finds(&never, &token));
    assert!(!finds(&soon, &in_status(Status::Expired)), "what has ended does not end soon");
    assert!(!finds(&soon, &in_status(Status::Revoked)));
}

#[test]
fn a22_the_day_that_is_shown_is_what_a_limit_is_compared_with() {
    let before = |day: &str| {
        let limit = parse_date(day, now(), DayEnd::Start).unwrap();
        Query { expires_before: Some(limit), ..Query::default() }
    };
    let mut token = token();
    for end in ["2027-02-01T00:00:00Z", "2027-01-31T23:59:59Z", "2027-01-31T00:00:01Z"] {
        token.valid_to = Some(end.parse().unwrap());
        assert!(!finds(&before("2027-01-31"), &token), "{end} is shown as that day");
        assert!(finds(&before("2027-02-01"), &token), "{end}");
    }
}

#[test]
fn a33_unused_finds_only_what_could_be_used() {
    let unused = Query { unused_since: Some(now() - days(90)), ..Query::default() };
    for status in Status::told() {
        let mut token = in_status(status);
        if status == Pending {
            // A request has no value that anybody could use.
            token.value = None;
        }
        assert_eq!(finds(&unused, &token), status == Active, "{status}");
        let named = Query { statuses: BTreeSet::from([status]), ..unused.clone() };
        assert!(finds(&named, &token), "{status} where it is named");
    }
    let mut exported = in_status(Pending);
    assert!(exported.value.is_some() && finds(&unused, &exported), "its first use accepts it");
    exported.enabled = false;
    assert!(!finds(&unused, &exported), "its first use would be refused");
}

#[test]
fn a01_a_query_without_a_term_names_nothing() {
    let all = Status::told().collect::<BTreeSet<_>>();
    let none = Query { text: " ".to_owned(), guid: "-".to_owned(), ..Query::default() };
    let every = Query { statuses: all, ..Query::default() };
    assert!(!Query::default().has_term() && !none.has_term() && !every.has_term());
    let one = Query { statuses: BTreeSet::from([Active]), ..Query::default() };
    let acme = Query { account: AccountFilter::One(ACME), ..Query::default() };
    assert!(one.has_term() && acme.has_term());
    assert_eq!(parse_statuses(["all", "revoked"]).unwrap().len(), 6);
    assert_eq!(parse_statuses(["all"]).unwrap().len(), 0);
}

fn order(query: &Query, tokens: &[Token]) -> Vec<String> {
    let mut tokens = tokens.to_vec();
    let catalogue = catalogue();
    tokens.sort_by(|a, b| query.compare(a, b, &catalogue, now()));
    tokens.into_iter().map(|token| token.name).collect()
}

#[test]
fn r045_ties_go_by_name_then_id_in_either_direction() {
    let mut b = named("b", 1);
    b.enabled = false;
    let tokens = [named("c", 3), b, named("a", 2), named("A", 9)];
    let by = |text: &str| Query { sort: SortKey::parse_list(text).unwrap(), ..Query::default() };
    assert_eq!(order(&by("name"), &tokens), ["a", "A", "b", "c"]);
    assert_eq!(order(&by("-name"), &tokens), ["c", "b", "a", "A"]);
    assert_eq!(order(&by("is-active"), &tokens), ["a", "A", "c", "b"]);
    assert_eq!(order(&by("status,-name"), &tokens), ["c", "a", "A", "b"]);
}

#[test]
fn never_sorts_after_every_date() {
    let mut dated = named("dated", 1);
    dated.valid_to = Some(now() + days(9_999));
    let query = Query { sort: SortKey::parse_list("expires").unwrap(), ..Query::default() };
    assert_eq!(order(&query, &[named("never", 2), dated]), ["dated", "never"]);
}

#[test]
fn sort_keys_are_read_as_they_are_written() {
    for column in Column::iter() {
        for direction in [Direction::Ascending, Direction::Descending] {
            let key = SortKey { column, direction };
            assert_eq!(key.to_string().parse(), Ok(key));
        }
    }
    assert!("nmae".parse::<SortKey>().unwrap_err().contains("last-access"));
}

#[test]
fn an_unfiltered_query_knows_that_it_is_one() {
    let mut query = Query { account: AccountFilter::One(ACME), ..Query::default() };
    query.sort.clear();
    assert!(!query.is_filtered());
    query.never_used = true;
    assert!(query.is_filtered());
}
