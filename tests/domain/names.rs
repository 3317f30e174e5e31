//! What a name may be.

use tokendeck::domain::name;

use super::tokens::value;

#[test]
fn r089_a_name_is_required() {
    assert_eq!(name::check("  ", "Name").unwrap_err(), "Name is required");
}

#[test]
fn r090_a_name_has_at_most_60_characters_however_wide() {
    assert!(name::check(&"漢".repeat(60), "Name").is_ok());
    assert_eq!(name::check(&"x".repeat(61), "Name").unwrap_err(), "At most 60 characters");
}

#[test]
fn a_name_is_trimmed_and_composed() {
    assert_eq!(name::check("  cafe\u{301} ", "Name").unwrap(), "caf\u{e9}");
}

#[test]
fn names_clash_whatever_their_case_and_composition() {
    assert_eq!(name::key("ROBOT-1"), name::key("robot-1"));
    assert_eq!(name::key("CAFE\u{301}"), name::key("caf\u{e9}"));
    assert_ne!(name::key("robot-1"), name::key("robot_1"));
}

#[test]
fn hidden_characters_are_refused_by_number() {
    for (name, number) in [
        ("a\u{1b}[31mb", "<U+001B>"),
        ("a\u{202e}b", "<U+202E>"),
        ("a\u{200b}b", "<U+200B>"),
        ("a\u{e0041}b", "<U+E0041>"),
        ("a\nb", "<U+000A>"),
        ("a\u{9b}b", "<U+009B>"),
    ] {
        let error = name::check(name, "Name").unwrap_err();
        assert_eq!(error, format!("Name contains the hidden character {number}"));
    }
}

#[test]
fn a_token_value_pasted_as_a_name_or_description_is_refused() {
    let value = value(3);
    let error = name::check_description(&format!("the key is {}.", value.expose())).unwrap_err();
    assert!(error.contains("token value") && !error.contains(value.expose()));
    // A value is longer than any name, so there the length speaks first.
    assert!(name::check(value.expose(), "Name").is_err());
}

#[test]
fn r091_a_description_may_be_empty_have_lines_and_500_characters() {
    assert_eq!(name::check_description("").unwrap(), "");
    assert_eq!(name::check_description("one\r\ntwo").unwrap(), "one\ntwo");
    assert!(name::check_description(&"é".repeat(500)).is_ok());
    assert_eq!(name::check_description(&"é".repeat(501)).unwrap_err(), "At most 500 characters");
    assert!(name::check_description("a\u{1b}]52;c;eA==\u{7}").is_err());
}
