//! Effective access through a token's own levels and its groups.

use std::collections::{BTreeMap, BTreeSet};

use tokendeck::domain::access::{effective, level_of};
use tokendeck::domain::{GroupId, Level, Method, Source};

use super::tokens::{CATALOG, ELSEWHERE, ORDERS, READERS, catalogue, token};

#[test]
fn r102_the_effective_level_is_the_higher_of_own_and_group() {
    let catalogue = catalogue();
    let mut token = token();
    token.groups = BTreeSet::from([READERS]);
    assert_eq!(level_of(&token, ORDERS, &catalogue), Some(Level::Read));
    token.access.insert(ORDERS, Level::Full);
    assert_eq!(level_of(&token, ORDERS, &catalogue), Some(Level::Full));
    assert_eq!(level_of(&token, ELSEWHERE, &catalogue), None);
}

#[test]
fn r081_every_grant_says_where_it_comes_from() {
    let catalogue = catalogue();
    let mut token = token();
    token.access = BTreeMap::from([(CATALOG, Level::Full), (ORDERS, Level::Read)]);
    token.groups = BTreeSet::from([READERS]);
    let grants = effective(&token, &catalogue);
    assert_eq!(grants.len(), 2);
    assert_eq!(grants[0].from, BTreeSet::from([Source::Own]));
    assert_eq!(grants[1].from, BTreeSet::from([Source::Own, Source::Group(READERS)]));
}

#[test]
fn a_group_that_no_longer_exists_grants_nothing() {
    let mut token = token();
    token.access = BTreeMap::new();
    token.groups = BTreeSet::from([GroupId::new(77)]);
    assert!(effective(&token, &catalogue()).is_empty());
}

#[test]
fn r100_read_covers_get_head_and_options_and_full_covers_all() {
    for method in ["GET", "head", "OPTIONS"] {
        assert!(Level::Read.allows(&method.parse().unwrap()), "{method}");
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"] {
        assert!(!Level::Read.allows(&method.parse().unwrap()), "{method}");
        assert!(Level::Full.allows(&method.parse().unwrap()), "{method}");
    }
    assert!("GET /".parse::<tokendeck::domain::Method>().is_err());
}

#[test]
fn r100_a_method_means_the_same_by_http_as_in_a_command() {
    for method in ["get", "Get", "GET", "post", "PROPFIND"] {
        let by_http: Method = serde_json::from_value(method.into()).unwrap();
        assert_eq!(by_http, method.parse().unwrap());
        assert_eq!(serde_json::to_value(&by_http).unwrap(), method.to_uppercase());
    }
    for method in ["", "GET /", "GET\r\nx: y"] {
        assert!(serde_json::from_value::<Method>(method.into()).is_err(), "{method:?}");
    }
}
