//! No error repeats what has the shape of a value, wherever it came from.

use std::process::Command;

use crate::support::{Place, Ran, text, value_of};

/// Of the secret that all of them have in common.
fn pieces() -> Vec<String> {
    let secret = value_of("robot-1").rsplit_once('_').unwrap().1.as_bytes();
    secret.windows(6).map(|part| String::from_utf8_lossy(part).into_owned()).collect()
}

#[track_caller]
fn says_nothing(ran: &Ran, what: &str) {
    for part in pieces() {
        let said = format!("{}{}", ran.out, ran.err);
        assert!(!said.contains(&part), "{what}: {said}");
    }
}

/// A value, a credential, one of another store, and values with a slip.
fn secrets() -> Vec<String> {
    let value = value_of("robot-1");
    let (public, secret) = value.rsplit_once('_').unwrap();
    vec![
        value.to_owned(),
        value.replace("tdk_", "tdo_"),
        value.replace("tdk_", "acme_"),
        format!("{}_{secret}", public.get(..public.len() - 1).unwrap()),
        format!("{public}{secret}"),
    ]
}

#[test]
fn d06_no_error_repeats_a_value_from_an_import_file() {
    let place = Place::example().by("rosa");
    let file = place.home().join("in.toml");
    for secret in secrets() {
        for text_of_file in [
            format!("[[account]]\nname = \"{secret}\"\n"),
            format!("[[account]]\nname = {secret}\n"),
            format!("{secret} = 1\n"),
            format!("[[module]]\nname = \"M\"\naccounts = [\"{secret}\"]\n"),
            format!("[[user]]\nlogin = \"eva\"\nname = \"Eva\"\nrole = \"{secret}\"\n"),
            format!("[[scope]]\nid = \"{secret}\"\nname = \"S\"\naccount = \"Acme\"\n"),
        ] {
            std::fs::write(&file, &text_of_file).unwrap();
            for form in ["table", "json"] {
                let import = ["catalog", "import", file.to_str().unwrap(), "-o", form];
                let ran = place.run(&[&import[..], &["--dry-run"]].concat());
                says_nothing(&ran, &text_of_file);
            }
        }
    }
}

#[test]
fn d06_no_error_repeats_a_value_from_settings_and_variables() {
    let place = Place::example();
    let folder = place.home().join(".config/tokendeck");
    std::fs::create_dir_all(&folder).unwrap();
    for secret in secrets() {
        for (name, written) in [
            ("config.toml", format!("default_backend = \"{secret}\"\n")),
            ("config.toml", format!("{secret} = 1\n")),
            ("config.toml", format!("[ui]\ntheme = \"{secret}\"\n")),
            ("config.toml", format!("[ui]\nclipboard = \"{secret}\"\n")),
            ("config.toml", format!("[keys.list]\nsearch = [\"{secret}\"]\n")),
            ("backends.toml", format!("[team]\nurl = \"{secret}\"\n")),
        ] {
            let path = folder.join(name);
            std::fs::write(&path, &written).unwrap();
            for command in
                [&["doctor"][..], &["config", "show"], &["token", "list"], &["backend", "list"]]
            {
                for form in ["table", "json"] {
                    let ran = place.run(&[command, &["-o", form]].concat());
                    says_nothing(&ran, &format!("{command:?} of {written}"));
                }
            }
            std::fs::remove_file(&path).unwrap();
        }
        for variable in [
            "TOKENDECK_OUTPUT",
            "TOKENDECK_STORE",
            "TOKENDECK_AS",
            "TOKENDECK_BACKEND",
            "TOKENDECK_CLIPBOARD",
            "TOKENDECK_CONFIG",
            "TOKENDECK_NOW",
        ] {
            for command in
                [&["token", "list"][..], &["doctor"], &["config", "show"], &["store", "status"]]
            {
                let mut program = place.command(command);
                let ran = Ran::of(program.env(variable, &secret), "");
                says_nothing(&ran, &format!("{command:?} with {variable}"));
            }
        }
    }
}

#[test]
fn d06_no_error_repeats_a_value_from_the_command_line() {
    let place = Place::example();
    for secret in secrets() {
        let commands: [&[&str]; 8] = [
            &["token", "show", &secret],
            &["token", "list", "--search", &secret],
            &["token", "list", "--status", &secret],
            &["token", "create", "x", "--module", &secret],
            &[
                "token",
                "create",
                &secret,
                "--module",
                "Catalog=read",
                "--scope",
                "North plant",
                "--dry-run",
            ],
            &[&secret],
            &["token", &secret],
            &["catalog", "import", &secret],
        ];
        for command in commands {
            for form in ["table", "json"] {
                let ran = place.run(&[command, &["-o", form]].concat());
                says_nothing(&ran, &format!("{command:?}"));
            }
        }
    }
}

#[test]
fn d06_no_error_repeats_a_credential_file_that_is_none() {
    let place = Place::example();
    let folder = place.home().join(".config/tokendeck");
    std::fs::create_dir_all(&folder).unwrap();
    let value = value_of("robot-1");
    let command = format!(
        "[backends.team]\nurl = \"https://localhost:1\"\ncredential_command = [\"echo\", \"{value}\"]\n"
    );
    std::fs::write(folder.join("config.toml"), command).unwrap();
    let ran = place.run(&["token", "list", "--backend", "team"]);
    says_nothing(&ran, "credential_command");
    let mut unset = Command::new(env!("CARGO_BIN_EXE_tokendeck"));
    unset.env_clear().env("HOME", value).env("TOKENDECK_STORE", text(place.store()));
    let output = unset.args(["config", "show"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(pieces().iter().all(|part| !said.contains(part)), "{said}");
}
