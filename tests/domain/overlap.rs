//! How long an old value still passes, as people type it, and how long a new one lives
//! where nobody says it.

use chrono::TimeDelta;
use proptest::prelude::*;
use tokendeck::domain::{Action, Expiry, Overlap, Role, ValueInfo, lifecycle};

use super::people::operator;
use super::tokens::{at, credential, now, token};

fn length(text: &str) -> Option<TimeDelta> {
    text.parse::<Overlap>().unwrap().length()
}

#[test]
fn a13_an_overlap_is_none_or_any_time_up_to_90_days() {
    assert_eq!(length("none"), None);
    for (text, minutes) in [
        ("30min", 30),
        ("12h", 12 * 60),
        ("24h", 24 * 60),
        ("10d", 10 * 24 * 60),
        ("2w", 14 * 24 * 60),
        ("90d", 90 * 24 * 60),
        ("2160h", 90 * 24 * 60),
        ("129600min", 90 * 24 * 60),
    ] {
        assert_eq!(length(text), Some(TimeDelta::minutes(minutes)), "{text}");
    }
    for (text, wanted) in [
        ("10m", "write 30min"),
        ("M", "write none"),
        ("6M", "write 30min"),
        ("91d", "at most 90d"),
        ("13w", "at most 90d"),
        ("99999999999999999999h", "at most 90d"),
        ("0d", "write none"),
        ("", "10d or 2w"),
        ("10", "10d or 2w"),
        ("-1h", "10d or 2w"),
        ("1.5h", "10d or 2w"),
        ("1h30min", "10d or 2w"),
        ("1y", "10d or 2w"),
        ("\u{663}h", "10d or 2w"),
    ] {
        let error = text.parse::<Overlap>().unwrap_err().to_string();
        assert!(error.contains(wanted), "{text}: {error}");
    }
}

#[test]
fn a13_an_overlap_is_written_as_it_was_typed() {
    for text in ["none", "1h", "24h", "7d", "30min", "2w"] {
        let overlap: Overlap = text.parse().unwrap();
        assert_eq!(overlap.to_string(), text);
        assert_eq!(serde_json::to_value(overlap).unwrap(), text);
        assert_eq!(serde_json::from_value::<Overlap>(text.into()).unwrap(), overlap);
    }
    assert_eq!(" 2W ".parse::<Overlap>().unwrap().to_string(), "2w");
    assert_eq!(Overlap::CHOICES.map(|choice| choice.to_string()), ["none", "1h", "24h", "7d"]);
    let error = serde_json::from_value::<Overlap>("10m".into()).unwrap_err().to_string();
    assert!(error.contains("expected none, or a time up to 90d"), "{error}");
}

#[test]
fn a13_a_new_value_lives_as_long_as_the_old_one_was_to() {
    let again = |issued: &str, end: &str| Expiry::again(Some(at(issued)), Some(at(end)), now());
    let issued = "2025-11-30T08:00:00Z";
    assert_eq!(Expiry::again(Some(at(issued)), None, now()), Expiry::Never);
    for (end, months) in [
        ("2026-02-28T08:00:00Z", 3),
        ("2026-05-30T08:00:00Z", 6),
        ("2026-11-30T08:00:00Z", 12),
        ("2030-11-30T08:00:00Z", 60),
    ] {
        assert_eq!(again(issued, end), Expiry::Months(months), "{end}");
    }
    // 30 days and a half are no months, and 30 days of November are one.
    let half = again("2026-02-01T00:00:00Z", "2026-03-03T12:00:00Z");
    assert_eq!(half, Expiry::At(at("2026-04-10T00:00:00Z")));
    // An end that came before anything was issued says nothing.
    assert_eq!(again(issued, issued), Expiry::Months(6));
    assert_eq!(Expiry::again(None, Some(at(issued)), now()), Expiry::Months(6));
    assert_eq!(Expiry::again(None, None, now()), Expiry::Never);
}

#[test]
fn a13_left_out_the_end_follows_from_the_value_and_not_from_the_token() {
    let mut token = token();
    token.created.at = at("2020-01-01T00:00:00Z");
    let guid = credential(1).guid;
    let issued_at = Some(at("2026-01-10T12:00:00Z"));
    token.value = Some(ValueInfo { guid, retained: true, issued_at, last_used_at: None });
    token.valid_to = Some(at("2026-04-10T12:00:00Z"));
    let action =
        Action::Regenerate { credential: credential(7), expiry: None, overlap: Overlap::NONE };
    let change = lifecycle::decide(&token, &action, &operator(Role::Admin), None, now()).unwrap();
    assert_eq!(change.token.valid_to, Some(at("2026-06-10T12:00:00Z")), "three months");
    assert_eq!(change.token.value.unwrap().issued_at, Some(now()));
    // And so the next one again, from its own issue.
    let later = at("2026-05-31T00:00:00Z");
    let next =
        Action::Regenerate { credential: credential(8), expiry: None, overlap: Overlap::NONE };
    let again =
        lifecycle::decide(&change.token, &next, &operator(Role::Admin), None, later).unwrap();
    assert_eq!(again.token.valid_to, Some(at("2026-08-31T00:00:00Z")));
}

proptest! {
    #[test]
    fn a13_no_overlap_outlasts_90_days(count in 0_u64..200_000, unit in "(min|h|d|w|m)") {
        if let Ok(overlap) = format!("{count}{unit}").parse::<Overlap>() {
            prop_assert!(overlap.length().unwrap() <= TimeDelta::days(90));
            prop_assert_eq!(overlap.to_string().parse::<Overlap>(), Ok(overlap));
        }
    }
}
