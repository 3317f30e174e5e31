//! Generate & export killed at any moment: either the old tokens work and nothing has
//! changed, or the file is complete and its job ends or can be resumed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::{NOW, Place, text, value_of};

/// Enough for several chunks of the job.
const USERS: i64 = 450;
const KILLS: u32 = 12;

/// Cedar County with many users besides, and kim at work.
fn crowded() -> Place {
    let place = Place::example().by("kim");
    let db = place.database();
    for number in 1..=USERS {
        let (id, login) = (30_000 + number, format!("user-{number:04}"));
        let sql = "INSERT INTO user (id, login, name, role, manage_tokens)
                   VALUES (?1, ?2, ?2, 'member', 0)";
        db.execute(sql, rusqlite::params![id, login]).unwrap();
        let sql = "INSERT INTO user_account (user, account) VALUES (?1, 10003)";
        db.execute(sql, [id]).unwrap();
    }
    place
}

fn folder(place: &Place) -> PathBuf {
    place.home().join("out")
}

/// The program at work for all of them and Carl, in a process of its own.
fn export(place: &Place) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tokendeck"));
    command.env_clear().env("HOME", place.home()).env("TOKENDECK_STORE", place.store());
    command.env("TOKENDECK_AS", "kim").args(["user", "generate-export", "carl"]);
    command.args((1..=USERS).map(|number| format!("user-{number:04}")));
    let words = format!("generate {}", USERS + 1);
    command.args(["--module", "eRecording", "--confirm", &words, "--now", NOW]);
    command.args(["--export-dir", &text(folder(place))]);
    std::fs::create_dir(folder(place)).unwrap();
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let all = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.extension().is_some_and(|ending| ending == "csv")).collect()
}

fn values(file: &Path) -> Vec<String> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    reader.records().map(|record| record.unwrap()[6].to_owned()).collect()
}

fn works(place: &Place, value: &str) -> bool {
    place.piped(&["verify", "-"], value).code == 0
}

fn count(place: &Place, status: &str) -> i64 {
    place.json(&["token", "list", "--status", status])["total"].as_i64().unwrap()
}

fn job(place: &Place) -> Option<Value> {
    let list = place.json(&["job", "list"]);
    list["jobs"].as_array().unwrap().first().cloned()
}

/// Goes on with a job once the lease of the killed process has run out.
fn resumed(place: &Place, id: &str) {
    let start = Instant::now();
    loop {
        let ran = place.run(&["job", "resume", id, "--yes"]);
        if ran.code == 0 {
            return;
        }
        assert!(ran.err.contains("being worked on"), "{}", ran.err);
        assert!(start.elapsed() < Duration::from_secs(30), "the lease never ended");
        sleep(Duration::from_millis(250));
    }
}

fn ends_complete(place: &Place, file: &Path) {
    let values = values(file);
    assert_eq!(
        i64::try_from(values.len()).unwrap(),
        USERS + 1,
        "a file is there once it is complete"
    );
    // Dora's request was there before.
    assert_eq!(count(place, "pending"), USERS + 2);
    assert!(!works(place, value_of("carl-erecording")), "the old value");
    for value in [values.first(), values.get(200), values.last()] {
        assert!(works(place, value.unwrap()), "a value of the file");
    }
}

/// What is left after a kill, at whatever moment it came. True where the job had
/// started to put values in force.
fn check(place: &Place) -> bool {
    let files = files(&folder(place));
    let job = job(place);
    let state = job.as_ref().map_or("none", |job| job["state"].as_str().unwrap()).to_owned();
    if matches!(state.as_str(), "none" | "staged") {
        assert!(works(place, value_of("carl-erecording")), "nothing has changed");
        assert_eq!(count(place, "pending"), 1);
        if let Some(job) = job {
            let id = job["id"].as_str().unwrap();
            place.run(&["job", "resume", id, "--yes"]).ends(1);
            place.run(&["job", "abandon", id, "--yes"]).ends(0);
            assert_eq!(count(place, "pending"), 1);
        }
        return false;
    }
    let [file] = files.as_slice() else { panic!("{state} with {} files", files.len()) };
    if state != "done" {
        resumed(place, job.unwrap()["id"].as_str().unwrap());
    }
    ends_complete(place, file);
    place.run(&["store", "check"]).ends(0);
    true
}

#[test]
fn killed_at_any_moment_it_leaves_the_old_tokens_or_a_complete_file() {
    let base = crowded();
    let whole = base.copy();
    let start = Instant::now();
    assert!(export(&whole).status().unwrap().success());
    let span = start.elapsed();
    assert!(check(&whole));
    let mut started = 0;
    for kill in 1..KILLS {
        let place = base.copy();
        let mut child = export(&place).spawn().unwrap();
        sleep(span * kill / KILLS);
        // It may be over already.
        let _ = child.kill();
        child.wait().unwrap();
        started += u32::from(check(&place));
    }
    assert!(started < KILLS - 1, "no kill came before the values were in force");
}
