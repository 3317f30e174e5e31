//! Times as they are typed in forms and filter lines, and shown in lists.

use crate::support::{App, Desk};

fn run<'a>(app: &'a mut App, line: &str) -> &'a mut App {
    app.keys(":").text(line).keys("Enter")
}

#[test]
fn a22_a_filter_line_takes_what_the_flags_take() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    for line in ["filter exp<8m", "filter exp<+8m"] {
        run(&mut app, line).sees(&line[7..]).sees("robot-2").sees_no("bulk-15");
    }
    for line in ["filter unused>10d", "filter unused>+10d"] {
        run(&mut app, line).sees(&line[7..]).sees_no("bulk-15");
    }
    // The day that is shown is compared: robot-2 ends on the first of September.
    run(&mut app, "filter exp<2026-09-01 robot").sees("exp<2026-09-01").sees_no("TKN-1000-0002");
    run(&mut app, "filter exp<2026-09-02 robot").sees("exp<2026-09-02").sees("TKN-1000-0002");
    for line in ["filter exp<++5d", "filter unused>23:59:60", "filter exp<+2027-01-31"] {
        run(&mut app, line).sees("is not a time such as 30d").keys("Esc");
    }
    app.keys("F f").sees("Ends within").keys("G k k").text("+8m").keys("Enter").sees("exp<8m");
}

#[test]
fn a22_a_typed_end_day_is_shown_as_that_day_wherever_days_are_shown() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot-1 Enter e").sees("Edit robot-1");
    app.keys("Tab Tab Tab Tab Tab").sees(">Expires").keys("End Tab").sees(">Valid to");
    app.text("2027-01-31");
    app.sees("to 2027-02-01 00:00:00 UTC").keys("PgDn PgDn").sees("Expires Never -> 2027-01-31");
    app.keys("Ctrl-s").sees("was updated").sees("2027-01-31").sees_no("2027-02-01");
    app.keys("e").sees("Valid to").sees("2027-01-31").keys("Esc");
    run(&mut app, "filter exp<2027-01-31").sees_no("TKN-1000-0001");
    run(&mut app, "filter exp<2027-02-01").sees("TKN-1000-0001");
}

#[test]
fn a33_unused_lists_only_what_could_be_used() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    run(&mut app, "filter unused>10d").sees("unused>10d").sees("Active");
    app.sees_no("leaked-key").sees_no("old-report").sees_no("Pending");
    run(&mut app, "filter unused>5d status:revoked,expired").sees("leaked-key").sees("old-report");
}

#[test]
fn a37_only_a_near_word_is_suggested() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    run(&mut app, "1x").sees("there is no command '1x'").sees_no("did you mean").keys("Esc");
    run(&mut app, "x").sees("there is no command 'x'").sees_no("did you mean").keys("Esc");
    run(&mut app, "sotr").sees("did you mean 'sort'?");
}
