//! `[commands.NAME]`: what the settings may say of commands of one's own.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use crate::support::{Place, Ran};

const GOOD: &str = "[commands.ticket]\nrun = [\"open-ticket\", \"x\"]\nkey = \"! t\"\n";

fn with(text: &str) -> (Place, PathBuf) {
    let place = Place::example();
    let folder = place.home().join(".config/tokendeck");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("config.toml");
    fs::write(&file, text).unwrap();
    (place, file)
}

fn shown(place: &Place) -> Ran {
    place.run(&["config", "show"])
}

#[test]
fn a_command_of_ones_own_is_read_and_shown() {
    let ran = shown(&with(GOOD).0).ends(0);
    assert!(ran.out.contains("commands.ticket.run"), "{}", ran.out);
    assert!(ran.out.contains("[\"open-ticket\", \"x\"]"), "{}", ran.out);
}

#[test]
fn what_is_wrong_with_one_is_told_with_its_place() {
    for (text, told) in [
        ("[commands.x]\n", "missing field `run`"),
        ("[commands.x]\nrun = []\n", "commands.x.run: names no program"),
        ("[commands.x]\nrun = \"ls\"\n", "invalid type"),
        ("[commands.x]\nrun = [\"ls\"]\nkeys = \"d\"\n", "unknown field"),
        ("[commands.x]\nrun = [\"ls\"]\non = \"page\"\n", "unknown variant"),
        ("[commands.\"a b\"]\nrun = [\"ls\"]\n", "is not a name"),
        (
            "[commands.revoke]\nrun = [\"ls\"]\n",
            "commands.revoke: is the name of a command already",
        ),
        ("[commands.export]\nrun = [\"ls\"]\n", "is the name of a command already"),
        (
            "[commands.x]\nrun = [\"ls\"]\nkey = \"r\"\n",
            "commands.x.key: 'r' would hide 'r' of 'regenerate'",
        ),
        ("[commands.x]\nrun = [\"ls\"]\nkey = \"!\"\n", "would hide"),
        ("[commands.x]\nrun = [\"ls\"]\nkey = \"Esc\"\n", "Esc is the way back"),
        ("[commands.x]\nrun = [\"ls\"]\nkey = \"Delete\"\n", "never act on tokens"),
        ("[commands.x]\nrun = [\"ls\"]\nkey = \"nokey\"\n", "commands.x.key: "),
        (
            "[commands.a]\nrun = [\"ls\"]\nkey = \"d\"\n[commands.b]\nrun = [\"ls\"]\nkey = \"d\"\n",
            "commands.b.key: 'd' would hide 'd' of 'a'",
        ),
        ("[keys.act]\nown = [\"d\"]\n", "there is no command 'own'"),
    ] {
        let ran = shown(&with(text).0).ends(2);
        assert!(ran.err.contains(told), "{text}: {told} in {}", ran.err);
    }
    // A key that was taken from another command is free.
    let (place, _) =
        with("[keys.act]\nregenerate = []\n[commands.x]\nrun = [\"ls\"]\nkey = \"r\"\n");
    shown(&place).ends(0);
}

#[test]
fn a20_settings_that_others_may_write_run_no_command_of_ones_own() {
    let (place, file) = with(GOOD);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
    let ran = shown(&place).ends(2);
    assert!(ran.err.contains("commands.ticket.run: is not run"), "{}", ran.err);
    assert!(ran.err.contains("chmod go-w"), "{}", ran.err);
    // Nor do those that the program writes name any.
    fs::write(&file, "").unwrap();
    fs::write(file.with_file_name("backends.toml"), GOOD).unwrap();
    let ran = shown(&place).ends(2);
    assert!(ran.err.contains("unknown field"), "{}", ran.err);
}
