//! From inputs to commands: what a key, a paste, a new size or a signal does.

use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent};

use crate::domain::leak;
use crate::tui::command::{Command, Scope};
use crate::tui::copied::Copied;
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::input::{Input, Signal};
use crate::tui::key::{self, Key};
use crate::tui::keymap::Lookup;
use crate::tui::layers::{Confirm, Issue};
use crate::tui::line;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::offer::Offer;
use crate::tui::place::{Place, Taken, is_a};
use crate::tui::unconfirmed::Warned;

/// Within this time a second Ctrl-c leaves.
const TWICE: Duration = Duration::from_secs(3);

impl Model {
    pub(super) fn on_input(&mut self, input: Input) {
        if let Some(chord) = self.unbound_chord(&input) {
            return self.leave_by(chord, 0);
        }
        if self.ends_range(&input) {
            return;
        }
        if self.holds(&input) {
            return;
        }
        match input {
            Input::Key(event) => self.on_key(Key::from(event)),
            Input::Keys(keys) => self.on_burst(&keys),
            Input::Paste(text) => self.on_paste(&text),
            Input::Resize(columns, rows) => {
                self.resized(columns, rows);
                if self.is_connecting() {
                    return self.put(Effect::Repaint);
                }
                self.screens.shown_mut().fill(&mut self.shared);
                // A pane that the new size opened has a token to show.
                if self.screens.tokens().details.open && self.screens.tokens().focus == Focus::List
                {
                    self.screens.tokens_mut().follow(&mut self.shared);
                }
                // Even where the size is the old one again: a window that was small
                // for a moment has lost what it could not show.
                self.put(Effect::Repaint);
            }
            Input::Signal(signal) => self.on_signal(signal),
        }
    }

    /// A key with Alt that nobody gave a meaning: on a slow line it may be an Esc and
    /// that key, so it is an Esc at most and never that key.
    fn unbound_chord(&self, input: &Input) -> Option<Key> {
        let Input::Key(event) = input else { return None };
        let key = Key::from(*event);
        let typed = self.takes_text() && line::has(key);
        (key.with_alt() && !typed && !self.keymap.has(key)).then_some(key)
    }

    /// Such a chord is an Esc; it is named, with how many keys are dropped besides.
    fn leave_by(&mut self, chord: Key, others: usize) {
        let esc = Key::plain(KeyCode::Esc).event();
        self.on_input(Input::Key(esc));
        self.mention(match others {
            0 => format!("{chord} does nothing: Esc"),
            1 => format!("{chord} and a key with it do nothing: Esc"),
            others => format!("{chord} and {others} keys with it do nothing: Esc"),
        });
    }

    /// Keys that arrived in one piece. Where an Esc in it took the key behind it along,
    /// nobody knows for what the others were meant.
    fn on_burst(&mut self, keys: &[KeyEvent]) {
        for (place, event) in keys.iter().enumerate() {
            let rest = keys.get(place..).unwrap_or_default();
            if self.refuses_letters(rest) {
                break;
            }
            let input = Input::Key(*event);
            if let Some(chord) = self.unbound_chord(&input) {
                self.leave_by(chord, rest.len().saturating_sub(1));
                break;
            }
            self.on_input(input);
        }
    }

    /// Whether these keys, the first of them, come as a paste does to what wants letters
    /// one by one.
    fn refuses_letters(&mut self, keys: &[KeyEvent]) -> bool {
        let letters = keys.iter().map_while(|event| Key::from(*event).printable()).count();
        let now = self.now;
        self.layers.last_mut().is_some_and(|place| place.refuses(letters, now))
    }

    fn on_signal(&mut self, signal: Signal) {
        match signal {
            Signal::Terminate | Signal::HangUp => {
                self.told_to_end = true;
                self.leave();
            }
            Signal::Suspend => self.suspend(),
            Signal::Continue => self.put(Effect::Repaint),
        }
    }

    /// The screen has a new size. A value does not outlive a window in which it
    /// could not be hidden.
    pub(super) fn resized(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        if self.is_too_small() {
            self.hide_plain();
            self.layers.mask_values();
        }
        self.settle();
    }

    fn on_key(&mut self, key: Key) {
        if self.leaving {
            return;
        }
        self.notices.dismiss();
        let anywhere = self.keymap.look_up(&[Scope::Global], &[key]);
        if anywhere != Lookup::Found(Command::Interrupt) {
            self.interrupted = None;
        }
        match anywhere {
            // Neither a text field nor a dialog keeps these.
            Lookup::Found(command @ (Command::Interrupt | Command::Suspend | Command::Repaint)) => {
                return self.run(command);
            }
            Lookup::Found(Command::Quit) if self.is_too_small() => return self.leave(),
            _ if self.is_too_small() => return,
            _ => {}
        }
        if self.on_top(|place, context| place.key(key, context)) == Taken::Here {
            return;
        }
        self.on_command_key(key);
    }

    pub(super) fn on_command_key(&mut self, key: Key) {
        self.pending.push(key);
        match self.keymap.look_up(self.scopes(), &self.pending) {
            Lookup::Prefix => {}
            Lookup::Found(command) => {
                let pressed = std::mem::take(&mut self.pending);
                self.run_by_key(command, &pressed);
            }
            Lookup::Unknown => {
                let pressed = std::mem::take(&mut self.pending);
                let begun = pressed.len() > 1;
                match self.keymap.look_up(self.scopes(), &[key]) {
                    // A sequence that came to nothing takes no key along whose letters are
                    // text.
                    Lookup::Found(command) if begun && command.opens_text() => self.run(command),
                    // Whoever gives up what was begun wants nothing else.
                    Lookup::Found(Command::Back | Command::Cancel | Command::ClosePicker) => {}
                    // A place that has every key has help all the same.
                    _ if !begun && self.is_for_help(key) => self.run(Command::Help),
                    _ if self.takes_text() => {}
                    Lookup::Found(_) | Lookup::Prefix | Lookup::Unknown => {
                        self.tell_idle(&key::sequence(&pressed));
                    }
                }
            }
        }
    }

    fn is_for_help(&self, key: Key) -> bool {
        self.keymap.look_up(&[Scope::Global], &[key]) == Lookup::Found(Command::Help)
    }

    /// Does what keys stand for; where nothing here has that, and there is no reason to
    /// give, it says that they do nothing.
    fn run_by_key(&mut self, command: Command, pressed: &[Key]) {
        let seen = self.seen();
        let idle = seen.offers(command) == Offer::Absent && seen.refusal(command).is_none();
        if idle {
            return self.tell_idle(&key::sequence(pressed));
        }
        self.run(command);
    }

    fn on_paste(&mut self, text: &str) {
        if self.leaving || self.is_too_small() {
            return;
        }
        if self.on_top(|place, context| place.paste(text, context)) == Taken::Here {
            return;
        }
        // What would be lost with what lies over the list is not: the line says where to go.
        let over_list = self.layers.iter().all(Place::gives_way);
        let leaks = if over_list { leak::pasted(text) } else { Vec::new() };
        if leaks.is_empty() {
            let key = self.keymap.first_key_of(Command::Search);
            self.say(Kind::Refused, format!("Pasted text is ignored here: {key} searches for it"));
        } else {
            self.layers.clear();
            self.find_leaks(&leaks);
        }
    }

    /// Cancels what is open; the second time in a row, leaves.
    pub(super) fn interrupt(&mut self) {
        let again = self.interrupted.is_some_and(|at| self.now.since(at) < TWICE);
        if again {
            // Whoever was asked once need not answer to get away.
            if self.warned == Warned::Asked {
                self.warned = Warned::Agreed;
            }
            return self.leave();
        }
        self.interrupted = Some(self.now);
        self.pending.clear();
        self.asking = None;
        self.screens.hide_values();
        self.copied = Copied::default();
        if self.stay() {
            return;
        }
        if self.layers.is_empty() && self.stop_export() {
            return;
        }
        if self.layers.is_empty() && self.stop_newest() {
            return;
        }
        if self.stop_waiting() {
            return;
        }
        self.back_from_layer();
        self.say(Kind::Info, "Ctrl-c again quits");
    }

    /// Ctrl-c closes what lies on top, and nothing under it. A value that would be
    /// lost is asked about even so.
    fn back_from_layer(&mut self) {
        if self.layers.is_empty() {
            self.screens.shown_mut().drop_range();
            return;
        }
        self.back();
    }

    /// Takes every value off the screen, for the terminal is about to be another's.
    pub(super) fn hide_all(&mut self) {
        self.layers.mask_values();
        self.screens.hide_values();
        self.hide_plain();
    }

    pub(super) fn suspend(&mut self) {
        self.hide_all();
        self.put(Effect::Suspend);
        self.put(Effect::Repaint);
    }

    /// Ends the program, after what is under way.
    pub(super) fn leave(&mut self) {
        self.screens.hide_values();
        self.hide_plain();
        self.layers.retain(|place| !is_a::<Confirm>(place) && !is_a::<Issue>(place));
        if !self.told_to_end && self.would_interrupt() {
            self.ask_leave();
            return;
        }
        if self.must_warn() && !self.owes_answers() {
            self.ask_leave_unconfirmed();
            return;
        }
        if !self.is_at_work() {
            return self.put(Effect::Quit);
        }
        self.leaving = true;
        let text = match self.acting.len() + self.screens.users.acting {
            0 => "Keeping the view for the next run before leaving".to_owned(),
            1 => "Finishing 1 change before leaving".to_owned(),
            count => format!("Finishing {count} changes before leaving"),
        };
        self.say(Kind::Info, text);
    }
}
