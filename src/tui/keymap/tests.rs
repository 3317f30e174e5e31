//! What the operator's own keys may and may not do.

use super::*;

fn wanted(wishes: &[(&str, &str, &[&str])]) -> WantedKeys {
    let mut wanted = WantedKeys::new();
    for (scope, command, keys) in wishes {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        wanted.entry((*scope).to_owned()).or_default().insert((*command).to_owned(), keys);
    }
    wanted
}

fn keys_of(map: &Keymap, command: Command) -> String {
    map.keys_of(command).join(", ")
}

/// The only fault of these wishes.
fn fault(wishes: &[(&str, &str, &[&str])]) -> String {
    let faults = Keymap::remapped(&wanted(wishes)).err().unwrap_or_default();
    assert_eq!(faults.len(), 1, "{wishes:?}: {faults:?}");
    faults.into_iter().map(|fault| fault.message).collect()
}

#[test]
fn own_keys_take_the_place_of_the_tables() {
    let wishes = wanted(&[
        ("list", "revoke", &["! k"]),
        ("act", "toggle-enabled", &["Ctrl-t", "F5"]),
        ("global", "messages", &[]),
    ]);
    let map = Keymap::remapped(&wishes).expect("a keymap");
    assert_eq!(keys_of(&map, Command::Revoke), "! k");
    assert_eq!(keys_of(&map, Command::ToggleEnabled), "Ctrl-t, F5");
    assert_eq!(keys_of(&map, Command::Messages), "");
    assert_eq!(keys_of(&map, Command::Down), "j, Down");
    assert_eq!(Keymap::remapped(&WantedKeys::new()), Ok(Keymap::default()));
}

#[test]
fn two_commands_may_change_places() {
    let wishes = wanted(&[("act", "toggle-enabled", &["x"]), ("act", "toggle-value", &["t"])]);
    let map = Keymap::remapped(&wishes).expect("a keymap");
    assert_eq!(keys_of(&map, Command::ToggleValue), "t");
}

#[test]
fn a_clash_names_both_commands_and_the_keys() {
    let same = fault(&[("list", "search", &["n"])]);
    assert_eq!(same, "'n' would mean both 'search' and 'new'");
    let start = fault(&[("list", "search", &["g"])]);
    assert_eq!(start, "'g' of 'search' is the start of 'g g' of 'top'");
    let start = fault(&[("list", "search", &["j j"])]);
    assert_eq!(start, "'j' of 'down' is the start of 'j j' of 'search'");
    let other_scope = fault(&[("global", "messages", &["/"])]);
    assert_eq!(other_scope, "'/' would mean both 'search' and 'messages'");
}

#[test]
fn a_slip_in_a_name_or_key_is_told_with_the_nearest() {
    let has = |wish, part: &str| {
        let fault = fault(&[wish]);
        assert!(fault.contains(part), "{fault}");
    };
    has(("lisst", "search", &["k"]), "did you mean 'list'?");
    has(("list", "serch", &["k"]), "did you mean 'search'?");
    has(("list", "quit", &["Q"]), "'quit' belongs under [keys.global]");
    has(("list", "search", &["Entre"]), "did you mean 'Enter'?");
    has(("list", "search", &[""]), "names no key");
}

#[test]
fn the_same_command_stands_in_one_place() {
    let fault = fault(&[("act", "revoke", &["! k"]), ("list", "revoke", &["! l"])]);
    assert_eq!(fault, "stands in [keys.act] already");
}

#[test]
fn what_cannot_be_taken_back_is_on_no_key_that_a_slip_presses() {
    for key in ["R", "Space", "-", "Enter", "Tab", "Delete", "Backspace", "! Delete"] {
        let fault = fault(&[("act", "revoke", &[key])]);
        assert!(fault.contains("can't be used"), "{fault}");
    }
    assert!(fault(&[("act", "toggle-enabled", &["Delete"])]).contains("never act on tokens"));
    let fine = wanted(&[("act", "revoke", &["F9", "Ctrl-x", "X X"])]);
    assert!(Keymap::remapped(&fine).is_ok());
}

#[test]
fn nobody_is_locked_in() {
    let cases: [(&str, &str, &[&str], &str); 9] = [
        ("global", "back", &["F12"], "has to keep Esc"),
        ("dialog", "cancel", &[], "has to keep Esc"),
        ("global", "interrupt", &["Ctrl-x"], "has to keep Ctrl-c"),
        ("global", "quit", &[], "has to keep a key"),
        ("dialog", "press", &[], "has to keep a key"),
        ("dialog", "press", &["r"], "a word that confirms"),
        ("dialog", "press", &["g g"], "one key, not a sequence"),
        ("list", "search", &["Ctrl-c"], "Ctrl-c cancels"),
        ("global", "suspend", &["Z"], "text fields"),
    ];
    for (scope, command, keys, part) in cases {
        let fault = fault(&[(scope, command, keys)]);
        assert!(fault.contains(part), "{command}: {fault}");
    }
}

#[test]
fn keys_that_never_arrive_are_refused() {
    for key in ["Ctrl-i", "Ctrl-M", "Ctrl-[", "Ctrl-Enter"] {
        let fault = fault(&[("list", "search", &[key])]);
        assert!(fault.contains("a terminal"), "{fault}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let wishes = wanted(&[
        ("lisst", "search", &["k"]),
        ("act", "revoke", &["r"]),
        ("global", "quit", &[]),
        ("list", "open", &["t"]),
    ]);
    assert_eq!(Keymap::remapped(&wishes).err().map(|faults| faults.len()), Some(4));
}
