//! The words of bulk actions for users, for plans that a test can see through.

use super::*;
use crate::domain::{AccountId, ModuleId, TokenId};
use crate::tui::fixture::time;
use crate::wire::{HolderTarget, Plan, Step};

fn lost(number: u64, also: &[&str]) -> Lost {
    Lost {
        id: TokenId::new(number),
        name: format!("token-{number}"),
        version: 1,
        pending: false,
        values: 1,
        also: also.iter().map(|name| (*name).to_owned()).collect(),
    }
}

fn item(user: u64, name: &str, lost: Vec<Lost>, step: Step) -> HolderItem {
    HolderItem {
        user: UserId::new(user),
        user_name: name.to_owned(),
        module: ModuleId::new(4),
        module_name: "eRecording".to_owned(),
        lost,
        step,
    }
}

fn skip(reason: &str) -> Step {
    Step::Skip { code: String::new(), reason: reason.to_owned() }
}

fn holders(verb: HolderVerb, items: Vec<HolderItem>) -> Bulk<HolderVerb> {
    let account = AccountId::new(10_003);
    let plan = Plan { id: None, verb, account, items, made_at: time(0) };
    let target = HolderTarget { users: BTreeSet::new(), modules: BTreeSet::new(), account };
    Bulk { plan, target, hidden: BTreeSet::new(), aim: "/tmp".into() }
}

const ROOM: Room = Room { columns: 62, rows: 18 };

fn text(holders: &Bulk<HolderVerb>, stage: usize) -> String {
    holders.stages(ROOM).get(stage).map(|stage| stage.text.join("\n")).unwrap_or_default()
}

#[test]
fn r131_a_request_for_one_names_them() {
    let eve = item(1, "Eve Examiner", vec![], Step::Act);
    let request = holders(HolderVerb::Request, vec![eve]);
    assert!(text(&request, 0).starts_with("Request a token for Eve Examiner?\nFor eRecording"));
}

#[test]
fn r119_a_request_for_several_counts_those_it_skips() {
    let items = vec![
        item(1, "Dora", vec![], skip("Already pending")),
        item(2, "Eve", vec![], Step::Act),
        item(3, "Kim", vec![], Step::Act),
    ];
    let text = text(&holders(HolderVerb::Request, items), 0);
    assert!(text.starts_with("Request 2 tokens for Eve, Kim?"), "{text}");
    assert!(text.ends_with("(1 skipped: already pending)"), "{text}");
}

#[test]
fn r120_a_token_that_reaches_other_modules_is_named_with_what_else_goes() {
    let carl = item(1, "Carl", vec![lost(1, &["Catalog"]), lost(2, &[])], Step::Act);
    let remove = holders(HolderVerb::Remove, vec![carl]);
    let text = text(&remove, 0);
    assert!(text.starts_with("Remove 2 tokens of Carl?\ntoken-1 goes, also Catalog"), "{text}");
    assert!(text.contains("2 values work until you remove them. This can't be undone."), "{text}");
    assert_eq!(remove.plan.phrase().as_deref(), Some("delete 2"));
}

#[test]
fn r121_exported_values_that_stop_working_are_counted() {
    let pending = Lost { pending: true, ..lost(1, &[]) };
    let empty = Lost { values: 0, ..Lost { id: TokenId::new(2), ..pending.clone() } };
    let items =
        vec![item(1, "Dora", vec![pending], Step::Act), item(2, "Eve", vec![empty], Step::Act)];
    let text = text(&holders(HolderVerb::Cancel, items), 0);
    assert!(text.starts_with("Cancel 2 pending requests of Dora, Eve?"), "{text}");
    assert!(text.contains("1 exported value stops working."), "{text}");
}

#[test]
fn r123_both_questions_of_an_export_say_what_is_replaced() {
    let request = Lost { pending: true, values: 0, ..lost(2, &[]) };
    let items = vec![
        item(1, "Carl", vec![lost(1, &[])], Step::Act),
        item(2, "Dora", vec![request], Step::Act),
    ];
    let export = holders(HolderVerb::Generate, items);
    let replaces = "This replaces 1 existing token; the old values stop working.";
    for stage in [0, 1] {
        let text = text(&export, stage);
        assert!(
            text.contains(replaces) && text.contains("/tmp/api-tokens-ACC-0001-0003-TIME.csv"),
            "{text}"
        );
        assert!(text.contains("1 pending request is replaced with it."), "{text}");
    }
    assert_eq!(export.stages(ROOM).len(), 2);
}

#[test]
fn who_the_filter_hides_is_counted_and_named_once() {
    let many = ["A", "B", "C", "D", "E"];
    let items = (1..).zip(many).map(|(id, name)| item(id, name, vec![], Step::Act)).collect();
    let mut request = holders(HolderVerb::Request, items);
    request.hidden.insert(UserId::new(2));
    let text = text(&request, 0);
    assert!(text.starts_with("Request 5 tokens for A, B, C and 2 more?"), "{text}");
    assert!(text.contains("1 hidden by the filter: B"), "{text}");
}

#[test]
fn hostile_names_are_made_safe() {
    let mut lost = lost(1, &["m\u{9b}2J"]);
    lost.name = "t\u{202e}".to_owned();
    let mut hostile = item(1, "x\u{1b}[2J\n", vec![lost], Step::Act);
    hostile.module_name = "a\u{200b}b".to_owned();
    for verb in <HolderVerb as strum::IntoEnumIterator>::iter() {
        let mut holders = holders(verb, vec![hostile.clone()]);
        holders.hidden.insert(UserId::new(1));
        holders.aim = "/tmp/\u{1b}]0;x\u{7}".into();
        let text: String = holders.stages(ROOM).into_iter().flat_map(|stage| stage.text).collect();
        assert!(!text.chars().any(crate::text::is_hidden), "{verb}: {text:?}");
    }
}
