//! Operators of every role, and who sees what.

use std::collections::BTreeSet;

use strum::IntoEnumIterator;
use tokendeck::domain::{Operator, Role, Status, Token, UserId};

use super::tokens::{ACME, BOREALIS, HARBOR, MAX, NORTH, SOUTH, catalogue, in_status, token, user};

/// An operator of Acme with both its scopes, who owns nothing.
pub(crate) fn operator(role: Role) -> Operator {
    Operator::of(&user(UserId::new(99), "op", role), Some("root-login".to_owned()))
}

/// Max, and a token of his in this status.
pub(crate) fn owner_of(status: Status) -> (Operator, Token) {
    let mut owned = in_status(status);
    owned.owner = Some(MAX);
    (Operator::of(&user(MAX, "max", Role::Member), None), owned)
}

#[test]
fn r132_a_token_is_seen_by_those_who_hold_all_its_scopes() {
    let mut ned = operator(Role::Admin);
    ned.scopes = BTreeSet::from([NORTH]);
    let robot_1 = token();
    let mut robot_2 = token();
    robot_2.scopes = BTreeSet::from([NORTH, SOUTH]);
    assert!(ned.sees(&robot_1));
    assert!(!ned.sees(&robot_2));
    assert!(operator(Role::Admin).sees(&robot_2));
}

#[test]
fn visibility_of_every_role_is_as_the_table_says() {
    let mut borealis = token();
    borealis.account = Some(BOREALIS);
    borealis.scopes = BTreeSet::from([HARBOR]);
    let mut of_all = token();
    of_all.account = None;
    of_all.scopes = BTreeSet::new();
    let gone = in_status(Status::Deleted);
    let expected = |role: Role| match role {
        //                     Acme   Borealis all    deleted
        Role::Superadmin => [true, true, true, true],
        Role::Partner | Role::Admin | Role::Viewer => [true, false, false, false],
        Role::Member => [false, false, false, false],
    };
    for role in Role::iter() {
        let operator = operator(role);
        let seen = [&token(), &borealis, &of_all, &gone].map(|token| operator.sees(token));
        assert_eq!(seen, expected(role), "{role}");
    }
}

#[test]
fn an_owner_always_sees_their_own_whatever_its_scopes() {
    let (mut max, mut theirs) = owner_of(Status::Active);
    max.scopes = BTreeSet::new();
    theirs.scopes = BTreeSet::from([SOUTH]);
    assert!(max.sees(&theirs));
}

#[test]
fn a_partner_holds_every_scope_of_their_accounts_and_no_other() {
    let catalogue = catalogue();
    let mut pia = operator(Role::Partner);
    pia.scopes = BTreeSet::new();
    assert!(pia.holds(&catalogue.scopes[&NORTH]));
    assert!(!pia.holds(&catalogue.scopes[&HARBOR]));
}

#[test]
fn manage_tokens_cannot_be_given_to_viewers_and_members() {
    for role in Role::iter() {
        let mut user = user(MAX, "max", role);
        user.manage_tokens = true;
        let expected = !matches!(role, Role::Viewer | Role::Member);
        assert_eq!(Operator::of(&user, None).manage_tokens, expected, "{role}");
    }
}

#[test]
fn the_accounts_to_choose_from_are_the_operators_own() {
    let catalogue = catalogue();
    let names =
        |role| -> Vec<_> { operator(role).accounts_in(&catalogue).iter().map(|a| a.id).collect() };
    assert_eq!(names(Role::Admin), [ACME]);
    assert_eq!(names(Role::Superadmin), [ACME, BOREALIS]);
}
