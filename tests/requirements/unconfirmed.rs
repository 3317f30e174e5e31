//! Changes whose answer never came, and revocations that could not be sent: nothing is
//! shown as done that was not, nothing is forgotten, and each is settled by a look at
//! what it was about (anchor 7 of the reliability paper).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokendeck::backend::{BulkBackend, until_over};
use tokendeck::domain::{EventAction, HolderVerb, Window};
use tokendeck::tui::Options;
use tokendeck::wire::{AnyPlan, EventQuery, HolderTarget, JobState};

use crate::support::desk::runtime;
use crate::support::server::{Mood, Moods, Server};
use crate::support::{App, Desk, options, value};

/// Between two looks, and a little.
const LOOK: Duration = Duration::from_secs(6);
/// After this a server can't be at work any more on what it was sent.
const LATE: Duration = Duration::from_secs(40);

/// The screen of that user at a server, and what makes it behave otherwise.
fn at_server(desk: &Desk, login: &str) -> (App, Moods) {
    let runtime = runtime();
    let (inner, moods) = (desk.backend(&runtime, login), Moods::default());
    let server = Arc::new(Server::new(inner, &moods));
    let options = Options {
        frozen_clock: true,
        export_dir: desk.path().parent().unwrap().to_owned(),
        ..options().clone()
    };
    (App::start(runtime, server, desk.memory(), options, (160, 50)), moods)
}

/// The jobs of the example's store, newest first, as that user knows them.
fn jobs(desk: &Desk, login: &str) -> Vec<JobState> {
    let runtime = runtime();
    let backend = desk.backend(&runtime, login);
    let jobs = runtime.block_on(backend.jobs()).unwrap();
    jobs.into_iter().map(|job| job.state).collect()
}

/// Goes to a row by its name.
fn on<'a>(app: &'a mut App, name: &str) -> &'a mut App {
    app.keys("/").text(name).keys("Enter")
}

/// Two tokens selected, and the word that revokes them typed.
fn revoking_two(app: &mut App) -> &mut App {
    on(app, "robot-1").keys("Space F");
    on(app, "robot-2").keys("Space F ! r").sees("Type revoke 2:").text("revoke 2")
}

#[test]
fn r014_a_bulk_revoke_without_an_answer_is_found_by_its_plan_and_followed() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    revoking_two(&mut app);
    moods.set(Mood::DoneButSilent);
    app.keys("Enter").sees("Could not revoke 2 tokens: outcome unknown").sees("1 unconfirmed");
    app.sees("robot-1 ? Active?").sees("robot-2 ? Active?").sees_no("Confirmed");
    moods.set(Mood::Well);
    app.pass(LOOK).sees("2 tokens revoked").sees("robot-1 x Revoked").sees_no("1 unconfirmed");
    app.keys("M").sees("Confirmed: it was started as JOB-0001-0001");
    assert_eq!(jobs(&desk, "ada"), [JobState::Done]);
}

#[test]
fn r014_a_bulk_revoke_that_never_arrived_waits_to_be_ordered_again() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    revoking_two(&mut app);
    moods.set(Mood::Lost);
    app.keys("Enter").sees("1 unconfirmed");
    moods.set(Mood::Well);
    app.pass(LATE).sees("It was not done: revoke 2 API tokens again").sees("1 not done");
    assert_eq!(desk.verify(&value("robot-2")), Ok(()));
    app.keys("w").sees("> revoke 2 API tokens").sees("Not done; waits for you");
    app.keys("r").sees("Type revoke 2:").text("revoke 2").keys("Enter");
    app.sees("2 tokens revoked").keys("Esc").sees_no("1 not done");
    assert_eq!(desk.verify(&value("robot-2")), Err("revoked".to_owned()));
    assert_eq!(jobs(&desk, "ada"), [JobState::Done]);
}

#[test]
fn r014_a_bulk_revoke_ordered_twice_is_one_job() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    revoking_two(&mut app);
    moods.set(Mood::DoneButSilent);
    app.keys("Enter").sees("1 unconfirmed").keys("w").sees("Unknown whether it was done");
    moods.set(Mood::Well);
    app.keys("r").sees("Type revoke 2:").text("revoke 2").keys("Enter");
    app.sees("2 tokens revoked").keys("Esc").sees_no("1 unconfirmed");
    assert_eq!(jobs(&desk, "ada"), [JobState::Done]);
}

#[test]
fn r014_a_revoke_that_could_not_be_sent_is_kept_until_it_is_done() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    on(&mut app, "robot-1").keys("! r Right Enter Right");
    moods.set(Mood::Down);
    app.keys("Enter").sees("Could not revoke robot-1: cannot reach");
    app.sees("robot-1 ! Active!").sees("1 not done").pass(LATE).sees("1 not done");
    app.keys("Enter").sees("revoke not done").keys("Esc w");
    app.sees("> revoke robot-1").sees("Not done; waits for you");
    app.keys("r Right Enter").sees("Could not revoke robot-1");
    moods.set(Mood::Well);
    app.pass(LATE).sees("Not done").keys("r Right Enter");
    app.sees("API token robot-1 was successfully revoked");
    app.sees("None: what was ordered here").keys("Esc").sees("robot-1 x Revoked");
    app.sees_no("1 not done");
}

#[test]
fn r014_a_revoke_that_the_operator_insists_on_is_sent_until_it_is_done() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    on(&mut app, "robot-1").keys("! r Right Enter Right");
    moods.set(Mood::Down);
    app.keys("Enter w t Right Enter").sees("Not done; tried again until it is confirmed");
    app.pass(LATE).sees("tried again until");
    moods.set(Mood::Well);
    app.pass(LOOK).sees("None: what was ordered here").sees("successfully revoked");
    assert_eq!(desk.verify(&value("robot-1")), Err("revoked".to_owned()));
}

#[test]
fn r014_only_what_does_no_harm_is_sent_again_by_itself() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    on(&mut app, "robot-1").keys("t Right");
    moods.set(Mood::Down);
    app.keys("Enter w").sees("> disable robot-1").sees("Not done; waits for you");
    app.keys("t").sees("Only a revocation can be tried again and again");
    moods.set(Mood::Well);
    app.pass(LATE).sees("Not done; waits for you");
    assert_eq!(desk.verify(&value("robot-1")), Ok(()));
    app.keys("r Right Enter").sees("API token robot-1 was disabled").keys("Esc").sees("- Disabled");
}

#[test]
fn r014_a_revoke_of_unknown_outcome_that_came_through_is_confirmed_by_ordering_it_again() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    on(&mut app, "robot-1").keys("! r Right Enter Right");
    moods.set(Mood::DoneButSilent);
    app.keys("Enter w").sees("Unknown whether it was done");
    moods.set(Mood::Well);
    app.keys("r Right Enter").sees("Confirmed: API token robot-1 is revoked").sees("None:");
    app.keys("Esc").sees("robot-1 x Revoked");
}

#[test]
fn r014_a_change_is_dismissed_after_a_question() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    on(&mut app, "robot-1").keys("! r Right Enter Right");
    moods.set(Mood::Down);
    app.keys("Enter w d").sees("Keep track of it no longer? revoke robot-1");
    app.sees("It was not done, and will not be tried again.").keys("Enter").sees("> revoke");
    app.keys("d Right Enter").sees("None: what was ordered").keys("Esc").sees_no("1 not done");
    moods.set(Mood::Well);
    app.pass(LATE);
    assert_eq!(desk.verify(&value("robot-1")), Ok(()));
}

#[test]
fn r014_unconfirmed_changes_are_said_on_leaving_and_taken_up_at_the_next_start() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    on(&mut app, "robot-1").keys("! r Right Enter Right");
    moods.set(Mood::DoneButSilent);
    app.keys("Enter q").sees("Leave with unconfirmed changes").sees("1 change is not confirmed:");
    app.sees("revoke robot-1: unknown whether it was done").keys("Enter").sees_no("Leave with");
    assert!(!app.is_over());
    // Once asked, Ctrl-c twice is answer enough.
    app.keys("Ctrl-c Ctrl-c");
    assert!(app.is_over());
    let kept = std::fs::read_to_string(desk.state_path()).unwrap();
    assert!(kept.contains("robot-1") && !kept.contains(&value("robot-1")), "{kept}");
    let (mut app, _) = at_server(&desk, "ada");
    app.pass(LOOK).keys("M").sees("1 change is not confirmed yet: w shows it");
    app.sees("Confirmed: API token robot-1 was revoked").keys("Esc").sees_no("1 unconfirmed");
    assert!(!std::fs::read_to_string(desk.state_path()).unwrap().contains("robot-1"));
}

#[test]
fn r014_a_bulk_revoke_of_an_earlier_run_is_planned_and_confirmed_anew() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    revoking_two(&mut app);
    moods.set(Mood::Down);
    app.keys("Enter").sees("1 not done").keys("q Right Enter");
    assert!(app.is_over());
    let (mut app, _) = at_server(&desk, "ada");
    app.sees("1 not done").keys("w").sees("> revoke 2 API tokens").keys("r");
    app.sees("Type revoke 2:").text("revoke 2").keys("Enter").sees("2 tokens revoked");
    app.sees_no("1 not done");
    assert_eq!(desk.verify(&value("robot-2")), Err("revoked".to_owned()));
}

/// Asks on behalf of a user for a token of a module, as the admin of their account.
fn request(desk: &Desk, login: &str, module: &str) {
    let runtime = runtime();
    let backend = desk.backend(&runtime, "kim");
    runtime.block_on(async {
        let all = backend.catalogue().await.unwrap();
        let module = all.modules.values().find(|entry| entry.name == module).unwrap().id;
        let account = all.accounts.values().find(|entry| entry.name == "Cedar County").unwrap().id;
        let users = BTreeSet::from([all.user_by_login(login).unwrap().id]);
        let target = HolderTarget { users, modules: BTreeSet::from([module]), account };
        let plan = backend.planned(HolderVerb::Request, target).await.unwrap();
        let job = backend.start(AnyPlan::Holders(plan)).await.unwrap();
        let job = until_over(&*backend, job, |_| {}).await.unwrap();
        assert_eq!(job.tally.done, 1);
    });
}

#[test]
fn a10_values_lost_with_their_replies_stay_listed_with_advice_that_a_member_can_follow() {
    let desk = Desk::example();
    request(&desk, "dora", "Catalog");
    let (mut app, moods) = at_server(&desk, "dora");
    moods.set(Mood::Silent);
    for name in ["dora-erecording", "dora-catalog"] {
        on(&mut app, name).keys("a").pass(LOOK).keys("F");
    }
    moods.set(Mood::Well);
    app.pass(LATE).sees("2 values not seen").sees_no("unconfirmed").sees_no("gives it a new one");
    app.keys("M")
        .sees("dora-erecording was accepted; nobody saw its value: ask an Admin of Cedar County");
    app.keys("Esc w").sees("> accept dora-erecording").sees("  accept dora-catalog");
    app.sees("Nobody saw its value; ask an Admin for a new one");
    app.keys("r").sees("It is done: ask an Admin for a new one").sees("> accept");
    app.keys("Esc q");
    assert!(app.is_over());
    // It is said again at the next start, until somebody says that it was seen.
    let (mut app, _) = at_server(&desk, "dora");
    app.sees("2 values not seen").keys("M").sees("New values were seen by nobody: w says what");
    app.keys("Esc w d").sees("Nobody saw its value").keys("Right Enter").sees("> accept dora-cat");
    app.keys("d Right Enter").sees("None:").keys("Esc").sees_no("not seen");
}

#[test]
fn a10_the_admin_sees_what_was_accepted_and_never_used_and_gives_it_a_new_value() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "dora");
    moods.set(Mood::Silent);
    app.keys("a").pass(LOOK).sees("1 value not seen");
    let mut kim = desk.seat("kim");
    on(&mut kim, "dora").keys("Enter").sees("Last access accepted, never used");
    kim.keys("Esc ! d").sees("accepted, never used").keys("Esc");
    kim.keys("r Right Enter").sees("This is the only time it is shown");
}

#[test]
fn a10_a_value_that_was_exported_is_not_said_to_be_lost_with_the_reply() {
    let desk = Desk::example();
    let folder = desk.path().parent().unwrap().to_owned();
    let options_here = Options { export_dir: folder, ..options().clone() };
    let mut kim = desk.seat_with("kim", &options_here, (160, 50));
    kim.keys("2 f j Enter j j ! g Right Enter").text("generate 1").keys("Enter");
    kim.sees("1 token generated");
    let (mut app, moods) = at_server(&desk, "eve");
    moods.set(Mood::Silent);
    app.sees("? Pending").keys("a").pass(LOOK).sees("+ Active").sees_no("not seen");
    app.keys("M").sees("Confirmed: API token eve-erecording was accepted").sees_no("nobody saw");
}

#[test]
fn b15_a_revoke_is_ordered_again_only_after_a_question() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    on(&mut app, "robot-1").keys("! r Right Enter Right");
    moods.set(Mood::Down);
    app.keys("Enter w").sees("> revoke robot-1").sees("Not done; waits for you");
    moods.set(Mood::Well);
    app.keys("r").sees("Are you sure you want to revoke robot-1, once more?");
    app.sees("TKN-1000-0001   ordered 2026-03-10").sees("not done");
    // Cancel has the focus, and keys that come with the letter answer nothing.
    app.keys("Enter").sees_no("once more?").sees("Not done; waits for you");
    app.in_haste("r Right Enter").sees("once more?").pass(Duration::from_secs(1));
    app.keys("Esc").sees_no("once more?");
    app.keys("t").sees("again and again until it is confirmed?").keys("Enter");
    app.sees("Not done; waits for you").pass(LATE).sees("Not done; waits for you");
    assert_eq!(desk.verify(&value("robot-1")), Ok(()));
    app.keys("r Right Enter").sees("API token robot-1 was successfully revoked");
    assert_eq!(desk.verify(&value("robot-1")), Err("revoked".to_owned()));
}

#[test]
fn b15_many_are_ordered_again_only_by_the_word_that_confirmed_them() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    revoking_two(&mut app);
    moods.set(Mood::Down);
    app.keys("Enter").sees("1 not done");
    moods.set(Mood::Well);
    for key in ["r", "t"] {
        app.keys("w").keys(key).sees("Type revoke 2:").keys("Enter").sees("Type revoke 2:");
        app.keys("Esc").sees("Not done; waits for you").keys("Esc");
    }
    assert_eq!(desk.verify(&value("robot-2")), Ok(()));
    assert_eq!(jobs(&desk, "ada"), []);
}

/// Every key that a hand may touch by mistake, but what leaves the program.
fn bare_keys() -> impl Iterator<Item = char> {
    ('a'..='z').chain('A'..='Z').chain("+-*!".chars()).filter(|letter| *letter != 'q')
}

/// How much is on record, but that a value was shown.
fn changes(desk: &Desk) -> usize {
    let runtime = runtime();
    let backend = desk.backend(&runtime, "rosa");
    let all = runtime.block_on(backend.events(EventQuery::default(), Window::ALL)).unwrap();
    all.events.iter().filter(|event| event.event.action != EventAction::Revealed).count()
}

#[test]
fn b15_no_bare_key_changes_anything_on_any_screen() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    on(&mut app, "robot-1").keys("! r Right Enter Right");
    moods.set(Mood::Down);
    app.keys("Enter").sees("1 not done").keys("F");
    moods.set(Mood::Well);
    app.pass(LOOK).sees("1 not done");
    let before = changes(&desk);
    for place in ["1", "1 Enter", "1 m", "2", "3", "w", "b"] {
        for letter in bare_keys() {
            app.keys("Esc Esc Esc").keys(place).text(&letter.to_string());
            assert!(!app.is_over(), "{place} {letter}");
        }
    }
    app.pass(LATE);
    assert_eq!(changes(&desk), before);
    assert_eq!(desk.verify(&value("robot-1")), Ok(()));
}

/// The form of a new token with all that must be filled in.
fn filled(app: &mut App) -> &mut App {
    app.keys("n").text("fresh").keys("Tab Tab Tab Tab Space PgDn r PgUp")
}

#[test]
fn r109_a_new_token_without_an_answer_is_found_by_the_guid_of_its_form() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    filled(&mut app);
    moods.set(Mood::DoneButSilent);
    app.keys("Ctrl-s").sees("Could not create the token: outcome unknown");
    app.sees("unknown whether it was saved: looking").sees("New API token").sees("fresh");
    app.keys("Ctrl-s").sees("It is not known yet whether it was saved").text("x").sees_no("freshx");
    moods.set(Mood::Well);
    app.pass(LOOK).sees("Confirmed: API token fresh was created; x shows its value");
    app.sees_no("New API token").sees("> fresh").keys("x").sees("tdk_").sees_no("1 unconfirmed");
}

#[test]
fn r109_a_new_token_that_never_arrived_can_be_saved_again_and_is_made_once() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    filled(&mut app);
    moods.set(Mood::Lost);
    app.keys("Ctrl-s").sees("unknown whether it was saved");
    moods.set(Mood::Well);
    app.pass(LOOK).sees("unknown whether it was saved");
    app.pass(LATE).sees("It was not done: create API token fresh again").sees("New API token");
    app.keys("Ctrl-s").sees("New value of fresh").keys("Right Enter Enter");
    app.sees("> fresh").sees("11-20 of 22");
}

#[test]
fn r109_a_form_that_is_closed_meanwhile_leaves_its_save_in_the_list() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "ada");
    filled(&mut app);
    moods.set(Mood::DoneButSilent);
    app.keys("Ctrl-s Esc").sees("Discard changes?").sees("w lists it").keys("Right Enter");
    app.sees("1 unconfirmed").keys("w").sees("> create API token fresh");
    moods.set(Mood::Well);
    app.pass(LOOK).sees("None:").sees("Confirmed: API token fresh was created");
}

#[test]
fn r111_an_edit_without_an_answer_closes_its_form_once_it_is_confirmed() {
    let desk = Desk::example();
    for (mood, wait, text) in [
        (Mood::Lost, LATE, "It was not done: update API token robot-1b again"),
        (Mood::DoneButSilent, LOOK, "Confirmed: API token robot-1b was updated"),
    ] {
        let (mut app, moods) = at_server(&desk, "ada");
        on(&mut app, "robot-1").keys("e").text("b");
        moods.set(mood);
        app.keys("Ctrl-s").sees("Could not update the token").sees("unknown whether it was saved");
        moods.set(Mood::Well);
        app.pass(wait).sees(text).sees_no("1 unconfirmed");
        let open = app.has("Edit robot-1");
        assert_eq!(open, mood == Mood::Lost);
    }
}

#[test]
fn r111_a_new_value_whose_answer_was_lost_is_said_to_be_seen_by_nobody() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "rosa");
    on(&mut app, "carl-erecording").keys("e Ctrl-g").text("b");
    moods.set(Mood::DoneButSilent);
    app.keys("Ctrl-s").sees("unknown whether it was saved");
    moods.set(Mood::Well);
    app.pass(LOOK).sees("was updated; nobody saw its value: r gives it a new one");
    app.sees("1 value not seen").keys("w").sees("Nobody saw its value; r gives it a new one");
}

#[test]
fn r139_an_entry_without_an_answer_is_found_in_the_catalogue() {
    let desk = Desk::example();
    for (mood, wait, text, rows) in [
        (Mood::Lost, LATE, "It was not done: add module Archive again", "[Modules 4]"),
        (Mood::DoneButSilent, LOOK, "Confirmed: module Archive was added", "[Modules 5]"),
    ] {
        let (mut app, moods) = at_server(&desk, "rosa");
        app.keys("3 Tab n").text("Archive");
        moods.set(mood);
        app.keys("Ctrl-s").sees("Could not add the module").sees("unknown whether it was saved");
        app.keys("Ctrl-s").sees("It is not known yet whether it was saved");
        moods.set(Mood::Well);
        app.pass(wait).sees(text).sees_no("1 unconfirmed");
        assert_eq!(app.has("New module"), mood == Mood::Lost);
        if mood == Mood::Lost {
            app.sees("Archive").keys("Esc Right Enter");
        }
        app.sees(rows);
    }
}

#[test]
fn r139_an_edit_of_an_entry_without_an_answer_is_settled() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "rosa");
    app.keys("3 Tab").sees("> Billing").keys("e").text("2");
    moods.set(Mood::DoneButSilent);
    app.keys("Ctrl-s").sees("Could not update the module").sees("unknown whether it was saved");
    moods.set(Mood::Well);
    app.pass(LOOK).sees("Confirmed: module Billing2 was updated").sees_no("Edit");
}

#[test]
fn r139_a_removal_without_an_answer_is_settled() {
    let desk = Desk::example();
    for (mood, wait, text) in [
        (Mood::Lost, LATE, "It was not done: remove user Eve Examiner again"),
        (Mood::DoneButSilent, LOOK, "Confirmed: user Eve Examiner was removed"),
    ] {
        let (mut app, moods) = at_server(&desk, "rosa");
        on(app.keys("3 h"), "Eve").keys("! d Right");
        moods.set(mood);
        app.keys("Enter").sees("Could not remove Eve Examiner: outcome unknown");
        moods.set(Mood::Well);
        app.pass(wait).sees(text);
        assert_eq!(app.has("USR-0002-0003"), mood == Mood::Lost);
    }
}

#[test]
fn r120_a_request_for_users_without_an_answer_is_found_by_its_plan() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "kim");
    app.keys("2 f j Enter");
    on(&mut app, "Eve").keys("n").sees("Eve Examiner").keys("Right");
    moods.set(Mood::DoneButSilent);
    app.keys("Enter").sees("Could not request tokens: outcome unknown").sees("1 unconfirmed");
    moods.set(Mood::Well);
    app.pass(LOOK).sees("1 token requested").sees_no("1 unconfirmed");
    assert!(app.line("Eve Examiner").contains("? Pending"));
}

#[test]
fn r125_an_export_whose_values_were_lost_is_not_shown_as_exported() {
    let desk = Desk::example();
    let (mut app, moods) = at_server(&desk, "kim");
    app.keys("2 f j Enter A ! g Right Enter").text("generate 4");
    moods.set(Mood::Silent);
    app.keys("Enter").sees("Could not generate tokens: outcome unknown").sees("1 unconfirmed");
    moods.set(Mood::Well);
    app.pass(LATE).sees("Nothing was exported and no token changed: JOB-0001-0001 was only staged");
    app.sees_no("4 tokens generated").sees_no("1 unconfirmed");
    assert_eq!(jobs(&desk, "kim"), [JobState::Staged]);
    assert_eq!(desk.verify(&value("carl-erecording")), Ok(()));
}
