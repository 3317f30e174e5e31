//! The dialog alone, without keys.

use std::time::Duration;

use super::*;
use crate::domain::Verb;
use crate::wire::RowId;

fn at(ms: u64) -> Moment {
    Moment::new(Duration::from_millis(ms))
}

fn confirm(stages: usize) -> Confirm {
    let stage = Stage { text: vec!["Sure?".to_owned()], button: "Revoke" };
    let order = Order {
        verb: Verb::Revoke,
        id: RowId::from(crate::domain::TokenId::new(10_000_001)),
        name: "robot-1".to_owned(),
        version: 3,
    };
    Confirm::new("Revoke".to_owned(), "Acme".to_owned(), vec![stage; stages], order)
}

#[test]
fn no_key_counts_before_the_dialog_was_drawn() {
    let mut guard = Guard::default();
    assert!(!guard.admits(at(10_000)));
    guard.drawn(at(10_000));
    assert!(!guard.is_open(at(10_299)));
    assert!(guard.is_open(at(10_300)));
}

#[test]
fn a_dropped_key_restarts_the_wait() {
    let mut guard = Guard::default();
    guard.drawn(at(0));
    assert!(!guard.admits(at(299)));
    assert!(guard.ignored());
    assert!(!guard.admits(at(598)));
    assert!(guard.admits(at(898)));
    assert!(!guard.ignored());
}

#[test]
fn a_key_that_means_nothing_sends_the_focus_back_to_cancel() {
    let mut dialog = confirm(1);
    dialog.guard.drawn(at(0));
    dialog.button = Button::Act;
    dialog.startle(at(1_000));
    assert_eq!(dialog.button, Button::Cancel);
    assert!(!dialog.guard.is_open(at(1_299)));
    assert!(dialog.guard.is_open(at(1_300)));
}

#[test]
fn drawing_again_does_not_restart_the_wait() {
    let mut guard = Guard::default();
    guard.drawn(at(0));
    guard.drawn(at(250));
    assert!(guard.is_open(at(300)));
}

#[test]
fn r060_every_stage_starts_on_cancel_and_waits() {
    let mut dialog = confirm(2);
    dialog.guard.drawn(at(0));
    dialog.button = Button::Act;
    assert_eq!(dialog.press(), Pressed::Next);
    assert_eq!(dialog.button, Button::Cancel);
    assert!(dialog.guard.awaits_drawing());
    assert_eq!(dialog.press(), Pressed::Cancelled);
}

#[test]
fn only_the_last_stage_confirms() {
    let mut dialog = confirm(1);
    dialog.button = Button::Act;
    let deed = dialog.deed.clone();
    assert_eq!(dialog.press(), Pressed::Confirmed(deed));
}

fn typing(text: &str) -> Confirm {
    let mut dialog = confirm(1).wanting(Entry::Word(Word::new("revoke 19".to_owned())));
    for letter in text.chars() {
        dialog.field().into_iter().for_each(|word| word.push(letter));
    }
    dialog
}

#[test]
fn r053_only_the_exact_word_confirms() {
    for text in ["", "revoke", "revoke 1", "revoke 190", "Revoke 19", "revoke  19", "y"] {
        let mut dialog = typing(text);
        assert_eq!(dialog.press(), Pressed::Missing, "{text:?}");
        assert!(dialog.note.is_some_and(|note| note.contains("'revoke 19'")));
        let mut dialog = typing(text);
        dialog.focus(Button::Act);
        assert_eq!(dialog.press(), Pressed::Missing, "{text:?} and the button");
    }
    let mut dialog = typing("revoke 19");
    assert!(matches!(dialog.press(), Pressed::Confirmed(_)));
}

#[test]
fn r124_a_word_for_the_last_question_is_not_asked_for_before_it() {
    let word = Entry::Word(Word::new("generate 2".to_owned()));
    let mut dialog = confirm(2).wanting_last(word);
    assert!(dialog.field().is_none());
    dialog.button = Button::Act;
    assert_eq!(dialog.press(), Pressed::Next);
    assert_eq!(dialog.press(), Pressed::Missing);
    assert!(dialog.field().is_some());
}

#[test]
fn cancel_cancels_whatever_is_typed() {
    let mut dialog = typing("revoke 19");
    dialog.focus(Button::Cancel);
    assert_eq!(dialog.press(), Pressed::Cancelled);
}

#[test]
fn what_nobody_typed_empties_the_field() {
    let mut dialog = typing("revoke 19");
    dialog.guard.drawn(at(0));
    dialog.startle(at(1_000));
    assert_eq!(dialog.press(), Pressed::Missing);
}
