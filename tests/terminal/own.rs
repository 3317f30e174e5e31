//! A command of the operator's own at a real terminal: it has the line to itself, Ctrl-c is
//! its own, and the screen is there again afterwards.

use std::fs;

use super::pty::{Pty, command};

fn start(script: &str, more: &str) -> Pty {
    let deck = Pty::start(80, 24, |home| {
        let folder = home.join(".config/tokendeck");
        fs::create_dir_all(&folder).unwrap();
        fs::write(home.join("own.sh"), script).unwrap();
        let text = format!(
            "[commands.look]\nrun = [\"sh\", \"{}/own.sh\"]\nkey = \"Ctrl-o\"\n{more}",
            home.display()
        );
        fs::write(folder.join("config.toml"), text).unwrap();
        let arguments = ["demo", "--now", "2026-03-10T12:00:00Z"];
        command(env!("CARGO_BIN_EXE_tokendeck"), &arguments, home)
    });
    deck.wait_for("bulk-01");
    deck.settle();
    deck
}

#[test]
fn a_command_of_ones_own_has_the_terminal_and_gives_it_back() {
    let script = "echo \"ids=[$TOKENDECK_IDS]\"; echo \"type a word\"; read word; \
                  echo \"word=[$word]\"; exit 3\n";
    let mut deck = start(script, "confirm = false\n");
    deck.send("\x0f");
    deck.wait_for("type a word");
    assert!(!deck.on_alternate_screen() && deck.line_is_cooked() && !deck.takes_pastes_whole());
    assert!(deck.text().contains("ids=[TKN-"), "{}", deck.text());
    deck.send("hello\r");
    deck.wait_for("word=[hello]");
    deck.wait_for("[look ended with 3] press Enter to go back");
    deck.send("\r");
    deck.wait_for("look ended with 3");
    deck.wait_for("bulk-01");
    assert!(deck.on_alternate_screen() && !deck.line_is_cooked() && deck.takes_pastes_whole());
    // The keys are the screen's again.
    deck.settle();
    deck.send("?");
    deck.wait_for("Help");
    deck.send("q");
    deck.settle();
    deck.send("q");
    assert!(deck.wait_exit().success());
    deck.settle();
    deck.assert_restored();
}

#[test]
fn ctrl_c_ends_the_program_that_has_the_terminal_and_not_the_screen() {
    let mut deck = start("echo waiting; sleep 60\n", "confirm = false\n");
    deck.send("\x0f");
    deck.wait_for("waiting");
    deck.send("\x03");
    deck.wait_for("[look was ended by signal 2] press Enter to go back");
    deck.send("\r");
    deck.wait_for("look was ended by signal 2");
    deck.settle();
    assert!(deck.on_alternate_screen());
    deck.send("q");
    assert!(deck.wait_exit().success());
    deck.settle();
    deck.assert_restored();
}

#[test]
fn one_that_waits_for_nobody_goes_straight_back_and_one_that_is_not_there_is_told() {
    let mut deck = start("true\n", "confirm = false\nwait = false\n");
    deck.send("\x0f");
    deck.wait_for("look is done");
    fs::remove_file(deck.home().join("own.sh")).unwrap();
    deck.send("\x0f");
    deck.wait_for("press Enter to go back");
    deck.send("\r");
    // The keys that nobody read by then are nobody's.
    deck.wait_for("bulk-01");
    deck.settle();
    assert!(deck.text().contains("look ended with "), "{}", deck.text());
    deck.send("q");
    assert!(deck.wait_exit().success());
    deck.settle();
    deck.assert_restored();
}
