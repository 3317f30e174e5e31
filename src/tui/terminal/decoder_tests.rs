//! Bytes as terminals and slow links bring them.

use super::*;
use crate::tui::key::Key;

const WAIT: Duration = Duration::from_millis(50);

/// What these reads bring, in the words of keys: a burst in brackets, a paste in quotes.
fn told(reads: &[&str]) -> String {
    let mut decoder = Decoder::new(WAIT);
    let now = Instant::now();
    let mut inputs: Vec<_> =
        reads.iter().flat_map(|read| decoder.feed(read.as_bytes(), now)).collect();
    inputs.extend(decoder.expire());
    let word = |event: &KeyEvent| Key::from(*event).to_string();
    let words = inputs.iter().map(|input| match input {
        Input::Key(event) => word(event),
        Input::Keys(events) => {
            format!("[{}]", events.iter().map(word).collect::<Vec<_>>().join(" "))
        }
        Input::Paste(text) => format!("{text:?}"),
        Input::Resize(..) | Input::Signal(_) => "?".to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// The same text in every way a link could cut it in two.
fn torn(text: &str) -> impl Iterator<Item = String> {
    (1..text.len()).filter(|at| text.is_char_boundary(*at)).map(|at| {
        let (one, other) = text.split_at(at);
        told(&[one, other])
    })
}

#[test]
fn keys_are_told_by_what_they_type() {
    for (bytes, key) in [
        ("a", "a"),
        ("G", "G"),
        ("\u{e9}", "\u{e9}"),
        ("\u{1f980}", "\u{1f980}"),
        ("\r", "Enter"),
        ("\n", "Ctrl-j"),
        ("\t", "Tab"),
        ("\u{7f}", "Backspace"),
        ("\u{3}", "Ctrl-c"),
        ("\u{0}", "Ctrl-Space"),
        ("\u{1d}", "Ctrl-5"),
        ("\u{1b}", "Esc"),
    ] {
        assert_eq!(told(&[bytes]), key, "{bytes:?}");
    }
}

/// Sequences of keys, and which keys they are.
const SEQUENCES: [(&str, &str); 27] = [
    ("\u{1b}[A", "Up"),
    ("\u{1b}OB", "Down"),
    ("\u{1b}[H", "Home"),
    ("\u{1b}[4~", "End"),
    ("\u{1b}[Z", "S-Tab"),
    ("\u{1b}[5~", "PgUp"),
    ("\u{1b}[6~", "PgDn"),
    ("\u{1b}[3~", "Delete"),
    ("\u{1b}OP", "F1"),
    ("\u{1b}[[A", "F1"),
    ("\u{1b}[15~", "F5"),
    ("\u{1b}[17~", "F6"),
    ("\u{1b}[21~", "F10"),
    ("\u{1b}[24~", "F12"),
    ("\u{1b}OM", "Enter"),
    ("\u{1b}Oq", "1"),
    ("\u{1b}[1;5C", "Ctrl-Right"),
    ("\u{1b}[1;3A", "Alt-Up"),
    ("\u{1b}[120;3u", "Alt-x"),
    ("\u{1b}[120;7u", "Alt-Ctrl-x"),
    ("\u{1b}[120;4u", "Alt-X"),
    ("\u{1b}[120;9u", "Alt-x"),
    ("\u{1b}[120;33u", "Alt-x"),
    ("\u{1b}[27;3;120~", "Alt-x"),
    ("\u{1b}[97:65;2u", "A"),
    ("\u{1b}[9;2u", "S-Tab"),
    ("\u{1b}[57414u", "Enter"),
];

#[test]
fn a_sequence_is_one_key_however_it_was_torn() {
    for (bytes, key) in SEQUENCES {
        assert_eq!(told(&[bytes]), key, "{bytes:?}");
        for torn in torn(bytes) {
            assert_eq!(torn, key, "{bytes:?}");
        }
        let letters: Vec<_> = bytes.chars().map(String::from).collect();
        let letters: Vec<_> = letters.iter().map(String::as_str).collect();
        assert_eq!(told(&letters), key, "{bytes:?} byte by byte");
    }
}

#[test]
fn what_is_no_key_presses_none() {
    for bytes in [
        "\u{1b}[12;40R",
        "\u{1b}[I",
        "\u{1b}[?62;4c",
        "\u{1b}[120;3:3u",
        "\u{1b}[57441;2u",
        "\u{1b}[1;1:3A",
        "\u{1b}[M abc",
        "\u{1b}[999~",
    ] {
        let keys = told(&[bytes]);
        assert!(keys.is_empty() || keys == "c", "{bytes:?}: {keys}");
    }
}

#[test]
fn b14_an_esc_with_a_key_right_behind_it_is_that_key_with_alt() {
    assert_eq!(told(&["\u{1b}x"]), "Alt-x");
    assert_eq!(told(&["\u{1b}", "x"]), "Alt-x");
    assert_eq!(told(&["\u{1b}X"]), "Alt-X");
    assert_eq!(told(&["\u{1b}\r"]), "Alt-Enter");
    assert_eq!(told(&["\u{1b}\u{18}"]), "Alt-Ctrl-x");
    assert_eq!(told(&["\u{1b}\u{7f}"]), "Alt-Backspace");
    assert_eq!(told(&["\u{1b}\u{e9}"]), "Alt-\u{e9}");
    // A key with a sequence of its own too, be it sent so for Alt or typed after Esc.
    assert_eq!(told(&["\u{1b}\u{1b}[C"]), "Alt-Right");
    assert_eq!(told(&["\u{1b}", "\u{1b}[C"]), "Alt-Right");
    assert_eq!(told(&["\u{1b}\u{1b}OC\r"]), "[Alt-Right Enter]");
    // Those that begin a sequence, once nothing more has come.
    assert_eq!(told(&["\u{1b}["]), "Alt-[");
    assert_eq!(told(&["\u{1b}O"]), "Alt-O");
    assert_eq!(told(&["\u{1b}O\r"]), "[Alt-O Enter]");
    assert_eq!(told(&["\u{1b}[\r"]), "[Alt-[ Enter]");
}

#[test]
fn b14_escs_alone_are_escs() {
    let mut decoder = Decoder::new(WAIT);
    assert!(decoder.feed(b"\x1b", Instant::now()).is_empty());
    assert!(decoder.deadline().is_some(), "it is held");
    assert_eq!(decoder.expire(), [Input::Key(esc())]);
    assert!(decoder.deadline().is_none());
    assert_eq!(told(&["\u{1b}\u{1b}"]), "[Esc Esc]");
    assert_eq!(told(&["\u{1b}\u{1b}x"]), "[Esc Alt-x]");
    assert_eq!(told(&["\u{1b}[27u"]), "Esc");
}

#[test]
fn keys_of_one_read_are_told_as_one() {
    assert_eq!(told(&["!r\u{1b}[C\r"]), "[! r Right Enter]");
    assert_eq!(told(&["!", "r"]), "! r");
    assert_eq!(told(&["j\u{1b}"]), "j Esc");
}

#[test]
fn a_paste_presses_no_key_however_it_was_torn() {
    let paste = "\u{1b}[200~!rq\nD\u{e9}\u{1b}[201~";
    assert_eq!(told(&[paste]), "\"!rq\\nD\u{e9}\"");
    for torn in torn(paste) {
        assert_eq!(torn, "\"!rq\\nD\u{e9}\"");
    }
    assert_eq!(told(&["j\u{1b}[200~a\u{1b}[201~k\u{1b}[200~b\u{1b}[201~"]), "j \"a\" k \"b\"");
    // A paste whose end never comes ends by itself, without half a bracket.
    assert_eq!(told(&["\u{1b}[200~abc\u{1b}[20"]), "\"abc\"");
    assert_eq!(told(&["\u{1b}[200~abc"]), "\"abc\"");
    // An Esc before it stays one.
    assert_eq!(told(&["\u{1b}\u{1b}[200~a\u{1b}[201~"]), "Esc \"a\"");
}

#[test]
fn an_endless_sequence_is_not_waited_for() {
    let long = format!("\u{1b}[{}", "9;".repeat(200));
    let mut decoder = Decoder::new(WAIT);
    let inputs = decoder.feed(long.as_bytes(), Instant::now());
    assert!(matches!(inputs.as_slice(), [Input::Keys(keys)] if keys.len() > 100), "{inputs:?}");
}

#[test]
fn half_a_character_and_bytes_that_are_none_press_nothing() {
    let mut decoder = Decoder::new(WAIT);
    assert!(decoder.feed(&[0xe2, 0x82], Instant::now()).is_empty());
    assert!(decoder.expire().is_empty());
    assert!(decoder.feed(&[0xff, 0x80, 0xc0], Instant::now()).is_empty());
    assert_eq!(decoder.feed(&[0xff, b'j'], Instant::now()).len(), 1);
}

proptest::proptest! {
    #[test]
    fn nothing_a_terminal_sends_is_waited_for_in_vain(bytes: Vec<u8>) {
        let mut decoder = Decoder::new(WAIT);
        let now = Instant::now();
        for byte in &bytes {
            decoder.feed(&[*byte], now);
        }
        decoder.expire();
        assert!(decoder.deadline().is_none());
        let next = decoder.feed(b"j", now);
        assert_eq!(next.len(), 1);
    }
}
