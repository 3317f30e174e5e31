//! What is found and hidden in what people paste.

use super::*;
use crate::domain::OperatorSecret;

const GUID: Guid = Guid::from_bytes([7; 16]);

fn value() -> String {
    let filled = |bytes: &mut [u8]| {
        bytes.fill(9);
        Ok::<(), ()>(())
    };
    TokenValue::generate("tdk", GUID, filled).map(|v| v.expose().to_owned()).unwrap_or_default()
}

#[test]
fn a_value_is_found_in_what_people_paste() {
    let value = value();
    for text in [
        value.clone(),
        format!(" {value}\n"),
        format!("Authorization: Bearer {value}"),
        format!("export TOKEN='{value}';"),
        format!("API_{value}"),
        format!("{value}{value}"),
    ] {
        assert_eq!(find(&text), Some(Leak::Value(GUID)), "{text}");
        let (_, secret) = value.rsplit_once('_').unwrap_or_default();
        let hidden = hide(&text);
        assert_eq!(hidden.chars().count(), text.chars().count());
        assert!(!hidden.contains(secret.get(..8).unwrap_or_default()), "{hidden}");
    }
}

#[test]
fn every_secret_character_is_hidden_however_much_of_a_value_there_is() {
    let value = value();
    let public = value.len() - SECRET_LEN - CHECK_LEN;
    for end in 1..value.len() {
        let part = value.get(..end).unwrap_or_default();
        let shown = value.get(..end.min(public)).unwrap_or_default();
        assert_eq!(hide(part).trim_end_matches(HIDDEN), shown);
        assert_eq!(find(part), (end > public).then_some(Leak::Part(GUID)));
    }
}

#[test]
fn a_credential_is_no_value() {
    let filled = |bytes: &mut [u8]| {
        bytes.fill(9);
        Ok::<(), ()>(())
    };
    let secret = OperatorSecret::generate(GUID, filled);
    let text = secret.map(|secret| secret.expose().to_owned()).unwrap_or_default();
    assert_eq!(find(&text), Some(Leak::Credential));
}

#[test]
fn names_give_nothing_away() {
    for text in ["", "robot-1", "tdk_", "tdk_robot", "my_robot_for_plant_7", "a_b_c", "é_é_é"] {
        assert_eq!((find(text), hide(text)), (None, text.to_owned()));
    }
    assert!(begins_like_value("tdk_3eU9") && !begins_like_value("tdkrobot"));
}

#[test]
fn a02_every_value_is_found_in_what_people_paste_each_once() {
    let (one, other) = (value(), other());
    let lines = |width: usize, glue: &str| {
        let bytes: Vec<_> = one.as_bytes().chunks(width).map(String::from_utf8_lossy).collect();
        bytes.join(glue)
    };
    for text in [
        format!("\"{one}\""),
        format!("'{one}'"),
        format!("`{one}`,"),
        format!("TOKEN={one}"),
        format!("token:\t{one}\tnext"),
        format!("\u{feff}{one}"),
        format!("2026-03-10T12:00:00Z INFO auth header=\"Bearer {one}\" status=401"),
        format!("https://api.example/v1?key={one}&x=1"),
        lines(40, "\n"),
        lines(30, "\r\n    "),
        lines(50, " \\\n"),
        lines(25, "=\n"),
        format!("> {}", lines(40, "\n> ")),
        format!("\"{}\"", lines(40, "\" +\n    \"")),
        one.replace('_', "\u{200b}_"),
        format!("{one}\n{one}"),
    ] {
        assert_eq!(all(&text), [Leak::Value(GUID)], "{text}");
        let hidden = hide(&text);
        assert_eq!(hidden.chars().count(), text.chars().count());
        for part in one.rsplit_once('_').unwrap_or_default().1.as_bytes().windows(8) {
            assert!(!hidden.contains(&*String::from_utf8_lossy(part)), "{hidden}");
        }
    }
    for text in [
        format!("{one}\n{other}"),
        format!("{one}{other}"),
        format!("a={one}; b={other}"),
        format!("{one}\n\nand\n{other}\n{one}"),
    ] {
        assert_eq!(all(&text), [Leak::Value(GUID), Leak::Value(OTHER)], "{text}");
    }
    let cut = other.get(..40).unwrap_or_default();
    assert_eq!(all(&format!("{cut}, {one}")), [Leak::Part(OTHER), Leak::Value(GUID)]);
}

const OTHER: Guid = Guid::from_bytes([0x5a; 16]);

fn other() -> String {
    let filled = |bytes: &mut [u8]| {
        bytes.fill(77);
        Ok::<(), ()>(())
    };
    TokenValue::generate("acme", OTHER, filled).map(|v| v.expose().to_owned()).unwrap_or_default()
}

#[test]
fn a02_a_value_cut_before_its_secret_is_pasted_as_its_guid() {
    let value = value();
    let guid = value.get(..26).unwrap_or_default();
    for text in [guid.to_owned(), format!("{guid}_"), format!("token {guid}... was seen")] {
        assert_eq!(pasted(&text), [Leak::Part(GUID)], "{text}");
    }
    // A GUID by itself is looked for as one, and a name is none.
    assert_eq!(pasted(&format!(" {GUID}\n")), []);
    assert_eq!(pasted(&format!("seen: {GUID}")), [Leak::Part(GUID)]);
    assert_eq!(pasted("my_abcdefghijklmnopqrstuv"), []);
}

#[test]
fn a02_what_is_gathered_holds_no_other_word_and_no_secret_that_is_cut() {
    let (one, other) = (value(), other());
    let text = format!("password=hunter2 {one} and {}", other.get(..50).unwrap_or_default());
    let gathered = gathered(&text).unwrap_or_default();
    assert_eq!(*gathered, format!("{one}\n{OTHER}\n"));
    assert!(super::gathered("password=hunter2").is_none());
}

#[test]
fn d06_what_only_has_the_shape_of_a_value_is_hidden_too() {
    let value = value();
    let (public, secret) = value.rsplit_once('_').unwrap_or_default();
    let guid = public.trim_start_matches("tdk_");
    for text in [
        value.clone(),
        format!("no such file '{value}'"),
        format!("tdk_{}_{secret}", guid.get(1..).unwrap_or_default()),
        format!("tdk_{guid}0_{secret}"),
        format!("tdk_{guid}{secret}"),
        format!("tdo_{guid}_{secret}"),
        format!("acme_{guid}_{}", secret.get(..10).unwrap_or_default()),
        format!(
            "x\n{}\n{}",
            value.get(..50).unwrap_or_default(),
            value.get(50..).unwrap_or_default()
        ),
        format!(
            "{public}_{}\u{200b}{}",
            secret.get(..9).unwrap_or_default(),
            secret.get(9..).unwrap_or_default()
        ),
    ] {
        let hidden = hide(&text);
        assert_eq!(hidden.chars().count(), text.chars().count());
        for part in secret.as_bytes().windows(6) {
            assert!(!hidden.contains(&*String::from_utf8_lossy(part)), "{text}: {hidden}");
        }
    }
    for text in ["my_robot_for_plant_7", "eu_productionservers_1", "default_backend = 'team'"] {
        assert_eq!(hide(text), text);
    }
}
