//! Where settings come from, in the real program.

use std::fs;
use std::path::Path;

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

/// Slips in every part of the settings, and what is said of each.
const SLIPS: &[(&str, &str)] = &[
    ("[ui]\nthem = \"dark\"\n", "did you mean 'theme'?"),
    ("[ui]\ntheme = \"no-such-theme\"\n", "my.toml:2:1: ui.theme: "),
    ("[ui]\npage_size = \"many\"\n", "line 2, column 13"),
    ("[ui]\npage_size = 0\n", "'0' is not a page size"),
    ("[ui]\nreveal_seconds = 0\n", "my.toml:2:1: ui.reveal_seconds"),
    ("[ui]\nexport_dir = 3\n", "export_dir"),
    ("ui = 3\n", "ui"),
    ("[ui\n", "my.toml"),
    ("[keys.list]\nrevoke = [\"x\"]\n", "my.toml:2:1: keys.list.revoke"),
    ("keys = 3\n", "keys"),
    (
        "default_backend = \"loca\"\n",
        "my.toml:1:1: default_backend: there is no backend 'loca'; did",
    ),
    ("default_backnd = \"local\"\n", "did you mean 'default_backend'?"),
    ("[backends.local]\nkind = \"locl\"\n", "my.toml"),
    (
        "[backends.far]\nkind = \"remote\"\nurl = \"http://far\"\ncredential_file = \"x\"\n",
        "my.toml:3:1: backends.far.url: the credential would travel unencrypted: use https",
    ),
];

/// Verbs that have no use for most of the settings, and those that only show them.
const VERBS: &[&[&str]] = &[
    &[],
    &["verify", "-"],
    &["lookup", "-"],
    &["token", "list"],
    &["catalog", "list"],
    &["store", "status"],
    &["backend", "list"],
    &["config", "show"],
];

/// What must work to mend them.
const WITHOUT: &[&[&str]] =
    &[&["config", "default"], &["config", "schema"], &["completions", "bash"], &["--help"]];

#[test]
fn a16_every_verb_checks_the_whole_of_the_settings() {
    let place = Place::example();
    let file = place.home().join("my.toml");
    let with = |verb: &[&'static str]| {
        let value = crate::support::value_of("robot-1");
        place.piped(&[verb, &["--config", file.to_str().unwrap()]].concat(), value)
    };
    for (text, said) in SLIPS {
        fs::write(&file, text).unwrap();
        for verb in VERBS {
            let ran = with(verb).ends(2);
            assert!(ran.err.contains(said), "{verb:?} of {text}: {}", ran.err);
        }
        let doctor = with(&["doctor"]).ends(1);
        assert!(doctor.out.contains("problem  settings"), "{text}: {}", doctor.out);
        for verb in WITHOUT {
            with(verb).ends(0);
        }
    }
    fs::write(&file, "").unwrap();
    with(&["verify", "-"]).ends(0);
    for (variable, text) in [("TOKENDECK_THEME", "nope"), ("TOKENDECK_PAGE_SIZE", "0")] {
        let mut command = place.command(&["verify", "-"]);
        let ran = Ran::of(command.env(variable, text), crate::support::value_of("robot-1")).ends(2);
        assert!(ran.err.contains(variable), "{}", ran.err);
    }
}

/// What is said of a folder of settings, and what makes it so.
type Spoil<'s> = (&'s str, &'s dyn Fn(&Path));

#[test]
fn a16_settings_that_cannot_be_read_are_not_taken_for_none() {
    use std::os::unix::fs::symlink;

    let far = |folder: &Path| fs::remove_dir_all(folder).unwrap();
    let spoils: &[Spoil<'_>] = &[
        ("is a link to '/nowhere/a.toml'", &|folder| {
            symlink("/nowhere/a.toml", folder.join("config.toml")).unwrap();
        }),
        ("is a link to '/nowhere/b.toml'", &|folder| {
            symlink("/nowhere/b.toml", folder.join("backends.toml")).unwrap();
        }),
        ("is a link to '/nowhere/c'", &|folder| {
            far(folder);
            symlink("/nowhere/c", folder).unwrap();
        }),
        ("is a link to '/nowhere/d'", &|folder| {
            far(folder.parent().unwrap());
            symlink("/nowhere/d", folder.parent().unwrap()).unwrap();
        }),
        ("is a link to '/nowhere/e'", &|folder| {
            symlink("/nowhere/e", folder.join("themes")).unwrap();
        }),
        ("mine.toml", &|folder| {
            fs::create_dir(folder.join("themes")).unwrap();
            symlink("/nowhere/f", folder.join("themes/mine.toml")).unwrap();
            fs::write(folder.join("config.toml"), "[ui]\ntheme = \"mine\"\n").unwrap();
        }),
        ("other.toml", &|folder| {
            symlink("/nowhere/g", folder.join("other.toml")).unwrap();
            fs::write(folder.join("config.toml"), "[ui]\ntheme = \"./other.toml\"\n").unwrap();
        }),
        ("cannot read the settings", &|folder| {
            fs::create_dir(folder.join("config.toml")).unwrap();
        }),
        ("cannot read the settings", &|folder| {
            fs::create_dir(folder.join("backends.toml")).unwrap();
        }),
        ("cannot read the settings", &|folder| {
            fs::write(folder.join("config.toml"), b"# \xff\n").unwrap();
        }),
        ("cannot read the settings", &|folder| {
            far(folder);
            fs::write(folder, "a file").unwrap();
        }),
    ];
    let place = Place::example();
    for (said, spoil) in spoils {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join(".config/tokendeck");
        fs::create_dir_all(&folder).unwrap();
        let verb = |verb: &[&str]| {
            let value = crate::support::value_of("robot-1");
            Ran::of(place.command(verb).env("HOME", home.path()), value)
        };
        verb(&["verify", "-"]).ends(0);
        spoil(&folder);
        for arguments in VERBS {
            let ran = verb(arguments).ends(2);
            assert!(ran.err.contains(said), "{arguments:?}: no '{said}' in {}", ran.err);
        }
        let doctor = verb(&["doctor"]).ends(1).out;
        assert!(doctor.contains(said), "no '{said}' in {doctor}");
        for arguments in WITHOUT {
            verb(arguments).ends(0);
        }
    }
}

#[test]
fn a16_the_file_beside_is_checked_like_the_settings() {
    let place = Place::example();
    let folder = place.home().join(".config/tokendeck");
    fs::create_dir_all(&folder).unwrap();
    let server = "[backends.far]\nkind = \"remote\"\ncredential_file = \"x\"\n";
    for (text, said) in [
        (format!("{server}urll = \"https://far\"\n"), "did you mean 'url'?"),
        (
            format!("{server}url = \"http://far\"\n"),
            "backends.toml:4:1: backends.far.url: the cred",
        ),
        (server.to_owned(), "backends.toml:1:11: backends.far: a server needs its url"),
        ("[backends.local]\nkind = \"local\"\n".to_owned(), "backends.toml:1:11: backends.local: "),
        ("[ui]\ntheme = \"dark\"\n".to_owned(), "backends.toml: TOML parse error at line 1"),
    ] {
        fs::write(folder.join("backends.toml"), &text).unwrap();
        let ran = place.run(&["token", "list"]).ends(2);
        assert!(ran.err.contains(said), "no '{said}' in {}", ran.err);
        assert!(place.run(&["doctor"]).ends(1).out.contains("problem  settings"));
    }
}

#[test]
fn a20_a_relative_path_is_meant_from_the_folder_of_the_settings() {
    let place = Place::empty();
    let folder = place.home().join("settings");
    fs::create_dir(&folder).unwrap();
    let config = folder.join("my.toml");
    fs::write(folder.join("own.toml"), "title = \"bold\"\n").unwrap();
    fs::write(
        &config,
        "[ui]\ntheme = \"./own.toml\"\nexport_dir = \"out\"\n\
         [backends.local]\nkind = \"local\"\npath = \"data/store.db\"\n\
         [backends.team]\nkind = \"remote\"\nurl = \"https://tokens.example\"\n\
         credential_file = \"team.credential\"\nca_file = \"../ca.pem\"\n",
    )
    .unwrap();
    fs::write(
        folder.join("backends.toml"),
        "[backends.vault]\nkind = \"remote\"\nurl = \"https://tokens.example\"\n\
         credential_command = [\"bin/give\", \"it\"]\n",
    )
    .unwrap();
    let run = |arguments: &[&str]| {
        let mut command = place.command(arguments);
        command.env_remove("TOKENDECK_STORE").current_dir(place.home());
        // A flag is meant from where it was typed.
        Ran::of(command.args(["--config", "settings/my.toml"]), "")
    };
    let shown = run(&["config", "show", "-o", "json"]).ends(0).out;
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    for (key, name) in [
        ("config", "my.toml"),
        ("ui.theme", "own.toml"),
        ("ui.export_dir", "out"),
        ("backends.local.path", "data/store.db"),
        ("backends.team.credential_file", "team.credential"),
        ("backends.team.ca_file", "../ca.pem"),
        ("backends.vault.credential_command", "bin/give it"),
    ] {
        assert_eq!(source(&shown, key).0, folder.join(name).to_str().unwrap(), "{key}");
    }
    run(&["store", "init"]).ends(0);
    assert!(folder.join("data/store.db").exists());
    // What is said in the environment or by a flag is meant from here, and shown in full.
    let mut command = place.command(&["config", "show", "-o", "json"]);
    command.env("TOKENDECK_STORE", "here.db").env("TOKENDECK_EXPORT_DIR", "there");
    let shown = Ran::of(command.current_dir(&folder), "").ends(0).out;
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    for (key, name) in [("backends.local.path", "here.db"), ("ui.export_dir", "there")] {
        assert_eq!(source(&shown, key).0, folder.join(name).to_str().unwrap(), "{key}");
    }
}

#[test]
fn b28_a_backend_that_is_read_only_by_its_settings_is_held_by_every_command() {
    let place = with_settings("");
    let store = place.store();
    let file = place.home().join(".config/tokendeck/config.toml");
    let text = format!(
        "default_backend = \"prod\"\n[backends.prod]\nkind = \"local\"\npath = {:?}\n\
         colour = \"bright-red\"\nread_only = true\n[backends.free]\nkind = \"local\"\n\
         path = {0:?}\n",
        store.display().to_string()
    );
    fs::write(&file, text).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = place.command(arguments);
        Ran::of(command.env_remove("TOKENDECK_STORE"), "")
    };
    for arguments in [
        &["token", "disable", "robot-1", "--yes"][..],
        &["token", "edit", "robot-1", "--description", "x"],
        &["token", "revoke", "robot-1", "--yes"],
        &["catalog", "add", "scope", "X", "--account", "Acme"],
        &["store", "fill", "--tokens", "5"],
    ] {
        let ran = run(&[&["--backend", "prod"], arguments].concat()).ends(3);
        assert!(ran.err.contains("nothing is changed at 'prod'"), "{}", ran.err);
        assert!(ran.err.contains("config.toml"), "{}", ran.err);
    }
    run(&["--backend", "prod", "token", "list"]).ends(0);
    run(&["--backend", "free", "token", "disable", "robot-1", "--yes"]).ends(0);
    let listed = run(&["backend", "list"]).ends(0).out;
    assert!(listed.contains("bright-red") && listed.contains("yes"), "{listed}");
    let shown = run(&["config", "show"]).ends(0).out;
    assert!(shown.contains("backends.prod.read_only"), "{shown}");
}

#[test]
fn b28_a_colour_that_no_terminal_has_is_told() {
    let place = with_settings("[backends.prod]\nkind = \"local\"\ncolour = \"rot\"\n");
    let ran = place.run(&["config", "show"]).ends(2);
    assert!(ran.err.contains("rot") && ran.err.contains("bright-red"), "{}", ran.err);
}
