//! Joins what a slow link took apart. An arrow key is `ESC [ A`; where its bytes
//! arrive in pieces, the terminal library reports Esc, `[` and `A`, which would
//! act as three commands. Held for a moment, they become the arrow again; a paste
//! whose opening bracket was torn stays a paste. Pure: the time comes in.

use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// How long a torn paste may pause before it counts as ended.
const PASTE_PAUSE: Duration = Duration::from_secs(1);
/// The longest control sequence worth waiting for.
const LONGEST: usize = 16;

/// What has come in and is not decided yet.
#[derive(Debug)]
enum Held {
    Nothing,
    /// Esc and what followed it.
    Sequence(String),
    /// The inside of a paste, with the start of its closing bracket, if any.
    Paste(String),
}

/// Holds a lone Esc until it is sure that it is one.
#[derive(Debug)]
pub(super) struct Joiner {
    wait: Duration,
    held: Held,
    deadline: Option<Instant>,
}

impl Joiner {
    /// A joiner that decides on a lone Esc after `wait`.
    pub(super) fn new(wait: Duration) -> Self {
        Self { wait, held: Held::Nothing, deadline: None }
    }

    /// When [`Self::expire`] must be called, if nothing comes in before.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Takes an event in and returns what is decided.
    pub(super) fn feed(&mut self, event: Event, now: Instant) -> Vec<Event> {
        let Some(c) = plain_char(&event) else {
            let mut events = self.expire();
            events.push(event);
            return events;
        };
        match std::mem::replace(&mut self.held, Held::Nothing) {
            Held::Nothing if c == ESC => self.hold(Held::Sequence(String::new()), self.wait, now),
            Held::Nothing => vec![event],
            Held::Sequence(so_far) => self.follow(so_far, c, now),
            Held::Paste(mut text) => {
                text.push(c);
                match text.strip_suffix("\u{1b}[201~") {
                    Some(whole) => {
                        let whole = Event::Paste(whole.to_owned());
                        self.deadline = None;
                        vec![whole]
                    }
                    None => self.hold(Held::Paste(text), PASTE_PAUSE, now),
                }
            }
        }
    }

    /// Gives up waiting: what is held was meant as it came.
    pub(super) fn expire(&mut self) -> Vec<Event> {
        self.deadline = None;
        match std::mem::replace(&mut self.held, Held::Nothing) {
            Held::Nothing => vec![],
            Held::Sequence(rest) => {
                std::iter::once(ESC).chain(rest.chars()).map(plain_key).collect()
            }
            Held::Paste(text) => vec![Event::Paste(text)],
        }
    }

    fn hold(&mut self, held: Held, wait: Duration, now: Instant) -> Vec<Event> {
        self.held = held;
        self.deadline = now.checked_add(wait);
        vec![]
    }

    fn follow(&mut self, mut so_far: String, c: char, now: Instant) -> Vec<Event> {
        so_far.push(c);
        match complete(&so_far) {
            Progress::Key(key) => {
                self.deadline = None;
                vec![Event::Key(key)]
            }
            Progress::Paste => self.hold(Held::Paste(String::new()), PASTE_PAUSE, now),
            Progress::More if so_far.len() < LONGEST => {
                self.hold(Held::Sequence(so_far), self.wait, now)
            }
            Progress::More | Progress::No => {
                self.held = Held::Sequence(so_far);
                self.expire()
            }
        }
    }
}

const ESC: char = '\u{1b}';

/// The character a key press stands for, where it is one that a torn sequence or
/// paste can be made of.
fn plain_char(event: &Event) -> Option<char> {
    let Event::Key(key) = event else { return None };
    if key.kind != KeyEventKind::Press || !(key.modifiers - KeyModifiers::SHIFT).is_empty() {
        return None;
    }
    match key.code {
        KeyCode::Esc => Some(ESC),
        KeyCode::Char(c) => Some(c),
        KeyCode::Enter => Some('\n'),
        KeyCode::Tab => Some('\t'),
        _ => None,
    }
}

fn plain_key(c: char) -> Event {
    let code = match c {
        ESC => KeyCode::Esc,
        '\n' => KeyCode::Enter,
        '\t' => KeyCode::Tab,
        c => KeyCode::Char(c),
    };
    let shift = if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE };
    Event::Key(KeyEvent::new(code, shift))
}

/// What the characters after an Esc amount to.
enum Progress {
    Key(KeyEvent),
    Paste,
    More,
    No,
}

/// Reads `[A`, `OA`, `[5~`, `[1;5C` and their like (ECMA-48 section 5.4, as xterm
/// sends them).
fn complete(sequence: &str) -> Progress {
    let mut chars = sequence.chars();
    let Some(introducer @ ('[' | 'O')) = chars.next() else { return Progress::No };
    let rest = chars.as_str();
    let Some(last) = rest.chars().next_back() else { return Progress::More };
    if introducer == '[' && (last.is_ascii_digit() || last == ';') {
        return Progress::More;
    }
    let parameters: Vec<&str> =
        rest.get(..rest.len() - last.len_utf8()).unwrap_or("").split(';').collect();
    if introducer == '[' && last == '~' && parameters == ["200"] {
        return Progress::Paste;
    }
    let code = match last {
        '~' => tilde_key(parameters.first().copied().unwrap_or("")),
        letter => letter_key(letter, introducer),
    };
    let modifiers = parameters.get(1).map_or(KeyModifiers::NONE, |text| modifiers(text));
    match code {
        Some(KeyCode::BackTab) => {
            Progress::Key(KeyEvent::new(KeyCode::BackTab, modifiers | KeyModifiers::SHIFT))
        }
        Some(code) => Progress::Key(KeyEvent::new(code, modifiers)),
        None => Progress::No,
    }
}

fn letter_key(letter: char, introducer: char) -> Option<KeyCode> {
    Some(match letter {
        'A' => KeyCode::Up,
        'B' => KeyCode::Down,
        'C' => KeyCode::Right,
        'D' => KeyCode::Left,
        'H' => KeyCode::Home,
        'F' => KeyCode::End,
        'Z' if introducer == '[' => KeyCode::BackTab,
        'P' => KeyCode::F(1),
        'Q' => KeyCode::F(2),
        'R' => KeyCode::F(3),
        'S' => KeyCode::F(4),
        _ => return None,
    })
}

fn tilde_key(number: &str) -> Option<KeyCode> {
    Some(match number {
        "1" | "7" => KeyCode::Home,
        "2" => KeyCode::Insert,
        "3" => KeyCode::Delete,
        "4" | "8" => KeyCode::End,
        "5" => KeyCode::PageUp,
        "6" => KeyCode::PageDown,
        "11" => KeyCode::F(1),
        "12" => KeyCode::F(2),
        "13" => KeyCode::F(3),
        "14" => KeyCode::F(4),
        "15" => KeyCode::F(5),
        _ => return None,
    })
}

/// xterm's modifier parameter: one more than the sum of Shift 1, Alt 2, Ctrl 4.
fn modifiers(text: &str) -> KeyModifiers {
    let bits = text.parse::<u8>().unwrap_or(1).saturating_sub(1);
    let pairs = [(1, KeyModifiers::SHIFT), (2, KeyModifiers::ALT), (4, KeyModifiers::CONTROL)];
    pairs
        .into_iter()
        .filter(|(bit, _)| bits & bit != 0)
        .fold(KeyModifiers::NONE, |all, (_, modifier)| all | modifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAIT: Duration = Duration::from_millis(50);

    fn feed_all(joiner: &mut Joiner, text: &str) -> Vec<Event> {
        let now = Instant::now();
        text.chars().flat_map(|c| joiner.feed(plain_key(c), now)).collect()
    }

    fn codes(events: &[Event]) -> Vec<KeyCode> {
        events.iter().filter_map(|event| event.as_key_event().map(|key| key.code)).collect()
    }

    #[test]
    fn a_torn_arrow_is_one_key_again() {
        let mut joiner = Joiner::new(WAIT);
        assert_eq!(codes(&feed_all(&mut joiner, "\u{1b}[A")), [KeyCode::Up]);
        assert_eq!(codes(&feed_all(&mut joiner, "\u{1b}OB")), [KeyCode::Down]);
        assert_eq!(codes(&feed_all(&mut joiner, "\u{1b}[5~")), [KeyCode::PageUp]);
        assert!(joiner.deadline().is_none());
    }

    #[test]
    fn a_lone_esc_is_decided_when_its_time_is_up() {
        let mut joiner = Joiner::new(WAIT);
        assert!(feed_all(&mut joiner, "\u{1b}").is_empty());
        assert!(joiner.deadline().is_some());
        assert_eq!(codes(&joiner.expire()), [KeyCode::Esc]);
    }

    #[test]
    fn esc_and_an_ordinary_key_are_two_keys() {
        let mut joiner = Joiner::new(WAIT);
        assert_eq!(codes(&feed_all(&mut joiner, "\u{1b}n")), [KeyCode::Esc, KeyCode::Char('n')]);
    }

    #[test]
    fn two_escs_are_two_keys_and_the_second_is_held() {
        let mut joiner = Joiner::new(WAIT);
        let mut events = feed_all(&mut joiner, "\u{1b}\u{1b}");
        events.extend(joiner.expire());
        assert_eq!(codes(&events), [KeyCode::Esc, KeyCode::Esc]);
    }

    #[test]
    fn modifiers_survive_the_tear() {
        let mut joiner = Joiner::new(WAIT);
        let events = feed_all(&mut joiner, "\u{1b}[1;5C");
        let key = events.first().and_then(Event::as_key_event);
        assert_eq!(
            key.map(|key| (key.code, key.modifiers)),
            Some((KeyCode::Right, KeyModifiers::CONTROL))
        );
    }

    #[test]
    fn a_paste_with_a_torn_bracket_presses_no_key() {
        let mut joiner = Joiner::new(WAIT);
        let events = feed_all(&mut joiner, "\u{1b}[200~!rq\nD\u{1b}[201~");
        assert_eq!(events, [Event::Paste("!rq\nD".to_owned())]);
    }

    #[test]
    fn nothing_is_ever_lost() {
        let mut joiner = Joiner::new(WAIT);
        let text = "\u{1b}[9;9;9;9;9;9;9;9;9;9;9";
        let mut events = feed_all(&mut joiner, text);
        events.extend(joiner.expire());
        assert_eq!(events.len(), text.chars().count());
    }
}
