//! A value that reached nobody: the command says so and how to come by one, and never
//! ends as if all were well.

use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use crate::support::{NOW, Place, text};

/// Runs the program by a line of the shell, in which `"$0" "$@"` is the command.
fn by_shell(place: &Place, line: &str, arguments: &[&str]) -> Output {
    let program = place.process(arguments);
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).arg(program.get_program()).args(program.get_args()).env_clear();
    shell.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    shell.stdin(Stdio::null()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Runs the program without a standard output that anything could be written to.
#[track_caller]
fn ends_undelivered(place: &Place, arguments: &[&str], words: &str) {
    for line in [r#"exec "$0" "$@" >&-"#, r#"exec "$0" "$@" 1</dev/null"#] {
        let output = by_shell(place, line, arguments);
        let err = said(&output);
        assert_eq!(output.status.code(), Some(5), "{arguments:?} by {line}: {err}");
        assert!(err.contains("not delivered") && err.contains(words), "{line}: {err}");
        assert!(!err.contains("tdk_") && !err.contains("tdo_"), "{err}");
    }
}

#[test]
fn d10_a_value_that_a_closed_standard_output_takes_is_told_to_be_lost() {
    let ada = Place::example();
    for form in [&[][..], &["-o", "json"], &["-o", "csv"]] {
        let name = format!("lost-{}", form.len() + form.last().map_or(0, |word| word.len()));
        // Each is made once: the second time a shell tries, the name is taken.
        let arguments = [
            &["token", "create", &name, "--module", "Catalog=read", "--scope", "North plant"],
            form,
        ];
        let output = by_shell(&ada, r#"exec "$0" "$@" >&-"#, &arguments.concat());
        assert_eq!(output.status.code(), Some(5), "{}", said(&output));
        assert!(said(&output).contains("token value"), "{}", said(&output));
        let regenerate = ["token", "regenerate", "robot-1", "--yes"];
        ends_undelivered(&ada, &[&regenerate[..], form].concat(), "token value");
        let value = ["token", "value", "robot-2"];
        ends_undelivered(&ada, &[&value[..], form].concat(), "shows it again");
    }
    let rosa = Place::example().by("rosa");
    ends_undelivered(&rosa, &["operator", "create", "kim"], "operator revoke kim");
    ends_undelivered(&rosa, &["operator", "create", "kim", "-o", "json"], "operator revoke kim");
    let dora = Place::example().by("dora");
    let output = by_shell(&dora, r#"exec "$0" "$@" >&-"#, &["user", "accept", "dora"]);
    assert_eq!(output.status.code(), Some(5), "{}", said(&output));
    assert!(said(&output).contains("accepted, but its value was not"), "{}", said(&output));
}

#[test]
fn d10_whoever_sends_a_value_to_the_null_device_wants_none() {
    let place = Place::example();
    let output = by_shell(&place, r#"exec "$0" "$@" >/dev/null"#, &["token", "value", "robot-1"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    // Nor is a verdict lost where only the exit code is asked for.
    let verify = r#"printf %s "$VALUE" | "$0" "$@" >&-"#;
    let line = format!("VALUE={}; {verify}", crate::support::value_of("robot-1"));
    let output = by_shell(&place, &line, &["verify", "-"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn d10_a_reader_that_went_away_did_not_get_the_value() {
    let place = Place::example();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = place
        .process(&["token", "value", "robot-1"])
        .stdout(writer)
        .stderr(Stdio::piped())
        .output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(5), "{}", said(&output));
    assert!(said(&output).contains("not delivered"), "{}", said(&output));
}

/// Beyond the limit of a file's size a write ends a program by a signal, unless it minds.
#[test]
fn d10_the_end_of_a_file_is_told_as_an_error() {
    let place = Place::example();
    let file = text(place.home().join("out"));
    let line = format!(r#"ulimit -f 0; exec "$0" "$@" >{file}"#);
    for (arguments, code) in [
        (&["token", "list"][..], 6),
        // Here the store itself can't grow: nothing was done.
        (&["token", "create", "grown", "--module", "Catalog=read", "--scope", "North plant"], 6),
    ] {
        let output = by_shell(&place, &line, arguments);
        assert_eq!(output.status.code(), Some(code), "{:?}: {}", output.status, said(&output));
        assert!(said(&output).starts_with("tokendeck: "), "{}", said(&output));
    }
    assert_eq!(place.json(&["token", "list", "--search", "grown"])["total"], 0);
    // A value into a file that is full already, while the store may grow.
    let rosa = place.by("rosa");
    let full = PathBuf::from("/dev/full");
    if full.exists() {
        let create = ["operator", "create", "kim", "--now", NOW];
        let output = by_shell(&rosa, r#"exec "$0" "$@" >/dev/full"#, &create[..3]);
        assert_eq!(output.status.code(), Some(5), "{}", said(&output));
        let revoke = ["token", "revoke", "robot-1", "--yes", "-o", "json"];
        let output = by_shell(&rosa, r#"exec "$0" "$@" >/dev/full"#, &revoke);
        assert_eq!(output.status.code(), Some(5), "{}", said(&output));
        assert!(said(&output).contains("was successfully revoked"), "{}", said(&output));
    }
}
