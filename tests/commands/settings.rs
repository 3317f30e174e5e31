//! Where settings come from, in the real program.

use std::fs;

use crate::support::{Place, Ran};

fn source(shown: &serde_json::Value, key: &str) -> (String, String) {
    let all = shown["settings"].as_array().unwrap();
    let setting = all.iter().find(|setting| setting["key"] == key).unwrap();
    let text = |field: &str| setting[field].as_str().unwrap().to_owned();
    (text("value"), text("source"))
}

#[test]
fn a_flag_wins_over_a_variable_over_the_file_over_the_default() {
    let place = Place::empty();
    let folder = place.home().join(".config/tokendeck");
    fs::create_dir_all(&folder).unwrap();
    fs::write(
        folder.join("config.toml"),
        "[ui]\npage_size = 25\nreveal_seconds = 10\n[backends.local]\nkind = \"local\"\npath = \"~/x.db\"\n",
    )
    .unwrap();
    let mut command = place.command(&["config", "show", "-o", "json", "--as", "flag"]);
    command.env("TOKENDECK_PAGE_SIZE", "50").env("TOKENDECK_AS", "variable");
    command.env_remove("TOKENDECK_STORE");
    let ran = Ran::of(&mut command, "").ends(0);
    let shown: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let is = |key, value: &str, from: &str| {
        assert_eq!(source(&shown, key), (value.to_owned(), from.to_owned()));
    };
    is("as", "flag", "flag --as");
    is("ui.page_size", "50", "environment TOKENDECK_PAGE_SIZE");
    is("ui.reveal_seconds", "10", "file");
    is("ui.escape_ms", "50", "default");
    is("backends.local.path", place.home().join("x.db").to_str().unwrap(), "file");
}

#[test]
fn wrong_settings_are_wrong_usage_and_all_are_told() {
    let place = Place::empty();
    let file = place.home().join("my.toml");
    fs::write(&file, "default_backend = \"loca\"\n[ui]\nreveal_seconds = 0\nescape_ms = 0\n")
        .unwrap();
    let ran = place.run(&["config", "show", "--config", file.to_str().unwrap()]).ends(2);
    for text in ["did you mean 'local'?", "ui.reveal_seconds", "ui.escape_ms"] {
        assert!(ran.err.contains(text), "{text} is missing in {}", ran.err);
    }
    place.run(&["config", "show", "--config", "/nowhere/at/all.toml"]).ends(2);
    // What prints the documentation of the settings works whatever they are.
    place.run(&["config", "default", "--config", file.to_str().unwrap()]).ends(0);
}

#[test]
fn the_default_file_is_one_that_the_program_takes() {
    let place = Place::empty();
    let file = place.home().join("default.toml");
    fs::write(&file, place.run(&["config", "default"]).ends(0).out).unwrap();
    place.run(&["config", "show", "--config", file.to_str().unwrap()]).ends(0);
}

#[test]
fn a_variable_sets_the_form_of_the_output() {
    let place = Place::example();
    let ran =
        Ran::of(place.command(&["token", "list"]).env("TOKENDECK_OUTPUT", "json"), "").ends(0);
    assert!(ran.out.starts_with('{'));
    Ran::of(place.command(&["token", "list"]).env("TOKENDECK_OUTPUT", "xml"), "").ends(2);
}

#[test]
fn a_variable_can_take_away_the_power_to_change() {
    let place = Place::example();
    for value in ["true", "1", "yes"] {
        let mut command = place.command(&["token", "disable", "robot-1"]);
        Ran::of(command.env("TOKENDECK_READ_ONLY", value), "").ends(3);
    }
    let mut command = place.command(&["token", "disable", "robot-1"]);
    Ran::of(command.env("TOKENDECK_READ_ONLY", "ture"), "").ends(2);
    assert_eq!(place.status_of("robot-1"), "active");
}

/// A settings file in the usual place.
fn with_settings(text: &str) -> Place {
    let place = Place::example();
    let folder = place.home().join(".config/tokendeck");
    fs::create_dir_all(folder.join("themes")).unwrap();
    fs::write(folder.join("config.toml"), text).unwrap();
    place
}

#[test]
fn the_keys_in_force_are_shown_with_their_source() {
    let place = with_settings("[keys.list]\nsearch = [\"Ctrl-f\", \"/\"]\nopen = []\n");
    let shown = place.json(&["config", "show"]);
    let is = |key: &str, value: &str, from: &str| {
        assert_eq!(source(&shown, key), (value.to_owned(), from.to_owned()));
    };
    is("keys.list.search", "[\"Ctrl-f\", \"/\"]", "file");
    is("keys.list.open", "[]", "file");
    is("keys.act.revoke", "[\"! r\"]", "default");
}

#[test]
fn wrong_keys_are_told_all_at_once_with_the_line_they_stand_on() {
    let place = with_settings(
        "[ui]\nreveal_seconds = 0\ntheme = \"drak\"\n\n[keys.list]\nsearch = [\"t\"]\n\
         serch = [\"k\"]\n\n[keys.act]\nrevoke = [\"R\"]\n\n[keys.lits]\nopen = [\"o\"]\n",
    );
    let ran = place.run(&["config", "show"]).ends(2);
    for part in [
        "ui.reveal_seconds",
        "config.toml:3:1: ui.theme: there is no theme 'drak'; did you mean 'dark'?",
        "config.toml:6:1: keys.list.search: 't' would mean both 'search' and 'toggle-enabled'",
        "config.toml:7:1: keys.list.serch: there is no command 'serch'; did you mean 'search'?",
        "config.toml:10:1: keys.act.revoke: 'R' can't be used: what can't be taken back",
        "config.toml:12:7: keys.lits: there is no scope 'lits'; did you mean 'list'?",
    ] {
        assert!(ran.err.contains(part), "no '{part}' in\n{}", ran.err);
    }
}

#[test]
fn a_theme_is_found_in_the_folder_of_the_settings_or_by_its_path() {
    let place = with_settings("[ui]\ntheme = \"mine\"\n");
    place.run(&["config", "show"]).ends(2);
    let folder = place.home().join(".config/tokendeck/themes");
    fs::write(folder.join("mine.toml"), "title = \"bold magenta\"\n").unwrap();
    place.run(&["config", "show"]).ends(0);
    fs::write(folder.join("mine.toml"), "titel = \"bold magneta\"\n").unwrap();
    let wrong = place.run(&["config", "show"]).ends(2).err;
    assert!(wrong.contains("mine.toml: line 1, column 1: there is no role 'titel'"), "{wrong}");
    let elsewhere = place.home().join("other.toml");
    fs::write(&elsewhere, "dim = \"#808080\"\n").unwrap();
    let with = |theme: &str| {
        let mut command = place.command(&["config", "show"]);
        Ran::of(command.env("TOKENDECK_THEME", theme), "").code
    };
    assert_eq!(with(elsewhere.to_str().unwrap()), 0);
    assert_eq!(with("~/other.toml"), 0);
    assert_eq!(with("~/none.toml"), 2);
    assert_eq!(with("light"), 0);
}

/// Slips in what only a screen looks at.
const SCREEN_ONLY: &[(&str, &str)] = &[
    ("[ui]\nthemme = \"dark\"\n", "did you mean 'theme'?"),
    ("[ui]\ntheme = \"no-such-theme\"\n", "my.toml:2:1: ui.theme: "),
    ("[ui]\npage_size = \"many\"\n", "page_size"),
    ("[ui]\nreveal_seconds = 0\n", "ui.reveal_seconds"),
    ("ui = 3\n", "ui"),
    ("[keys.list]\nrevoke = [\"x\"]\n", "my.toml:2:1: keys.list.revoke"),
    ("keys = 3\n", "keys"),
];

#[test]
fn a_slip_in_keys_or_theme_stops_only_those_who_look_at_them() {
    let place = Place::example();
    let file = place.home().join("my.toml");
    let config = ["--config", file.to_str().unwrap()];
    let with = |verb: &[&'static str]| [verb, &config].concat();
    for (text, said) in SCREEN_ONLY {
        fs::write(&file, text).unwrap();
        let value = crate::support::value_of("robot-1");
        assert_eq!(place.piped(&with(&["verify", "-"]), value).ends(0).out, "accepted\n", "{text}");
        place.piped(&with(&["lookup", "-"]), value).ends(0);
        place.run(&with(&["token", "list"])).ends(0);
        place.run(&with(&["catalog", "list"])).ends(0);
        let shown = place.run(&with(&["config", "show"])).ends(2);
        assert!(shown.err.contains(said), "{text}: {}", shown.err);
        place.run(&with(&["doctor"])).ends(1);
        place.run(&with(&[])).ends(2);
    }
}

#[test]
fn a_slip_in_what_commands_follow_stops_them_too() {
    let place = Place::example();
    let file = place.home().join("my.toml");
    let verify = ["verify", "-", "--config", file.to_str().unwrap()];
    for text in [
        "default_backend = \"loca\"\n",
        "default_backnd = \"local\"\n",
        "[backends.local]\nkind = \"locl\"\n",
        "[ui]\nexport_dir = 3\n",
        "[ui]\nthemme = \"x\"\n[backends.local]\nkind = \"locl\"\n",
        "[ui\n",
    ] {
        fs::write(&file, text).unwrap();
        let ran = place.piped(&verify, crate::support::value_of("robot-1")).ends(2);
        assert!(ran.err.contains("my.toml"), "{text}: {}", ran.err);
    }
    let mut command = place.command(&["verify", "-"]);
    command.env("TOKENDECK_THEME", "nope").env("TOKENDECK_PAGE_SIZE", "many");
    Ran::of(&mut command, crate::support::value_of("robot-1")).ends(0);
}
