//! Messages in, model and effects out: what a real backend can't be made to do on
//! time, such as answering late.

use crossterm::event::KeyEvent;

use crate::backend::{Answer, BackendError, Cause};
use crate::domain::{Column, Guid, Refusal, Status, TokenValue, Verb};
use crate::tui::call::Call;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::fixture::{
    self, listed, listing, model, page, reply, reply_to, second, time, token, unreachable,
};
use crate::tui::input::{Input, Signal};
use crate::tui::key::Key;
use crate::tui::layers::Confirm;
use crate::tui::message::Msg;
use crate::tui::model::Model;
use crate::tui::moment::Moment;
use crate::tui::orders::Order;
use crate::tui::picker::Picker;
use crate::tui::reply::Listing;
use crate::wire::{Page, Revealed, RowId, TokenView, UserPage};

use super::offers_tests::{peopled, show_users};

pub(super) fn press(model: &mut Model, keys: &str, at: Moment) -> Vec<Effect> {
    let mut effects = Vec::new();
    for word in keys.split(' ') {
        let key: KeyEvent = word.parse::<Key>().expect("a key").event();
        effects.extend(model.update(Msg::Input(Input::Key(key)), at));
        model.update(Msg::Drawn, at);
    }
    effects
}

/// Rows of another list, be it of the same screen: those of a user, of another account.
#[test]
fn rows_of_a_list_that_was_left_are_taken_for_no_other() {
    let mut model = peopled();
    show_users(&mut model);
    model.run(Command::Open);
    let of_user = model.take_outbox();
    model.run(Command::Back);
    let of_account = model.screens.tokens().list.total();
    let rows = Ok(Listing { page: page(vec![token(9)]), all: 1 });
    model.update(reply(&of_user, rows), second(5));
    assert_eq!(model.screens.tokens().list.total(), of_account);

    let users = model.screens.users.list.total();
    model.run(Command::Refresh);
    let is_users = |effect: &Effect| matches!(effect, Effect::Call(_, Call::Users(_)));
    let of_all: Vec<_> = model.take_outbox().into_iter().filter(is_users).collect();
    model.run(Command::Tokens);
    model.choose_account(None);
    model.take_outbox();
    let nobody = UserPage { total: 0, all: 0, offset: 0, users: vec![] };
    model.update(reply(&of_all, Ok(nobody)), second(6));
    assert!(users == 1 && !model.screens.users.list.is_read(), "of the account before");
}

/// Confirms a revocation as an operator who reads it.
fn revoke(model: &mut Model) -> Order {
    press(model, "! r", second(10));
    press(model, "Right Enter", second(11));
    let effects = press(model, "Right Enter", second(12));
    match effects.as_slice() {
        [Effect::Call(_, Call::Act(order))] => order.clone(),
        other => panic!("{other:?}"),
    }
}

fn acted(order: Order, result: Answer<Box<TokenView>>) -> Msg {
    reply_to(Call::Act(order), result)
}

#[test]
fn a_late_answer_is_dropped() {
    let mut model = model();
    let late = listed(&model, vec![token(9)]);
    press(&mut model, "Ctrl-r", second(2));
    model.update(late, second(3));
    assert_eq!(model.screens.tokens().list.total(), 3);
    let current = listed(&model, vec![token(2)]);
    model.update(current, second(4));
    assert_eq!(model.screens.tokens().list.total(), 1);
}

#[test]
fn a_search_that_fails_leaves_no_row_to_act_on_and_can_be_repeated() {
    let mut model = model();
    press(&mut model, "/ x Enter", second(2));
    let result = Err(Refusal::NeedsManageTokens.into());
    model.update(listing(&model, result), second(3));
    press(&mut model, "! r", second(4));
    assert!(!model.layers.is::<Confirm>() && model.screens.tokens().list.current().is_none());
    let effects = press(&mut model, "j Ctrl-r", second(5));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Call(_, Call::List(_)))));
}

#[test]
fn r049_the_cursor_stays_on_its_token_wherever_it_goes() {
    let mut model = model();
    press(&mut model, "j", second(2));
    let rows = listed(&model, vec![token(7), token(8), token(1), token(2)]);
    model.update(rows, second(3));
    assert_eq!(
        (model.screens.tokens().list.cursor, model.screens.tokens().list.id.clone()),
        (3, Some(RowId::from(crate::domain::TokenId::new(2))))
    );
    let rows = listed(&model, vec![token(7)]);
    model.update(rows, second(4));
    assert_eq!(
        (model.screens.tokens().list.cursor, model.screens.tokens().list.id.clone()),
        (0, Some(RowId::from(crate::domain::TokenId::new(7))))
    );
}

#[test]
fn r076_a_value_that_comes_after_its_pane_was_left_is_not_shown() {
    let mut model = model();
    let effects = press(&mut model, "Enter x", second(2));
    let [Effect::Call(_, Call::Reveal(id))] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    press(&mut model, "Esc Enter", second(3));
    let value = TokenValue::generate("tdk", Guid::from_bytes([1; 16]), |bytes| {
        bytes.fill(7);
        Ok::<_, ()>(())
    });
    let value = value.expect("a value");
    let late = reply(&effects, Ok(Revealed { token: id.clone(), value }));
    model.update(late, second(4));
    assert!(model.screens.tokens().details.value().is_none());
}

#[test]
fn leaving_waits_for_a_write_and_says_so() {
    let mut model = model();
    let order = revoke(&mut model);
    assert_eq!(press(&mut model, "q", second(13)), []);
    let said = model.notices.shown().map(|notice| notice.text.clone());
    assert_eq!(said.as_deref(), Some("Finishing 1 change before leaving"));
    let effects = model.update(acted(order, Ok(Box::new(token(1)))), second(14));
    assert!(effects.contains(&Effect::Quit));
}

#[test]
fn a_hang_up_waits_for_a_write_too() {
    let mut model = model();
    revoke(&mut model);
    let hang_up = Msg::Input(Input::Signal(Signal::HangUp));
    assert!(!model.update(hang_up, second(13)).contains(&Effect::Quit));
}

#[test]
fn a_second_change_of_a_token_waits_for_the_first() {
    let mut model = model();
    revoke(&mut model);
    press(&mut model, "t", second(13));
    assert!(!model.layers.is::<Confirm>());
    press(&mut model, "j t", second(14));
    assert!(model.layers.is::<Confirm>());
}

#[test]
fn r014_a_failure_is_said_and_nothing_is_shown_as_done() {
    let mut model = model();
    let order = revoke(&mut model);
    model.update(acted(order, Err(unreachable())), second(13));
    let said = model.notices.shown().map(|notice| notice.text.clone());
    let expected = "Could not revoke robot-1: cannot reach 'https://vault.example'";
    assert_eq!(said.as_deref(), Some(expected));
    assert_eq!(
        model.screens.tokens().list.current().map(|view| model.status(view)),
        Some(Status::Active)
    );
}

#[test]
fn a_confirmation_carries_its_token_and_version() {
    let mut model = model();
    let order = revoke(&mut model);
    assert_eq!(
        (order.verb, order.id, order.version),
        (Verb::Revoke, RowId::from(crate::domain::TokenId::new(1)), 1)
    );
}

#[test]
fn a_status_that_changes_by_itself_is_asked_for_in_time() {
    let mut model = model();
    let mut rows = page(vec![token(1)]);
    rows.next_change = Some(time(600));
    let answer = listing(&model, Ok(Listing { page: rows, all: 1 }));
    model.update(answer, second(10));
    assert_eq!(model.deadline(), Some(second(610)));
    let effects = model.update(Msg::Due, second(610));
    assert!(matches!(effects.as_slice(), [Effect::Call(_, Call::List(_))]), "{effects:?}");
}

#[test]
fn r033_a_row_expires_on_screen_at_its_moment() {
    let mut model = model();
    let mut view = token(1);
    view.token.valid_to = Some(time(60));
    let rows = listed(&model, vec![view.clone()]);
    model.update(rows, second(10));
    assert_eq!(model.status(&view), Status::Active);
    model.update(Msg::Due, second(70));
    assert_eq!(model.status(&view), Status::Expired);
}

#[test]
fn an_answer_that_lacks_its_rows_is_not_asked_for_over_and_over() {
    let mut model = model();
    let rows = Page { total: 21, ..page(vec![]) };
    let listing = Listing { page: rows, all: 21 };
    let answer = fixture::listing(&model, Ok(listing));
    let effects = model.update(answer, second(2));
    assert_eq!(effects, []);
}

#[test]
fn a_token_that_is_gone_closes_its_details() {
    let mut model = model();
    press(&mut model, "Enter", second(2));
    let rows = listed(&model, vec![token(2)]);
    let effects = model.update(rows, second(3));
    let [Effect::Call(_, Call::Show(id))] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    let result = Err::<Box<TokenView>, _>(Refusal::no_token(id.to_string()).into());
    model.update(reply(&effects, result), second(4));
    assert!(!model.screens.tokens().details.open);
}

#[test]
fn debug_output_never_holds_a_shown_value() {
    let mut model = model();
    let effects = press(&mut model, "Enter x", second(2));
    let [Effect::Call(_, Call::Reveal(id))] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    let value = TokenValue::generate("tdk", Guid::from_bytes([1; 16]), |bytes| {
        bytes.fill(7);
        Ok::<_, ()>(())
    });
    let value = value.expect("a value");
    let text = value.expose().to_owned();
    let answer = reply(&effects, Ok(Revealed { token: id.clone(), value }));
    assert!(!format!("{answer:?}").contains(&text));
    model.update(answer, second(3));
    assert!(model.screens.tokens().details.value().is_some());
    assert!(!format!("{model:?}").contains(&text));
}

/// The list after a search was typed and before its rows came.
fn searching() -> Model {
    let mut model = model();
    press(&mut model, "j / x Enter", second(2));
    model
}

#[test]
fn keys_typed_before_the_rows_of_a_search_act_on_those_rows() {
    let mut model = searching();
    press(&mut model, "! r", second(3));
    assert!(!model.layers.is::<Confirm>(), "the row under the cursor is about to go");
    let rows = listed(&model, vec![token(7), token(8)]);
    model.update(rows, second(4));
    assert_eq!(
        model.layers.top::<Confirm>().and_then(Confirm::order).map(|order| order.id.clone()),
        Some(RowId::from(crate::domain::TokenId::new(7)))
    );
}

#[test]
fn a_new_search_starts_on_its_first_row() {
    let mut model = searching();
    let rows = listed(&model, vec![token(7), token(8)]);
    model.update(rows, second(3));
    assert_eq!(
        (model.screens.tokens().list.cursor, model.screens.tokens().list.id.clone()),
        (0, Some(RowId::from(crate::domain::TokenId::new(7))))
    );
}

#[test]
fn keys_whose_rows_never_come_are_dropped_and_said_to_be() {
    let mut model = searching();
    press(&mut model, "! r", second(3));
    let gone = BackendError::new(Cause::Fault, "gone");
    let answer = listing(&model, Err(gone));
    model.update(answer, second(4));
    assert!(model.held.is_empty() && !model.layers.is::<Confirm>());
    assert!(model.notices.shown().is_some_and(|notice| notice.text.contains("dropped")));
}

#[test]
fn esc_gives_up_the_keys_that_wait() {
    let mut model = searching();
    press(&mut model, "! r Esc", second(3));
    let rows = listed(&model, vec![token(7)]);
    model.update(rows, second(4));
    assert!(!model.layers.is::<Confirm>());
}

#[test]
fn help_and_search_do_not_wait_for_rows() {
    let mut model = searching();
    press(&mut model, "?", second(3));
    assert_eq!(model.layers.iter().count(), 1);
}

#[test]
fn a_resize_to_the_same_size_paints_again() {
    let mut model = model();
    let (columns, rows) = model.size;
    let effects = model.update(Msg::Input(Input::Resize(columns, rows)), second(2));
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Repaint)));
}

proptest::proptest! {
    #[test]
    fn no_keys_leave_a_picker_without_an_entry_under_its_cursor(
        opens in proptest::sample::select(vec!["c", "s", "f", "o"]),
        keys in proptest::collection::vec(
            proptest::sample::select(vec![
                "j", "k", "G", "g", "Down", "Up", "PgDn", "Tab", "S-Tab", "Space", "/", "s", "7",
                "d", "Backspace", "Delete", "Enter", "Esc",
            ]),
            0..40,
        ),
    ) {
        let mut model = model();
        press(&mut model, opens, second(2));
        for key in keys {
            press(&mut model, key, second(3));
            if let Some(picker) = model.layers.top::<Picker>() {
                let entries = picker.entries(&model.seen());
                let list = picker.over(&entries);
                proptest::prop_assert!(list.current().is_some() || entries.is_empty());
            }
            proptest::prop_assert!(!model.screens.tokens().list.query.sort.is_empty());
            proptest::prop_assert_eq!(model.columns().first().copied(), Some(Column::Name));
        }
    }
}
