//! Turns keys into commands. Knows nothing of the model: which scopes are in
//! force is told, and what a command does is decided elsewhere.

mod own;
mod remap;
#[cfg(test)]
#[path = "keymap/tests.rs"]
#[expect(clippy::expect_used, reason = "a test that cannot go on should fail")]
mod remap_tests;
mod rules;

use super::command::{Command, Scope};
use super::key::{self, Key};

pub use remap::{KeyFault, WantedKeys};

/// What the keys pressed so far mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lookup {
    /// This command.
    Found(Command),
    /// The start of a longer sequence; the next key decides.
    Prefix,
    /// Nothing.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Binding {
    scope: Scope,
    keys: Vec<Key>,
    command: Command,
}

/// The keys in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<Binding>,
}

impl Default for Keymap {
    /// The keys of the command table.
    fn default() -> Self {
        let mut bindings = Vec::new();
        for command in Command::all() {
            let row = command.row();
            // A test holds every key of the table readable.
            for keys in row.keys.iter().filter_map(|text| key::parse_sequence(text).ok()) {
                bindings.push(Binding { scope: row.scope, keys, command });
            }
        }
        Self { bindings }
    }
}

impl Keymap {
    /// What `pressed` means, innermost scope first.
    pub(super) fn look_up(&self, scopes: &[Scope], pressed: &[Key]) -> Lookup {
        for scope in scopes {
            let mut here =
                self.in_scope(*scope).filter(|binding| binding.keys.starts_with(pressed));
            match here.next() {
                Some(binding) if binding.keys.len() == pressed.len() => {
                    return Lookup::Found(binding.command);
                }
                Some(_) => return Lookup::Prefix,
                None => {}
            }
        }
        Lookup::Unknown
    }

    /// Whether a key is part of any keys in force.
    pub(super) fn has(&self, key: Key) -> bool {
        self.bindings.iter().any(|binding| binding.keys.contains(&key))
    }

    fn in_scope(&self, scope: Scope) -> impl Iterator<Item = &Binding> {
        self.bindings.iter().filter(move |binding| binding.scope == scope)
    }

    /// What may follow the keys pressed so far, each with the keys still missing.
    pub(super) fn following(&self, scopes: &[Scope], pressed: &[Key]) -> Vec<(String, Command)> {
        scopes
            .iter()
            .flat_map(|scope| self.in_scope(*scope))
            .filter_map(|binding| {
                let rest = binding.keys.strip_prefix(pressed).filter(|rest| !rest.is_empty())?;
                Some((key::sequence(rest), binding.command))
            })
            .collect()
    }

    /// The keys of a command as a person reads them: `j Down`.
    pub fn keys_of(&self, command: Command) -> Vec<String> {
        self.bindings
            .iter()
            .filter(|binding| binding.command == command)
            .map(|binding| key::sequence(&binding.keys))
            .collect()
    }

    /// The first key of a command, as the footer shows it.
    pub(super) fn first_key_of(&self, command: Command) -> String {
        self.keys_of(command).into_iter().next().unwrap_or_default()
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test that cannot go on should fail")]
mod tests {
    use strum::IntoEnumIterator as _;

    use super::*;

    fn keys(text: &str) -> Vec<Key> {
        key::parse_sequence(text).expect("keys")
    }

    #[test]
    fn every_key_of_the_table_is_readable() {
        for command in Command::all() {
            for text in command.row().keys {
                assert!(key::parse_sequence(text).is_ok(), "{command}: {text}");
            }
        }
    }

    #[test]
    fn no_two_commands_of_a_scope_share_a_key() {
        let map = Keymap::default();
        for scope in Scope::iter() {
            let here: Vec<_> = map.in_scope(scope).collect();
            for (place, one) in here.iter().enumerate() {
                for other in here.iter().skip(place + 1) {
                    let clash =
                        one.keys.starts_with(&other.keys) || other.keys.starts_with(&one.keys);
                    assert!(!clash, "{scope}: {} and {}", one.command, other.command);
                }
            }
        }
    }

    #[test]
    fn nothing_destructive_is_on_a_bare_key() {
        let map = Keymap::default();
        for binding in map.bindings.iter().filter(|binding| binding.command.row().danger) {
            assert!(binding.keys.len() > 1, "{}", binding.command);
            assert_eq!(binding.keys.first(), keys("!").first());
        }
        // Delete clears a field, and a field only.
        let scopes: Vec<_> = Scope::iter().filter(|scope| *scope != Scope::Pick).collect();
        assert_eq!(map.look_up(&scopes, &keys("Delete")), Lookup::Unknown);
        for bare in ["Backspace", "D", "R", "X", "U", "K", "J"] {
            let scopes: Vec<_> = Scope::iter().collect();
            assert_eq!(map.look_up(&scopes, &keys(bare)), Lookup::Unknown, "{bare}");
        }
    }

    #[test]
    fn a_sequence_waits_for_its_next_key() {
        let map = Keymap::default();
        let scopes = [Scope::List, Scope::Act, Scope::Move, Scope::Global];
        assert_eq!(map.look_up(&scopes, &keys("!")), Lookup::Prefix);
        assert_eq!(map.look_up(&scopes, &keys("! r")), Lookup::Found(Command::Revoke));
        assert_eq!(map.look_up(&scopes, &keys("! z")), Lookup::Unknown);
        let danger = [
            ("r", Command::Revoke),
            ("a", Command::RevokeAll),
            ("o", Command::DropOld),
            ("h", Command::HandOver),
            ("d", Command::Delete),
        ];
        let danger = danger.map(|(key, command)| (key.to_owned(), command));
        assert_eq!(map.following(&scopes, &keys("!")), danger);
    }

    #[test]
    fn the_innermost_scope_wins() {
        let map = Keymap::default();
        let found = map.look_up(&[Scope::Dialog, Scope::Global], &keys("Esc"));
        assert_eq!(found, Lookup::Found(Command::Cancel));
        let found = map.look_up(&[Scope::List, Scope::Global], &keys("Esc"));
        assert_eq!(found, Lookup::Found(Command::Back));
    }
}
