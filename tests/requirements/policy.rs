//! Rules of an account on screen: said at the field where they refuse, beside the new value
//! where they only flag, and with the token ever after.

use tokendeck::domain::catalogue::{Breach, Rules};

use crate::support::{App, Desk};

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
