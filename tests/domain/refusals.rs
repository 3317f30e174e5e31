//! Codes, exit codes and HTTP statuses of refusals.

use tokendeck::domain::{FieldError, HolderVerb, OutOfService, Refusal, Status, Verb};

use super::tokens::now;

#[test]
fn each_refusal_has_the_codes_that_scripts_and_replies_rely_on() {
    let cases = [
        (Refusal::no_token("x"), "not_found", 4, 404),
        (Refusal::NeedsManageTokens, "not_permitted", 3, 403),
        (Refusal::ReadOnly, "read_only", 3, 403),
        (Refusal::UnknownUser { login: "x".to_owned(), example: false }, "unknown_user", 3, 401),
        (Refusal::AlreadyRevoked, "already_revoked", 1, 409),
        (Refusal::OutOfService { by: OutOfService::Account }, "out_of_service", 1, 409),
        (Refusal::ValueGone, "value_gone", 1, 409),
        (
            Refusal::WrongStatus { verb: Verb::Edit, status: Status::Revoked },
            "wrong_status",
            1,
            409,
        ),
        (Refusal::field("name", "Name is required"), "invalid", 2, 422),
        (Refusal::NotConfirmed("--yes".to_owned()), "not_confirmed", 2, 422),
        (Refusal::StaleVersion { by: "Ada".to_owned(), at: now() }, "stale_version", 7, 412),
        (Refusal::JobRunning { until: None }, "job_running", 1, 409),
        (Refusal::HoldsMore { what: "South plant".to_owned() }, "holds_more", 3, 403),
        (Refusal::JobStopped, "job_stopped", 1, 409),
        (Refusal::JobOver, "job_over", 1, 409),
        (Refusal::HasOwner, "has_owner", 1, 409),
        (Refusal::JobStaged, "job_staged", 1, 409),
        (Refusal::StalePlan, "stale_plan", 7, 412),
        (Refusal::AlreadyPending, "already_pending", 1, 409),
        (Refusal::CancelInstead, "pending", 1, 409),
        (Refusal::NothingHeld, "nothing_held", 1, 409),
        (Refusal::ChooseModule, "choose_module", 2, 422),
        (Refusal::NothingToBe(HolderVerb::Request), "nothing_to_do", 1, 409),
    ];
    for (refusal, code, exit, http) in cases {
        let codes = (refusal.code(), refusal.exit_code(), refusal.http_status());
        assert_eq!(codes, (code, exit, http), "{refusal}");
    }
}

#[test]
fn every_field_error_is_said() {
    let refusal = Refusal::Invalid(vec![
        FieldError::new("name", "Name is required"),
        FieldError::new("scopes", "Choose at least one scope"),
    ]);
    assert_eq!(refusal.to_string(), "name: Name is required; scopes: Choose at least one scope");
}

#[test]
fn a_stale_save_names_who_and_when() {
    let refusal = Refusal::StaleVersion { by: "Ada Admin".to_owned(), at: now() };
    assert_eq!(refusal.to_string(), "Changed by Ada Admin at 2026-03-10 12:00:00 UTC");
}
