//! A key as people write it: `j`, `Ctrl-r`, `S-Tab`, `PgDn`. The same text stands
//! in the command table, the configuration, the help and the tests.

use std::fmt;
use std::str::FromStr;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use crate::text::did_you_mean;

/// A pressed key, in the one form in which keys are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    code: KeyCode,
    control: bool,
    alt: bool,
}

/// Names of keys that are no printable character.
const NAMES: [(&str, KeyCode); 16] = [
    ("Enter", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("S-Tab", KeyCode::BackTab),
    ("Space", KeyCode::Char(' ')),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("PgUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("Backspace", KeyCode::Backspace),
    ("Delete", KeyCode::Delete),
    ("Insert", KeyCode::Insert),
];

impl Key {
    /// The key without modifiers.
    pub const fn plain(code: KeyCode) -> Self {
        Self { code, control: false, alt: false }
    }

    /// The key held with Ctrl.
    pub const fn control(letter: char) -> Self {
        Self { code: KeyCode::Char(letter), control: true, alt: false }
    }

    /// The character it would type into a text field.
    pub fn printable(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.control && !self.alt => Some(c),
            _ => None,
        }
    }

    /// Which key.
    pub fn code(self) -> KeyCode {
        self.code
    }

    /// Whether Ctrl was held.
    pub fn with_control(self) -> bool {
        self.control
    }

    /// Whether Alt was held, or an Esc came so shortly before that the terminal's
    /// bytes tell no difference.
    pub fn with_alt(self) -> bool {
        self.alt
    }

    /// The event a terminal would send for it.
    pub fn event(self) -> KeyEvent {
        let mut modifiers = KeyModifiers::NONE;
        modifiers.set(KeyModifiers::CONTROL, self.control);
        modifiers.set(KeyModifiers::ALT, self.alt);
        KeyEvent::new(self.code, modifiers)
    }
}

impl From<KeyEvent> for Key {
    /// Shift is already in the character, and terminals differ in whether they
    /// report it besides.
    fn from(event: KeyEvent) -> Self {
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        let code = match event.code {
            KeyCode::Char(c) if control => KeyCode::Char(c.to_ascii_lowercase()),
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            code => code,
        };
        // Whatever else is held besides Shift and Ctrl makes another key of it.
        let others =
            KeyModifiers::ALT | KeyModifiers::META | KeyModifiers::SUPER | KeyModifiers::HYPER;
        Self { code, control, alt: event.modifiers.intersects(others) }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.alt {
            f.write_str("Alt-")?;
        }
        if self.control {
            f.write_str("Ctrl-")?;
        }
        match NAMES.iter().find(|(_, code)| *code == self.code) {
            Some((name, _)) => f.write_str(name),
            None => match self.code {
                KeyCode::Char(c) => write!(f, "{c}"),
                KeyCode::F(number) => write!(f, "F{number}"),
                other => write!(f, "{other}"),
            },
        }
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (mut control, mut alt, mut name) = (false, false, text);
        loop {
            let held = [("Ctrl-", &mut control), ("Alt-", &mut alt)].into_iter();
            let mut held = held.filter_map(|(word, on)| Some((name.strip_prefix(word)?, on)));
            match held.next() {
                Some((rest, on)) if !rest.is_empty() && !*on => (*on, name) = (true, rest),
                _ => break,
            }
        }
        let named = function_key(name)
            .or_else(|| NAMES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code));
        let mut letters = name.chars();
        let code = match (named, letters.next(), letters.next()) {
            (Some(code), ..) => code,
            // Ctrl makes no difference between letters and capitals.
            (None, Some(c), None) if control => KeyCode::Char(c.to_ascii_lowercase()),
            (None, Some(c), None) => KeyCode::Char(c),
            _ => return Err(unknown(text, name)),
        };
        Ok(Self { code, control, alt })
    }
}

/// `F1` to `F12`.
fn function_key(name: &str) -> Option<KeyCode> {
    let number = name.strip_prefix('F')?.parse().ok()?;
    (1..=12).contains(&number).then_some(KeyCode::F(number))
}

fn unknown(text: &str, name: &str) -> String {
    let hint = did_you_mean(name, NAMES.iter().map(|(known, _)| *known))
        .map_or_else(String::new, |hint| format!("; {hint}"));
    format!("'{text}' is not a key such as j, Ctrl-r, Enter or PgDn{hint}")
}

/// Reads keys that follow one another: `! r`.
pub fn parse_sequence(text: &str) -> Result<Vec<Key>, String> {
    text.split_whitespace().map(str::parse).collect()
}

/// Writes keys that follow one another: `! r`.
pub fn sequence(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_reads_as_it_is_written() {
        let plain = ["j", "G", "!", "Ctrl-r", "Enter", "S-Tab", "Space", "PgDn", "F1", "F12", "-"];
        let held = ["Alt-x", "Alt-X", "Alt-Enter", "Alt-Ctrl-x", "Alt-Up", "Alt--", "Ctrl--"];
        for text in plain.into_iter().chain(held) {
            let key: Result<Key, _> = text.parse();
            assert_eq!(key.map(|key| key.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn shift_makes_no_difference_where_the_character_has_it() {
        let with = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        let without = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::NONE);
        assert_eq!(Key::from(with), Key::from(without));
    }

    #[test]
    fn b14_a_key_with_alt_is_another_key() {
        let alt = |code| Key::from(KeyEvent::new(code, KeyModifiers::ALT));
        for code in [KeyCode::Char('b'), KeyCode::Enter, KeyCode::Up, KeyCode::F(5)] {
            assert!(alt(code).with_alt(), "{code}");
            assert_ne!(alt(code), Key::plain(code));
            assert_eq!(alt(code).printable(), None);
        }
        let held = KeyEvent::new(KeyCode::Char('x'), KeyModifiers::SUPER);
        assert_ne!(Key::from(held), Key::plain(KeyCode::Char('x')));
        assert_eq!("Ctrl-Alt-x".parse(), "Alt-Ctrl-x".parse::<Key>());
    }

    #[test]
    fn a_word_is_no_key() {
        assert!("Entre".parse::<Key>().is_err());
        for text in ["", "Alt-", "Ctrl-Ctrl-x", "Alt-Alt-x", "alt-x"] {
            assert!(text.parse::<Key>().is_err(), "{text}");
        }
    }
}
