//! The query language: how terms are read and printed, and what is said of wrong ones.

use proptest::prelude::*;
use strum::IntoEnumIterator as _;
use tokendeck::domain::query::{Asked, Bare, QueryTerms, QueryWord, Side, TokenDate, help};
use tokendeck::domain::when::{Span, When};
use tokendeck::domain::{Level, Query, Status, Token, label};

use super::tokens::{catalogue, days, in_status, now, token};

fn terms(text: &str) -> QueryTerms {
    QueryTerms::parse(text, Bare::Text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn asked(text: &str) -> Vec<(bool, Asked)> {
    terms(text).iter().map(|term| (term.not, term.asked.clone())).collect()
}

fn error(text: &str) -> String {
    QueryTerms::parse(text, Bare::Text).err().unwrap_or_else(|| panic!("{text} can be read"))
}

fn finds(filter: &str, token: &Token) -> bool {
    let query = Query { filter: filter.to_owned(), ..Query::default() };
    assert!(query.terms(Bare::Text).is_ok(), "{filter}");
    query.matches(token, &catalogue(), now())
}

#[test]
fn a11_terms_are_typed_and_keep_what_was_said() {
    let some = |text: &str| text.to_owned();
    for (text, wanted) in [
        ("status:Active,pending", (false, Asked::Status([Status::Active, Status::Pending].into()))),
        ("-status:active", (true, Asked::Status([Status::Active].into()))),
        ("STATUS:all", (false, Asked::Status([].into()))),
        ("account:all", (false, Asked::Account(vec![]))),
        ("scope:\"North plant\",x", (false, Asked::Scope(vec![some("North plant"), some("x")]))),
        ("scope:\"a, b\"", (false, Asked::Scope(vec![some("a, b")]))),
        ("module:\"say \\\"hi\\\"\"", (false, Asked::Module(vec![some("say \"hi\"")]))),
        ("level:Billing=full", (false, Asked::Level(Some(some("Billing")), Some(Level::Full)))),
        ("level:a=b=any", (false, Asked::Level(Some(some("a=b")), None))),
        ("level:*=read", (false, Asked::Level(None, Some(Level::Read)))),
        ("level:\"*\"=read", (false, Asked::Level(Some(some("*")), Some(Level::Read)))),
        (
            "exp<30d",
            (false, Asked::Date(TokenDate::Expires, Side::Before, When::Span(Span::Days(30)))),
        ),
        (
            "-used>6m",
            (true, Asked::Date(TokenDate::Used, Side::After, When::Span(Span::Months(6)))),
        ),
        ("unused:90d", (false, Asked::Unused(When::Span(Span::Days(90))))),
        ("unused>90d", (false, Asked::Unused(When::Span(Span::Days(90))))),
        ("label:team=a", (false, Asked::Label(label::LabelTerm::parse("team=a").unwrap()))),
        ("-never", (true, Asked::Never)),
        ("never-used", (false, Asked::NeverUsed)),
        ("Out-Of-Service", (false, Asked::OutOfService)),
        // What is quoted, or a dash before no term, is text.
        ("\"never\"", (false, Asked::Text(some("never")))),
        ("\"status:active\"", (false, Asked::Text(some("status:active")))),
        ("-prod", (false, Asked::Text(some("-prod")))),
        ("\"two words\"", (false, Asked::Text(some("two words")))),
        ("neve", (false, Asked::Text(some("neve")))),
    ] {
        assert_eq!(asked(text), [wanted], "{text}");
        assert_eq!(terms(text).to_string(), text);
    }
    let name = QueryTerms::parse("robot never", Bare::Name).unwrap();
    assert_eq!(name.iter().next().unwrap().asked, Asked::Name("robot".to_owned()));
    assert_eq!(name.explicit(), "name:robot never");
    assert_eq!(terms(" robot   -never ").to_string(), "robot -never");
}

#[test]
fn a11_a_wrong_term_is_told_what_would_be_right() {
    for (text, said) in [
        ("statsu:active", "'statsu:active' is not a filter: did you mean 'status:'?"),
        ("creatd<30d", "did you mean 'created<'?"),
        ("size:3", "there are status: account: owner: by: module:"),
        ("http://x", "in quotes it is a word to search for"),
        ("status:dead", "'dead' is not a status: active"),
        ("-status:all", "'-status:all' would leave nothing"),
        ("status:", "'status:' wants something after it"),
        ("module:a,,b", "'module:' wants something after it"),
        ("guid:-", "'guid:' wants something after it"),
        ("exp<soon", "'soon' is not a time such as 30d"),
        ("exp:30d", "is not a filter"),
        ("level:Billing", "wants a module and a level"),
        ("level:Billing=write", "'write' is not a level: write level:MODULE=read"),
        ("id:7-x", "'7-x' is not an id such as TKN-1000-0001"),
        ("scope:\"North", "a quote is not closed"),
        ("from:10.0.0.0/8", "'from:' asks where tokens may be used from, which is not kept yet"),
        ("\"\"", "says nothing"),
        ("label:=x", "'label:' wants a label such as team or team=pay"),
    ] {
        assert!(error(text).contains(said), "{text}: {}", error(text));
    }
    let value = super::tokens::value(1);
    let told = error(&format!("colour:{}", value.expose()));
    assert!(!told.contains(value.expose()), "{told}");
}

#[test]
fn a11_help_tells_every_word_and_each_example_can_be_read() {
    let help = help();
    for word in QueryWord::iter() {
        for start in word.spelling().starts {
            assert!(help.contains(start), "{start}");
        }
    }
}

#[test]
fn a11_a_filter_that_leaves_nothing_out_names_nothing() {
    let has = |filter: &str| Query { filter: filter.to_owned(), ..Query::default() }.has_term();
    for none in ["", " ", "status:all", "account:all", "status:active,inactive", "-status:deleted"]
    {
        assert!(!has(none), "{none:?}");
    }
    for some in ["status:active", "-status:active", "never", "-never", "robot", "nonsense:1"] {
        assert!(has(some), "{some:?}");
    }
}

#[test]
fn a11_deleted_ones_come_only_by_their_own_status() {
    let gone = in_status(Status::Deleted);
    for filter in ["", "never", "-status:active", "-status:deleted", "status:all", "robot"] {
        assert!(!finds(filter, &gone), "{filter}");
    }
    assert!(
        finds("status:deleted", &gone)
            && finds("status:deleted,active -neverused", &{
                let mut used = gone.clone();
                used.last_used_at = Some(now());
                used
            })
    );
}

#[test]
fn a11_past_facts_read_a_span_as_ago_and_ends_as_ahead() {
    let mut token = token();
    token.created.at = now() - days(31);
    token.last_used_at = Some(now() - days(31));
    token.valid_to = Some(now() + days(29));
    for filter in ["created<30d", "-created>30d", "used<30d", "exp<30d", "-exp>30d", "unused:30d"] {
        assert!(finds(filter, &token), "{filter}");
    }
    // What has no such date lies on neither side of it.
    token.last_used_at = None;
    token.valid_to = None;
    for filter in ["used<1d", "used>1d", "exp<99y", "exp>1d", "revoked<1d", "revoked>1d"] {
        assert!(!finds(filter, &token) && finds(&format!("-{filter}"), &token), "{filter}");
    }
    assert!(finds("unused:1d never neverused", &token));
}

#[test]
fn a22_an_end_is_compared_by_the_day_that_is_shown() {
    let ends = |end: &str| Token { valid_to: Some(end.parse().unwrap()), ..token() };
    let shown_31 = ends("2027-02-01T00:00:00Z");
    assert!(finds("exp<2027-02-01", &shown_31) && !finds("exp<2027-01-31", &shown_31));
    assert!(finds("exp>2027-01-30", &shown_31) && !finds("exp>2027-01-31", &shown_31));
    let expired = ends("2026-01-01T00:00:00Z");
    assert!(finds("exp<2026-01-01", &expired), "expired before");
    assert!(!finds("exp<30d", &expired), "what has ended does not end soon");
}

#[test]
fn a12_words_are_looked_for_in_all_that_a_token_is_known_by() {
    let mut token = token();
    token.name = "Straße-1".to_owned();
    token.description = "Nachts, für ΟΔΟΣ".to_owned();
    let id = token.id.to_string();
    for word in ["STRAẞE", "οδος", "nachts straße", &id, "1000-", "für"] {
        let literal = Query { search: word.to_owned(), ..Query::default() };
        assert!(literal.matches(&token, &catalogue(), now()), "{word}");
        assert!(finds(&format!("text:\"{word}\""), &token), "{word}");
    }
    let guid = token.value.unwrap().guid.to_string();
    let (start, rest) = guid.split_at(11);
    for part in [guid.replace('-', ""), format!("{start}-{rest}"), guid.to_uppercase()] {
        for filter in [format!("guid:{part}"), format!("text:{part}"), part.clone()] {
            assert!(finds(&filter, &token), "{filter}");
        }
    }
    assert!(!finds("name:nachts", &token) && !finds("text:100", &token));
    // A search is literal, a dash and a colon included.
    token.name = "-status:x".to_owned();
    let literal = Query { search: "-status:x".to_owned(), ..Query::default() };
    assert!(literal.matches(&token, &catalogue(), now()));
}

proptest! {
    #[test]
    fn a11_whatever_can_be_read_prints_back_to_itself(
        text in "(-?(status:|module:|text:|exp<|label:|level:)?[ab\",=\\\\ *-]{0,5}(active|30d|x=full)? ?){0,3}",
    ) {
        if let Ok(terms) = QueryTerms::parse(&text, Bare::Text) {
            prop_assert_eq!(QueryTerms::parse(&terms.to_string(), Bare::Text), Ok(terms.clone()));
            // With its keys it means the same at the other doors.
            let explicit = QueryTerms::parse(&terms.explicit(), Bare::Name).unwrap();
            let asked = |terms: &QueryTerms| -> Vec<_> {
                terms.iter().map(|term| (term.not, term.asked.clone())).collect()
            };
            prop_assert_eq!(asked(&explicit), asked(&terms));
        }
    }
}
