//! Identifiers are read as they are written, and in no other way.

use proptest::prelude::*;
use tokendeck::domain::{AccountId, Guid, ModuleId, TokenId};

#[test]
fn ids_are_written_in_groups_of_four() {
    assert_eq!(TokenId::new(10_000_001).to_string(), "TKN-1000-0001");
    assert_eq!(AccountId::new(1).to_string(), "ACC-0000-0001");
    assert_eq!(ModuleId::new(4).to_string(), "MOD-0004");
}

#[test]
fn ids_beyond_9999_9999_grow_a_group() {
    let id = TokenId::new(123_456_789);
    assert_eq!(id.to_string(), "TKN-0001-2345-6789");
    assert_eq!("tkn-0001-2345-6789".parse(), Ok(id));
    // A store holds numbers up to here, so no longer one is an id.
    let last = TokenId::new(u64::MAX / 2);
    assert_eq!(last.to_string(), "TKN-0922-3372-0368-5477-5807");
    assert_eq!(last.to_string().parse(), Ok(last));
    assert!("TKN-0922-3372-0368-5477-5808".parse::<TokenId>().is_err());
}

#[test]
fn anything_else_is_refused_with_the_form_to_use() {
    for text in [
        "",
        "TKN",
        "TKN-",
        "TKN-1000",
        "TKN-1000-001",
        "TKN-10000001",
        "TKN-0000-1000-0001",
        "ACC-1000-0001",
        "TKN-1000-000l",
        "TKN--1000-0001",
        " TKN-1000-0001",
        "TKN-1000-0001x",
        "TKN-9999-9999-9999-9999-9999-9999",
        "ТKN-1000-0001",
    ] {
        let error = text.parse::<TokenId>().unwrap_err().to_string();
        assert_eq!(error, format!("'{text}' is not an id of the form TKN-dddd-dddd"));
    }
}

proptest! {
    #[test]
    fn every_id_is_read_back(number in 0..=u64::MAX / 2) {
        let id = TokenId::new(number);
        prop_assert_eq!(id.to_string().parse::<TokenId>(), Ok(id));
        let json = serde_json::to_string(&id).unwrap();
        prop_assert_eq!(serde_json::from_str::<TokenId>(&json).unwrap(), id);
    }

    #[test]
    fn no_text_makes_the_id_parser_panic(text: String) {
        let _ = text.parse::<TokenId>();
    }
}

#[test]
fn r037_a_guid_is_found_by_any_part_with_or_without_dashes() {
    let guid: Guid = "f5d70a36-5c9e-4ee4-8e25-60a7c4af9321".parse().unwrap();
    for part in ["f5d70a36", "F5D70A36", "0a36-5c9e", "0a365c9e", "0a3-65c9e", "af9321", ""] {
        assert!(guid.contains(part), "{part}");
    }
    for part in ["f5d70a37", "0a3-65c9f", "x"] {
        assert!(!guid.contains(part), "{part}");
    }
}
