//! The promises of a store, tested on `SQLite`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on should fail"
)]

mod contract;
mod cut_short;
mod files;
mod full;
mod migration;
mod model;
mod names;
mod processes;
mod restore;
mod secrets;
mod support;
mod tamper;

/// Runs each promise of the contract on a fresh `SQLite` store.
macro_rules! sqlite_keeps {
    ($($part:ident: $($promise:ident)*;)*) => {
        mod sqlite {
            $(mod $part {
                $(#[test]
                fn $promise() {
                    crate::contract::$part::$promise(&crate::support::deck().store);
                })*
            })*
        }
    };
}

sqlite_keeps! {
    catalogue:
        the_catalogue_comes_back_as_it_went_in
        a_changed_catalogue_entry_replaces_the_old_one
        removed_entries_are_gone
        a_login_is_taken_once
        the_number_of_a_removed_entry_is_remembered
        only_tokens_that_are_not_deleted_use_an_entry;
    commits:
        r136_a_commit_writes_the_changes_and_their_events_together
        a_refused_commit_changes_nothing
        one_bad_change_undoes_all_others
        a_change_without_an_event_is_a_fault
        a_commit_without_changes_leaves_the_head_alone
        deciding_reads_the_state_that_is_changed
        a_version_must_be_one_more_than_the_stored_one
        a_new_token_starts_at_version_one
        r090_a_name_is_taken_once_in_an_account_whatever_its_case
        all_accounts_share_names_like_an_account
        a_deleted_token_gives_its_name_back
        a_renamed_token_gives_its_old_name_back
        a_guid_is_never_used_twice
        a_guid_stays_taken_after_its_token_is_deleted
        an_id_is_never_given_twice
        ending_a_token_erases_what_is_sealed_and_keeps_the_hash
        a_new_value_erases_the_older_one
        thousands_of_changes_fit_in_one_commit;
    reads:
        a_token_comes_back_as_it_went_in
        a_value_comes_back_with_the_time_of_its_issue
        times_come_back_to_the_millisecond
        scan_and_tokens_agree_and_keep_their_orders
        an_edit_replaces_access_groups_and_scopes
        a_name_finds_its_token
        events_come_back_in_order_and_in_windows
        events_are_found_by_subject_user_action_and_time
        a_read_sees_one_state_while_others_write
        the_head_tells_the_newest_event;
    jobs:
        a_job_comes_back_as_it_went_in
        a_job_moves_on_and_what_it_is_stays
        a_plan_is_frozen_and_a_chunk_ends_once
        a_job_id_is_never_given_twice
        a_jobs_change_is_followed_without_an_event
        a_chunk_and_its_tokens_are_committed_together_or_not_at_all
        jobs_are_listed_newest_first_and_waiting_ones_always
        a_job_is_found_by_its_plan
        old_plans_go_and_records_and_waiting_plans_stay;
    sign_in:
        an_operator_credential_comes_back_as_it_went_in
        a_revoked_operator_credential_stays_revoked
        nothing_else_of_an_operator_credential_changes;
    uses:
        a_last_use_shows_on_the_token_and_changes_no_version
        an_earlier_use_does_not_replace_a_later_one
        uses_are_followed_by_batch
        a_batch_that_brings_nothing_new_does_not_count
        a_use_of_no_token_is_a_fault
        the_mark_of_time_is_moved_on_and_never_back
        a_time_that_is_taken_moves_the_mark_either_way
        a13_each_value_keeps_its_own_last_use
        a13_a_drawn_value_is_no_ones_until_it_is_adopted;
}
