//! The form of token values, their checksum and their hash.

use proptest::prelude::*;
use tokendeck::domain::leak::contains_value;
use tokendeck::domain::value::{ValueError, is_prefix};
use tokendeck::domain::{Guid, TokenValue};

use super::tokens::{guid, value};

#[test]
fn a_value_has_the_form_that_scanners_are_told() {
    let value = value(1);
    let parts: Vec<_> = value.expose().split('_').collect();
    assert_eq!(parts.len(), 3);
    assert_eq!((parts[0], parts[1].len(), parts[2].len()), ("tdk", 22, 49));
    assert!(value.expose().bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_'));
}

#[test]
fn a_value_is_read_back_with_its_guid_and_hash() {
    let value = value(1);
    let read = TokenValue::parse(&format!("  {}\n", value.expose())).unwrap();
    assert_eq!(read.guid(), guid(1));
    assert!(read.hash().matches(&value.hash()));
    assert!(!read.hash().matches(&super::tokens::value(2).hash()));
}

#[test]
fn a_slip_anywhere_is_noticed() {
    let value = value(1);
    let text = value.expose();
    for place in 4..text.len() {
        let mut slipped = text.as_bytes().to_vec();
        slipped[place] = if slipped[place] == b'a' { b'b' } else { b'a' };
        let slipped = String::from_utf8(slipped).unwrap();
        assert!(TokenValue::parse(&slipped).is_err(), "at {place}");
    }
    for length in 0..text.len() {
        assert!(TokenValue::parse(&text[..length]).is_err(), "cut to {length}");
    }
}

#[test]
fn an_error_never_repeats_the_text() {
    let mut text = value(1).expose().to_owned();
    text.pop();
    text.push('!');
    let error = TokenValue::parse(&text).unwrap_err();
    assert_eq!(error, ValueError::Form);
    assert!(!format!("{error} {error:?}").contains(&text[4..20]));
}

#[test]
fn debug_output_holds_nothing_of_a_value() {
    let value = value(1);
    let shown = format!("{value:?} {:?}", value.hash());
    assert!(!shown.contains(&value.expose()[4..12]));
}

#[test]
fn letters_are_drawn_without_favour() {
    // Bytes of 248 and more are drawn again; here every other byte is one of them.
    let mut count = 0_u32;
    let drawn = TokenValue::generate("tdk", guid(1), |buffer| {
        for place in buffer {
            count += 1;
            *place = if count.is_multiple_of(2) { 255 } else { 61 };
        }
        Ok::<_, std::convert::Infallible>(())
    })
    .unwrap();
    let secret = &drawn.expose()[27..70];
    assert_eq!(secret, "z".repeat(43));
}

#[test]
fn a_failing_generator_makes_no_value() {
    assert_eq!(
        TokenValue::generate("tdk", guid(1), |_| Err("no entropy")).unwrap_err(),
        "no entropy"
    );
}

#[test]
fn prefixes_are_two_to_eight_lower_case_letters() {
    assert!(is_prefix("tdk") && is_prefix("ab") && is_prefix("abcdefgh"));
    for text in ["", "a", "abcdefghi", "Tdk", "t1", "td_", "tdé"] {
        assert!(!is_prefix(text), "{text}");
    }
}

#[test]
fn a_value_is_found_inside_other_text() {
    let value = value(1);
    assert!(contains_value(&format!("key={};", value.expose())));
    // Letters of its secret are no name either.
    assert!(contains_value(&format!("key={}", &value.expose()[..40])));
    assert!(!contains_value(&value.expose()[..27]));
    assert!(!contains_value("tdk_is_no_value"));
}

proptest! {
    #[test]
    fn every_guid_survives_the_way_through_a_value(bytes: [u8; 16]) {
        let guid = Guid::from_bytes(bytes);
        let value = TokenValue::generate("tdk", guid, |buffer| { buffer.fill(7); Ok::<_, ()>(()) }).unwrap();
        prop_assert_eq!(TokenValue::parse(value.expose()).unwrap().guid(), guid);
    }

    #[test]
    fn no_text_makes_the_value_parser_panic(text: String) {
        let _ = TokenValue::parse(&text);
        let _ = contains_value(&text);
    }

    #[test]
    fn no_text_of_the_right_shape_makes_the_value_parser_panic(text in "[a-z]{2,8}_[0-9A-Za-z]{22}_[0-9A-Za-z]{49}") {
        prop_assert!(TokenValue::parse(&text).is_err());
    }
}
