//! Settings files, one a case: `valid` ones are taken, `invalid` ones are refused
//! with what their first line expects. The documented file holds the defaults.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on should fail there and say so"
)]

use std::fs;
use std::path::{Path, PathBuf};

use tokendeck::config::{
    Config, DEFAULT_FILE, Flags, RowsOfPage, SettingSource, expand, load, parse,
};

fn cases(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config").join(folder);
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), fs::read_to_string(path).unwrap()))
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

#[test]
fn valid_files_are_taken() {
    for (path, text) in cases("valid") {
        assert!(
            parse(&text, "config.toml", &()).is_ok(),
            "{}: {:?}",
            path.display(),
            parse(&text, "x", &())
        );
    }
}

#[test]
fn invalid_files_are_refused_with_all_that_their_first_lines_expect() {
    for (path, text) in cases("invalid") {
        let message =
            parse(&text, "config.toml", &()).expect_err(&path.display().to_string()).to_string();
        let expected = text.lines().map_while(|line| line.strip_prefix("# expect: "));
        assert!(text.starts_with("# expect: "), "{} expects nothing", path.display());
        for part in expected {
            assert!(message.contains(part), "{}: no '{part}' in\n{message}", path.display());
        }
    }
}

#[test]
fn the_documented_file_holds_exactly_the_defaults() {
    assert_eq!(parse(DEFAULT_FILE, "default.toml", &()).unwrap(), Config::default());
    let table: toml::Table = toml::from_str(DEFAULT_FILE).unwrap();
    let ui: Vec<_> = table["ui"].as_table().unwrap().keys().map(String::as_str).collect();
    let known = ["clipboard", "escape_ms", "page_size", "reveal_seconds", "theme"];
    assert_eq!(ui, known);
    let above = ["default_backend", "kind", "path", "page_size"];
    for key in above.iter().chain(&["reveal_seconds", "escape_ms", "clipboard", "export_dir"]) {
        let at = DEFAULT_FILE
            .lines()
            .position(|line| line.trim_start_matches("# ").starts_with(&format!("{key} =")));
        let above = at.and_then(|at| DEFAULT_FILE.lines().nth(at - 1)).expect(key);
        assert!(above.starts_with('#'), "{key} has no comment above it");
    }
}

#[test]
fn a_file_that_names_another_backend_keeps_the_local_one() {
    let config =
        parse("[backends.team]\nkind = \"local\"\npath = \"/srv/team.db\"\n", "x", &()).unwrap();
    let names: Vec<_> = config.backends.keys().map(String::as_str).collect();
    assert_eq!(names, ["local", "team"]);
}

#[test]
fn a_store_named_by_a_flag_is_that_of_the_chosen_backend() {
    let flags = Flags { store: Some("/srv/one.db".into()), ..Flags::default() };
    let loaded =
        load(&flags, &|name| (name == "TOKENDECK_STORE").then(|| "/srv/two.db".into()), &())
            .unwrap();
    assert_eq!(loaded.store, Path::new("/srv/one.db"));
    let path = loaded.settings.iter().find(|s| s.key == "backends.local.path").unwrap();
    assert_eq!(path.source, SettingSource::Flag("--store"));
}

#[test]
fn an_empty_variable_is_none() {
    let loaded = load(
        &Flags::default(),
        &|name| matches!(name, "TOKENDECK_PAGE_SIZE" | "TOKENDECK_AS").then(Default::default),
        &(),
    )
    .unwrap();
    assert_eq!((loaded.config.ui.page_size, loaded.login), (RowsOfPage::Auto, None));
}

#[test]
fn every_wrong_variable_is_told_at_once() {
    let wrong = load(
        &Flags::default(),
        &|name| match name {
            "TOKENDECK_PAGE_SIZE" => Some("many".into()),
            "TOKENDECK_REVEAL_SECONDS" => Some("-1".into()),
            _ => None,
        },
        &(),
    );
    let message = wrong.unwrap_err().to_string();
    assert!(message.contains("TOKENDECK_PAGE_SIZE"), "{message}");
    assert!(message.contains("TOKENDECK_REVEAL_SECONDS"), "{message}");
}

#[test]
fn only_a_tilde_by_itself_is_the_home_folder() {
    assert!(expand(Path::new("~/x.db")).is_absolute());
    assert_eq!(expand(Path::new("~other/x.db")), Path::new("~other/x.db"));
    assert_eq!(expand(Path::new("/a/~/x.db")), Path::new("/a/~/x.db"));
}
