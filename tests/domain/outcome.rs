//! Was it done? What a record proves of a change whose answer never came.

use std::collections::BTreeSet;

use strum::IntoEnumIterator;
use tokendeck::domain::entry::{AccountDraft, ModuleDraft};
use tokendeck::domain::outcome::{self, Found, WantedSettings};
use tokendeck::domain::{
    AccountId, AccountStatus, Catalogue, EntryDraft, EntryId, HolderVerb, JobAct, JobState,
    ModuleId, Settings, Status, Token, TokenDraft, Verb,
};

use super::tokens::{guid, in_status, token};

/// At the version that was ordered on, in that status, and how many versions later.
fn later(status: Status, by: u64) -> Token {
    let token = in_status(status);
    Token { version: token.version + by, ..token }
}

/// What is found of a verb that was ordered on the version before.
fn found(verb: Verb, token: &Token, by: u64) -> Found {
    outcome::of_act(verb, Some(token.version - by), Some(token))
}

#[test]
fn what_a_token_proves_by_verb_and_status() {
    use Found::{Changed, Done, NotDone};
    // What is found where the token is as it was, and where it has a newer version.
    const TABLE: [(Verb, Status, Found, Found); 23] = [
        (Verb::Revoke, Status::Active, NotDone, Changed),
        (Verb::Revoke, Status::Disabled, NotDone, Changed),
        // What is final proves itself, whoever did it.
        (Verb::Revoke, Status::Revoked, Done, Done),
        (Verb::Delete, Status::Revoked, NotDone, Changed),
        (Verb::Delete, Status::Deleted, Done, Done),
        (Verb::Accept, Status::Pending, NotDone, Changed),
        // Of one that was so already the order was refused: a newer version is wanted.
        (Verb::Enable, Status::Active, NotDone, Done),
        (Verb::Enable, Status::Disabled, NotDone, Changed),
        (Verb::Disable, Status::Disabled, NotDone, Done),
        (Verb::Disable, Status::Active, NotDone, Changed),
        (Verb::DropOld, Status::Active, NotDone, Done),
        (Verb::DropOld, Status::Scheduled, NotDone, Done),
        // They show by a value or by settings, which a verb does not tell.
        (Verb::Edit, Status::Active, NotDone, Changed),
        (Verb::Edit, Status::Revoked, NotDone, Changed),
        (Verb::Regenerate, Status::Active, NotDone, Changed),
        (Verb::Regenerate, Status::Disabled, NotDone, Changed),
        (Verb::Regenerate, Status::Expired, NotDone, Changed),
        (Verb::Regenerate, Status::Revoked, NotDone, Changed),
        (Verb::HandOver, Status::Active, NotDone, Changed),
        (Verb::HandOver, Status::Revoked, NotDone, Changed),
        (Verb::Reveal, Status::Active, NotDone, Changed),
        (Verb::Reveal, Status::Revoked, NotDone, Changed),
        (Verb::Reveal, Status::Deleted, NotDone, Changed),
    ];
    for (verb, status, same, newer) in TABLE {
        let both = (found(verb, &later(status, 0), 0), found(verb, &later(status, 1), 1));
        assert_eq!(both, (same, newer), "{verb} of a token that is {status}");
    }
    for verb in Verb::iter() {
        let told = TABLE.iter().any(|(of, ..)| *of == verb);
        assert!(told, "{verb} is not in the table");
    }
}

#[test]
fn whoever_named_no_version_wanted_the_state() {
    let (on, off) = (in_status(Status::Active), in_status(Status::Disabled));
    assert_eq!(outcome::of_act(Verb::Enable, None, Some(&on)), Found::Done);
    assert_eq!(outcome::of_act(Verb::Enable, None, Some(&off)), Found::NotDone);
    assert_eq!(outcome::of_act(Verb::Disable, None, Some(&off)), Found::Done);
    assert_eq!(outcome::of_act(Verb::Disable, None, Some(&on)), Found::NotDone);
}

#[test]
fn a_token_that_is_gone_was_deleted_or_is_out_of_sight() {
    for verb in Verb::iter() {
        let expected = if verb == Verb::Delete { Found::Done } else { Found::Changed };
        assert_eq!(outcome::of_act(verb, Some(1), None::<&Token>), expected, "{verb}");
    }
}

#[test]
fn a_new_token_is_known_by_its_guid_and_else_by_all_that_was_typed() {
    let there = token();
    let draft = |guid, name: &str| TokenDraft {
        account: there.account,
        owner: None,
        guid,
        settings: Settings { name: name.to_owned(), ..Settings::of(&there) },
    };
    let same = there.name.as_str();
    assert_eq!(outcome::of_create(&draft(Some(guid(9)), "x"), Some(&there)), Found::Done);
    assert_eq!(outcome::of_create(&draft(None, same), Some(&there)), Found::Done);
    assert_eq!(outcome::of_create(&draft(None, "x"), Some(&there)), Found::Open);
    assert_eq!(outcome::of_create(&draft(None, same), None::<&Token>), Found::NotDone);
}

#[test]
fn an_edit_is_known_by_the_settings_and_a_new_value_by_its_guid_alone() {
    let there = token();
    let other = Settings { name: "another".to_owned(), ..Settings::of(&there) };
    let (same, version) = (Settings::of(&there), there.version);
    let value = there.value.map(|value| value.guid);
    let wish =
        |version, settings, new_value, guid| WantedSettings { version, settings, new_value, guid };
    let rows = [
        (wish(version - 1, &same, false, None), Found::Done),
        (wish(version - 1, &other, false, None), Found::Changed),
        (wish(version, &other, false, None), Found::NotDone),
        (wish(version - 1, &same, true, value), Found::Done),
        (wish(version - 1, &same, true, Some(guid(77))), Found::Changed),
        (wish(version - 1, &same, true, None), Found::Changed),
        (wish(version, &same, true, None), Found::NotDone),
    ];
    for (wish, expected) in rows {
        assert_eq!(outcome::of_edit(wish, Some(&there)), expected, "{wish:?}");
    }
    assert_eq!(outcome::of_edit(wish(version, &same, false, None), None::<&Token>), Found::Changed);
}

#[test]
fn a_plan_is_known_by_its_job_and_an_export_by_one_that_was_put_in_force() {
    use JobState::{Abandoned, Done, Interrupted, Running, Staged, Stopped, Written};
    assert_eq!(outcome::of_start(None), Found::NotDone);
    for state in [Running, Interrupted, Stopped, Staged, Written, Done, Abandoned] {
        assert_eq!(outcome::of_start(Some(state)), Found::Done);
        for verb in [HolderVerb::Request, HolderVerb::Remove, HolderVerb::Cancel] {
            assert_eq!(outcome::of_start_for_users(verb, Some(state)), Found::Done);
            assert_eq!(outcome::of_start_for_users(verb, None), Found::NotDone);
        }
        let expected = match state {
            Running | Interrupted | Stopped | Done => Found::Done,
            Staged | Written => Found::NotDone,
            Abandoned => Found::Changed,
        };
        let export = outcome::of_start_for_users(HolderVerb::Generate, Some(state));
        assert_eq!((export, outcome::of_activation(state)), (expected, expected), "{state}");
    }
    assert_eq!(outcome::of_start_for_users(HolderVerb::Generate, None), Found::NotDone);
}

#[test]
fn what_was_done_to_a_job_shows_by_how_it_stands() {
    use JobState::{Abandoned, Done, Interrupted, Running, Staged, Stopped, Written};
    for (act, done) in [
        (JobAct::Resume, [true, false, false, false, false, true, false]),
        (JobAct::Stop, [false, false, true, false, false, true, false]),
        (JobAct::Abandon, [false, false, false, false, false, false, true]),
    ] {
        for (state, done) in
            [Running, Interrupted, Stopped, Staged, Written, Done, Abandoned].into_iter().zip(done)
        {
            let expected = if done { Found::Done } else { Found::Open };
            assert_eq!(outcome::of_job_act(act, state), expected, "{act} {state}");
        }
    }
}

#[test]
fn an_entry_is_known_by_its_name_and_what_it_is() {
    let account = |name: &str, endpoint: Option<&str>| {
        let (name, endpoint) = (name.to_owned(), endpoint.map(str::to_owned));
        EntryDraft::Account(AccountDraft {
            name,
            status: AccountStatus::Active,
            endpoint,
            rules: tokendeck::domain::Rules::default(),
        })
    };
    let module = |name: &str| {
        let (name, accounts) = (name.to_owned(), BTreeSet::new());
        EntryDraft::Module(ModuleDraft { name, accounts, paths: vec![] })
    };
    let id = EntryId::Account(AccountId::new(1));
    let (empty, mut all) = (Catalogue::default(), Catalogue::default());
    all.put(id, account("Acme", None));
    let add = |draft: &EntryDraft, seen: &Catalogue| outcome::of_entry(None, None, draft, seen);
    assert_eq!(add(&account("Acme", None), &all), Found::Done);
    assert_eq!(add(&account("Acme", Some("https://x")), &all), Found::Changed);
    assert_eq!(add(&account("Acme", None), &empty), Found::NotDone);
    // One of another kind has no name in common with it.
    assert_eq!(add(&module("Acme"), &all), Found::NotDone);
    let edit =
        |before: Option<&EntryDraft>, draft| outcome::of_entry(Some(id), before, draft, &all);
    let (acme, old, new) = (account("Acme", None), account("Old", None), account("New", None));
    assert_eq!(edit(Some(&old), &acme), Found::Done);
    assert_eq!(edit(Some(&acme), &new), Found::NotDone);
    assert_eq!(edit(Some(&old), &new), Found::Changed);
    assert_eq!(edit(None, &new), Found::Changed);
    assert_eq!(outcome::of_entry(Some(id), Some(&acme), &new, &empty), Found::Changed);
    assert_eq!(outcome::of_removal(id, &all), Found::NotDone);
    assert_eq!(outcome::of_removal(id, &empty), Found::Done);
    assert_eq!(outcome::of_removal(EntryId::Module(ModuleId::new(1)), &all), Found::Done);
}
