//! The words of bulk actions, for sets that a test can see through.

use super::*;
use crate::domain::Status;
use crate::tui::fixture::time;
use crate::tui::notice::Kind;
use crate::wire::{Outcome, PlanItem, Report, ReportItem, RowId, Step, Target};

fn item(number: u64, status: Status, step: Step) -> PlanItem {
    let (id, name) = (RowId::from(crate::domain::TokenId::new(number)), format!("robot-{number}"));
    PlanItem {
        id,
        name,
        status,
        version: 1,
        used_lately: number == 1,
        values: usize::from(status.is_active()),
        matched: std::collections::BTreeSet::new(),
        step,
        looks_like: None,
    }
}

fn skip(reason: &str) -> Step {
    Step::Skip { code: String::new(), reason: reason.to_owned() }
}

fn bulk(verb: Verb, whose: Whose, items: Vec<PlanItem>) -> Bulk {
    let plan = Plan { items, ..Plan::empty(verb, time(0)) };
    Bulk { plan, target: Target::Tokens(vec![]), aim: whose, hidden: BTreeSet::new() }
}

const ROOM: Room = Room { columns: 62, rows: 18 };

fn text(bulk: &Bulk) -> String {
    bulk.stages(ROOM).iter().flat_map(|stage| stage.text.clone()).collect::<Vec<_>>().join("\n")
}

#[test]
fn r052_a_dialog_counts_statuses_use_skipped_and_hidden() {
    let items = vec![
        item(1, Status::Active, Step::Act),
        item(2, Status::Active, Step::Act),
        item(3, Status::Disabled, Step::Act),
        item(4, Status::Revoked, skip("Already revoked")),
        item(5, Status::Expired, skip("Already expired")),
        item(6, Status::Revoked, skip("Already revoked")),
    ];
    let mut bulk = bulk(Verb::Revoke, Whose::Selected, items);
    bulk.hidden.insert(RowId::from(crate::domain::TokenId::new(2)));
    assert_eq!(bulk.title(), "Revoke 3 tokens");
    let expected = "robot-1, robot-2, robot-3\n\
        Revoking disables access to all associated products. This can't be undone.\n\
        1 hidden by the filter: robot-2\n\
        (3 skipped: 1 already expired, 2 already revoked)\n\
        2 Active, 1 Disabled; 1 used in the last 24 h";
    assert_eq!(text(&bulk), expected);
}

#[test]
fn a_single_selected_token_is_revoked_in_two_stages() {
    let one = vec![item(1, Status::Active, Step::Act)];
    let stages = bulk(Verb::Revoke, Whose::Selected, one).stages(ROOM);
    assert_eq!(stages.len(), 2);
    let first = stages.first().and_then(|stage| stage.text.first()).cloned();
    assert_eq!(first.as_deref(), Some("Are you sure you want to revoke robot-1?"));
}

#[test]
fn as_many_names_are_listed_as_there_is_room_for_and_counts_come_before_them() {
    let items = (1..=40).map(|number| item(number, Status::Active, Step::Act)).collect();
    let mut bulk = bulk(Verb::Revoke, Whose::Selected, items);
    bulk.hidden.insert(RowId::from(crate::domain::TokenId::new(2)));
    let said = |rows| {
        let room = Room { columns: 62, rows };
        bulk.stages(room).first().map(|stage| stage.text.join(" ")).unwrap_or_default()
    };
    assert!(said(18).contains("robot-30 and 10 more"), "{}", said(18));
    assert!(said(6).contains("robot-7") && !said(6).contains("robot-30"), "{}", said(6));
    let low = said(3);
    assert!(low.starts_with("robot-1 and 39 more This can't be undone. 1 hidden"), "{low}");
    assert!(low.ends_with("40 Active; 1 used in the last 24 h"), "{low}");
}

#[test]
fn r053_all_of_an_account_names_it_and_the_cancelled_requests() {
    let items =
        vec![item(1, Status::Active, Step::Act), item(2, Status::Pending, Step::CancelRequest)];
    let text = text(&bulk(Verb::Revoke, Whose::Account("Acme".to_owned()), items));
    assert!(text.starts_with("Revoke all 2 tokens of Acme?"), "{text}");
    assert!(text.contains("1 open request is cancelled with it."), "{text}");
    let consequence = "Revoking all tokens disables access to all associated products.";
    assert!(text.contains(consequence), "{text}");
}

#[test]
fn hostile_names_are_made_safe() {
    let mut hostile = item(1, Status::Active, skip("a\u{1b}[2J"));
    hostile.name = "x\u{202e}y\n".to_owned();
    let other = item(2, Status::Active, Step::Act);
    let mut bulk = bulk(Verb::Delete, Whose::Account("a\u{9b}b".to_owned()), vec![hostile, other]);
    bulk.hidden.insert(RowId::from(crate::domain::TokenId::new(1)));
    assert!(!text(&bulk).replace('\n', "").chars().any(crate::text::is_hidden));
}

#[test]
fn a_plan_is_the_same_only_for_the_same_versions_and_steps() {
    let items = vec![item(1, Status::Active, Step::Act), item(2, Status::Active, Step::Act)];
    let bulk = bulk(Verb::Revoke, Whose::Selected, items);
    let mut other = bulk.plan.clone();
    assert!(bulk.plan.is_same(&other));
    other.made_at = time(9);
    assert!(bulk.plan.is_same(&other));
    other.items.iter_mut().for_each(|item| item.version = 2);
    assert!(!bulk.plan.is_same(&other));
    other.clone_from(&bulk.plan);
    other.items.pop();
    assert!(!bulk.plan.is_same(&other));
}

fn report(outcomes: Vec<Outcome>) -> Report {
    let item = |(number, outcome)| ReportItem {
        id: RowId::from(crate::domain::TokenId::new(number)),
        name: format!("robot-{number}"),
        request: false,
        outcome,
    };
    Report { verb: Verb::Revoke, items: (1..).zip(outcomes).map(item).collect() }
}

fn skipped(reason: &str) -> Outcome {
    Outcome::Skipped { code: String::new(), reason: reason.to_owned() }
}

#[test]
fn r052_the_message_counts_done_skipped_and_failed() {
    let failed = Outcome::Failed { code: String::new(), reason: "busy".to_owned() };
    let said = |outcomes| Ending::of_tokens(&report(outcomes)).result();
    assert_eq!(said(vec![Outcome::Done; 19]), (Kind::Ok, "19 tokens revoked".to_owned()));
    let some = vec![Outcome::Done, Outcome::Done, skipped("x")];
    assert_eq!(said(some), (Kind::Ok, "2 tokens revoked, 1 skipped (x)".to_owned()));
    assert_eq!(said(vec![failed]), (Kind::Error, "0 tokens revoked, 1 failed".to_owned()));
}

#[test]
fn reasons_are_listed_where_the_message_does_not_say_them() {
    let reasons = |outcomes| Ending::of_tokens(&report(outcomes)).worth_a_box();
    assert_eq!(reasons(vec![Outcome::Done, skipped("x"), skipped("x")]), None);
    let mixed = reasons(vec![skipped("x"), skipped("y"), skipped("x")]);
    assert_eq!(mixed.map(|reasons| reasons.len()), Some(2));
    let failed = Outcome::Failed { code: String::new(), reason: "busy".to_owned() };
    let reasons = reasons(vec![skipped("x"), failed]).unwrap_or_default();
    assert_eq!(reasons.first().map(|reason| (reason.failed, reason.tokens.len())), Some((true, 1)));
}
