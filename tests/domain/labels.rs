//! Labels: how they are written, bounded, and asked for.

use tokendeck::domain::label::{self, LabelTerm, Labels};

use super::tokens::value;

fn labels(line: &str) -> Labels {
    label::parse_line(line).unwrap()
}

#[test]
fn e03_labels_are_read_from_words_and_from_a_line() {
    assert_eq!(label::parse(" team = pay ").unwrap(), ("team".to_owned(), "pay".to_owned()));
    let two = labels("team=pay, place=vault: kv/pay,");
    assert_eq!(label::line(&two), "place=vault: kv/pay, team=pay");
    assert_eq!(labels(&label::line(&two)), two);
    assert_eq!(labels("  "), Labels::new());
    assert!(label::parse_line("team=pay, TEAM=ops").unwrap_err().contains("twice"));
}

#[test]
fn e03_labels_are_bounded_and_checked_like_names() {
    for (wrong, said) in [
        ("team", "NAME=TEXT"),
        ("=pay", "needs a name"),
        ("team=", "needs a text"),
        ("te am=pay", "cannot have ' ' in it"),
        ("te:am=pay", "cannot have ':' in it"),
        ("-team=pay", "cannot start with '-'"),
        ("team=pa\u{202e}y", "<U+202E>"),
        ("te\u{200b}am=pay", "<U+200B>"),
        ("team=a,b", "comma"),
    ] {
        let error = label::parse(wrong).unwrap_err();
        assert!(error.contains(said), "{wrong:?}: {error}");
    }
    assert!(label::parse(&format!("{}=x", "k".repeat(41))).is_err());
    assert!(label::parse(&format!("k={}", "x".repeat(61))).is_err());
    let many = |count: usize| (0..count).map(|n| (format!("k{n}"), "x".to_owned())).collect();
    assert!(label::check(&many(20)).is_ok());
    assert_eq!(label::check(&many(21)).unwrap_err(), "At most 20 labels");
    let twice = Labels::from([("Team".into(), "a".into()), ("team".into(), "b".into())]);
    assert!(label::check(&twice).unwrap_err().contains("one name"));
}

#[test]
fn e03_a_token_value_in_a_label_is_refused_and_not_repeated() {
    let value = value(3);
    for text in [
        format!("v={}", value.expose()),
        format!("{}=v", value.expose()),
        value.expose().to_owned(),
    ] {
        let error = label::parse(&text).unwrap_err();
        assert!(!error.contains(value.expose()), "{error}");
    }
}

#[test]
fn e03_a_label_takes_the_place_of_one_of_its_name() {
    let mut some = labels("Team=pay, place=vault");
    label::set(&mut some, "team".into(), "ops".into());
    assert_eq!(label::line(&some), "place=vault, team=ops");
    assert!(label::remove(&mut some, "PLACE") && !label::remove(&mut some, "place"));
    assert_eq!(label::line(&some), "team=ops");
}

#[test]
fn e03_a_term_finds_labels_by_name_or_by_name_and_text_whatever_the_case() {
    let some = labels("Team=Pay  desk, place=vault");
    for (term, found) in [
        ("team", true),
        ("TEAM=pay desk", true),
        ("team=pay", false),
        ("place=vault", true),
        ("owner", false),
        ("owner=x", false),
    ] {
        let term = LabelTerm::parse(term).unwrap();
        assert_eq!(term.matches(&some), found, "{term}");
    }
    assert_eq!(LabelTerm::parse("team=pay desk").unwrap().to_string(), "team=pay desk");
    assert!(LabelTerm::parse("").is_err() && LabelTerm::parse("team=").is_err());
}
