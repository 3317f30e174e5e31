//! The terminals and locales people have: what each is sent, and that none breaks
//! the program.

use super::pty::{Pty, command};

const TERMS: [&str; 7] =
    ["xterm-256color", "xterm", "linux", "screen", "tmux-256color", "vt220", "dumb"];
const LANGS: [&str; 5] = ["C.UTF-8", "en_US.UTF-8", "de_DE.ISO-8859-1", "C", ""];

fn demo(term: &str, lang: &str) -> Pty {
    Pty::start(80, 24, |home| {
        let arguments = ["demo", "--now", "2026-03-10T12:00:00Z"];
        let mut command = command(env!("CARGO_BIN_EXE_tokendeck"), &arguments, home);
        command.env("TERM", term);
        command.env("LANG", lang);
        command
    })
}

#[test]
fn every_terminal_in_every_locale_starts_and_quits() {
    for term in TERMS {
        for lang in LANGS {
            let mut deck = demo(term, lang);
            if term == "dumb" {
                deck.wait_for("can't move its cursor");
                assert_eq!(deck.wait_exit().exit_code(), 2, "{term} {lang}");
                continue;
            }
            deck.wait_for("bulk-01");
            deck.send("j\r");
            deck.wait_for("General");
            deck.send("q");
            deck.wait_until("the list", |screen| !screen.contains("General"));
            deck.send("q");
            let ended = deck.wait_exit();
            assert!(ended.success(), "{term} {lang}: {ended}");
            assert!(!deck.text().contains("fault"), "{term} {lang}: {}", deck.text());
        }
    }
}

#[test]
fn an_ascii_locale_is_sent_ascii_only() {
    for (term, lang) in [("xterm", "C"), ("xterm", ""), ("linux", "C.UTF-8")] {
        let mut deck = demo(term, lang);
        deck.wait_for("+ Active");
        deck.send("\r");
        deck.wait_for("General");
        deck.send("?");
        deck.wait_for("Help");
        deck.settle();
        assert!(deck.bytes().is_ascii(), "{term} {lang}");
    }
    let deck = demo("xterm", "C.UTF-8");
    deck.wait_for("\u{2713} Active");
}

#[test]
fn a_terminal_without_colours_is_sent_none() {
    for (term, unwanted) in [("vt220", ""), ("xterm", "1"), ("linux", "1")] {
        let mut deck = Pty::start(80, 24, |home| {
            let arguments = ["demo", "--now", "2026-03-10T12:00:00Z"];
            let mut command = command(env!("CARGO_BIN_EXE_tokendeck"), &arguments, home);
            command.env("TERM", term);
            command.env("NO_COLOR", unwanted);
            // Not even a theme that asks for all colours gets them then.
            command.env("TOKENDECK_THEME", "dark");
            command
        });
        deck.wait_for("bulk-01");
        deck.send("?");
        deck.wait_for("Help");
        deck.settle();
        assert_eq!(colours(&deck.bytes()), [0_u16; 0], "{term}");
    }
}

#[test]
fn a_theme_that_asks_for_all_colours_gets_them() {
    let deck = Pty::demo_with(80, 24, &[("TOKENDECK_THEME", "dark")]);
    let bytes = String::from_utf8_lossy(&deck.bytes()).into_owned();
    assert!(bytes.contains("38;2;129;201;149"), "no green of the theme in sight");
}

/// The parameters of every style sequence that set a colour; back to the terminal's
/// own (39, 49) is none.
fn colours(bytes: &[u8]) -> Vec<u16> {
    let text = String::from_utf8_lossy(bytes);
    let styles = text.split("\x1b[").filter_map(|rest| {
        let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ';'))?;
        rest[end..].starts_with('m').then(|| &rest[..end])
    });
    let parameters = styles.flat_map(|style| style.split(';'));
    let numbers = parameters.filter_map(|number| number.parse::<u16>().ok());
    numbers.filter(|n| matches!(n, 30..=38 | 40..=48 | 90..=97 | 100..=107)).collect()
}
