//! Which keys a command may not have: what would lock the operator in, press a
//! dangerous command by a slip, or never arrive. Reads no configuration.

use crossterm::event::KeyCode;

use super::Binding;
use crate::tui::command::{Command, Scope};
use crate::tui::key::{self, Key};

/// Which scopes have the keys at the same time.
const TOGETHER: &[&[Scope]] = &[
    &[Scope::List, Scope::Act, Scope::Move, Scope::Global],
    &[Scope::Details, Scope::Act, Scope::Move, Scope::Global],
    &[Scope::List, Scope::Details, Scope::Act, Scope::Move, Scope::Global],
    &[Scope::Users, Scope::Act, Scope::List, Scope::Move, Scope::Global],
    &[Scope::Catalog, Scope::Act, Scope::List, Scope::Move, Scope::Global],
    &[Scope::Form, Scope::Global],
    &[Scope::Tabs, Scope::Move, Scope::Global],
    &[Scope::Open, Scope::Move, Scope::Global],
    &[Scope::Jobs, Scope::Move, Scope::Global],
    &[Scope::Dialog, Scope::Act, Scope::Move, Scope::Global],
    &[Scope::Choice, Scope::Dialog, Scope::Global],
    &[Scope::Pick, Scope::Move],
];

const ESC: Key = Key::plain(KeyCode::Esc);
const CTRL_C: Key = Key::control('c');

/// Ctrl with these is the same byte as another key, so the two can't be told apart.
const SAME_BYTE: [(char, &str); 5] =
    [('h', "Backspace"), ('i', "Tab"), ('j', "Enter"), ('m', "Enter"), ('[', "Esc")];

/// Why a command can't have these keys.
pub(super) fn objection(command: Command, keys: &[Key]) -> Option<String> {
    if keys.is_empty() {
        return Some("it names no key".to_owned());
    }
    keys.iter().find_map(|key| never_arrives(*key)).or_else(|| {
        let rule = taken(command, keys).or_else(|| one_key_only(command, keys));
        rule.or_else(|| slip(command, keys)).map(str::to_owned)
    })
}

fn never_arrives(key: Key) -> Option<String> {
    if key.with_alt() && matches!(key.code(), KeyCode::Char('[' | 'O') | KeyCode::Esc) {
        return Some(format!("a terminal sends for {key} what other keys begin with"));
    }
    if !key.with_control() {
        return None;
    }
    match key.code() {
        KeyCode::Char(letter) => {
            let (_, same) = SAME_BYTE.iter().find(|(known, _)| *known == letter)?;
            Some(format!("a terminal sends the same for {key} and {same}"))
        }
        KeyCode::Enter | KeyCode::Tab | KeyCode::BackTab | KeyCode::Esc | KeyCode::Backspace => {
            Some(format!("a terminal does not tell {key} from the key without Ctrl"))
        }
        _ => None,
    }
}

fn is_way_back(command: Command) -> bool {
    matches!(command, Command::Back | Command::Cancel | Command::ClosePicker)
}

fn taken(command: Command, keys: &[Key]) -> Option<&'static str> {
    let back = is_way_back(command) && *keys == [ESC];
    let interrupt = command == Command::Interrupt && *keys == [CTRL_C];
    if keys.contains(&ESC) && !back {
        return Some("Esc is the way back, everywhere");
    }
    if keys.contains(&CTRL_C) && !interrupt {
        return Some("Ctrl-c cancels and leaves, everywhere");
    }
    None
}

/// Commands that are looked up by one key: they work where others do not.
fn one_key_only(command: Command, keys: &[Key]) -> Option<&'static str> {
    let anywhere = matches!(command, Command::Interrupt | Command::Suspend | Command::Repaint);
    let dialog = matches!(command.row().scope, Scope::Choice | Scope::Dialog);
    let form = command.row().scope == Scope::Form;
    match keys {
        [key] if form && key.printable().is_some() => Some("in a form this key writes"),
        [key] if anywhere && key.printable().is_some() => {
            Some("it works in text fields too, where this key writes")
        }
        [key] if dialog && key.printable().is_some() => {
            Some("in a dialog this key may write a word that confirms")
        }
        [_] => None,
        _ if anywhere || dialog || form => Some("this command takes one key, not a sequence"),
        _ => None,
    }
}

/// What a slip of the finger would press.
fn slip(command: Command, keys: &[Key]) -> Option<&'static str> {
    let row = command.row();
    let erases = |key: &Key| matches!(key.code(), KeyCode::Delete | KeyCode::Backspace);
    if row.writes && keys.iter().any(erases) {
        return Some("Delete and Backspace never act on tokens");
    }
    match keys {
        [key] if row.danger && !key.with_control() => {
            // An Esc and a letter that a slow line joined are that letter with Alt.
            let slips = key.printable().is_some()
                || key.with_alt()
                || matches!(key.code(), KeyCode::Enter | KeyCode::Tab | KeyCode::BackTab);
            slips.then_some(
                "what can't be taken back is not on a single key that a slip presses; \
                 write two keys, such as '! r'",
            )
        }
        _ => None,
    }
}

/// What a command has to keep, that nobody is locked in.
pub(super) fn lacking(command: Command, sequences: &[Vec<Key>]) -> Option<String> {
    let must = match command {
        _ if is_way_back(command) => Some(ESC),
        Command::Interrupt => Some(CTRL_C),
        _ => None,
    };
    let needs_some = matches!(
        command,
        Command::Quit | Command::Press | Command::NextButton | Command::Take | Command::Save
    );
    match must {
        Some(key) if !sequences.iter().any(|keys| *keys == [key]) => {
            Some(format!("has to keep {key}, the way out; other keys may stand beside it"))
        }
        None if needs_some && sequences.is_empty() => {
            Some("has to keep a key, or nobody gets out".to_owned())
        }
        _ => None,
    }
}

/// Pairs of bindings where one hides the other, or could never be told from it.
pub(super) fn clashes(bindings: &[Binding]) -> impl Iterator<Item = (&Binding, &Binding)> {
    bindings.iter().enumerate().flat_map(move |(place, one)| {
        bindings
            .iter()
            .skip(place + 1)
            .filter_map(move |other| clash(one, other).then_some((one, other)))
    })
}

pub(super) fn clash(one: &Binding, other: &Binding) -> bool {
    let overlap = one.keys.starts_with(&other.keys) || other.keys.starts_with(&one.keys);
    let same = one.command == other.command && one.keys == other.keys;
    let together =
        TOGETHER.iter().any(|scopes| scopes.contains(&one.scope) && scopes.contains(&other.scope));
    overlap && together && !same && !is_tab(one, other) && !is_tab(other, one)
}

/// Tab goes from field to field where a dialog has fields, else from button to
/// button; the arrows reach the buttons in either.
fn is_tab(field: &Binding, button: &Binding) -> bool {
    field.command == Command::OtherField
        && matches!(button.command, Command::NextButton | Command::PreviousButton)
}

/// Names both commands and the keys.
pub(super) fn describe(one: &Binding, other: &Binding) -> String {
    let (short, long) =
        if one.keys.len() <= other.keys.len() { (one, other) } else { (other, one) };
    let (short_keys, long_keys) = (key::sequence(&short.keys), key::sequence(&long.keys));
    if short_keys == long_keys {
        return format!(
            "'{short_keys}' would mean both '{}' and '{}'",
            short.command, long.command
        );
    }
    format!(
        "'{short_keys}' of '{}' is the start of '{long_keys}' of '{}'",
        short.command, long.command
    )
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator as _;

    use super::*;

    #[test]
    fn every_scope_is_looked_up_together_with_some() {
        for scope in Scope::iter() {
            assert!(TOGETHER.iter().any(|scopes| scopes.contains(&scope)), "{scope}");
        }
    }

    #[test]
    fn the_table_keeps_its_own_rules() {
        for command in Command::all() {
            let sequences: Vec<_> = command
                .row()
                .keys
                .iter()
                .filter_map(|text| key::parse_sequence(text).ok())
                .collect();
            for keys in &sequences {
                assert_eq!(objection(command, keys), None, "{command}");
            }
            assert_eq!(lacking(command, &sequences), None, "{command}");
        }
    }
}
