//! What the program says about itself and about the machine: manual pages, schema,
//! doctor.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::support::{Place, Ran};

#[test]
fn there_is_a_manual_page_for_every_verb() {
    let place = Place::empty();
    let folder = place.home().join("a/man");
    place.run(&["man", folder.to_str().unwrap()]).ends(0);
    for page in ["tokendeck.1", "tokendeck-token-revoke.1", "tokendeck-doctor.1"] {
        let text = fs::read_to_string(folder.join(page)).unwrap();
        assert!(text.contains(".TH "), "{page}");
    }
    let file = place.home().join("a/file");
    fs::write(&file, "").unwrap();
    let ran = place.run(&["man", file.to_str().unwrap()]).ends(6);
    assert!(ran.err.contains("cannot write"), "{}", ran.err);
}

#[test]
fn the_schema_knows_every_setting_and_command() {
    let ran = Place::empty().run(&["config", "schema"]).ends(0);
    let schema: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let ui = &schema["$defs"]["Ui"]["properties"];
    for key in ["theme", "page_size", "reveal_seconds", "escape_ms"] {
        assert!(ui[key].is_object(), "{key}");
    }
    let list = &schema["properties"]["keys"]["properties"]["list"];
    assert_eq!(list["properties"]["revoke"]["default"][0], "! r");
    assert_eq!(list["additionalProperties"], false);
}

/// State and text of every check of an area.
fn found(report: &serde_json::Value, area: &str) -> Vec<(String, String)> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let checks = report["checks"].as_array().unwrap();
    let here = checks.iter().filter(|check| check["area"] == area);
    here.map(|check| (text(&check["state"]), text(&check["found"]))).collect()
}

#[test]
fn doctor_looks_at_everything_and_is_content_with_a_whole_store() {
    let place = Place::example();
    let report = place.json(&["doctor"]);
    assert_eq!(report["well"], true);
    for area in ["terminal", "clipboard", "settings", "store", "clock"] {
        assert!(!found(&report, area).is_empty(), "{area}");
    }
    assert!(found(&report, "store").iter().all(|(state, _)| state == "ok"));
    let text = place.run(&["doctor"]).ends(0).out;
    assert!(text.contains("ok       store"), "{text}");
    assert!(text.contains("-> "), "{text}");
}

#[test]
fn doctor_says_what_is_broken_and_ends_with_one() {
    let place = Place::example();
    fs::set_permissions(place.store(), fs::Permissions::from_mode(0o644)).unwrap();
    let ran = place.run(&["doctor", "-o", "json"]).ends(1);
    let report: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let store = found(&report, "store");
    assert!(store.iter().any(|(state, what)| state == "problem" && what.contains("chmod 600")));

    fs::write(place.store(), "no store at all").unwrap();
    let ran = place.run(&["doctor"]).ends(1);
    assert!(ran.out.contains("problem  store"), "{}", ran.out);
}

#[test]
fn doctor_works_where_the_settings_do_not() {
    let place = Place::empty();
    let file = place.home().join("my.toml");
    fs::write(&file, "[ui]\nthem = \"x\"\n").unwrap();
    let ran = place.run(&["doctor", "--config", file.to_str().unwrap()]).ends(1);
    assert!(ran.out.contains("problem  settings"), "{}", ran.out);
    assert!(ran.out.contains("line 2, column 1"), "{}", ran.out);
    assert!(ran.out.contains("did you mean 'theme'?"), "{}", ran.out);
}

#[test]
fn doctor_knows_the_terminal_by_what_the_environment_says() {
    let place = Place::empty();
    let with = |set: &[(&str, &str)]| {
        let mut command = place.command(&["doctor"]);
        command.envs(set.iter().copied());
        Ran::of(&mut command, "").ends(0).out
    };
    let plain = with(&[("TERM", "dumb"), ("LC_ALL", "C")]);
    assert!(plain.contains("TERM is dumb") && plain.contains("LC_ALL is C"), "{plain}");
    let remote = with(&[("TERM", "tmux"), ("TMUX", "/tmp/x"), ("SSH_TTY", "/dev/pts/1")]);
    assert!(remote.contains("through SSH") && remote.contains("tmux"), "{remote}");
    assert!(remote.contains("tmux refused: ") && remote.contains("plain box"), "{remote}");
    assert!(with(&[("TERM", "xterm")]).contains("OSC 52"));
    assert!(with(&[("NO_COLOR", "1")]).contains("NO_COLOR is set"));
}
