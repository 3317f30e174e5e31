//! Editing and cloning a token in the form, and two operators at once (R70, R97,
//! R107 to R111, R138).

use tokendeck::domain::Settings;
use tokendeck::wire::{Edit, Run};

use crate::support::desk::runtime;
use crate::support::{App, Desk, value};

fn edit(desk: &Desk, login: &str, name: &str) -> App {
    let mut app = desk.seat(login);
    app.keys("/").text(name).keys("Enter e");
    app
}

/// Pia changes something of a token.
fn meanwhile(desk: &Desk, name: &str, change: impl FnOnce(&mut Settings)) {
    let runtime = runtime();
    let backend = desk.backend(&runtime, "pia");
    runtime.block_on(async {
        let token = backend.show(name.to_owned()).await.unwrap().token;
        let mut settings = Settings::of(&token);
        change(&mut settings);
        let edit = Edit { version: token.version, settings, new_value: false, guid: None };
        backend.edit(token.id, edit, Run::Real).await.unwrap();
    });
}

#[test]
fn r070_r110_the_form_is_filled_with_what_is_stored() {
    let desk = Desk::example();
    let mut app = edit(&desk, "ada", "robot-2");
    app.sees("Edit robot-2").sees(">Name * robot-2").sees("[x] North plant [x] South plant");
    app.sees("Valid from 2026-02-01").sees("(o) Date").sees("Valid to 2026-09-01");
    app.sees_no("to mend").keys("PgDn").sees("Catalog MOD-0001 ( ) No ( ) Read (o) Full");
    app.sees("Orders MOD-0002 ( ) No (o) Read").sees("Billing MOD-0003 ( ) No ( ) Read (o) Full");
    app.keys("PgDn").sees("Name robot-2").sees_no("->").keys("Esc").sees_no("Discard");
}

#[test]
fn r111_account_id_and_owner_stay() {
    let desk = Desk::example();
    let mut app = edit(&desk, "rosa", "robot-2");
    app.sees("ID TKN-1000-0002").sees("Account Acme ACC-0001-0001").sees("Owner None");
    // Once round: nothing that stays takes the focus, and all else does.
    let mut focused = Vec::new();
    loop {
        let screen = app.screen();
        let at = screen.lines().find(|line| line.starts_with('>')).map(|line| {
            let label: String = line.chars().skip(1).take(13).collect();
            label.trim().to_owned()
        });
        if focused.len() > 1 && at == focused[0] {
            break;
        }
        focused.push(at);
        assert!(focused.len() < 30, "{focused:?}");
        app.keys("Tab");
    }
    let focused: Vec<_> = focused.into_iter().flatten().collect();
    for stays in ["ID", "Account", "Owner", "GUID"] {
        assert!(!focused.iter().any(|label| label.starts_with(stays)), "{focused:?}");
    }
    for changes in ["Name", "Description", "Enabled", "Scopes", "Valid from", "Expires"] {
        assert!(focused.iter().any(|label| label.starts_with(changes)), "{changes}: {focused:?}");
    }
}

#[test]
fn r111_access_is_taken_away_by_an_edit() {
    let desk = Desk::example();
    let mut app = edit(&desk, "ada", "robot-2");
    app.keys("PgDn j j n PgDn").sees("Billing Full -> No").keys("Ctrl-s");
    app.sees("API token robot-2 was updated").sees("+ Active").sees_no("New value");
    let robot = value("robot-2");
    assert_eq!(desk.verify_for(&robot, "MOD-0003", "GET"), Err("no access".to_owned()));
    assert_eq!(desk.verify_for(&robot, "MOD-0002", "GET"), Ok(()));
    app.keys("Enter Tab").sees("Orders").sees_no("Billing");
}

#[test]
fn r107_r109_a_stored_past_date_stays_and_the_list_shows_the_change_at_once() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot-2 Enter F e Ctrl-u")
        .text("zeta")
        .keys("PgDn PgDn")
        .sees("Name robot-2 -> zeta");
    app.keys("Ctrl-s").sees("API token zeta was updated").sees("21-21 of 21");
    let line = app.line("zeta");
    assert!(line.starts_with('>') && line.contains("TKN-1000-0002"), "{}", app.screen());
}

#[test]
fn r097_a_new_guid_of_an_edit_waits_for_save() {
    let desk = Desk::example();
    let old = value("robot-1");
    let mut app = edit(&desk, "ada", "robot-1");
    app.sees("f5d70a36").keys("Ctrl-g").sees_no("f5d70a36");
    app.sees("The current value stops working when you save");
    app.keys("Esc").sees("Discard changes?").keys("Right Enter");
    assert_eq!(desk.verify(&old), Ok(()));
    app.keys("e").sees("f5d70a36").keys("Ctrl-g Ctrl-s").sees("New value of robot-1");
    app.sees("API token robot-1 was updated").sees("Expires Never");
    assert!(desk.verify(&old).is_err());
}

#[test]
fn r065_a_revoked_token_is_not_edited() {
    let desk = Desk::example();
    edit(&desk, "ada", "leaked-key").sees("Revoked tokens cannot be edited").sees_no("[Save]");
}

#[test]
fn r138_a_stale_save_asks_and_keeps_what_was_typed() {
    let desk = Desk::example();
    let mut app = edit(&desk, "ada", "robot-1");
    app.keys("Ctrl-u").text("mine");
    meanwhile(&desk, "robot-1", |theirs| {
        theirs.name = "theirs".to_owned();
        theirs.description = "Told by Pia".to_owned();
        theirs.enabled = false;
    });
    app.keys("Ctrl-s").sees("Changed by Pia Partner at 2026-03-10 12:00:00 UTC - reload?");
    app.keys("Enter").sees(">Name * mine").keys("Ctrl-s Right Enter");
    app.sees("Name * mine").sees("changed by Pia Partner: robot-1 -> theirs; yours is kept");
    app.sees("Told by Pia").sees("changed by Pia Partner: yes -> no").sees("Enabled [ ]");
    app.keys("Ctrl-s").sees("API token mine was updated").keys("F / mine Enter Enter");
    app.sees("Told by Pia").sees("- Disabled");
}

#[test]
fn r138_of_two_operators_who_save_the_second_is_asked() {
    let desk = Desk::example();
    let (mut ada, mut pia) = (edit(&desk, "ada", "robot-1"), edit(&desk, "pia", "robot-1"));
    ada.keys("Tab").text("By Ada.").keys("Ctrl-s").sees("API token robot-1 was updated");
    pia.keys("Ctrl-u").text("of-pia").keys("Ctrl-s").sees("Changed by Ada Admin at");
    pia.sees("reload?").keys("Right Enter").sees(">Name * of-pia").sees("By Ada.");
    pia.keys("Ctrl-s")
        .sees("API token of-pia was updated")
        .keys("F / of-pia Enter Enter")
        .sees("By Ada.");
}

#[test]
fn r138_grants_of_both_are_put_together() {
    let desk = Desk::example();
    let mut app = edit(&desk, "ada", "robot-1");
    app.keys("PgDn j r");
    meanwhile(&desk, "robot-1", |theirs| {
        let level = theirs.access.values().next().copied().unwrap();
        theirs.access.insert("MOD-0003".parse().unwrap(), level);
    });
    app.keys("Ctrl-s Right Enter").sees("changed by Pia Partner: Billing No -> Full");
    app.sees("Orders MOD-0002 ( ) No (o) Read").sees("Billing MOD-0003 ( ) No ( ) Read (o) Full");
    app.keys("Ctrl-s").sees("was updated").keys("Enter Tab").sees("Orders").sees("Billing");
}

#[test]
fn r138_a_change_is_noticed_while_the_form_is_open() {
    let desk = Desk::example();
    let mut app = edit(&desk, "ada", "robot-1");
    meanwhile(&desk, "robot-1", |theirs| theirs.description = "Told by Pia".to_owned());
    app.await_text("Changed by Pia Partner at 2026-03-10 12:00 meanwhile: Ctrl-r reloads");
    app.keys("- x Ctrl-r").sees("Reloaded: what they changed is marked").sees(">Name * robot-1-x");
    app.sees("Told by Pia").keys("Ctrl-s").sees("API token robot-1-x was updated");
}

#[test]
fn a_clone_has_the_settings_without_name_and_value() {
    let desk = Desk::example();
    let mut app = desk.seat("ada");
    app.keys("/ robot-2 Enter : c l o n e Enter").sees("New API token like robot-2");
    app.sees(">Name * ____").sees("[x] North plant [x] South plant");
    app.sees_no("Valid from 2026-02-01").sees("Valid to 2026-09-01");
    app.text("robot-3").keys("PgDn").sees("Orders MOD-0002 ( ) No (o) Read").keys("Ctrl-s");
    app.sees("New value of robot-3");
    assert_eq!(desk.verify(&value("robot-2")), Ok(()));
}

#[test]
fn an_edit_of_what_went_meanwhile_is_refused_and_nothing_typed_is_lost() {
    let desk = Desk::example();
    let mut app = edit(&desk, "ada", "robot-1");
    app.keys("Ctrl-u").text("typed");
    desk.act("pia", "revoke", "robot-1");
    app.keys("Ctrl-s").sees("Revoked tokens cannot be edited").sees(">Name * typed");
}
