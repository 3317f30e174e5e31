//! Jobs from the command line: a process killed in the middle of a bulk verb, and
//! whoever comes after it.

use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Place, Ran};

const JOB: &str = "JOB-0001-0001";

/// A trial store and how many of its tokens can be revoked.
fn filled(tokens: &str) -> (Place, u64) {
    let place = Place::empty();
    place.run(&["store", "fill", "--tokens", tokens, "--accounts", "1"]).ends(0);
    let plan = place.json(&["token", "revoke-all", "--account", "Default", "--dry-run"]);
    let count = plan["count"].as_u64().unwrap();
    (place, count)
}

/// The program in a process that can be killed.
fn spawn(place: &Place, arguments: &[&str]) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_tokendeck"))
        .env_clear()
        .env("HOME", place.home())
        .env("TOKENDECK_STORE", place.store())
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Revokes all and is killed once `chunks` are committed.
fn killed_after(place: &Place, count: u64, chunks: u32) {
    let words = format!("revoke {count}");
    let mut child =
        spawn(place, &["token", "revoke-all", "--account", "Default", "--confirm", &words]);
    let database = place.database();
    let end = Instant::now() + Duration::from_mins(2);
    let next = || database.query_row("SELECT next FROM job", [], |row| row.get::<_, u32>(0));
    while next().unwrap_or(0) < chunks {
        assert!(Instant::now() < end, "it never came so far");
        assert!(child.try_wait().unwrap().is_none(), "it ended before it could be killed");
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

fn state(place: &Place) -> String {
    place.json(&["job", "show", JOB])["state"].as_str().unwrap().to_owned()
}

/// How many events say that a token was revoked or its request cancelled, and of
/// how many tokens.
fn revoked(place: &Place) -> (u64, u64) {
    let sql = "SELECT count(*), count(DISTINCT subject) FROM event
               JOIN job ON event.user = job.made_by AND event.at >= job.made_at
               WHERE action IN ('revoked', 'cancelled')";
    let both = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let (events, tokens): (i64, i64) = place.database().query_row(sql, [], both).unwrap();
    (events.unsigned_abs(), tokens.unsigned_abs())
}

fn when_interrupted(place: &Place) {
    let end = Instant::now() + Duration::from_secs(30);
    while state(place) == "running" {
        assert!(Instant::now() < end, "its lease never ended");
        thread::sleep(Duration::from_millis(200));
    }
    assert_eq!(state(place), "interrupted");
}

#[test]
fn a_killed_revoke_all_is_resumed_to_exactly_one_event_each() {
    let (place, count) = filled("20000");
    killed_after(&place, count, 3);
    let (events, tokens) = revoked(&place);
    assert_eq!(events, tokens);
    assert!(events >= 7_500 && events < count, "killed in the middle: {events} of {count}");
    when_interrupted(&place);
    // Of two that resume at once, one does; the other is told or finds it done.
    let ran = thread::scope(|scope| {
        let resume = || place.run(&["job", "resume", JOB, "-o", "json"]);
        let other = scope.spawn(resume);
        [resume(), other.join().unwrap()]
    });
    let mut codes: Vec<_> = ran.iter().map(|ran| ran.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, [0, 1], "{:?}", ran.map(|ran| ran.err));
    assert_eq!(revoked(&place), (count, count));
    let job = place.json(&["job", "show", JOB]);
    assert_eq!((job["state"].as_str(), job["done"].as_u64()), (Some("done"), Some(count)));
    place.run(&["audit", "verify"]).ends(0);
    place.run(&["store", "check"]).ends(0);
    let again = place.run(&["token", "revoke-all", "--account", "Default", "--yes"]).ends(0);
    assert!(again.err.contains("No tokens to revoke"), "{}", again.err);
}

#[test]
fn a_job_that_waits_is_shown_tried_and_abandoned() {
    let (place, count) = filled("6000");
    killed_after(&place, count, 1);
    when_interrupted(&place);
    let head = place.head();
    for act in ["resume", "abandon"] {
        let dry = place.run(&["job", act, JOB, "--dry-run"]).ends(0);
        assert!(dry.err.contains(&format!("would {act} {JOB}")), "{}", dry.err);
    }
    place.run(&["job", "abandon", JOB]).ends(2);
    assert_eq!((place.head(), state(&place).as_str()), (head, "interrupted"));
    place.run(&["job", "abandon", JOB, "--yes"]).ends(0);
    assert_eq!(state(&place), "abandoned");
    let over = place.run(&["job", "resume", JOB, "-o", "json"]).ends(1);
    assert_eq!(over.error()["code"], "job_over");
    let shown = place.json(&["job", "show", JOB, "--items"]);
    let items = shown["items"].as_array().unwrap();
    assert_eq!(items.len() as u64, count);
    assert_eq!(items.last().unwrap()["code"], "not_reached");
}

#[test]
fn jobs_are_listed_in_every_form_and_only_to_their_operator() {
    let place = Place::example();
    assert_eq!(place.json(&["job", "list"])["jobs"].as_array().unwrap().len(), 0);
    place.run(&["token", "disable", "robot-1", "robot-2", "--yes"]).ends(0);
    let jobs = place.json(&["job", "list"]);
    assert_eq!(jobs["jobs"][0]["title"], "2 tokens of Acme");
    assert_eq!(jobs["jobs"][0]["verb"], "disable");
    let table = place.run(&["job", "list"]).ends(0);
    assert!(table.out.contains("JOB-0001-0001  disable"), "{}", table.out);
    let csv = place.run(&["job", "list", "-o", "csv"]).ends(0);
    assert!(csv.out.starts_with("id,work,title,state"), "{}", csv.out);
    let items = place.run(&["job", "show", JOB, "--items", "-o", "csv"]).ends(0);
    assert_eq!(items.out.lines().count(), 3, "{}", items.out);
    let place = place.by("ned");
    let other: Ran = place.run(&["job", "show", JOB, "-o", "json"]).ends(4);
    assert_eq!(other.error()["code"], "not_found");
    place.run(&["job", "show", "nonsense"]).ends(4);
}

#[test]
fn d08_a_job_whose_process_was_killed_is_resumed_at_once() {
    let (place, count) = filled("20000");
    killed_after(&place, count, 2);
    // Its lease has seconds to go, and nobody waits for it.
    let until = "SELECT lease_until FROM job";
    let lease: i64 = place.database().query_row(until, [], |row| row.get(0)).unwrap();
    assert!(lease > chrono::Utc::now().timestamp_millis(), "the lease is still running");
    assert_eq!(state(&place), "interrupted");
    place.run(&["job", "resume", JOB]).ends(0);
    assert_eq!(revoked(&place), (count, count));
}

#[test]
fn d08_a_job_of_a_process_that_cannot_be_seen_says_until_when() {
    let (place, count) = filled("6000");
    killed_after(&place, count, 1);
    // As a process of another machine would have left it.
    let until = chrono::Utc::now() + chrono::TimeDelta::seconds(60);
    let sql = "UPDATE job SET runner = randomblob(16), lease_until = ?1";
    place.database().execute(sql, [until.timestamp_millis()]).unwrap();
    let said =
        format!("It is being worked on, at least until {}", until.format("%Y-%m-%d %H:%M:%S"));
    for act in ["resume", "abandon"] {
        let ran = place.run(&["job", act, JOB, "--yes"]).ends(1);
        assert!(ran.err.contains(&said) && ran.err.contains("stop it first"), "{}", ran.err);
    }
}
