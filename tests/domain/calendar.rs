//! Calendar months, and dates as people type them.

use proptest::prelude::*;
use tokendeck::domain::Expiry;
use tokendeck::domain::calendar::{
    DayEnd, Span, When, add_months, end_day, parse_date, to_millisecond,
};

use super::tokens::{at, now};

#[test]
fn r105_months_are_calendar_months() {
    for (from, months, to) in [
        ("2026-08-31T00:00:00Z", 6, "2027-02-28T00:00:00Z"),
        ("2027-08-31T10:30:00Z", 6, "2028-02-29T10:30:00Z"),
        ("2026-03-10T12:00:00Z", 6, "2026-09-10T12:00:00Z"),
        ("2026-11-30T23:59:59Z", 3, "2027-02-28T23:59:59Z"),
        ("2024-02-29T00:00:00Z", 12, "2025-02-28T00:00:00Z"),
    ] {
        assert_eq!(add_months(at(from), months), Some(at(to)), "{from} + {months}");
    }
}

#[test]
fn dates_are_read_as_people_type_them() {
    for (text, start, end) in [
        ("2027-01-31", "2027-01-31T00:00:00Z", "2027-02-01T00:00:00Z"),
        ("9999-12-31", "9999-12-31T00:00:00Z", "9999-12-31T23:59:59Z"),
        (" eom ", "2026-03-31T00:00:00Z", "2026-04-01T00:00:00Z"),
        ("EOY", "2026-12-31T00:00:00Z", "2027-01-01T00:00:00Z"),
        ("90d", "2026-06-08T12:00:00Z", "2026-06-08T12:00:00Z"),
        ("+90d", "2026-06-08T12:00:00Z", "2026-06-08T12:00:00Z"),
        ("+12w", "2026-06-02T12:00:00Z", "2026-06-02T12:00:00Z"),
        ("+6m", "2026-09-10T12:00:00Z", "2026-09-10T12:00:00Z"),
        ("2026-05-01T08:00:00+02:00", "2026-05-01T06:00:00Z", "2026-05-01T06:00:00Z"),
    ] {
        assert_eq!(parse_date(text, now(), DayEnd::Start), Ok(at(start)), "{text}");
        assert_eq!(parse_date(text, now(), DayEnd::End), Ok(at(end)), "{text}");
    }
}

#[test]
fn what_is_no_date_is_refused_with_the_forms_to_use() {
    for text in ["", "tomorrow", "2027-02-30", "31.01.2027", "+d", "+1x", "++5d", "+-1d", "+٣d"] {
        let error = parse_date(text, now(), DayEnd::End).unwrap_err().to_string();
        assert!(error.contains("2027-01-31, +90d"), "{text}: {error}");
    }
    for text in ["+99999y", "+4000000000d"] {
        let error = parse_date(text, now(), DayEnd::End).unwrap_err().to_string();
        assert!(error.contains("outside the calendar"), "{text}: {error}");
    }
}

#[test]
fn an_expiry_is_never_months_or_a_date() {
    assert_eq!(Expiry::parse("Never", now()), Ok(Expiry::Never));
    for (text, months) in [("3m", 3), ("6m", 6), ("12m", 12), ("+12m", 12)] {
        assert_eq!(Expiry::parse(text, now()), Ok(Expiry::Months(months)), "{text}");
    }
    let date = Expiry::parse("2026-12-24", now()).unwrap();
    assert_eq!(date.valid_to(now()), Some(at("2026-12-25T00:00:00Z")));
}

#[test]
fn a22_one_reader_takes_both_spellings_and_no_nonsense() {
    for (plain, plus) in [("90d", "+90d"), ("3m", "+3m"), ("12w", "+12w"), ("2y", "+2y")] {
        assert_eq!(plain.parse::<When>(), plus.parse::<When>(), "{plain}");
        assert_eq!(plain.parse::<Span>(), plus.parse::<Span>(), "{plain}");
        assert_eq!(Expiry::parse(plain, now()), Expiry::parse(plus, now()), "{plain}");
    }
    for text in [
        "++5d",
        "+ 5d",
        "5",
        "-5d",
        "2026-12-31T23:59:60Z",
        "+2027-01-31",
        "27-01-31",
        "2027-01-31 ,",
        "0x5d",
    ] {
        assert!(text.parse::<When>().is_err(), "{text}");
        assert!(Expiry::parse(text, now()).is_err(), "{text}");
    }
    for text in ["90d", "6m", "24h", "2027-01-31", "eom", "eoy", "2026-05-01T06:00:00Z"] {
        assert_eq!(text.parse::<When>().unwrap().to_string(), text, "it prints as it is typed");
    }
}

#[test]
fn a22_an_end_at_midnight_is_shown_as_the_day_before() {
    for (end, shown) in [
        ("2027-02-01T00:00:00Z", "2027-01-31"),
        ("2027-01-31T23:59:59Z", "2027-01-31"),
        ("2027-02-01T00:00:00.001Z", "2027-02-01"),
        ("2026-03-01T00:00:00Z", "2026-02-28"),
    ] {
        assert_eq!(end_day(at(end)), shown, "{end}");
    }
    let typed = parse_date("2027-01-31", now(), DayEnd::End).unwrap();
    assert_eq!(end_day(typed), "2027-01-31");
}

#[test]
fn spans_reach_back_as_well() {
    assert_eq!("90d".parse::<Span>().unwrap().before(now()), Some(at("2025-12-10T12:00:00Z")));
    assert_eq!("24h".parse::<Span>().unwrap().after(now()), Some(at("2026-03-11T12:00:00Z")));
    assert!("9999999w".parse::<Span>().unwrap().before(now()).is_none());
}

proptest! {
    #[test]
    fn no_text_makes_the_date_parsers_panic(text: String) {
        let _ = parse_date(&text, now(), DayEnd::End);
        let _ = Expiry::parse(&text, now()).map(|expiry| expiry.valid_to(now()));
        let _ = text.parse::<Span>().map(|span| (span.after(now()), span.before(now())));
    }

    #[test]
    fn no_amount_makes_the_date_parsers_panic(text in r"\+?[0-9]{1,10}[hdwmy]") {
        let _ = Expiry::parse(&text, now()).map(|expiry| expiry.valid_to(now()));
        let _ = text.parse::<Span>().map(|span| (span.after(now()), span.before(now())));
    }

    #[test]
    fn a_millisecond_is_kept_by_every_store(millis in -62_135_596_800_000_i64..253_402_300_799_000) {
        let instant = chrono::DateTime::from_timestamp_millis(millis).unwrap();
        prop_assert_eq!(to_millisecond(instant), instant);
    }
}
