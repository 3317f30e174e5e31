//! Handing tokens over on screen: to whom, what becomes of the value that others know, and
//! who can't have them (A38).

use crate::support::{App, Desk, options, shown_value, value};

fn at(desk: &Desk, login: &str, name: &str) -> App {
    let mut app = desk.seat(login);
    app.keys("/").text(name).keys("Enter");
    app
}

#[test]
fn a38_a_token_is_handed_over_with_a_new_value_unless_that_is_not_wanted() {
    let desk = Desk::example();
    let old = value("robot-1");
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("! h").sees("Hand over to").sees("the account itself");
    app.text("vic").keys("Enter").sees("Hand robot-1 over to Vic Viewer?");
    app.sees(&format!("Hand over API token Acme ACC-0001-0001 {}", desk.title()));
    app.sees("TKN-1000-0001").sees("(o) a new one").sees("> Cancel <");
    app.sees("What the store can show of its value is erased for good.");
    app.sees("Who had it still knows its value.").sees("The old value stops working at once.");
    app.keys("Enter").sees_no("Vic Viewer").keys("M").sees_no("handed over").keys("Esc");
    assert_eq!(desk.verify(&old), Ok(()));
    app.keys("! h").text("vic").keys("Enter Right Enter").sees("New value of robot-1");
    app.sees("This is the only time it is shown.");
    let new = shown_value(&mut app);
    assert_eq!(desk.verify(&new), Ok(()));
    assert!(desk.verify(&old).is_err());
    app.keys("Esc Right Enter").sees("Owner").sees("Vic Viewer");
    app.keys("M").sees("API token robot-1 was handed over");
}

#[test]
fn a38_the_value_may_stay_or_pass_a_while() {
    let desk = Desk::example();
    let (first, second) = (value("robot-1"), value("robot-2"));
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("! h").text("vic").keys("Enter Down").sees("(o) the one it has").sees_no("Overlap");
    app.sees("Who had it still knows its value, which stays in force.");
    app.keys("Right Enter").sees("API token robot-1 was handed over").sees_no("New value");
    assert_eq!(desk.verify(&first), Ok(()));
    app.keys("F / robot-2 Enter ! h").text("vic").keys("Enter Tab").text("36h");
    app.sees("(o) other: 36h_").sees("The old value stops working on 2026-03-12 00:00 UTC.");
    app.keys("Right Enter").sees("New value of robot-2");
    assert_eq!(desk.verify(&second), Ok(()));
}

#[test]
fn a38_who_cannot_have_it_is_listed_with_the_reason() {
    let desk = Desk::example();
    let mut app = at(&desk, "ada", "robot-1");
    app.keys("! h").sees("Max Member USR-0001-0005 does not hold North plant");
    app.sees("It is theirs already").text("max").keys("Enter");
    app.sees("Hand over to").sees("Max Member does not hold North plant").sees_no("> Cancel <");
    app.keys("Esc").sees_no("Hand over to");
    at(&desk, "kim", "dora").keys("! h").sees("Pending tokens cannot be handed over");
    at(&desk, "ada", "leaked-key").keys("! h").sees("Revoked tokens cannot be handed over");
    at(&desk, "vic", "robot-1").keys("! h").sees("Needs the manage_tokens permission");
}

#[test]
fn a38_a_users_token_goes_back_to_the_account() {
    let desk = Desk::example();
    let mut app = at(&desk, "kim", "carl");
    app.keys("m").sees("Hand over ! h").keys("! h Enter");
    app.sees("Hand carl-erecording back to Cedar County?").sees_no("erased");
    app.keys("Right Enter").sees("New value of carl-erecording").sees_no("only time");
    let new = shown_value(&mut app);
    assert_eq!(desk.verify(&new), Ok(()));
    app.keys("Enter").sees_no("Owner ").keys("M").sees("carl-erecording was handed over");
}

#[test]
fn a38_selected_tokens_are_handed_over_with_their_values() {
    let desk = Desk::example();
    let mut app = desk.seat_with("ada", &options(), (100, 30));
    for name in ["robot-1", "robot-2", "leaked-key"] {
        app.keys("/").text(name).keys("Enter Space F");
    }
    app.keys("m").sees("Hand over 3 tokens ! h").keys("! h").text("vic").keys("Enter");
    app.sees("Hand over 2 tokens").sees("Hand robot-1, robot-2 over to Vic Viewer?");
    app.sees("Who had them still knows their values, which stay in force");
    app.sees("(1 skipped: revoked tokens cannot be handed over)").sees("> Cancel <");
    app.keys("Right Enter")
        .sees("2 tokens handed over, 1 skipped (revoked tokens cannot be")
        .sees_no("selected");
    assert_eq!(desk.verify(&value("robot-1")), Ok(()));
    app.keys("/ robot-2 Enter Enter").sees("Owner").sees("Vic Viewer");
}
