//! What a name may be.

use tokendeck::domain::{AccountId, Token, TokenId, name};

use super::tokens::{token, value};

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

#[test]
fn a18_any_white_space_in_a_name_is_one_plain_space_when_compared() {
    for other in ["a\u{a0}b", "a  b", "a\u{3000}b", "A\u{2003} \u{202f}B", " a b\u{a0}"] {
        assert_eq!(name::key("a b"), name::key(other), "{other:?}");
        // It is kept as it was given, but for its ends.
        let kept = name::check(other, "Name").unwrap();
        assert_eq!(kept, other.trim());
    }
    assert_ne!(name::key("a b"), name::key("ab"));
}

#[test]
fn a18_look_alikes_differ_and_look_the_same() {
    assert!(name::look_alike("robot-1", "r\u{43e}bot-1"));
    assert!(name::look_alike("Billing", "\u{412}illing"));
    // One name in two ways of writing is no look-alike: it clashes.
    assert!(!name::look_alike("robot 1", "ROBOT\u{a0}1"));
    assert!(!name::look_alike("robot-1", "robot-2"));
}

#[test]
fn a18_joiners_are_allowed_between_letters_of_scripts_that_need_them() {
    let persian = "\u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}";
    let hindi = "\u{915}\u{94d}\u{200d}\u{937}";
    for name in [persian, hindi] {
        assert_eq!(name::check(name, "Name").unwrap(), name);
        assert_eq!(name::check_description(&format!("x\n{name}")).unwrap(), format!("x\n{name}"));
    }
    for name in ["ro\u{200c}bot", "\u{6cc}\u{200c} \u{62e}", "\u{1f469}\u{200d}\u{1f4bb}"] {
        let error = name::check(name, "Name").unwrap_err();
        assert!(error.starts_with("Name contains the hidden character <U+200"), "{error}");
        assert!(name::check_description(name).is_err());
    }
    // Without its joiner a name looks nearly as it did.
    assert!(name::look_alike(persian, &persian.replace('\u{200c}', "")));
}

#[test]
fn a18_of_many_tokens_those_are_found_whose_names_look_alike() {
    let call = |number: u64, name: &str, account: u64| Token {
        id: TokenId::new(number),
        name: name.to_owned(),
        account: Some(AccountId::new(account)),
        ..token()
    };
    let mut tokens = vec![
        call(1, "robot", 1),
        call(2, "Robot", 2),
        call(3, "other", 1),
        call(4, "r\u{43e}bot", 2),
        call(5, "a b", 1),
        call(6, "a\u{a0}b", 1),
    ];
    let found = |tokens: &[Token]| -> Vec<u64> {
        name::alike(tokens.iter()).iter().map(|id| id.number()).collect()
    };
    assert_eq!(found(&tokens), [1, 2, 4, 5, 6]);
    tokens[3].deleted = Some(tokens[3].created);
    assert_eq!(found(&tokens), [5, 6]);
}
