//! `tokendeck` under a clock that is wrong: what is refused, what is said, and how it is
//! put right.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use chrono::{DateTime, TimeDelta, Utc};
use tokendeck::domain::{Actor, Change, EventAction, NewEvent, Subject};
use tokendeck::store::Store as _;
use tokendeck::store::sqlite::SqliteStore;

use crate::support::{Place, Ran};

/// A store of real tokens, with this much to be refused and ended.
fn real() -> Place {
    let place = Place::empty();
    place.run(&["store", "init"]).ends(0);
    place
}

fn create(place: &Place, name: &str, expires: &str) -> Ran {
    let account = ["--account", "Default", "--module", "API=read", "--expires", expires];
    place.run(&[&["token", "create", name], &account[..]].concat())
}

/// What `store accept-clock` wants typed today.
fn words() -> String {
    format!("accept {}", Utc::now().format("%Y-%m-%d"))
}

/// Moves the store's mark, as if a clock had been elsewhere when it was last used.
fn move_mark(place: &Place, by: TimeDelta) {
    let sql = "UPDATE head SET clock_mark = clock_mark + ?1";
    place.database().execute(sql, [by.num_milliseconds()]).unwrap();
}

#[test]
fn d01_a_clock_that_jumped_refuses_all_but_the_brake_and_says_what_to_type() {
    let place = real();
    create(&place, "one", "never").ends(0);
    create(&place, "two", "never").ends(0);
    move_mark(&place, -TimeDelta::days(100));
    let head = place.head();
    let refused = create(&place, "three", "never").ends(6);
    assert!(refused.err.contains("100 days ahead"), "{}", refused.err);
    assert!(refused.err.contains("store accept-clock"), "{}", refused.err);
    let refused = place.run(&["token", "edit", "one", "--name", "uno", "-o", "json"]).ends(6);
    assert_eq!(refused.error()["code"], "clock_jumped");
    assert_eq!(place.head(), head, "nothing was put on record");
    // Reads work, and so does the brake.
    assert!(place.run(&["token", "list"]).ends(0).out.contains("one"));
    place.run(&["token", "disable", "one", "--yes"]).ends(0);
    place.run(&["token", "revoke", "two", "--yes"]).ends(0);
    assert_eq!(place.status_of("two"), "revoked");
    // Both that look after the store say so, and what to do.
    for look in [&["doctor"][..], &["store", "check"]] {
        let told = place.run(look).ends(1);
        assert!(told.out.contains("only revoke and disable are done"), "{}", told.out);
        assert!(told.out.contains("store accept-clock"), "{}", told.out);
    }
    // No plain yes takes it, nor another day's words.
    for flags in [&["--yes"][..], &["--confirm", "accept 2001-01-01"], &[]] {
        let refused = place.run(&[&["store", "accept-clock"], flags].concat()).ends(2);
        assert!(refused.err.contains(&words()), "{}", refused.err);
    }
    place.run(&["store", "accept-clock", "--dry-run"]).ends(0);
    place.run(&["--read-only", "store", "accept-clock", "--confirm", &words()]).ends(3);
    create(&place, "three", "never").ends(6);
    place.run(&["store", "accept-clock", "--confirm", &words()]).ends(0);
    create(&place, "three", "never").ends(0);
    place.run(&["store", "check"]).ends(0);
    let log = place.run(&["audit", "list"]).ends(0).out;
    assert!(log.contains("clock_accepted") && log.contains("the store's time"), "{log}");
    let again = place.run(&["store", "accept-clock", "--confirm", &words()]).ends(0);
    assert!(again.err.contains("nothing to accept"), "{}", again.err);
}

#[test]
fn d01_the_event_from_the_future_is_named_and_what_lives_again_is_said_before() {
    let place = real();
    create(&place, "yearly", "12m").ends(0);
    create(&place, "lasting", "never").ends(0);
    let ahead = Utc::now() + TimeDelta::days(1_095);
    let (by, subject) = (Actor::default(), Subject::Store);
    let event = NewEvent { at: ahead, by, subject, action: EventAction::Migrated, details: vec![] };
    let store = SqliteStore::open(&place.store()).unwrap();
    store.commit(&mut |_| Ok(vec![Change::Record(event.clone())])).unwrap();
    drop(store);
    assert_eq!(place.status_of("yearly"), "expired");
    let sequence = place.head();
    for look in [&["doctor"][..], &["store", "check"]] {
        let told = place.run(look).ends(1).out;
        let named = format!("event {sequence} is from the future");
        assert!(told.contains(&named), "{told}");
        assert!(told.contains(&ahead.format("%Y-%m-%d").to_string()), "{told}");
        assert!(told.contains("store accept-clock"), "{told}");
    }
    let told = place.run(&["store", "accept-clock", "--dry-run"]).ends(0).err;
    assert!(told.contains("1 token that had expired lives again (yearly)"), "{told}");
    assert!(told.contains(&format!("Event {sequence} is from the future")), "{told}");
    assert!(told.contains("1,095 days") || told.contains("1,094 days"), "{told}");
    let flags = ["--confirm", &words(), "--output", "json"];
    let taken = place.run(&[&["store", "accept-clock"], &flags[..]].concat()).ends(0);
    let taken: serde_json::Value = serde_json::from_str(&taken.out).unwrap();
    assert_eq!((&taken["tokens_again"], &taken["values_again"]), (&1.into(), &1.into()));
    assert_eq!(taken["event"]["sequence"], sequence);
    assert_eq!(place.status_of("yearly"), "active");
    create(&place, "near", "1d").ends(0);
    place.run(&["store", "check"]).ends(0);
    place.run(&["audit", "verify"]).ends(0);
    // The end of the log is no longer its latest event, and all who ask by time still find it.
    let status = place.json(&["store", "status"]);
    let last: DateTime<Utc> = status["last_event_at"].as_str().unwrap().parse().unwrap();
    assert!(last < ahead);
}

#[test]
fn d01_an_example_takes_any_clock_as_before() {
    let place = Place::example().by("rosa");
    move_mark(&place, TimeDelta::days(2_000));
    place.run(&["token", "disable", "robot-1", "--yes"]).ends(0);
    place.run(&["token", "enable", "robot-1", "--yes"]).ends(0);
    let told = place.run(&["store", "accept-clock"]).ends(0);
    assert!(told.err.contains("nothing to accept"), "{}", told.err);
    place.run(&["store", "check"]).ends(0);
}

/// The library that moves a program's clock.
fn libfaketime() -> Option<String> {
    let lib = Path::new("/usr/lib");
    let mut folders = vec![lib.join("faketime")];
    folders
        .extend(std::fs::read_dir(lib).ok()?.flatten().map(|found| found.path().join("faketime")));
    let library = folders.into_iter().map(|folder| folder.join("libfaketime.so.1"));
    library.into_iter().find(|path| path.exists()).map(|path| path.display().to_string())
}

#[test]
fn d01_three_years_ahead_one_create_and_back_by_the_real_program() {
    let Some(library) = libfaketime() else {
        let said = writeln!(std::io::stderr(), "!! NOT TESTED: no faketime on this machine");
        return drop(said);
    };
    let place = real();
    create(&place, "yearly", "12m").ends(0);
    create(&place, "taken", "12m").ends(0);
    let ahead = |arguments: &[&str]| {
        let mut command: Command = place.process(arguments);
        command.env("LD_PRELOAD", &library).env("FAKETIME", "+1095d");
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let code = output.status.code().unwrap();
        Ran { code, out: text(output.stdout), err: text(output.stderr) }
    };
    let make = ["token", "create", "far", "--account", "Default", "--module", "API=read"];
    let refused = ahead(&make).ends(6);
    assert!(refused.err.contains("1,095 days ahead"), "{}", refused.err);
    ahead(&["token", "revoke", "taken", "--yes"]).ends(0);
    let day = (Utc::now() + TimeDelta::days(1_095)).format("%Y-%m-%d").to_string();
    let accept = ["store", "accept-clock", "--confirm", &format!("accept {day}")];
    ahead(&accept).ends(0);
    ahead(&make).ends(0);
    // Back: what is said, what is taken, what lives again.
    assert_eq!(place.status_of("yearly"), "expired");
    assert!(place.run(&["doctor"]).ends(1).out.contains("is from the future"));
    place.run(&["store", "accept-clock", "--confirm", &words()]).ends(0);
    assert_eq!(place.status_of("yearly"), "active");
    assert_eq!(place.status_of("taken"), "revoked");
    place.run(&["audit", "verify"]).ends(0);
    place.run(&["store", "check"]).ends(0);
}
