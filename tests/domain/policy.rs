//! The rules of an account: which token offends, and when that is refused.

use tokendeck::domain::calendar::Span;
use tokendeck::domain::catalogue::{Breach, Rules};
use tokendeck::domain::policy::{self, Life, Offence, Verdict};
use tokendeck::domain::{AccountStatus, Catalogue, Refusal, Settings, Status, Time, Token};

use crate::tokens::{ACME, MAX, at, catalogue, days, in_status, now, token};

const LONGEST: Rules = Rules {
    longest_days: Some(90),
    never_forbidden: false,
    idle_days: None,
    breach: Breach::Refuse,
};
const NEVER: Rules = Rules { longest_days: None, never_forbidden: true, ..LONGEST };
const IDLE: Rules = Rules { longest_days: None, idle_days: Some(30), ..LONGEST };

fn ruled(rules: Rules) -> Catalogue {
    let mut catalogue = catalogue();
    catalogue.accounts.get_mut(&ACME).unwrap().rules = rules;
    catalogue
}

/// A token whose value was issued then.
fn issued(at: Time, end: Option<Time>) -> Token {
    let mut token = token();
    token.value.as_mut().unwrap().issued_at = Some(at);
    token.valid_to = end;
    token
}

fn codes(token: &Token, rules: Rules) -> Vec<&'static str> {
    policy::offences(token, &ruled(rules), now()).into_iter().map(Offence::code).collect()
}

#[test]
fn e04_a_life_counts_from_the_issue_of_the_value_and_its_last_day_is_whole() {
    let start = at("2026-03-10T12:00:00Z");
    // The 90th day is the 8th of June, which whoever types it means to its end.
    let last = at("2026-06-09T00:00:00Z");
    assert_eq!(codes(&issued(start, Some(last)), LONGEST), [""; 0]);
    let over = issued(start, Some(last + chrono::TimeDelta::seconds(1)));
    assert_eq!(
        policy::offences(&over, &ruled(LONGEST), now()),
        [Offence::LivesLong { days: 90, latest: last }]
    );
    // A value that was drawn at midnight has 90 days and not a second more.
    let midnight = at("2026-03-10T00:00:00Z");
    let exact = at("2026-06-08T00:00:00Z");
    assert_eq!(codes(&issued(midnight, Some(exact)), LONGEST), [""; 0]);
    let over = issued(midnight, Some(exact + chrono::TimeDelta::seconds(1)));
    assert_eq!(codes(&over, LONGEST), ["lives_long"]);
    // What is valid later lives from then on.
    let later =
        Token { valid_from: Some(start + days(30)), ..issued(start, Some(start + days(120))) };
    assert_eq!(codes(&later, LONGEST), [""; 0]);
    // A past Valid from lengthens nothing.
    let early = Token { valid_from: Some(start - days(30)), ..issued(start, Some(last)) };
    assert_eq!(codes(&early, LONGEST), [""; 0]);
    // Of an old value nobody kept when it was issued: it was accepted nine days ago.
    let mut old = issued(start, Some(last));
    old.value.as_mut().unwrap().issued_at = None;
    assert_eq!(codes(&old, LONGEST), ["lives_long"]);
}

#[test]
fn e04_what_never_ends_lives_longer_than_any_number_of_days() {
    let never = issued(now(), None);
    assert_eq!(codes(&never, NEVER), ["never_ends"]);
    assert_eq!(codes(&never, LONGEST), ["never_ends"]);
    assert_eq!(codes(&never, Rules::default()), [""; 0]);
    assert_eq!(codes(&issued(now(), Some(now() + days(9_000))), NEVER), [""; 0]);
}

#[test]
fn e04_only_what_could_be_used_offends() {
    let both = Rules { idle_days: Some(1), ..LONGEST };
    for (status, expected) in [
        (Status::Active, &["never_ends", "idle"][..]),
        (Status::Scheduled, &["never_ends"]),
        // Exported: its first use would accept it.
        (Status::Pending, &["never_ends"]),
        (Status::Disabled, &[]),
        (Status::Expired, &[]),
        (Status::Revoked, &[]),
        (Status::Deleted, &[]),
    ] {
        assert_eq!(codes(&in_status(status), both), expected, "{status}");
    }
    let request = Token { value: None, ..in_status(Status::Pending) };
    assert_eq!(codes(&request, both), [""; 0], "its end comes with its value");
    let everywhere = Token { account: None, ..token() };
    assert_eq!(codes(&everywhere, both), [""; 0], "no account, no rules");
    let mut closed = ruled(both);
    closed.accounts.get_mut(&ACME).unwrap().status = AccountStatus::Disabled;
    assert_eq!(policy::offences(&token(), &closed, now()), []);
    let mut left = ruled(both);
    left.users.get_mut(&MAX).unwrap().disabled_at = Some(now());
    for status in [Status::Active, Status::Pending] {
        let theirs = Token { owner: Some(MAX), ..in_status(status) };
        assert_eq!(policy::offences(&theirs, &left, now()), [], "{status}");
    }
}

#[test]
fn e04_idle_counts_from_the_last_use_or_from_when_it_could_be_used() {
    let at_day = |count| now() - days(count);
    // Made and accepted nine days ago.
    let unused = |days: i64| Rules { idle_days: Some(u32::try_from(days).unwrap()), ..IDLE };
    assert_eq!(codes(&token(), unused(9)), ["idle"]);
    assert_eq!(codes(&token(), unused(10)), [""; 0]);
    let used = Token { last_used_at: Some(at_day(5)), ..token() };
    assert_eq!(codes(&used, unused(5)), ["idle"]);
    assert_eq!(codes(&used, unused(6)), [""; 0]);
    // A new value, a later acceptance and a later Valid from begin anew.
    let fresh = issued(at_day(2), None);
    assert_eq!(codes(&fresh, unused(3)), [""; 0]);
    assert_eq!(codes(&fresh, unused(2)), ["idle"]);
    let from = Token { valid_from: Some(at_day(1)), ..token() };
    assert_eq!(codes(&from, unused(2)), [""; 0]);
    let offences = policy::offences(&used, &ruled(unused(5)), now());
    assert_eq!(policy::in_words(&offences), "unused for 5 days: since 2026-03-05");
}

#[test]
fn e04_a_breach_is_refused_or_let_through_and_idle_never_is_one() {
    let never = issued(now(), None);
    let Err(Refusal::Invalid(errors)) = policy::judge(&never, &ruled(LONGEST)) else {
        panic!("refused")
    };
    assert_eq!(errors[0].field, "valid_to");
    assert_eq!(errors[0].message, "Acme allows no token that never ends: 2026-06-08 at the latest");
    let flagged = Rules { breach: Breach::Flag, ..LONGEST };
    assert_eq!(policy::judge(&never, &ruled(flagged)), Ok(()));
    assert_eq!(codes(&never, flagged), ["never_ends"]);
    let idle = Rules { idle_days: Some(1), ..IDLE };
    assert_eq!(policy::judge(&token(), &ruled(idle)), Ok(()));
    // Also where the account is out of service, lest it comes back with it.
    let mut closed = ruled(LONGEST);
    closed.accounts.get_mut(&ACME).unwrap().status = AccountStatus::Disabled;
    assert!(policy::judge(&never, &closed).is_err());
}

#[test]
fn e04_where_nobody_chooses_an_end_it_is_one_that_the_account_allows() {
    let end = |rules| policy::default_end(Some(ACME), &ruled(rules), now());
    assert_eq!(end(LONGEST), Some(at("2026-06-09T00:00:00Z")));
    assert_eq!(end(NEVER), Some(at("2026-09-10T12:00:00Z")));
    assert_eq!(end(Rules { longest_days: Some(3_000), ..LONGEST }), end(NEVER));
    assert_eq!(policy::default_end(None, &ruled(LONGEST), now()), end(NEVER));
}

#[test]
fn e04_months_stand_for_as_many_days_as_the_longest_such_months_have() {
    for (span, expected) in [
        (Span::Days(90), 90),
        (Span::Hours(48), 2),
        (Span::Months(1), 31),
        (Span::Months(2), 62),
        (Span::Months(3), 92),
        (Span::Months(6), 184),
        (Span::Months(12), 366),
        (Span::Months(24), 731),
        (Span::Months(1_200), 36_525),
    ] {
        assert_eq!(policy::days_of(span), Ok(expected), "{span}");
    }
    for span in
        [Span::Hours(25), Span::Hours(0), Span::Days(0), Span::Days(40_000), Span::Months(1_201)]
    {
        assert!(policy::days_of(span).is_err(), "{span}");
    }
}

#[test]
fn e04_what_is_said_beforehand_is_what_judging_says() {
    let flags = Rules { breach: Breach::Flag, ..LONGEST };
    for rules in [LONGEST, NEVER, flags] {
        let all = ruled(rules);
        for end in [None, Some(now() + days(10)), Some(now() + days(400))] {
            let made = issued(now(), end);
            let settings = Settings::of(&made);
            let life = Life::of_settings(&settings, None::<&Token>, false, now()).unwrap();
            let said = policy::verdict(made.account, life, &all);
            match (policy::judge(&made, &all), said) {
                (Err(Refusal::Invalid(errors)), Some(Verdict::Refused(why))) => {
                    assert_eq!(errors[0].message, why);
                }
                (Ok(()), said) => {
                    let flagged = matches!(said, Some(Verdict::Flagged(_)));
                    let offends = !policy::offences(&made, &all, now()).is_empty();
                    assert!(said.is_none() || flagged, "{said:?}");
                    assert_eq!(flagged, offends);
                }
                other => panic!("{other:?}"),
            }
        }
    }
    // What was there before a rule may stay, until its end or its value is another.
    let old = issued(now(), None);
    let life = |settings: &Settings, anew| Life::of_settings(settings, Some(&old), anew, now());
    assert_eq!(life(&Settings::of(&old), false), None);
    assert!(life(&Settings::of(&old), true).is_some());
    let ends = Settings { valid_to: Some(now() + days(5)), ..Settings::of(&old) };
    assert!(life(&ends, false).is_some());
}
