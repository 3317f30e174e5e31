//! The bytes of one key. Knows nothing of time: what is not whole yet is said to be so.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::decoder::{esc, with_alt};

/// The longest control sequence worth waiting for.
const LONGEST: usize = 64;
const ESC: u8 = 0x1b;

/// What some bytes begin with, and how many of them it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// A key.
    Key(KeyEvent, usize),
    /// What is no key: a report nobody asked for, the release of a key.
    Nothing(usize),
    /// The opening bracket of a paste.
    Paste(usize),
    /// The start of something.
    More,
}

/// Reads the first key of these bytes.
pub(super) fn read(bytes: &[u8]) -> Read {
    match bytes {
        [] | [ESC] | [ESC, ESC] => Read::More,
        [ESC, b'[', rest @ ..] => control_sequence(rest),
        [ESC, b'O', rest @ ..] => single_shift(rest),
        // Esc and a key that has a sequence of its own; some send that for Alt.
        [ESC, rest @ ..] if matches!(rest, [ESC, b'[' | b'O', ..]) => behind_esc(read(rest)),
        [ESC, ESC, ..] => Read::Key(esc(), 1),
        [ESC, rest @ ..] => behind_esc(plain(rest)),
        rest => plain(rest),
    }
}

/// What stands right behind an Esc: a key with Alt, or none, which leaves the Esc alone.
fn behind_esc(read: Read) -> Read {
    match read {
        Read::Key(key, used) => Read::Key(with_alt(key), used + 1),
        Read::More => Read::More,
        Read::Nothing(_) | Read::Paste(_) => Read::Key(esc(), 1),
    }
}

/// Bytes of which nothing more came: an Esc is an Esc, and what stands behind it was
/// meant with Alt, or typed so shortly after it that nobody can tell.
pub(super) fn as_it_came(bytes: &[u8]) -> Vec<KeyEvent> {
    let mut keys = Vec::new();
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        let (key, used) = match after.split_first() {
            Some((second, _)) if *first == ESC && *second != ESC => match plain(after) {
                Read::Key(key, used) => (with_alt(key), used + 1),
                Read::Nothing(_) | Read::Paste(_) | Read::More => (esc(), rest.len()),
            },
            _ if *first == ESC => (esc(), 1),
            _ => match plain(rest) {
                Read::Key(key, used) => (key, used),
                // Half a character is none.
                Read::Nothing(_) | Read::Paste(_) | Read::More => return keys,
            },
        };
        keys.push(key);
        rest = rest.get(used..).unwrap_or_default();
    }
    keys
}

/// A key of one character or control byte.
fn plain(bytes: &[u8]) -> Read {
    let Some(first) = bytes.first().copied() else { return Read::More };
    let control = |letter: u8| KeyEvent::new(KeyCode::Char(letter.into()), KeyModifiers::CONTROL);
    let key = match first {
        b'\r' => KeyEvent::from(KeyCode::Enter),
        b'\t' => KeyEvent::from(KeyCode::Tab),
        0x7f => KeyEvent::from(KeyCode::Backspace),
        0 => control(b' '),
        0x01..=0x1a => control(first - 1 + b'a'),
        ESC => return Read::More,
        0x1c..=0x1f => control(first - 0x1c + b'4'),
        _ => return character(bytes),
    };
    Read::Key(key, 1)
}

/// A character of UTF-8; a byte that is none is no key.
fn character(bytes: &[u8]) -> Read {
    let long = match bytes.first() {
        Some(0x00..=0x7f) => 1,
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        Some(_) | None => return Read::Nothing(1),
    };
    let begun = bytes.get(..long.min(bytes.len())).unwrap_or_default();
    match std::str::from_utf8(begun) {
        Ok(text) => match text.chars().next() {
            Some(c) => Read::Key(char_key(c, KeyModifiers::NONE), long),
            None => Read::Nothing(1),
        },
        // Nothing wrong so far, but not whole.
        Err(error) if error.error_len().is_none() => Read::More,
        Err(_) => Read::Nothing(1),
    }
}

fn char_key(c: char, modifiers: KeyModifiers) -> KeyEvent {
    let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    KeyEvent::new(KeyCode::Char(c), modifiers | shift)
}

/// After `ESC O`: arrows and function keys, and the keypad in application mode.
fn single_shift(bytes: &[u8]) -> Read {
    let Some(letter) = bytes.first().copied() else { return Read::More };
    let code = match letter {
        b'M' => Some(KeyCode::Enter),
        b'X' => Some(KeyCode::Char('=')),
        b'j'..=b'y' => Some(KeyCode::Char((letter - b'j' + b'*').into())),
        letter => letter_code(letter).filter(|code| *code != KeyCode::BackTab),
    };
    match code {
        Some(code) => Read::Key(KeyEvent::from(code), 3),
        // The capital with Alt, and something else behind it.
        None => Read::Key(with_alt(char_key('O', KeyModifiers::NONE)), 2),
    }
}

/// After `ESC [`.
fn control_sequence(bytes: &[u8]) -> Read {
    if let [b'[', rest @ ..] = bytes {
        return console_key(rest);
    }
    let end = bytes.iter().position(|byte| !(0x20..=0x3f).contains(byte));
    let Some(end) = end else {
        return if bytes.len() < LONGEST { Read::More } else { torn() };
    };
    let (Some(parameters), Some(last)) = (bytes.get(..end), bytes.get(end)) else {
        return Read::More;
    };
    if !(0x40..=0x7e).contains(last) {
        // Not a byte of any sequence: what began was none.
        return torn();
    }
    let used = 2 + end + 1;
    let parameters: Vec<&str> =
        std::str::from_utf8(parameters).unwrap_or_default().split(';').collect();
    match (last, parameters.as_slice()) {
        (b'~', ["200"]) => Read::Paste(used),
        // Three more bytes say where a mouse is.
        (b'M', [""]) => Read::Nothing(used + 3),
        _ => key_of(*last, &parameters).map_or(Read::Nothing(used), |key| Read::Key(key, used)),
    }
}

/// `ESC [` that nothing sensible follows: it is the bracket with Alt.
fn torn() -> Read {
    Read::Key(with_alt(char_key('[', KeyModifiers::NONE)), 2)
}

/// After `ESC [ [`: F1 to F5 of the Linux console.
fn console_key(bytes: &[u8]) -> Read {
    match bytes.first() {
        None => Read::More,
        Some(letter @ b'A'..=b'E') => Read::Key(KeyEvent::from(KeyCode::F(letter - b'A' + 1)), 4),
        Some(_) => torn(),
    }
}

/// The key of a whole control sequence; none where it is a report, or the release of
/// a key.
fn key_of(last: u8, parameters: &[&str]) -> Option<KeyEvent> {
    let number = |place: usize| parameters.get(place).copied().unwrap_or_default();
    let (held, kind) = number(1).split_once(':').unwrap_or((number(1), ""));
    if kind == "3" {
        return None;
    }
    let modifiers = modifiers(held);
    match (last, number(0)) {
        // `ESC [ 27 ; modifiers ; character ~`: xterm's modifyOtherKeys.
        (b'~', "27") => unicode_key(number(2), modifiers),
        (b'~', first) => Some(KeyEvent::new(tilde_code(first)?, modifiers)),
        (b'u', first) => unicode_key(first.split(':').next().unwrap_or_default(), modifiers),
        // Anything else is the place of a cursor nobody asked for.
        (b'R', first) if !first.is_empty() && (first != "1" || modifiers.is_empty()) => None,
        (b'R', _) => Some(KeyEvent::new(KeyCode::F(3), modifiers)),
        (letter, _) => match letter_code(letter)? {
            KeyCode::BackTab => {
                Some(KeyEvent::new(KeyCode::BackTab, modifiers | KeyModifiers::SHIFT))
            }
            code => Some(KeyEvent::new(code, modifiers)),
        },
    }
}

fn letter_code(letter: u8) -> Option<KeyCode> {
    Some(match letter {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'Z' => KeyCode::BackTab,
        b'P' => KeyCode::F(1),
        b'Q' => KeyCode::F(2),
        b'R' => KeyCode::F(3),
        b'S' => KeyCode::F(4),
        _ => return None,
    })
}

fn tilde_code(number: &str) -> Option<KeyCode> {
    let number: u8 = number.parse().ok()?;
    Some(match number {
        1 | 7 => KeyCode::Home,
        2 => KeyCode::Insert,
        3 => KeyCode::Delete,
        4 | 8 => KeyCode::End,
        5 => KeyCode::PageUp,
        6 => KeyCode::PageDown,
        11..=15 => KeyCode::F(number - 10),
        17..=21 => KeyCode::F(number - 11),
        23..=26 => KeyCode::F(number - 12),
        28..=29 => KeyCode::F(number - 13),
        31..=34 => KeyCode::F(number - 14),
        _ => return None,
    })
}

/// A key by the number of its character, as kitty and xterm write it.
fn unicode_key(number: &str, modifiers: KeyModifiers) -> Option<KeyEvent> {
    let number: u32 = number.parse().ok()?;
    let shift = modifiers.contains(KeyModifiers::SHIFT);
    let code = match number {
        9 if shift => KeyCode::BackTab,
        9 => KeyCode::Tab,
        13 | 57_414 => KeyCode::Enter,
        27 => KeyCode::Esc,
        8 | 127 => KeyCode::Backspace,
        57_417 => KeyCode::Left,
        57_418 => KeyCode::Right,
        57_419 => KeyCode::Up,
        57_420 => KeyCode::Down,
        57_421 => KeyCode::PageUp,
        57_422 => KeyCode::PageDown,
        57_423 => KeyCode::Home,
        57_424 => KeyCode::End,
        57_425 => KeyCode::Insert,
        57_426 => KeyCode::Delete,
        57_399..=57_408 => KeyCode::Char(char::from_digit(number - 57_399, 10)?),
        // Keys that hold others, and those of media players.
        57_344..=63_743 => return None,
        number => {
            let c = char::from_u32(number).filter(|c| !c.is_control())?;
            let capital = Some(c).filter(|_| shift).map_or(c, |c| c.to_ascii_uppercase());
            return Some(char_key(capital, modifiers));
        }
    };
    Some(KeyEvent::new(code, modifiers))
}

/// The modifier parameter: one more than the sum of Shift 1, Alt 2, Ctrl 4, Super 8,
/// Hyper 16, Meta 32.
fn modifiers(text: &str) -> KeyModifiers {
    let bits = text.parse::<u8>().unwrap_or(1).saturating_sub(1);
    let pairs = [
        (1, KeyModifiers::SHIFT),
        (2, KeyModifiers::ALT),
        (4, KeyModifiers::CONTROL),
        (8, KeyModifiers::SUPER),
        (16, KeyModifiers::HYPER),
        (32, KeyModifiers::META),
    ];
    pairs
        .into_iter()
        .filter(|(bit, _)| bits & bit != 0)
        .fold(KeyModifiers::NONE, |all, (_, modifier)| all | modifier)
}
