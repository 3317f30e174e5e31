//! Turns the bytes of a terminal into keys and pastes (ECMA-48 section 5.4, as xterm,
//! tmux and kitty send them). Pure: bytes and time come in.
//!
//! A slow link takes apart and joins as it likes. What is begun is held for a moment:
//! an arrow key whose bytes come in pieces is that arrow, and no `[` and `A`. An Esc
//! with a key right behind it can't be told from that key with Alt, so it is told as
//! that, and keys that came in one piece are told as one.

use std::time::{Duration, Instant};

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::sequence::{self, Read};
use crate::tui::input::Input;

/// How long a paste may pause before it counts as ended.
const PASTE_PAUSE: Duration = Duration::from_secs(1);
/// What ends a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// What has come in and is not decided yet.
#[derive(Debug)]
enum Held {
    /// The start of a key, or nothing.
    Key(Vec<u8>),
    /// The inside of a paste, with the start of its closing bracket, if any.
    Paste(Vec<u8>),
}

/// Holds what is begun until it is sure what it is.
#[derive(Debug)]
pub(super) struct Decoder {
    wait: Duration,
    held: Held,
    deadline: Option<Instant>,
}

impl Decoder {
    /// A decoder that decides on a lone Esc after `wait`.
    pub(super) fn new(wait: Duration) -> Self {
        Self { wait, held: Held::Key(Vec::new()), deadline: None }
    }

    /// When [`Self::expire`] must be called, if nothing comes in before.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Takes in what one read brought, and returns what is decided.
    pub(super) fn feed(&mut self, bytes: &[u8], now: Instant) -> Vec<Input> {
        let mut inputs = Inputs::default();
        let mut bytes = bytes.to_vec();
        loop {
            match std::mem::replace(&mut self.held, Held::Key(Vec::new())) {
                Held::Key(mut begun) => {
                    begun.append(&mut bytes);
                    let (rest, paste) = read_keys(&begun, &mut inputs);
                    if !paste {
                        return self.hold(Held::Key(rest), self.wait, now, inputs);
                    }
                    (self.held, bytes) = (Held::Paste(Vec::new()), rest);
                }
                Held::Paste(mut text) => {
                    // What was looked at before needs not be looked at again.
                    let from = text.len().saturating_sub(PASTE_END.len());
                    text.append(&mut bytes);
                    let mut ends = text.windows(PASTE_END.len()).enumerate().skip(from);
                    match ends.find(|(_, end)| *end == PASTE_END).map(|(at, _)| at) {
                        None => return self.hold(Held::Paste(text), PASTE_PAUSE, now, inputs),
                        Some(at) => {
                            let rest = text.split_off(at);
                            bytes = rest.get(PASTE_END.len()..).unwrap_or_default().to_vec();
                            inputs.paste(&text);
                        }
                    }
                }
            }
        }
    }

    /// Gives up waiting: what is held was meant as it came.
    pub(super) fn expire(&mut self) -> Vec<Input> {
        self.deadline = None;
        let mut inputs = Inputs::default();
        match std::mem::replace(&mut self.held, Held::Key(Vec::new())) {
            Held::Key(begun) => {
                for key in sequence::as_it_came(&begun) {
                    inputs.key(key);
                }
            }
            Held::Paste(text) => {
                let whole = (1..PASTE_END.len()).rev().find_map(|long| {
                    PASTE_END.get(..long).and_then(|torn| text.strip_suffix(torn))
                });
                inputs.paste(whole.unwrap_or(&text));
            }
        }
        inputs.done()
    }

    fn hold(&mut self, held: Held, wait: Duration, now: Instant, inputs: Inputs) -> Vec<Input> {
        let undecided = match &held {
            Held::Key(begun) => !begun.is_empty(),
            Held::Paste(_) => true,
        };
        self.held = held;
        self.deadline = now.checked_add(wait).filter(|_| undecided);
        inputs.done()
    }
}

/// Reads keys as far as they are whole, up to the start of a paste. Returns the bytes
/// that are left, and whether a paste starts with them.
fn read_keys(bytes: &[u8], inputs: &mut Inputs) -> (Vec<u8>, bool) {
    let mut rest = bytes;
    while !rest.is_empty() {
        let used = match sequence::read(rest) {
            Read::Key(key, used) => {
                inputs.key(key);
                used
            }
            Read::Nothing(used) => used,
            Read::Paste(used) => return (rest.get(used..).unwrap_or_default().to_vec(), true),
            Read::More => break,
        };
        rest = rest.get(used.max(1)..).unwrap_or_default();
    }
    (rest.to_vec(), false)
}

/// What is decided, keys that came in one piece together.
#[derive(Default)]
struct Inputs {
    keys: Vec<KeyEvent>,
    all: Vec<Input>,
}

impl Inputs {
    fn key(&mut self, key: KeyEvent) {
        self.keys.push(key);
    }

    fn paste(&mut self, text: &[u8]) {
        self.close();
        self.all.push(Input::Paste(String::from_utf8_lossy(text).into_owned()));
    }

    fn close(&mut self) {
        let keys = std::mem::take(&mut self.keys);
        match keys.as_slice() {
            [] => {}
            [key] => self.all.push(Input::Key(*key)),
            _ => self.all.push(Input::Keys(keys)),
        }
    }

    fn done(mut self) -> Vec<Input> {
        self.close();
        self.all
    }
}

/// A key held with Alt.
pub(super) fn with_alt(key: KeyEvent) -> KeyEvent {
    KeyEvent { modifiers: key.modifiers | KeyModifiers::ALT, ..key }
}

/// The key Esc.
pub(super) fn esc() -> KeyEvent {
    KeyEvent::from(KeyCode::Esc)
}

#[cfg(test)]
#[path = "decoder_tests.rs"]
mod tests;
