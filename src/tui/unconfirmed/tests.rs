//! What a look proves, and what comes back from the file of the view state.

use std::collections::BTreeSet;
use std::time::Duration;

use super::*;
use crate::domain::entry::{AccountDraft, ModuleDraft};
use crate::domain::{
    AccountStatus, Catalogue, EntryDraft, EntryId, Guid, HolderVerb, JobId, ModuleId, Settings,
    Tally, TokenDraft, UserId, job::Work,
};
use crate::tui::fixture::{second, time, token};
use crate::tui::orders::EntrySave;
use crate::tui::orders::Order;
use crate::tui::state::{Change, ViewState};
use crate::wire::{Edit, Job, JobState, Plan, RowId, TokenView};
use attempt::{Bulky, Export};

const GUID: Guid = Guid::from_bytes([1; 16]);
const OTHER: Guid = Guid::from_bytes([2; 16]);

fn order(verb: Verb) -> Attempt {
    let name = "robot-1".to_owned();
    Attempt::Token(Order {
        verb,
        id: RowId::from(crate::domain::TokenId::new(1)),
        name,
        version: 1,
    })
}

fn unknown(attempt: Attempt) -> Unconfirmed {
    let (seat, at) = ("ada@https://tokens.example".to_owned(), time(0));
    Unconfirmed::new(
        1,
        Kept {
            seat,
            at,
            fate: Fate::Unknown,
            makes_value: false,
            unseen: None,
            reason: None,
            attempt,
        },
        second(0),
    )
}

/// What a look shows at once, and once a server can't be at work on it any more.
fn found(attempt: Attempt, seen: &Evidence) -> (Found, Found) {
    let known = unknown(attempt);
    (known.settle(seen, second(1)), known.settle(seen, second(60)))
}

fn seen(change: impl FnOnce(&mut TokenView)) -> Evidence {
    let mut view = token(1);
    change(&mut view);
    Evidence::Token(Box::new(view))
}

fn job(state: JobState) -> Evidence {
    Evidence::Job(Box::new(Job {
        id: JobId::new(7),
        work: Work::Tokens(Verb::Revoke),
        title: "2 tokens".to_owned(),
        plan: Some(GUID),
        by: UserId::new(10_001),
        by_name: "Rosa Root".to_owned(),
        made_at: time(1),
        state,
        total: 2,
        tally: Tally::default(),
        file: None,
        sheet: None,
        ended_at: None,
        problem: None,
        reason: None,
        lease_until: None,
    }))
}

fn start(verb: Verb) -> Attempt {
    let plan = Plan { id: Some(GUID), ..Plan::empty(verb, time(0)) };
    Attempt::from(&plan)
}

fn export() -> Attempt {
    let (plan, made_at, verb) = (Some(GUID), time(0), HolderVerb::Generate);
    Attempt::Holders(Export { plan, made_at, verb, count: 2 })
}

#[test]
fn what_is_unchanged_proves_nothing_while_a_server_may_be_at_work() {
    let unchanged = seen(|_| {});
    for verb in [Verb::Revoke, Verb::Disable, Verb::Delete, Verb::Regenerate, Verb::DropOld] {
        assert_eq!(found(order(verb), &unchanged), (Found::Open, Found::NotDone), "{verb}");
    }
    assert_eq!(found(start(Verb::Revoke), &Evidence::NoJob), (Found::Open, Found::NotDone));
    assert_eq!(found(start(Verb::Revoke), &Evidence::JobsBeyond), (Found::Open, Found::Open));
}

#[test]
fn what_was_not_done_needs_no_wait() {
    let mut known = unknown(order(Verb::Revoke));
    known.kept.fate = Fate::NotDone;
    assert_eq!(known.settle(&seen(|_| {}), second(1)), Found::NotDone);
}

#[test]
fn a_revoke_is_wanted_until_the_token_is_revoked_whatever_else_was_done_to_it() {
    let renamed = seen(|view| view.token.version = 9);
    assert_eq!(found(order(Verb::Revoke), &renamed), (Found::Open, Found::NotDone));
    let revoked = seen(|view| view.token.revoked = Some(view.token.created));
    assert_eq!(found(order(Verb::Revoke), &revoked), (Found::Done, Found::Done));
    assert_eq!(found(order(Verb::Revoke), &Evidence::NoToken).1, Found::Changed);
}

#[test]
fn what_was_changed_otherwise_is_not_taken_for_done() {
    let changed = seen(|view| view.token.version = 2);
    for verb in [Verb::Regenerate, Verb::Delete] {
        assert_eq!(found(order(verb), &changed), (Found::Changed, Found::Changed), "{verb}");
    }
    assert_eq!(found(order(Verb::Enable), &changed).0, Found::Done);
}

#[test]
fn a_new_token_is_known_by_its_guid_and_else_by_all_that_was_typed() {
    let draft = |guid, name: &str| {
        let settings = Settings { name: name.to_owned(), ..Settings::of(&token(1).token) };
        Attempt::Create(Box::new(TokenDraft { account: None, owner: None, guid, settings }))
    };
    let there = seen(|_| {});
    assert_eq!(draft(Some(GUID), "x").look(), Look::Token(GUID.to_string()));
    assert_eq!(found(draft(Some(GUID), "x"), &there).0, Found::Done);
    assert_eq!(found(draft(None, "robot-1"), &there).0, Found::Done);
    assert_eq!(found(draft(None, "x"), &there).1, Found::Open);
    assert_eq!(found(draft(Some(GUID), "x"), &Evidence::NoToken), (Found::Open, Found::NotDone));
}

#[test]
fn an_edit_is_known_by_the_settings_and_a_new_value_by_its_guid() {
    let edit = |name: &str, guid: Option<Guid>| {
        let settings = Settings { name: name.to_owned(), ..Settings::of(&token(1).token) };
        let edit = Edit { version: 1, settings, new_value: guid.is_some(), guid };
        Attempt::Edit { id: RowId::from(crate::domain::TokenId::new(1)), edit: Box::new(edit) }
    };
    let second = seen(|view| view.token.version = 2);
    assert_eq!(found(edit("robot-1", None), &second).0, Found::Done);
    assert_eq!(found(edit("another", None), &second).0, Found::Changed);
    assert_eq!(found(edit("robot-1", Some(GUID)), &second).0, Found::Done);
    assert_eq!(found(edit("robot-1", Some(OTHER)), &second).0, Found::Changed);
    assert_eq!(found(edit("another", None), &seen(|_| {})), (Found::Open, Found::NotDone));
}

#[test]
fn a_bulk_action_is_known_by_its_job_and_an_export_only_by_one_that_was_activated() {
    for state in [JobState::Running, JobState::Done, JobState::Stopped, JobState::Interrupted] {
        assert_eq!(found(start(Verb::Revoke), &job(state)).0, Found::Done);
        assert_eq!(found(export(), &job(state)).0, Found::Done);
    }
    assert_eq!(found(export(), &job(JobState::Staged)), (Found::Open, Found::NotDone));
}

#[test]
fn an_entry_is_known_by_its_name_and_what_it_is() {
    let account = |name: &str, endpoint: Option<&str>| {
        let (name, endpoint) = (name.to_owned(), endpoint.map(str::to_owned));
        let status = AccountStatus::Active;
        let rules = crate::domain::Rules::default();
        EntryDraft::Account(AccountDraft { name, status, endpoint, rules })
    };
    let id = EntryId::Account(crate::domain::AccountId::new(1));
    let mut all = Catalogue::default();
    let empty = Evidence::Catalogue(Box::new(all.clone()));
    all.put(id, account("Acme", None));
    let there = Evidence::Catalogue(Box::new(all));
    let add = |draft| Attempt::Entry(Box::new(EntrySave { before: None, draft }));
    assert_eq!(found(add(account("Acme", None)), &there).0, Found::Done);
    assert_eq!(found(add(account("Acme", Some("https://x"))), &there).0, Found::Changed);
    assert_eq!(found(add(account("Acme", None)), &empty), (Found::Open, Found::NotDone));
    let edit =
        |before, draft| Attempt::Entry(Box::new(EntrySave { before: Some((id, before)), draft }));
    assert_eq!(found(edit(account("Old", None), account("Acme", None)), &there).0, Found::Done);
    let (same, new) = (account("Acme", None), account("New", None));
    assert_eq!(found(edit(same, new.clone()), &there), (Found::Open, Found::NotDone));
    assert_eq!(found(edit(account("Old", None), new), &there).0, Found::Changed);
    let removal = Attempt::Removal { id, name: "Acme".to_owned() };
    assert_eq!(found(removal.clone(), &there), (Found::Open, Found::NotDone));
    assert_eq!(found(removal, &empty).0, Found::Done);
}

/// One of every kind.
fn all_kinds() -> Vec<Attempt> {
    let view = token(1);
    let settings = Settings::of(&view.token);
    let draft =
        TokenDraft { settings: settings.clone(), guid: Some(GUID), ..TokenDraft::default() };
    let edit = Edit { version: 1, settings, new_value: false, guid: None };
    let module = EntryDraft::Module(ModuleDraft {
        name: "Archive".to_owned(),
        accounts: BTreeSet::new(),
        paths: vec![],
    });
    let id = EntryId::Module(ModuleId::new(1));
    let before = Some((id, module.clone()));
    let bulk = Bulky {
        plan: Some(GUID),
        made_at: time(0),
        verb: Verb::Revoke,
        count: 2,
        tokens: BTreeSet::from([
            RowId::from(crate::domain::TokenId::new(1)),
            RowId::from(crate::domain::TokenId::new(2)),
        ]),
    };
    vec![
        order(Verb::Revoke),
        Attempt::Create(Box::new(draft)),
        Attempt::Edit { id: RowId::from(crate::domain::TokenId::new(2)), edit: Box::new(edit) },
        Attempt::Start(bulk),
        export(),
        Attempt::Entry(Box::new(EntrySave { before: None, draft: module.clone() })),
        Attempt::Entry(Box::new(EntrySave { before, draft: module })),
        Attempt::Removal { id: EntryId::Module(ModuleId::new(2)), name: "Archive".to_owned() },
    ]
}

#[test]
fn every_kind_is_kept_between_runs() {
    let mut state = ViewState::default();
    let kept: Vec<_> = all_kinds().into_iter().map(|attempt| unknown(attempt).kept).collect();
    for kept in kept.clone() {
        state.apply(Change::Unconfirmed(Box::new(kept)));
    }
    // The plan that both share is one subject, so the later takes the earlier's place.
    let Ok(text) = state.text() else { panic!("no text") };
    let Ok(read) = ViewState::read(&text) else { panic!("{text}") };
    assert_eq!(read, state);
    assert_eq!(read.unconfirmed.len(), kept.len() - 1);
    for known in &kept {
        let (seat, subject) = (known.seat.clone(), known.attempt.subject());
        state.apply(Change::Settled { seat, subject });
    }
    assert_eq!(state.unconfirmed, []);
}

#[test]
fn one_that_cannot_be_read_costs_no_other() {
    let mut state = ViewState::default();
    state.apply(Change::Unconfirmed(Box::new(unknown(order(Verb::Revoke)).kept)));
    let Ok(text) = state.text() else { panic!("no text") };
    let later = "[[unconfirmed]]\nseat = \"ada\"\nattempt = { of_a_later_version = 1 }\n";
    let Ok(read) = ViewState::read(&format!("{text}{later}")) else { panic!("{text}{later}") };
    assert_eq!(read.unconfirmed, state.unconfirmed);
}

#[test]
fn only_what_does_no_harm_may_be_repeated() {
    for attempt in all_kinds() {
        let repeats = matches!(&attempt, Attempt::Token(order) if order.verb == Verb::Revoke);
        assert_eq!(unknown(attempt.clone()).may_be_repeated(), repeats, "{attempt:?}");
    }
}

#[test]
fn a_look_is_due_again_after_a_while() {
    let mut known = unknown(order(Verb::Revoke));
    known.looking = true;
    known.look_later(second(7));
    assert_eq!((known.look_at, known.looking), (second(12), false));
    assert!(Duration::from_secs(5) < LINGERS);
}
