//! Bulk actions and new values, message by message: what a real backend can't be
//! made to do on time, such as failing half-way.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::domain::{AccountId, Guid, Refusal, Status, TokenValue, UserId, Verb};
use crate::tui::bulk::{Bulk, Planned};
use crate::tui::call::Call;
use crate::tui::effect::Effect;
pub(super) use crate::tui::fixture::job;
use crate::tui::fixture::{model, reply, reply_to, second, time, token, unreachable};
use crate::tui::input::{Input, Signal};
use crate::tui::layers::{Confirm, Issue, Reader};
use crate::tui::message::Msg;
use crate::tui::model::Model;
use crate::tui::reply::JobNews;
use crate::wire::{
    Issued, Job, JobReport, JobState, Outcome, Plan, PlanItem, Report, ReportItem, RowId, Step,
    Target,
};

use super::tests::press;

fn plan(numbers: &[u64]) -> Planned {
    let item = |number: &u64| PlanItem {
        id: RowId::from(crate::domain::TokenId::new(*number)),
        name: format!("robot-{number}"),
        status: Status::Active,
        version: 1,
        used_lately: false,
        values: 1,
        matched: std::collections::BTreeSet::new(),
        step: Step::Act,
        looks_like: None,
    };
    let items = numbers.iter().map(item).collect();
    let plan = Box::new(Plan { items, ..Plan::empty(Verb::Revoke, time(0)) });
    Planned::Plan { plan, hidden: BTreeSet::new() }
}

fn said(model: &Model) -> String {
    model.notices.shown().map(|notice| notice.text.clone()).unwrap_or_default()
}

/// Two selected tokens, their revocation confirmed by somebody who reads.
fn run(model: &mut Model) -> Arc<Bulk> {
    let asked = press(model, "Space Space ! r", second(10));
    model.update(reply(&asked, Ok(plan(&[1, 2]))), second(11));
    model.update(Msg::Drawn, second(11));
    let effects = press(model, "r e v o k e Space 2 Enter", second(12));
    match effects.as_slice() {
        [Effect::Call(_, Call::Start(bulk))] => Arc::clone(bulk),
        other => panic!("{other:?}"),
    }
}

fn report(outcomes: [Outcome; 2]) -> Report {
    let item = |(number, outcome)| ReportItem {
        id: RowId::from(crate::domain::TokenId::new(number)),
        name: format!("robot-{number}"),
        request: false,
        outcome,
    };
    Report { verb: Verb::Revoke, items: (1..).zip(outcomes).map(item).collect() }
}

/// Its end, with this report.
fn ended(model: &mut Model, bulk: Arc<Bulk>, report: Report) -> Vec<Effect> {
    let result = Ok(Box::new(job(JobState::Running, 0)));
    model.update(reply_to(Call::Start(bulk), result), second(13));
    let news = JobNews { job: job(JobState::Done, 2), report: Some(JobReport::Tokens(report)) };
    model.update(
        reply_to(Call::Follow(Box::new(job(JobState::Running, 0))), Ok(Box::new(news))),
        second(14),
    )
}

#[test]
fn r052_a_plan_is_for_the_selected_tokens_and_run_as_confirmed() {
    let mut model = model();
    let bulk = run(&mut model);
    assert_eq!(
        bulk.target,
        Target::Tokens(vec![
            RowId::from(crate::domain::TokenId::new(1)),
            RowId::from(crate::domain::TokenId::new(2))
        ])
    );
    assert_eq!(bulk.plan.count(), 2);
    assert_eq!(model.acting.len(), 2);
}

#[test]
fn a_plan_that_was_given_up_opens_nothing() {
    let mut model = model();
    let asked = press(&mut model, "Space ! r", second(2));
    press(&mut model, "Esc", second(3));
    model.update(reply(&asked, Ok(plan(&[1]))), second(4));
    assert!(!model.layers.is::<Confirm>());
}

#[test]
fn keys_typed_before_the_dialog_came_do_not_answer_it() {
    let mut model = model();
    let asked = press(&mut model, "Space Space ! r", second(2));
    assert_eq!(press(&mut model, "r e v o k e Space 2 Enter", second(3)), []);
    let effects = model.update(reply(&asked, Ok(plan(&[1, 2]))), second(4));
    assert_eq!(effects, []);
    assert!(model.layers.is::<Confirm>());
    model.update(Msg::Drawn, second(4));
    assert_eq!(press(&mut model, "Enter", second(6)), []);
    assert!(model.layers.is::<Confirm>());
}

#[test]
fn keys_typed_before_a_plan_that_is_refused_are_dropped() {
    let mut model = model();
    let asked = press(&mut model, "Space Space ! r", second(2));
    press(&mut model, "r e v o k e Space 2 Enter", second(3));
    let result = Err::<Planned, _>(Refusal::NothingToDo(Verb::Revoke).into());
    assert_eq!(model.update(reply(&asked, result), second(4)), []);
    assert!(model.layers.is_empty());
    assert_eq!(model.screens.tokens().list.selection.len(), 2);
}

#[test]
fn r052_what_failed_stays_selected_and_is_named_with_its_reason() {
    let mut model = model();
    let bulk = run(&mut model);
    let failed = Outcome::Failed { code: "busy".to_owned(), reason: "store is busy".to_owned() };
    ended(&mut model, bulk, report([Outcome::Done, failed]));
    assert_eq!(
        model.screens.tokens().list.selection.ids(),
        [RowId::from(crate::domain::TokenId::new(2))]
    );
    assert_eq!(said(&model), "1 token revoked: robot-1 TKN-0000-0001, 1 failed");
    assert!(model.acting.is_empty());
    assert!(model.layers.is::<Reader>());
}

#[test]
fn r014_a_run_that_failed_as_a_whole_is_said_and_nothing_is_deselected() {
    let mut model = model();
    let bulk = run(&mut model);
    model.update(reply_to(Call::Start(bulk), Err::<Box<Job>, _>(unreachable())), second(13));
    assert_eq!(said(&model), "Could not revoke 2 tokens: cannot reach 'https://vault.example'");
    assert_eq!(model.screens.tokens().list.selection.len(), 2);
    assert!(model.acting.is_empty());
}

#[test]
fn leaving_waits_for_a_bulk_action() {
    let mut model = model();
    let bulk = run(&mut model);
    assert_eq!(press(&mut model, "q", second(13)), []);
    let result = Ok(Box::new(job(JobState::Done, 2)));
    assert!(model.update(reply_to(Call::Start(bulk), result), second(14)).contains(&Effect::Quit));
}

#[test]
fn r050_another_account_in_the_title_clears_the_selection() {
    let mut model = model();
    press(&mut model, "Space Space", second(2));
    assert_eq!(model.screens.tokens().list.selection.len(), 2);
    model.choose_account(Some(AccountId::new(10_001)));
    assert!(model.screens.tokens().list.selection.is_empty());
}

/// A value that looks like one.
pub(super) fn value() -> TokenValue {
    let value = TokenValue::generate("tdk", Guid::from_bytes([1; 16]), |bytes| {
        bytes.fill(7);
        Ok::<_, ()>(())
    });
    value.expect("a value")
}

/// A new value on its way, for a token that shows it only once.
fn regenerating(model: &mut Model) -> (Vec<Effect>, Box<Issued>, String) {
    press(model, "r", second(10));
    let effects = press(model, "Right Enter", second(11));
    assert!(matches!(effects.as_slice(), [Effect::Call(_, Call::Regenerate(_))]), "{effects:?}");
    let value = value();
    let text = value.expose().to_owned();
    let mut view = token(1);
    view.token.owner = Some(UserId::new(10_001));
    (effects, Box::new(Issued { token: view, value: Some(value) }), text)
}

#[test]
fn r112_who_was_about_to_leave_gets_the_value_first() {
    let mut model = model();
    let (asked, issued, _) = regenerating(&mut model);
    assert_eq!(press(&mut model, "q", second(12)), []);
    let effects = model.update(reply(&asked, Ok(issued)), second(13));
    assert!(!effects.contains(&Effect::Quit));
    assert!(model.layers.is::<Issue>());
    assert!(!model.leaving);
}

#[test]
fn a_system_that_ends_the_program_is_not_held_up_by_a_value() {
    let mut model = model();
    let (asked, issued, _) = regenerating(&mut model);
    model.update(Msg::Input(Input::Signal(Signal::Terminate)), second(12));
    let effects = model.update(reply(&asked, Ok(issued)), second(13));
    assert!(effects.contains(&Effect::Quit));
    assert!(model.layers.is_empty());
}

#[test]
fn r137_debug_output_never_holds_a_new_value() {
    let mut model = model();
    let (asked, issued, text) = regenerating(&mut model);
    let answer = reply(&asked, Ok(issued));
    assert!(!format!("{answer:?}").contains(&text));
    model.update(answer, second(12));
    assert!(model.layers.is::<Issue>());
    assert!(!format!("{model:?}").contains(&text));
}
