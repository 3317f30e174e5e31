//! Rules of an account on screen: said at the field where they refuse, beside the new value
//! where they only flag, and with the token ever after.

use tokendeck::domain::catalogue::{Breach, Rules};

use crate::support::{App, Desk, options};

/// The form of a new token with all that must be filled in; it never ends.
fn filled(desk: &Desk, name: &str) -> App {
    let mut app = desk.seat("ada");
    app.keys("n");
    app.text(name).keys("Tab Tab Tab Tab Space PgDn r PgUp");
    app
}

fn rules(breach: Breach) -> Rules {
    Rules { never_forbidden: true, breach, ..Rules::default() }
}

#[test]
fn e04_what_a_rule_refuses_is_said_in_the_form_which_stays() {
    let desk = Desk::example();
    desk.rule(rules(Breach::Refuse));
    let mut app = filled(&desk, "endless");
    app.keys("Ctrl-s").sees("Acme allows no token that never ends").sees_no("New value");
    app.sees("endless");
    app.keys("Esc Right Enter").sees("of 21");
}

#[test]
fn e04_what_a_rule_flags_is_said_with_the_new_value_and_in_the_details() {
    let desk = Desk::example();
    desk.rule(rules(Breach::Flag));
    let mut app = filled(&desk, "endless");
    app.keys("Ctrl-s").sees("New value of endless");
    app.sees("It is against the rules of its account: never ends.");
    app.keys("Enter").sees("Breaks rules").sees("never ends");
}

#[test]
fn e04_the_rules_of_an_account_are_set_in_its_form() {
    let desk = Desk::example();
    let mut app = desk.seat_with("rosa", &options(), (100, 40));
    app.keys("3").keys("/ Acme Enter e").sees("Longest life").sees("Must end").sees("Idle for");
    app.keys("Tab Tab Tab").text("10").sees("Longest life   10");
    app.keys("Tab Space Tab").text("60d").keys("Tab Down").sees("(o) refuse").keys("Ctrl-s");
    app.sees("1 field to mend").keys("Ctrl-u").text("3m").keys("Ctrl-s");
    app.sees("Account Acme was updated").keys("Enter");
    app.sees("Rules").sees("at most 92 days, an end, not idle for 60 days; others are refused");
    app.keys("Esc e").sees("92d").sees("60d").sees("[x]").sees("(o) refuse");
    app.keys("Tab Tab Tab Ctrl-u Tab Space Tab Ctrl-u Ctrl-s").sees("was updated");
    app.keys("Enter").sees("none");
}

#[test]
fn e04_the_form_says_before_it_is_saved_what_its_account_flags_or_refuses() {
    let desk = Desk::example();
    desk.rule(rules(Breach::Flag));
    let mut app = filled(&desk, "endless");
    app.sees("It is against the rules of its account: never ends");
    let mut app = desk.seat("ada");
    // What was there before the rule may stay until its end is set anew.
    app.keys("/ robot-1 Enter e").sees_no("against the rules").keys("Esc");
    desk.rule(Rules { longest_days: Some(30), ..rules(Breach::Refuse) });
    app.keys("Ctrl-r F / robot-2 Enter e").sees_no("Acme allows");
    app.keys("Tab Tab Tab Tab Tab Home Down Ctrl-s")
        .sees("1 field to mend")
        .sees("Acme allows no token that lives longer than 30 days");
    app.keys("Esc Right Enter");
    app.keys("r").sees("Acme allows no token that lives longer than 30 days: 2026-04-09");
    app.keys("Right Enter").sees("Acme allows no token").sees_no("New value");
}

#[test]
fn e04_the_offenders_are_found_by_filter_and_told_in_general() {
    let desk = Desk::example();
    desk.rule(Rules { idle_days: Some(1), ..rules(Breach::Flag) });
    let mut app = desk.seat_with("ada", &options(), (100, 40));
    app.keys("f /").text("Breaks").keys("Enter Space Enter").sees("offends").sees("bulk-01");
    app.sees_no("robot-2 ").keys("Enter").sees("Breaks rules").sees("never ends");
    app.keys("Esc F").keys(":").text("filter offends").keys("Enter").sees("offends");
    app.keys("f").sees("[x] Breaks one");
}
