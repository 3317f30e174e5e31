//! Going to another backend with `p`, and what a backend that stops answering does to
//! the screen: nothing freezes, nothing is shown as done, nothing is forgotten.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::support::desk::runtime;
use crate::support::seats::Seat;
use crate::support::server::{Mood, Moods, Server, remote};
use crate::support::{Desk, options};

const SIZE: (u16, u16) = (160, 50);

#[test]
fn r002_p_switches_to_another_operator_and_back() {
    let desk = Desk::example();
    let title = desk.title();
    let mut app = desk.seat_among(&["ada", "kim", "rosa"], vec![], SIZE);
    app.sees(&format!("{title} ada Admin")).sees("API tokens - Acme");
    app.keys("p").sees("Backend").sees(&format!("* ada {}", desk.kind())).keys("k i m Enter");
    app.sees(&format!("{title} kim")).sees("You are Kim").sees_no(&format!("{title} ada"));
    app.keys("p").sees(&format!("* kim {}", desk.kind())).keys("a d a Enter");
    app.sees(&format!("{title} ada Admin")).sees("1-10 of 21");
}

#[test]
fn r002_the_line_switches_by_name_and_knows_the_names() {
    let desk = Desk::example();
    let title = desk.title();
    let mut app = desk.seat_among(&["ada", "rosa"], vec![], SIZE);
    app.keys(":").text("backend ros").keys("Tab").sees(":backend rosa").keys("Enter");
    app.sees(&format!("{title} rosa Superadmin")).sees("All accounts");
    app.keys(":").text("backend nobody").keys("Enter");
    app.sees("there is no backend 'nobody': ada, rosa").keys("Esc");
    app.keys(":").text("backend rosa").keys("Enter").sees("rosa is the backend that is open");
}

#[test]
fn a_switch_leaves_search_selection_and_details_behind() {
    let desk = Desk::example();
    let title = desk.title();
    let mut app = desk.seat_among(&["ada", "rosa"], vec![], SIZE);
    app.keys("/ robot Enter Space").sees("1 selected").keys("p r o s a Enter");
    app.sees(&format!("{title} rosa")).sees_no("selected").sees_no("text:robot");
}

#[test]
fn the_account_is_remembered_for_each_seat() {
    let desk = Desk::example();
    let mut app = desk.seat_among(&["rosa", "ada"], vec![], SIZE);
    app.keys("o c e d Enter").sees("API tokens - Cedar").keys("p a d a Enter");
    app.sees("API tokens - Acme").keys("p r o s a Enter").sees("API tokens - Cedar");
}

#[test]
fn a_backend_that_does_not_answer_is_not_switched_to() {
    let desk = Desk::example();
    let title = desk.title();
    let mut app = desk.seat_among(&["ada"], vec![("team", Seat::Down)], SIZE);
    app.keys("p t e a m Enter");
    app.sees("Could not switch to team, still at ada: cannot reach 'https://tokens.example'");
    app.sees(&format!("{title} ada Admin")).sees("1-10 of 21").keys("j p").sees("* ada");
}

#[test]
fn keys_act_while_a_backend_is_slow_to_open_and_esc_gives_it_up() {
    let desk = Desk::example();
    let slow = Seat::Slow(Duration::from_secs(5));
    let mut app = desk.seat_among(&["ada"], vec![("team", slow)], SIZE);
    let start = Instant::now();
    app.meanwhile("p t e a m Enter").sees("opening team ...");
    app.meanwhile("j j Enter").sees("Last access").meanwhile("Esc");
    app.sees("team is not waited for: you are still at ada").sees_no("opening");
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
}

#[test]
fn a_form_that_was_filled_in_is_asked_about_before_it_is_left() {
    let desk = Desk::example();
    let title = desk.title();
    let down = vec![("team", Seat::Down)];
    let mut app = desk.seat_among(&["ada", "rosa"], down, SIZE);
    app.keys("n").text("half-typed").keys("p").sees("half-typedp");
    app.keys("F1 p r o s a Enter").sees("Switch to rosa").sees("Discard changes?");
    app.keys("Esc").sees("half-typedp").sees(&format!("{title} ada"));
    // Where the other does not answer, nothing typed is lost.
    app.keys("F1 p t e a m Enter Right Enter").sees("Could not switch to team");
    app.sees("half-typedp").keys("F1 p r o s a Enter Right Enter");
    app.sees(&format!("{title} rosa Superadmin")).sees_no("half-typedp");
}

#[test]
fn r014_a_server_that_stops_answering_marks_the_rows_as_old() {
    let desk = Desk::example();
    for size in [(80, 24), (40, 12), SIZE] {
        let (mut app, moods) = remote(&desk, &options(), size);
        app.sees("team (rem");
        moods.set(Mood::Down);
        app.keys("Ctrl-r").sees("error 12:00:00").sees("no answer since 12:00:00").keys("j");
        app.sees("no answer since 12:00:00").sees("of 21").sees("bulk-01");
        if size.0 >= 80 {
            app.sees("no answer since 12:00:00, as of 12:00:00");
            app.keys("M").sees("cannot reach 'https://tokens.example'").keys("Esc");
        }
        moods.set(Mood::Well);
        app.keys("Ctrl-r").sees_no("no answer");
        app.keys("M").sees("team (remote) answers again").keys("Esc");
    }
}

#[test]
fn keys_are_answered_while_a_server_takes_five_seconds_or_never_answers() {
    let desk = Desk::example();
    for mood in [Mood::Slow, Mood::Mute] {
        let (mut app, moods) = remote(&desk, &options(), SIZE);
        moods.set(mood);
        let start = Instant::now();
        app.meanwhile("Ctrl-r j j ? Esc / x Esc c Esc Enter").sees("Last access");
        assert!(start.elapsed() < Duration::from_secs(2), "{mood:?}: {:?}", start.elapsed());
    }
}

#[test]
fn what_is_waited_for_is_said_by_the_second_and_esc_stops_it() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    moods.set(Mood::Mute);
    app.meanwhile("Ctrl-r").sees("as of 12:00:00").sees_no("waiting for team");
    app.tick(Duration::from_secs(3)).sees("waiting for team ... 3 s (Esc stops waiting)");
    app.meanwhile("j").sees("waiting for team ... 3 s").meanwhile("Esc");
    app.sees("Stopped waiting for team").settle();
    app.sees("STALE, as of 12:00:00")
        .sees("of 21")
        .sees_no("waiting for team ...")
        .sees_no("Could not");
    // A search that is given up leaves no rows that nobody searched for.
    app.meanwhile("/ r o b Enter").tick(Duration::from_secs(2)).sees("waiting for team");
    app.meanwhile("Esc")
        .settle()
        .sees("The tokens could not be read: not waited for - Ctrl-r tries again");
    moods.set(Mood::Well);
    app.keys("Ctrl-r").sees("robot-1").sees_no("STALE").sees("as of 12:00:00");
}

#[test]
fn a_server_that_is_silent_for_long_is_marked_before_anything_is_given_up() {
    let desk = Desk::example();
    for (size, key) in [((80, 24), "1"), ((40, 12), "2"), (SIZE, "2")] {
        let (mut app, moods) = remote(&desk, &options(), size);
        app.keys("2 3 1");
        moods.set(Mood::Mute);
        app.meanwhile(key).meanwhile("Ctrl-r").tick(Duration::from_secs(7)).sees("7 s");
        app.sees_no("no answer").tick(Duration::from_secs(2)).sees("no answer");
        app.meanwhile("3").sees("no answer since").meanwhile("1 Esc").settle();
        app.sees("no answer since").sees_no("9 s");
        moods.set(Mood::Well);
        app.keys("Ctrl-r").sees_no("no answer").keys("M").sees("answers again");
    }
}

#[test]
fn a_change_that_is_no_longer_waited_for_is_unconfirmed_until_it_was_read_back() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    app.keys("/ robot-1 Enter ! r Right Enter Right");
    moods.set(Mood::Mute);
    app.meanwhile("Enter").sees("1 change under way");
    app.tick(Duration::from_secs(2));
    app.sees("waiting for team ... 2 s (Esc stops waiting, the change goes on)");
    moods.set(Mood::Lost);
    app.meanwhile("Esc").settle().sees("robot-1 ? Active?").sees("1 unconfirmed");
    app.sees("Not waited for, outcome unknown, w keeps it: revoke robot-1").sees_no("successfully");
    app.keys("M").sees("the change goes on").keys("Esc w").sees("robot-1").keys("Esc");
    moods.set(Mood::Well);
    app.pass(Duration::from_secs(40)).sees("robot-1 ! Active!").sees_no("unconfirmed");
}

#[test]
fn a_key_does_not_mean_something_else_because_an_answer_is_late() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    app.keys("Enter");
    moods.set(Mood::Mute);
    app.meanwhile("S-Tab").tick(Duration::from_secs(2)).sees("(Ctrl-c stops waiting)");
    app.meanwhile("Esc / r").sees("/ r").sees("(Ctrl-c stops waiting)").meanwhile("Ctrl-c");
    app.settle().sees("Stopped waiting for team").sees("/ r");
}

#[test]
fn what_may_bring_a_value_is_waited_for() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    app.keys("/ robot-1 Enter r");
    moods.set(Mood::Mute);
    app.meanwhile("Right Enter").tick(Duration::from_secs(3)).sees("waiting for team ... 3 s");
    app.sees_no("stops waiting").meanwhile("Esc").sees("waiting for team ... 3 s");
}

#[test]
fn a_revoke_with_an_unknown_outcome_stays_marked_until_it_was_read_back() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    app.keys("/ robot-1 Enter ! r Right Enter Right");
    moods.set(Mood::DoneButSilent);
    app.keys("Enter").sees("Could not revoke robot-1: outcome unknown");
    app.sees("robot-1 ? Active?")
        .sees("1 unconfirmed")
        .sees_no("successfully")
        .sees_no("Confirmed");
    app.pass(Duration::from_mins(1)).sees("robot-1 ? Active?").sees("1 unconfirmed");
    app.keys("Enter").sees("revoke unconfirmed").keys("Esc");
    moods.set(Mood::Well);
    app.pass(Duration::from_secs(6)).sees("Confirmed: API token robot-1 was revoked");
    app.sees("robot-1 x Revoked").sees_no("unconfirmed");
}

#[test]
fn a_revoke_that_never_arrived_is_said_not_to_be_done_once_it_cannot_come_any_more() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    app.keys("/ robot-1 Enter ! r Right Enter Right");
    moods.set(Mood::Lost);
    app.keys("Enter").sees("1 unconfirmed");
    moods.set(Mood::Well);
    app.pass(Duration::from_secs(6)).sees("1 unconfirmed").sees("robot-1 ? Active?");
    app.pass(Duration::from_secs(30)).sees("It was not done: revoke robot-1 again");
    app.sees("robot-1 ! Active!").sees("1 not done").sees_no("1 unconfirmed");
}

#[test]
fn an_unconfirmed_change_is_kept_while_the_operator_is_elsewhere() {
    let desk = Desk::example();
    let title = desk.title();
    let runtime = runtime();
    let (inner, moods) = (desk.backend(&runtime, "ada"), Moods::default());
    let server = Server::new(inner, &moods);
    let team = vec![("team", Seat::Ready(Arc::new(server)))];
    let mut app = desk.seat_among(&["rosa"], team, SIZE);
    app.keys("p t e a m Enter").sees("team (remote) ada Admin");
    app.keys("/ robot-1 Enter ! r").sees("team (remote)").keys("Right Enter Right");
    moods.set(Mood::Lost);
    app.keys("Enter").sees("1 unconfirmed").keys("p r o s a Enter").sees(&format!("{title} rosa"));
    app.sees_no("unconfirmed");
    moods.set(Mood::Well);
    app.keys("p t e a m Enter / robot-1 Enter").sees("1 unconfirmed").sees("? Active?");
    app.pass(Duration::from_secs(40)).sees("1 not done").sees_no("1 unconfirmed");
}

#[test]
fn a_list_is_asked_for_in_one_turn_however_far_the_server_is() {
    let desk = Desk::example();
    let (mut app, moods) = remote(&desk, &options(), SIZE);
    let mut turns = |keys: &str, seen: &str| {
        let before = moods.turns();
        app.keys(keys).sees(seen);
        moods.turns() - before
    };
    assert_eq!(turns("/ r", "/ r"), 1);
    assert_eq!(turns("o b", "1-2 of 2"), 2);
    assert_eq!(turns("Enter j k", "1-2 of 2"), 0);
    assert_eq!(turns("s Enter", "1-2 of 2"), 1);
    assert_eq!(turns("F", "of 21"), 1);
}
