//! Every cell of action x status x role, and what each action leaves behind.

use strum::IntoEnumIterator;
use tokendeck::domain::{
    Action, CredentialChange, Detail, EventAction, Expiry, Operator, Overlap, Refusal, Role,
    Settings, Status, Token, TokenChange, Verb, lifecycle,
};

use super::people::{operator, owner_of};
use super::tokens::{at, credential, days, guid, in_status, now, token};

/// What an operator with `manage_tokens` is told, by verb and status; "" = done.
/// The rows are the table "Actions" of the requirements.
const MANAGER: [(Verb, [&str; 7]); 10] = [
    // Active, Scheduled, Pending, Disabled, Expired, Revoked, Deleted
    (Verb::Edit, ["", "", "wrong_status", "", "", "wrong_status", "already_deleted"]),
    (
        Verb::Enable,
        [
            "already_enabled",
            "already_enabled",
            "wrong_status",
            "",
            "wrong_status",
            "wrong_status",
            "already_deleted",
        ],
    ),
    (
        Verb::Disable,
        [
            "",
            "",
            "wrong_status",
            "already_disabled",
            "wrong_status",
            "wrong_status",
            "already_deleted",
        ],
    ),
    (Verb::Regenerate, ["", "", "wrong_status", "", "", "wrong_status", "already_deleted"]),
    (
        Verb::Revoke,
        ["", "", "wrong_status", "", "already_expired", "already_revoked", "already_deleted"],
    ),
    (Verb::Delete, ["", "", "", "", "", "", "already_deleted"]),
    (Verb::Accept, ["not_permitted"; 7]),
    (Verb::Reveal, ["", "", "", "", "", "value_gone", "value_gone"]),
    (
        Verb::DropOld,
        [
            "no_overlap",
            "no_overlap",
            "no_overlap",
            "no_overlap",
            "no_overlap",
            "no_overlap",
            "already_deleted",
        ],
    ),
    (Verb::HandOver, ["", "", "wrong_status", "", "", "wrong_status", "already_deleted"]),
];

/// What the owner of the token is told, who may not manage tokens.
const OWNER: [(Verb, [&str; 7]); 10] = [
    (Verb::Edit, ["not_permitted"; 7]),
    (Verb::Enable, ["not_permitted"; 7]),
    (Verb::Disable, ["not_permitted"; 7]),
    (Verb::Regenerate, ["not_permitted"; 7]),
    (
        Verb::Revoke,
        ["", "", "wrong_status", "", "already_expired", "already_revoked", "already_deleted"],
    ),
    (Verb::Delete, ["not_permitted"; 7]),
    (
        Verb::Accept,
        [
            "not_pending",
            "not_pending",
            "",
            "not_pending",
            "not_pending",
            "not_pending",
            "already_deleted",
        ],
    ),
    (Verb::Reveal, ["not_permitted"; 7]),
    (Verb::DropOld, ["not_permitted"; 7]),
    (Verb::HandOver, ["not_permitted"; 7]),
];

fn told(verb: Verb, token: &Token, operator: &Operator) -> &'static str {
    lifecycle::allowed(verb, token, operator, None, now())
        .map_or_else(|refusal| refusal.code(), |()| "")
}

fn column(status: Status) -> usize {
    Status::told().position(|other| other == status).unwrap()
}

#[test]
fn the_tables_name_every_verb_once() {
    for table in [&MANAGER, &OWNER] {
        let named: Vec<_> = table.iter().map(|(verb, _)| *verb).collect();
        assert_eq!(named, Verb::iter().collect::<Vec<_>>());
    }
}

#[test]
fn every_action_in_every_status_by_every_role_is_as_the_table_says() {
    for role in Role::iter() {
        let operator = operator(role);
        for status in Status::told() {
            let token = in_status(status);
            for (verb, row) in MANAGER {
                let expected = match (status, role) {
                    (_, Role::Member)
                    | (Status::Deleted, Role::Partner | Role::Admin | Role::Viewer) => "not_found",
                    (_, Role::Viewer) => "not_permitted",
                    _ => row[column(status)],
                };
                assert_eq!(told(verb, &token, &operator), expected, "{role} {verb} {status}");
            }
        }
    }
}

#[test]
fn an_owner_may_accept_and_revoke_and_nothing_else() {
    let (owner, theirs) = owner_of(Status::Active);
    assert!(owner.sees(&theirs));
    for status in Status::told().filter(|status| *status != Status::Deleted) {
        let (owner, theirs) = owner_of(status);
        for (verb, row) in OWNER {
            assert_eq!(told(verb, &theirs, &owner), row[column(status)], "{verb} {status}");
        }
    }
}

#[test]
fn a_manager_who_owns_a_deleted_token_is_told_the_same_as_anybody() {
    let (owner, theirs) = owner_of(Status::Deleted);
    assert_eq!(told(Verb::Revoke, &theirs, &owner), "not_found");
}

#[test]
fn r008_the_permission_is_asked_for_before_the_state() {
    let viewer = operator(Role::Viewer);
    let refusal = lifecycle::allowed(Verb::Edit, &in_status(Status::Revoked), &viewer, None, now());
    assert_eq!(refusal.unwrap_err().to_string(), "Needs the manage_tokens permission");
}

#[test]
fn r008_an_admin_without_manage_tokens_is_refused() {
    let mut ned = operator(Role::Admin);
    ned.manage_tokens = false;
    assert_eq!(told(Verb::Disable, &token(), &ned), "not_permitted");
}

fn decided(status: Status, action: &Action) -> TokenChange {
    lifecycle::decide(&in_status(status), action, &operator(Role::Admin), None, now()).unwrap()
}

fn refused(status: Status, action: &Action) -> String {
    lifecycle::decide(&in_status(status), action, &operator(Role::Admin), None, now())
        .unwrap_err()
        .to_string()
}

#[test]
fn the_reasons_read_as_the_screens_show_them() {
    assert_eq!(refused(Status::Expired, &Action::Revoke), "Already expired");
    assert_eq!(refused(Status::Revoked, &Action::Revoke), "Already revoked");
    let edit = Action::Edit { settings: Settings::of(&token()), credential: None };
    assert_eq!(refused(Status::Revoked, &edit), "Revoked tokens cannot be edited");
    assert_eq!(refused(Status::Revoked, &regenerate(6)), "Revoked tokens cannot be regenerated");
}

#[test]
fn r063_revoke_ends_validity_at_that_moment_even_where_it_was_to_last() {
    let mut token = in_status(Status::Active);
    token.valid_to = Some(at("2030-01-01T00:00:00Z"));
    token.previous = Some(super::tokens::overlapping(guid(9), now() + days(1)));
    let change =
        lifecycle::decide(&token, &Action::Revoke, &operator(Role::Admin), None, now()).unwrap();
    assert_eq!(change.token.valid_to, Some(now()));
    assert_eq!(change.token.revoked.map(|stamp| stamp.at), Some(now()));
    assert_eq!(change.token.previous, None);
    assert_eq!(change.token.version, 2);
    assert!(!change.token.value.unwrap().retained);
    assert!(matches!(change.credential, CredentialChange::Erase));
    assert_eq!(change.events[0].action, EventAction::Revoked);
    assert_eq!(change.events[0].details, [Detail::From { status: Status::Active }]);
}

#[test]
fn deleting_a_pending_token_is_a_cancelled_request() {
    assert_eq!(decided(Status::Pending, &Action::Delete).events[0].action, EventAction::Cancelled);
    assert_eq!(decided(Status::Active, &Action::Delete).events[0].action, EventAction::Deleted);
}

#[test]
fn r058_disable_and_enable_leave_the_value_alone() {
    let disabled = decided(Status::Active, &Action::Disable);
    assert_eq!(Status::alone(&disabled.token, now()), Status::Disabled);
    assert_eq!(disabled.token.value, token().value);
    assert!(matches!(disabled.credential, CredentialChange::Keep));
    let enabled =
        lifecycle::decide(&disabled.token, &Action::Enable, &operator(Role::Admin), None, now())
            .unwrap();
    assert_eq!(Status::alone(&enabled.token, now()), Status::Active);
    assert_eq!(enabled.token.version, 3);
}

fn regenerate(months: u32) -> Action {
    Action::Regenerate {
        credential: credential(7),
        expiry: Some(Expiry::Months(months)),
        overlap: Overlap::NONE,
    }
}

fn regenerate_overlapping(overlap: Overlap) -> Action {
    Action::Regenerate { credential: credential(7), expiry: Some(Expiry::Never), overlap }
}

#[test]
fn r068_regenerate_brings_an_expired_token_back_with_a_new_guid_and_end() {
    let change = decided(Status::Expired, &regenerate(6));
    assert_eq!(Status::alone(&change.token, now()), Status::Active);
    assert_eq!(change.token.valid_to, Some(at("2026-09-10T12:00:00Z")));
    assert_eq!(change.token.value.unwrap().guid, guid(7));
    assert_eq!(change.token.id, token().id);
    assert_eq!(change.token.previous, None);
}

#[test]
fn r069_a_disabled_token_stays_disabled_when_regenerated() {
    let change = decided(Status::Disabled, &regenerate(3));
    assert_eq!(Status::alone(&change.token, now()), Status::Disabled);
}

#[test]
fn an_overlap_lets_the_old_value_live_for_its_time() {
    let change = decided(Status::Active, &regenerate_overlapping(Overlap::DAY));
    let previous = change.token.previous.unwrap();
    assert_eq!((previous.guid, previous.until), (guid(1), now() + days(1)));
}

#[test]
fn an_overlap_never_outlives_the_end_the_old_value_had() {
    let mut token = in_status(Status::Active);
    token.valid_to = Some(now() + days(2));
    let action = regenerate_overlapping(Overlap::WEEK);
    let change = lifecycle::decide(&token, &action, &operator(Role::Admin), None, now()).unwrap();
    assert_eq!(change.token.previous.unwrap().until, now() + days(2));
    let expired = decided(Status::Expired, &action);
    assert_eq!(expired.token.previous, None, "an expired value must not come alive again");
}

#[test]
fn a_new_end_before_the_start_is_refused_at_its_field() {
    let mut token = in_status(Status::Scheduled);
    token.valid_from = Some(at("2026-12-01T00:00:00Z"));
    let refusal = lifecycle::decide(&token, &regenerate(3), &operator(Role::Admin), None, now());
    assert_eq!(refusal.unwrap_err().to_string(), "valid_to: Must be after Valid from (2026-12-01)");
}

#[test]
fn an_edit_names_the_fields_it_changed_and_no_more() {
    let settings = Settings {
        name: "zeta".to_owned(),
        valid_to: Some(now() + days(90)),
        ..Settings::of(&token())
    };
    let change = decided(Status::Active, &Action::Edit { settings, credential: None });
    let fields: Vec<_> = change.events[0]
        .details
        .iter()
        .filter_map(|detail| match detail {
            Detail::Changed { field } => Some(field.to_string()),
            _ => None,
        })
        .collect();
    assert_eq!(fields, ["name", "valid_to"]);
    assert_eq!(change.token.name, "zeta");
    assert_eq!(change.token.created, token().created);
}

#[test]
fn an_edit_with_a_new_value_is_two_events_and_the_old_value_dies() {
    let action = Action::Edit { settings: Settings::of(&token()), credential: Some(credential(7)) };
    let change = decided(Status::Active, &action);
    let actions: Vec<_> = change.events.iter().map(|event| event.action).collect();
    assert_eq!(actions, [EventAction::Edited, EventAction::Regenerated]);
    assert_eq!(change.token.previous, None);
    assert_eq!(change.token.valid_to, token().valid_to, "the expiry is unchanged (D28)");
}

#[test]
fn a_request_gets_its_value_and_its_six_months_when_it_is_accepted() {
    let (owner, mut requested) = owner_of(Status::Pending);
    requested.value = None;
    let none = Action::Accept { credential: None, end: None };
    assert_eq!(
        lifecycle::decide(&requested, &none, &owner, None, now()).unwrap_err(),
        Refusal::NoValueYet
    );
    let end = Some(at("2026-09-10T12:00:00Z"));
    let accept = Action::Accept { credential: Some(credential(7)), end };
    let change = lifecycle::decide(&requested, &accept, &owner, None, now()).unwrap();
    assert_eq!(change.token.valid_to, Some(at("2026-09-10T12:00:00Z")));
    assert_eq!(change.token.accepted.and_then(|stamp| stamp.by), Some(owner.user));
    assert!(matches!(change.credential, CredentialChange::Issue(_)));
}

#[test]
fn the_first_use_accepts_an_exported_token_that_would_be_active() {
    let exported = in_status(Status::Pending);
    let change = lifecycle::accept_by_use(&exported, None, now()).unwrap();
    assert_eq!(Status::alone(&change.token, now()), Status::Active);
    assert_eq!(change.token.accepted.unwrap().by, None, "nobody is named: the bearer acted");
    let mut switched_off = exported;
    switched_off.enabled = false;
    assert!(lifecycle::accept_by_use(&switched_off, None, now()).is_err());
}

#[test]
fn an_event_names_the_user_and_the_login_of_the_system() {
    let admin = operator(Role::Admin);
    let change = lifecycle::decide(&token(), &Action::Disable, &admin, None, now()).unwrap();
    assert_eq!(change.events[0].by.user, Some(admin.user));
    assert_eq!(change.events[0].by.system_login.as_deref(), Some("root-login"));
}
