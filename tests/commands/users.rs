//! `tokendeck user`: who holds what, and the bulk actions for users.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Place, Ran, text, value_of};

fn kim() -> Place {
    Place::example().by("kim")
}

fn column(place: &Place, key: &str) -> Vec<String> {
    let list = place.json(&["user", "list", "--module", "eRecording"]);
    let users = list["users"].as_array().unwrap();
    users.iter().map(|user| user[key].as_str().unwrap_or_default().to_owned()).collect()
}

fn holdings(place: &Place) -> Vec<String> {
    let list = place.json(&["user", "list", "--module", "eRecording"]);
    let users = list["users"].as_array().unwrap();
    users.iter().map(|user| user["holding"]["state"].as_str().unwrap().to_owned()).collect()
}

fn act(place: &Place, verb: &str, users: &[&str], more: &[&str]) -> Ran {
    place.run(&[&["user", verb], users, &["--module", "eRecording"], more].concat())
}

#[test]
fn r115_list_shows_users_with_what_they_hold() {
    let place = kim();
    assert_eq!(column(&place, "login"), ["carl", "dora", "eve", "kim"]);
    assert_eq!(holdings(&place), ["has", "pending", "nothing", "nothing"]);
    let table = place.run(&["user", "list", "--module", "eRecording"]).ends(0).out;
    assert!(table.lines().any(|line| line.contains("Dora Deputy") && line.contains("Pending")));
    let found = place.json(&["user", "list", "--search", "dor", "--sort=-name"]);
    assert_eq!((&found["total"], &found["users"][0]["login"]), (&1.into(), &"dora".into()));
    let waits = place.json(&["user", "list", "--module", "eRecording", "--holding", "pending"]);
    assert_eq!(waits["total"], 1);
    let csv = place.run(&["user", "list", "--output", "csv", "--limit", "2"]).ends(0);
    assert!(
        csv.out.starts_with("id,name,holding,tokens,expires,login,role,email,disabled_at\n"),
        "{}",
        csv.out
    );
    assert!(csv.out.contains(",count,1,2026-08-11T08:30:00Z,carl,member,"), "{}", csv.out);
    assert_eq!(csv.err, "2 of 4 users\n");
    place.run(&["user", "list", "--sort", "shoe-size"]).ends(2);
}

#[test]
fn r009_without_the_permission_there_is_no_list_and_no_export() {
    for who in ["carl", "vic"] {
        let place = Place::example().by(who);
        let ran = place.run(&["user", "list"]).ends(3);
        assert!(ran.err.contains("Needs the manage_tokens permission"), "{}", ran.err);
        // R122: also for others, and for names that they can't know.
        act(&place, "generate-export", &["carl", "eve"], &["--export-dir", "."]).ends(3);
        act(&place, "request", &["eve"], &[]).ends(3);
    }
}

#[test]
fn r119_request_skips_who_has_one_pending() {
    let place = kim();
    let ran = act(&place, "request", &["dora", "eve"], &[]).ends(5);
    assert!(ran.err.contains("1 requested, 1 skipped"), "{}", ran.err);
    assert!(ran.out.contains("Already pending"), "{}", ran.out);
    assert_eq!(holdings(&place), ["has", "pending", "pending", "nothing"]);
    let again = act(&place, "request", &["eve"], &["-o", "json"]).ends(1);
    assert_eq!(again.error()["code"], "nothing_to_do");
}

#[test]
fn r120_remove_asks_and_takes_the_token_away() {
    let place = kim();
    let ran = act(&place, "remove", &["carl"], &[]).ends(2);
    assert!(ran.err.contains("--yes"), "{}", ran.err);
    act(&place, "remove", &["carl"], &["--yes"]).ends(0);
    assert_eq!(holdings(&place)[0], "nothing");
    let refused = place.piped(&["verify", "-"], value_of("carl-erecording")).ends(1);
    assert!((refused.out + &refused.err).contains("deleted"));
    let pending = act(&place, "remove", &["dora"], &["--yes"]).ends(1);
    assert!(pending.err.contains("cancel the request"), "{}", pending.err);
}

#[test]
fn r121_cancel_withdraws_what_is_pending() {
    let place = kim();
    let ran = act(&place, "cancel", &["carl", "dora"], &["--yes"]).ends(5);
    assert!(ran.err.contains("1 cancelled, 1 skipped"), "{}", ran.err);
    assert_eq!(holdings(&place), ["has", "nothing", "nothing", "nothing"]);
}

#[test]
fn r130_a_module_has_to_be_chosen_where_there_are_several() {
    let place = kim();
    let ran = place.run(&["user", "request", "eve"]).ends(2);
    assert!(ran.err.contains("Choose a module first"), "{}", ran.err);
    place.run(&["user", "cancel", "dora", "--yes"]).ends(0);
    let pia = Place::example().by("pia");
    let ran = pia.run(&["user", "request", "ada", "--module", "Catalog"]).ends(2);
    assert!(ran.err.contains("--account"), "{}", ran.err);
}

#[test]
fn one_unknown_name_stops_all_of_them() {
    let place = kim();
    let head = place.head();
    assert!(act(&place, "request", &["eve", "nobody"], &[]).ends(4).err.contains("nobody"));
    act(&place, "request", &["ada"], &[]).ends(4);
    assert_eq!(place.head(), head);
}

#[test]
fn r126_the_owner_accepts_and_gets_the_value_once() {
    let place = kim();
    act(&place, "accept", &["dora"], &[]).ends(3);
    let dora = place.by("dora");
    act(&dora, "accept", &["dora"], &["--dry-run"]).ends(0);
    let ran = act(&dora, "accept", &["dora"], &[]).ends(0);
    assert!(ran.err.contains("only time its value is shown"), "{}", ran.err);
    dora.piped(&["verify", "-"], ran.out.trim()).ends(0);
    act(&dora, "accept", &["dora"], &[]).ends(1);
    assert_eq!(holdings(&dora.by("kim"))[1], "has");
}

#[test]
fn what_is_only_tried_changes_nothing() {
    let place = kim();
    let folder = place.home().join("out");
    std::fs::create_dir(&folder).unwrap();
    let to = ["--export-dir", &text(folder.clone()), "--dry-run"];
    let head = place.head();
    let plan =
        act(&place, "generate-export", &["carl", "eve"], &[&to[..], &["-o", "json"]].concat());
    let plan: Value = serde_json::from_str(&plan.ends(0).out).unwrap();
    assert_eq!((&plan["count"], &plan["confirm"]), (&2.into(), &"generate 2".into()));
    assert_eq!(plan["items"][0]["lost"][0]["name"], "carl-erecording");
    for verb in ["request", "cancel", "remove"] {
        let users: &[&str] = if verb == "request" { &["eve"] } else { &["carl", "dora"] };
        for form in ["table", "json", "jsonl", "csv"] {
            act(&place, verb, users, &["--dry-run", "-o", form]).ends(0);
        }
    }
    assert_eq!(place.head(), head);
    assert!(csv_files(&folder).is_empty());
    let kept = [&to[..2], &["--read-only", "--confirm", "generate 2"]].concat();
    act(&place, "generate-export", &["carl", "eve"], &kept).ends(3);
    assert_eq!(place.head(), head);
}

fn csv_files(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
}

fn values(file: &Path) -> Vec<String> {
    let mut reader = csv::Reader::from_path(file).unwrap();
    reader.records().map(|record| record.unwrap()[6].to_owned()).collect()
}

/// A store with kim at work and a folder for the file.
fn export_place() -> (Place, PathBuf) {
    let place = kim();
    let folder = place.home().join("out");
    std::fs::create_dir(&folder).unwrap();
    (place, folder)
}

fn generate(place: &Place, folder: &Path, more: &[&str]) -> Ran {
    let folder = text(folder.to_owned());
    act(place, "generate-export", &["carl", "eve"], &[&["--export-dir", &folder], more].concat())
}

#[test]
fn r124_the_words_must_be_typed_and_a_plain_yes_is_not_enough() {
    let (place, folder) = export_place();
    let head = place.head();
    for flags in [&["--yes"][..], &[], &["--confirm", "generate 1"], &["--confirm", "delete 2"]] {
        let ran = generate(&place, &folder, flags).ends(2);
        assert!(ran.err.contains("--confirm \"generate 2\""), "{}", ran.err);
    }
    assert_eq!(place.head(), head);
    assert!(csv_files(&folder).is_empty());
}

#[test]
fn r125_the_values_are_in_the_file_and_pass_and_are_nowhere_else() {
    let (place, folder) = export_place();
    let ran = generate(&place, &folder, &["--confirm", "generate 2"]).ends(0);
    let files = csv_files(&folder);
    let [file] = files.as_slice() else { panic!("{files:?}") };
    assert!(ran.err.contains(&format!(":{}", file.display())), "{}", ran.err);
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let values = values(file);
    assert_eq!(values.len(), 2);
    assert_eq!(holdings(&place), ["pending", "pending", "pending", "nothing"]);
    for value in &values {
        place.piped(&["verify", "-", "--module", "eRecording"], value).ends(0);
    }
    assert_eq!(holdings(&place), ["has", "pending", "has", "nothing"]);
    place.piped(&["verify", "-"], value_of("carl-erecording")).ends(1);
    let audit = place.run(&["audit", "list", "-o", "json"]).ends(0);
    assert!(audit.out.contains("\"exported\""));
    let listed = place.run(&["token", "list", "-o", "json"]).ends(0);
    let mut seen: Vec<(String, Vec<u8>)> =
        vec![("output".to_owned(), (ran.out + &ran.err + &audit.out + &listed.out).into_bytes())];
    for found in csv_files(place.store().parent().unwrap()) {
        seen.push((found.display().to_string(), std::fs::read(&found).unwrap()));
    }
    assert!(seen.len() > 1 && seen.iter().any(|(_, bytes)| holds(bytes, b"eve-erecording")));
    for value in &values {
        let secret = &value.as_bytes()[27..70];
        for (place, bytes) in &seen {
            assert!(!holds(bytes, secret), "a value in {place}");
        }
        assert!(holds(&std::fs::read(file).unwrap(), secret), "the search finds what is there");
    }
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn r125_the_file_is_private_whatever_the_umask() {
    for umask in ["000", "077", "277"] {
        let (place, folder) = export_place();
        let program = env!("CARGO_BIN_EXE_tokendeck");
        let line = format!(
            "umask {umask}; exec '{program}' user generate-export eve --module eRecording \
             --confirm 'generate 1' --export-dir '{}' --now {}",
            folder.display(),
            crate::support::NOW
        );
        let mut shell = assert_cmd::Command::new("sh");
        shell.env_clear().env("HOME", place.home()).env("TOKENDECK_STORE", place.store());
        Ran::of(shell.env("TOKENDECK_AS", "kim").args(["-c", &line]), "").ends(0);
        let files = csv_files(&folder);
        let mode = files[0].metadata().unwrap().permissions().mode();
        assert_eq!((files.len(), mode & 0o777), (1, 0o600), "umask {umask}");
    }
}

#[test]
fn r125_a_folder_that_takes_no_file_changes_no_token() {
    let (place, folder) = export_place();
    let head = place.head();
    let missing = folder.join("missing");
    // Nobody can make a file here, not even root.
    for wrong in [missing.as_path(), Path::new("/proc/self")] {
        let ran = generate(&place, wrong, &["--confirm", "generate 2", "-o", "json"]).ends(6);
        assert_eq!(ran.error()["code"], "file");
        assert!(ran.err.contains("no token was changed"), "{}", ran.err);
    }
    assert_eq!(place.head(), head);
    place.piped(&["verify", "-"], value_of("carl-erecording")).ends(0);
}

#[test]
fn r125_the_setting_names_the_folder_where_no_flag_does() {
    let (place, folder) = export_place();
    let mut command = place.command(&["user", "generate-export", "eve", "--module", "eRecording"]);
    command.args(["--confirm", "generate 1"]).env("TOKENDECK_EXPORT_DIR", &folder);
    Ran::of(&mut command, "").ends(0);
    assert_eq!(csv_files(&folder).len(), 1);
}

#[test]
fn a_name_that_is_a_formula_is_text_in_the_file() {
    let (place, folder) = export_place();
    let name = "=HYPERLINK(\"http://x\",\"a,b\")";
    place.database().execute("UPDATE user SET name = ?1 WHERE login = 'eve'", [name]).unwrap();
    generate(&place, &folder, &["--confirm", "generate 2"]).ends(0);
    let mut reader = csv::Reader::from_path(&csv_files(&folder)[0]).unwrap();
    let names: Vec<String> = reader.records().map(|record| record.unwrap()[1].to_owned()).collect();
    assert!(names.contains(&format!("'{name}")), "{names:?}");
}

#[test]
fn a08_remove_tells_of_an_exported_value_before_and_takes_it() {
    let (place, folder) = export_place();
    generate(&place, &folder, &["--confirm", "generate 2"]).ends(0);
    let values = values(&csv_files(&folder)[0]);
    // Carl gets an accepted token beside the exported one.
    let made = ["token", "create", "carl-two", "--owner", "carl", "--module", "eRecording=full"];
    place.run(&[&made[..], &["--account", "Cedar County"]].concat()).ends(0);
    let plan = act(&place, "remove", &["carl", "eve"], &["--dry-run"]).ends(0);
    assert!(plan.err.contains("3 tokens would be removed"), "{}", plan.err);
    assert!(plan.err.contains("3 values stop working, 2 of them exported"), "{}", plan.err);
    let plan = act(&place, "remove", &["carl", "eve"], &["--dry-run", "-o", "json"]).ends(0);
    let plan: Value = serde_json::from_str(&plan.out).unwrap();
    let takes = serde_json::json!({"tokens": 3, "requests": 0, "values": 3, "exported": 2});
    assert_eq!((&plan["takes"], &plan["confirm"]), (&takes, &"delete 3".into()));
    let ran = act(&place, "remove", &["carl", "eve"], &["--confirm", "delete 3"]).ends(0);
    assert!(ran.err.contains("3 tokens removed"), "{}", ran.err);
    for value in &values {
        place.piped(&["verify", "-"], value).ends(1);
    }
}

#[test]
fn a09_a_second_export_counts_the_exported_value_it_replaces() {
    let (place, folder) = export_place();
    generate(&place, &folder, &["--confirm", "generate 2"]).ends(0);
    let to = text(folder.clone());
    let flags = ["--export-dir", &to, "--dry-run", "-o", "json"];
    let plan = act(&place, "generate-export", &["eve"], &flags[..3]).ends(0);
    assert!(plan.err.contains("1 exported value stops working"), "{}", plan.err);
    let plan = act(&place, "generate-export", &["eve"], &flags).ends(0);
    let plan: Value = serde_json::from_str(&plan.out).unwrap();
    let takes = serde_json::json!({"tokens": 1, "requests": 0, "values": 1, "exported": 1});
    assert_eq!(plan["takes"], takes);
}

#[test]
fn b18_revoke_all_of_a_lone_request_cancels_it() {
    let place = kim();
    place.run(&["token", "revoke", "carl-erecording", "--yes"]).ends(0);
    let all = ["token", "revoke-all", "--account", "Cedar County"];
    let plan = place.run(&[&all[..], &["--dry-run"]].concat()).ends(0);
    assert!(plan.err.contains("1 would be cancelled"), "{}", plan.err);
    let done = place.run(&[&all[..], &["--yes"]].concat()).ends(0);
    assert!(done.err.contains("1 cancelled"), "{}", done.err);
}
