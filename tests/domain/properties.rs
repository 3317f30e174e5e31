//! What holds after any actions in any order.

use proptest::prelude::*;
use tokendeck::domain::{
    Action, CredentialChange, Expiry, Operator, Overlap, Role, Settings, Status, Time, Token,
    TokenChange, lifecycle, status,
};

use super::people::operator;
use super::tokens::{credential, days, now, token};

#[derive(Debug, Clone, Copy)]
enum Step {
    Enable,
    Disable,
    Revoke,
    Delete,
    Rename,
    Regenerate(u8, Overlap),
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let overlap = prop_oneof![Just(Overlap::NONE), Just(Overlap::DAY), Just(Overlap::WEEK)];
    prop_oneof![
        4 => Just(Step::Enable),
        4 => Just(Step::Disable),
        1 => Just(Step::Revoke),
        1 => Just(Step::Delete),
        2 => Just(Step::Rename),
        4 => (2..250_u8, overlap).prop_map(|(number, overlap)| Step::Regenerate(number, overlap)),
        6 => (1..200_i64).prop_map(Step::Wait),
    ]
}

fn action(step: Step, token: &Token) -> Option<Action> {
    Some(match step {
        Step::Enable => Action::Enable,
        Step::Disable => Action::Disable,
        Step::Revoke => Action::Revoke,
        Step::Delete => Action::Delete,
        Step::Rename => Action::Edit {
            settings: Settings { name: format!("{}x", token.name), ..Settings::of(token) },
            credential: None,
        },
        Step::Regenerate(number, overlap) => Action::Regenerate {
            credential: credential(number),
            expiry: Some(Expiry::Months(3)),
            overlap,
        },
        Step::Wait(_) => return None,
    })
}

/// What must be true of a change, whatever led to it.
fn assert_sound(before: &Token, after: &TokenChange, now: Time) {
    let token = &after.token;
    assert_eq!(token.version, before.version + 1);
    assert_eq!((token.id, token.account, token.owner), (before.id, before.account, before.owner));
    assert_eq!(token.created, before.created);
    assert!(!after.events.is_empty(), "no change without an event");
    assert!(after.events.iter().all(|event| event.at == now));
    let ended = token.revoked.is_some() || token.deleted.is_some();
    assert_eq!(ended, matches!(after.credential, CredentialChange::Erase));
    if ended {
        assert_eq!(token.previous, None, "nothing of an ended token passes");
        assert!(token.value.is_none_or(|value| !value.retained));
    }
    assert!(token.previous.is_none_or(|previous| previous.until > now));
}

fn apply(operator: &Operator, token: Token, step: Step, now: &mut Time) -> Token {
    if let Step::Wait(hours) = step {
        *now += chrono::TimeDelta::hours(hours);
        return token;
    }
    let Some(action) = action(step, &token) else { return token };
    let allowed = lifecycle::allowed(action.verb(), &token, operator, None, *now);
    match lifecycle::decide(&token, &action, operator, None, *now) {
        Ok(change) => {
            assert_eq!(allowed, Ok(()), "what is done was allowed");
            assert_sound(&token, &change, *now);
            change.token
        }
        Err(_) => token,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn revoked_and_deleted_are_for_ever(steps in prop::collection::vec(step(), 1..100)) {
        let admin = operator(Role::Superadmin);
        let (mut token, mut now) = (token(), now());
        let mut ended = None;
        for step in steps {
            token = apply(&admin, token, step, &mut now);
            let status = Status::alone(&token, now);
            match ended {
                Some(Status::Deleted) => prop_assert_eq!(status, Status::Deleted),
                Some(_) => prop_assert!(matches!(status, Status::Revoked | Status::Deleted)),
                None => {}
            }
            if matches!(status, Status::Revoked | Status::Deleted) {
                ended = Some(status);
            }
        }
    }

    #[test]
    fn a_status_changes_by_itself_only_when_it_was_foretold(
        start in proptest::option::of(-500..500_i64),
        end in proptest::option::of(-500..500_i64),
        enabled: bool,
        wait in 0..1_000_i64,
    ) {
        let mut token = token();
        token.enabled = enabled;
        token.valid_from = start.map(|day| now() + days(day));
        token.valid_to = end.map(|day| now() + days(day));
        let later = now() + days(wait);
        if status::next_change(&token, now()).is_none_or(|instant| instant > later) {
            prop_assert_eq!(Status::alone(&token, now()), Status::alone(&token, later));
        }
    }

    #[test]
    fn validity_is_half_open(day in -500..500_i64) {
        let mut token = token();
        token.valid_from = Some(now() + days(day));
        token.valid_to = Some(now() + days(day + 1));
        prop_assert_eq!(Status::alone(&token, now() + days(day)), Status::Active);
        prop_assert_eq!(Status::alone(&token, now() + days(day + 1)), Status::Expired);
    }
}
