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
    if state == "written" {
        // The file is whole and nothing in it is in force: what is left is to go on.
        resumed(place, job.unwrap()["id"].as_str().unwrap());
        ends_complete(place, &files[0]);
        return true;
    }
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

/// Killed at the very moment that matters: the file is there under its name, and its
/// values are about to be put in force.
fn killed_before_activation() -> (Place, PathBuf, String) {
    let place = Place::example().by("kim");
    place
        .database()
        .execute_batch(
            "CREATE VIEW slow AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n
               LIMIT 100000000000) SELECT x FROM n;
             CREATE TRIGGER slow_activation BEFORE UPDATE OF stage ON job
             WHEN OLD.stage = 'staged' AND NEW.stage = 'open'
             BEGIN SELECT count(*) FROM slow; END;",
        )
        .unwrap();
    let folder = folder(&place);
    std::fs::create_dir(&folder).unwrap();
    let mut command = place.process(&["user", "generate-export", "carl", "eve"]);
    command.args(["--module", "eRecording", "--confirm", "generate 2"]);
    command.args(["--export-dir", &text(folder.clone())]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let start = Instant::now();
    while files(&folder).is_empty() {
        assert!(start.elapsed() < Duration::from_mins(1), "no file was written");
        assert!(child.try_wait().unwrap().is_none(), "it ended before it could be killed");
        sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    place.database().execute_batch("DROP TRIGGER slow_activation; DROP VIEW slow;").unwrap();
    let id = job(&place).unwrap()["id"].as_str().unwrap().to_owned();
    let file = files(&folder).pop().unwrap();
    (place, file, id)
}

#[test]
fn d07_killed_before_its_activation_an_export_is_put_in_force_by_resuming_it() {
    let (place, file, id) = killed_before_activation();
    let values = values(&file);
    assert!(works(&place, value_of("carl-erecording")), "nothing has changed");
    assert!(values.iter().all(|value| !works(&place, value)));
    let shown = place.run(&["job", "show", &id]).ends(0);
    assert!(shown.out.contains("written"), "{}", shown.out);
    let whole = "Its file is whole, and none of its values is in force: ";
    assert!(shown.err.contains(whole) && shown.err.contains(&text(file.clone())), "{}", shown.err);
    assert!(shown.err.contains(&format!("job resume {id}")), "{}", shown.err);
    place.run(&["job", "resume", &id]).ends(0);
    assert!(values.iter().all(|value| works(&place, value)), "a value of the file");
    assert!(!works(&place, value_of("carl-erecording")), "the old value");
    assert_eq!(place.json(&["job", "show", &id])["state"], "done");
}

#[test]
fn d07_an_export_that_is_abandoned_names_the_file_to_delete() {
    let (place, file, id) = killed_before_activation();
    let ran = place.run(&["job", "abandon", &id, "--yes"]).ends(0);
    let delete = "Delete its file, for no value in it is in force: ";
    assert!(ran.err.contains(delete) && ran.err.contains(&text(file.clone())), "{}", ran.err);
    assert!(values(&file).iter().all(|value| !works(&place, value)));
    assert!(works(&place, value_of("carl-erecording")));
}

#[test]
fn d07_a_file_that_is_not_what_the_job_wrote_puts_nothing_in_force() {
    let (place, file, id) = killed_before_activation();
    let whole = std::fs::read_to_string(&file).unwrap();
    let (first_rows, _) = whole.trim_end().rsplit_once('\n').unwrap();
    for other in [first_rows, "", &whole.replace("tdk_", "tdk-"), "not,a,sheet\n1,2,3\n"] {
        std::fs::write(&file, other).unwrap();
        let ran = place.run(&["job", "resume", &id, "-o", "json"]).ends(1);
        assert_eq!(ran.error()["code"], "job_staged", "{other}");
    }
    std::fs::remove_file(&file).unwrap();
    let ran = place.run(&["job", "resume", &id]).ends(1);
    assert!(ran.err.contains("resume it where the file is, or abandon it"), "{}", ran.err);
    // Put back it is the file again, wherever it was meanwhile.
    std::fs::write(&file, &whole).unwrap();
    place.run(&["job", "resume", &id]).ends(0);
    assert!(values(&file).iter().all(|value| works(&place, value)));
}
