//! Questions on a real terminal: what can't be taken back is asked, and only the
//! right answer does it.

use std::io::{Read, Write};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

use crate::support::{NOW, Place, value_of};

/// Runs a command on a terminal, answers its first question, and returns the exit
/// code and all that was on the screen.
fn answered(place: &Place, arguments: &[&str], question: &str, answer: &str) -> (u32, String) {
    answered_after(place, arguments, question, || answer.to_owned())
}

/// The same, with something done while the question stands.
fn answered_after(
    place: &Place,
    arguments: &[&str],
    question: &str,
    answer: impl Fn() -> String,
) -> (u32, String) {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let terminal = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tokendeck"));
    command.env_clear();
    command.env("HOME", place.home());
    command.env("TOKENDECK_STORE", place.store());
    command.args(arguments);
    command.args(["--as", "ada", "--now", NOW]);
    let mut child = terminal.slave.spawn_command(command).unwrap();
    drop(terminal.slave);
    let mut reader = terminal.master.try_clone_reader().unwrap();
    let mut writer = terminal.master.take_writer().unwrap();
    let (mut shown, mut asked, mut buffer) = (String::new(), false, [0; 1024]);
    // The end of a terminal is an error on some systems.
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        shown.push_str(&String::from_utf8_lossy(&buffer[..count]));
        if !asked && shown.contains(question) {
            asked = true;
            writer.write_all(answer().as_bytes()).unwrap();
        }
    }
    assert!(asked, "no question '{question}' in {shown}");
    (child.wait().unwrap().exit_code(), shown)
}

const ONE: &[&str] = &["token", "revoke", "robot-1"];
const TWO: &[&str] = &["token", "revoke", "robot-1", "robot-2"];

#[test]
fn the_question_names_token_id_account_and_consequence() {
    let (_, shown) = answered(&Place::example(), ONE, "[y/N]", "n\r");
    for text in ["robot-1", "TKN-1000-0001", "of Acme on local", "Catalog Full", "can't be undone"]
    {
        assert!(shown.contains(text), "{text} is missing in {shown}");
    }
}

#[test]
fn a18_a_question_about_a_token_that_looks_like_another_says_so() {
    let place = Place::example();
    let make = ["token", "create", "r\u{43e}bot-1", "--module", "Catalog=read"];
    place.run(&[&make[..], &["--scope", "North plant"]].concat()).ends(0);
    let (_, shown) = answered(&place, ONE, "[y/N]", "n\r");
    assert!(shown.contains("Its name looks like that of 'r\u{43e}bot-1'"), "{shown}");
    let (_, shown) = answered(&place, TWO, "Type 'revoke 2'", "\r");
    assert!(shown.contains("1 looks like another by name: robot-1"), "{shown}");
}

#[test]
fn no_answer_but_yes_does_it() {
    let place = Place::example();
    for answer in ["\r", "n\r", "x\r", "revoke\r", "\u{4}"] {
        let (code, shown) = answered(&place, ONE, "[y/N]", answer);
        assert_eq!(code, 2, "{answer:?}: {shown}");
        assert_eq!(place.status_of("robot-1"), "active");
    }
    let (code, shown) = answered(&place, ONE, "[y/N]", "y\r");
    assert_eq!(code, 0, "{shown}");
    assert!(shown.contains("API token robot-1 was successfully revoked"));
    assert_eq!(place.status_of("robot-1"), "revoked");
}

#[test]
fn for_more_than_one_the_words_must_be_typed() {
    let place = Place::example();
    for answer in ["y\r", "yes\r", "revoke\r", "revoke 3\r"] {
        let (code, _) = answered(&place, TWO, "Type 'revoke 2'", answer);
        assert_eq!(code, 2, "{answer:?}");
    }
    // Even with --yes, which is not enough for more than one.
    let with_yes = [TWO, &["--yes"]].concat();
    let (code, _) = answered(&place, &with_yes, "Type 'revoke 2'", "revoke 2\r");
    assert_eq!(code, 0);
    assert_eq!(place.status_of("robot-2"), "revoked");
}

#[test]
fn what_changed_while_the_question_stood_is_not_deleted_but_revoked_all_the_same() {
    let place = Place::example();
    let meanwhile = |verb: &'static str| {
        let edited = move |place: &Place| {
            place.run(&["token", "edit", "robot-1", "--description", verb]).ends(0);
            "y\r".to_owned()
        };
        answered_after(&place, &["token", verb, "robot-1"], "[y/N]", || edited(&place))
    };
    let (code, shown) = meanwhile("delete");
    assert_eq!(code, 7, "{shown}");
    assert!(shown.contains("Changed by Ada Admin"), "{shown}");
    assert_eq!(place.status_of("robot-1"), "active");
    // Revoke wins every race.
    assert_eq!(meanwhile("revoke").0, 0);
    assert_eq!(place.status_of("robot-1"), "revoked");
}

#[test]
fn a_value_pasted_at_the_terminal_is_not_shown() {
    let place = Place::example();
    for (command, name, code) in [("lookup", "robot-1", 0), ("verify", "leaked-key", 1)] {
        let pasted = format!("{}\r", value_of(name));
        let (ended, shown) = answered(&place, &[command, "-"], "(not shown)", &pasted);
        assert_eq!(ended, code, "{shown}");
        assert!(!shown.contains(value_of(name)), "{shown}");
    }
}

/// Runs a command on a terminal and answers its questions in this order.
fn talked(place: &Place, arguments: &[&str], talk: &[(&str, &str)]) -> (u32, String) {
    let size = PtySize { rows: 24, cols: 200, pixel_width: 0, pixel_height: 0 };
    let terminal = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tokendeck"));
    command.env_clear();
    command.env("HOME", place.home());
    command.env("TOKENDECK_STORE", place.store());
    command.args(arguments);
    command.args(["--as", "ada", "--now", NOW]);
    let mut child = terminal.slave.spawn_command(command).unwrap();
    drop(terminal.slave);
    let mut reader = terminal.master.try_clone_reader().unwrap();
    let mut writer = terminal.master.take_writer().unwrap();
    let (mut shown, mut asked, mut buffer) = (String::new(), 0, [0; 1024]);
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        shown.push_str(&String::from_utf8_lossy(&buffer[..count]));
        if let Some((question, answer)) = talk.get(asked)
            && shown.contains(question)
        {
            asked += 1;
            writer.write_all(answer.as_bytes()).unwrap();
        }
    }
    assert_eq!(asked, talk.len(), "{shown}");
    (child.wait().unwrap().exit_code(), shown)
}

#[test]
fn a02_all_lines_of_a_paste_are_taken_and_all_they_hold_is_revoked_after_one_word() {
    let place = Place::example();
    let (one, other) = (value_of("robot-1"), value_of("robot-2"));
    let (head, rest) = other.split_at(50);
    let pasted = format!("a: {one}\r> {head}\r> {rest}\r");
    let lookup = ["lookup", "-", "--revoke"];
    let no = [("Paste it here", pasted.as_str()), ("Type 'revoke 2'", "revoke 3\r")];
    let (code, shown) = talked(&place, &lookup, &no);
    assert_eq!(code, 2, "{shown}");
    let yes = [("Paste it here", pasted.as_str()), ("Type 'revoke 2'", "revoke 2\r")];
    let (code, shown) = talked(&place, &lookup, &yes);
    assert_eq!(code, 0, "{shown}");
    for (name, value) in [("robot-1", one), ("robot-2", other)] {
        assert_eq!(place.status_of(name), "revoked");
        let secret = value.rsplit_once('_').unwrap().1;
        assert!(shown.contains(name) && !shown.contains(&secret[..8]), "{shown}");
        assert!(!shown.contains(&secret[secret.len() - 8..]), "{shown}");
    }
}
