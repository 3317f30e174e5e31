//! What a shell is answered while a line is typed.

use std::fs;

use crate::support::{Place, text};

/// What may stand in place of the last of these words.
pub(crate) fn after(place: &Place, shell: &str, words: &[&str]) -> Vec<String> {
    let line = [&["--", "tokendeck"], words].concat();
    // Without the arguments that every other run has.
    let usual = place.process(&[]);
    let mut asked = std::process::Command::new(usual.get_program());
    asked.env_clear();
    asked.envs(usual.get_envs().filter_map(|(name, value)| Some((name, value?))));
    asked.stdin(std::process::Stdio::null());
    asked.env("TOKENDECK_COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", words.len().to_string());
    asked.env("_CLAP_IFS", "\n").args(line).current_dir(place.home());
    let ran = asked.output().unwrap();
    assert_eq!(ran.status.code(), Some(0), "{ran:?}");
    assert!(ran.stderr.is_empty(), "{ran:?}");
    let out = String::from_utf8(ran.stdout).unwrap();
    out.lines().map(str::to_owned).collect()
}

#[test]
fn a23_values_and_names_are_completed() {
    let place = Place::example();
    for (words, expected) in [
        (&["token", "list", "--status", "re"][..], &["revoked"][..]),
        (&["token", "list", "--status", ""], &["active", "all"]),
        (&["token", "show", "robot"], &["robot-1", "robot-2"]),
        (&["token", "disable", "TKN-1000-0001"], &["TKN-1000-0001"]),
        (&["token", "list", "--account", "A"], &["Acme"]),
        (&["token", "list", "--module", "bill"], &["Billing"]),
        (&["token", "create", "x", "--module", "Billing=f"], &["Billing=full"]),
        (&["token", "list", "--owner", "ma"], &["max"]),
        (&["--backend", "lo"], &["local"]),
        (&["backend", "test", ""], &["local"]),
        // A name with a blank is two words to a shell: its id stands for it.
        (&["token", "list", "--scope", ""], &["SCP-0001"]),
    ] {
        for shell in ["bash", "zsh", "fish"] {
            let found = after(&place, shell, words);
            for one in expected {
                let is = |word: &String| word.split(['\t', ':']).next() == Some(*one);
                assert!(found.iter().any(is), "{shell}: {words:?}: {one} in {found:?}");
            }
        }
    }
    assert_eq!(after(&place, "bash", &["token", "show", "robot-1"]), ["robot-1"]);
}

#[test]
fn a23_completion_makes_no_store_runs_nothing_and_puts_nothing_on_record() {
    let place = Place::empty();
    assert_eq!(after(&place, "bash", &["token", "show", "r"]), [""; 0]);
    assert!(!place.store().exists());
    let place = Place::example();
    let folder = place.home().join(".config/tokendeck");
    fs::create_dir_all(&folder).unwrap();
    let ran = text(place.home().join("ran"));
    let settings = format!(
        "[backends.team]\nkind = \"remote\"\nurl = \"http://127.0.0.1:9\"\n\
         credential_command = [\"touch\", \"{ran}\"]\n"
    );
    fs::write(folder.join("config.toml"), settings).unwrap();
    let head = place.head();
    assert_eq!(after(&place, "bash", &["--backend", "te"]), ["team"]);
    assert_eq!(after(&place, "bash", &["--backend", "team", "token", "show", "ro"]), [""; 0]);
    assert!(!std::path::Path::new(&ran).exists());
    after(&place, "bash", &["token", "value", "rob"]);
    assert_eq!(place.head(), head);
    // Settings that can't be read leave the line as it is.
    fs::write(folder.join("config.toml"), "[ui").unwrap();
    assert_eq!(after(&place, "bash", &["token", "show", "ro"]), [""; 0]);
}

#[test]
fn a23_a_name_that_means_something_to_a_shell_is_never_put_on_the_line() {
    let place = Place::example().by("rosa");
    let make = |name: &str| {
        let words = ["token", "create", name, "--account", "Acme", "--module", "Billing=read"];
        place.run(&[&words[..], &["--scope", "North plant"]].concat()).ends(0);
    };
    make("zz$(touch x)");
    make("zz-plain");
    make("zz;rm");
    let found = after(&place, "bash", &["token", "show", "zz"]);
    assert_eq!(found, ["zz-plain"]);
}
