//! One of many: closed it shows what is chosen, open it is a list that letters
//! narrow. Knows nothing of what the entries mean.

use crossterm::event::KeyCode;
use ratatui::text::{Line, Span};
use tui_input::Input as LineInput;

use super::widget::{Item, KeyTaken, Look, Sketch};
use crate::domain::leak;
use crate::text::{Safe, cut, has_words, safe_line, width};
use crate::tui::key::Key;
use crate::tui::line;
use crate::tui::theme::Role;

/// Entries shown at a time.
const PAGE: usize = 8;

/// The list while it is open.
#[derive(Debug, Clone, Default)]
struct Open {
    words: LineInput,
    at: usize,
}

/// Entries, of which one may be chosen.
#[derive(Debug, Clone)]
pub(in crate::tui) struct Pick {
    items: Vec<Item>,
    chosen: Option<String>,
    open: Option<Open>,
}

impl Pick {
    /// These entries; what is not among them is not chosen.
    pub(in crate::tui) fn new(items: Vec<Item>, chosen: Option<String>) -> Self {
        let mut pick = Self { items: Vec::new(), chosen, open: None };
        pick.set_items(items);
        pick
    }

    /// Other entries; the one that is chosen stays if it is among them.
    pub(in crate::tui) fn set_items(&mut self, items: Vec<Item>) {
        self.chosen = self.chosen.take().filter(|key| items.iter().any(|item| item.key == *key));
        self.items = items;
        self.open = None;
    }

    /// The key of the one that is chosen.
    pub(in crate::tui) fn chosen(&self) -> Option<&str> {
        self.chosen.as_deref()
    }

    /// What the one that is chosen says.
    pub(in crate::tui) fn text(&self) -> Option<&str> {
        let item = self.items.iter().find(|item| Some(&item.key) == self.chosen.as_ref())?;
        Some(&item.text)
    }

    /// Chooses that one.
    pub(in crate::tui) fn choose(&mut self, key: &str) {
        if self.items.iter().any(|item| item.key == key) {
            self.chosen = Some(key.to_owned());
        }
    }

    /// Whether the list is open.
    pub(in crate::tui) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    fn matching(&self) -> Vec<&Item> {
        let words = self.open.as_ref().map(|open| open.words.value()).unwrap_or_default();
        self.items.iter().filter(|item| has_words(&item.text, words)).collect()
    }

    /// Opens the list on what is chosen.
    fn open(&mut self) {
        let place = self.items.iter().position(|item| Some(&item.key) == self.chosen.as_ref());
        self.open = Some(Open { at: place.unwrap_or_default(), ..Open::default() });
    }

    /// Closes the list with the entry under the cursor.
    fn take(&mut self) {
        let at = self.open.as_ref().map(|open| open.at).unwrap_or_default();
        let key = self.matching().get(at).map(|item| item.key.clone());
        // Where nothing matches there is nothing to take, and nothing is lost.
        if key.is_some() {
            self.chosen = key;
            self.open = None;
        }
    }

    /// Takes a key.
    pub(in crate::tui) fn press(&mut self, key: Key) -> KeyTaken {
        if self.open.is_none() {
            return self.press_closed(key);
        }
        let last = self.matching().len().saturating_sub(1);
        let Some(open) = &mut self.open else { return KeyTaken::No };
        match key.code() {
            KeyCode::Esc => self.open = None,
            KeyCode::Enter => self.take(),
            // On to the next field with what was found.
            KeyCode::Tab | KeyCode::BackTab => {
                self.take();
                return KeyTaken::No;
            }
            KeyCode::Up => open.at = open.at.saturating_sub(1),
            KeyCode::Down => open.at = (open.at + 1).min(last),
            KeyCode::PageUp => open.at = open.at.saturating_sub(PAGE),
            KeyCode::PageDown => open.at = (open.at + PAGE).min(last),
            _ if line::take(&mut open.words, key) => open.at = 0,
            _ => return KeyTaken::No,
        }
        KeyTaken::Yes
    }

    fn press_closed(&mut self, key: Key) -> KeyTaken {
        let letter = key.printable().filter(|c| c.is_alphanumeric());
        match key.code() {
            KeyCode::Enter | KeyCode::Down => self.open(),
            KeyCode::Char(' ' | '/') if key.printable().is_some() => self.open(),
            _ if letter.is_some() => {
                self.open();
                return self.press(key);
            }
            _ => return KeyTaken::No,
        }
        KeyTaken::Yes
    }

    /// Takes pasted words while it is open.
    pub(in crate::tui) fn paste(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            line::paste(&mut open.words, text);
            open.at = 0;
        }
    }

    /// What is chosen, and under it the list while it is open.
    pub(in crate::tui) fn sketch(&self, look: Look<'_>) -> Sketch {
        let chosen = Safe::line(self.text().unwrap_or("choose"));
        let chosen = cut(chosen.as_str(), look.columns.saturating_sub(2));
        let Some(open) = &self.open else {
            let role = match (look.focused, self.chosen.is_some()) {
                (true, _) => Role::Selected,
                (false, true) => Role::Text,
                (false, false) => Role::Dim,
            };
            let spans = [look.theme.span(chosen, role), self.mark(look)];
            return Sketch { lines: vec![Line::from(spans.to_vec())], at: 0, cursor: None };
        };
        let words = Safe::line(&leak::hide(open.words.value()));
        let mut lines = vec![Line::from(vec![
            look.theme.span("/ ", Role::Key),
            Span::raw(cut(words.as_str(), look.columns.saturating_sub(3))),
        ])];
        let matching = self.matching();
        if matching.is_empty() {
            lines.push(look.theme.line("  nothing matches", Role::Dim));
        }
        let first = open.at / PAGE * PAGE;
        let shown = matching.iter().enumerate().skip(first).take(PAGE);
        lines.extend(shown.map(|(place, item)| {
            let here = place == open.at;
            let text = cut(&safe_line(&item.text), look.columns.saturating_sub(2));
            let role = if here { Role::Selected } else { Role::Text };
            let mark = Span::raw(if here { "> " } else { "  " });
            Line::from(vec![mark, look.theme.span(text, role)])
        }));
        if matching.len() > PAGE {
            let end = (first + PAGE).min(matching.len());
            let text = format!("  {}-{end} of {}", first + 1, matching.len());
            lines.push(look.theme.line(text, Role::Dim));
        }
        let column = (2 + width(words.as_str())).min(look.columns.saturating_sub(1));
        // The cursor stands behind the words, and the whole list is to be in sight.
        Sketch { lines, at: 0, cursor: look.focused.then_some(column) }
    }

    fn mark(&self, look: Look<'_>) -> Span<'static> {
        let text = if self.items.is_empty() { "" } else { " v" };
        look.theme.span(text, Role::Dim)
    }
}

#[cfg(test)]
#[expect(clippy::expect_used, reason = "a test that cannot go on should fail")]
mod tests {
    use super::*;

    fn pick() -> Pick {
        let items = ["Acme", "Borealis", "Cedar County"];
        Pick::new(items.into_iter().map(|name| Item::new(&name, name)).collect(), None)
    }

    fn press(pick: &mut Pick, keys: &str) {
        for word in keys.split(' ') {
            pick.press(word.parse().expect("a key"));
        }
    }

    #[test]
    fn letters_open_it_and_narrow_it() {
        let mut pick = pick();
        press(&mut pick, "c e d Enter");
        assert_eq!((pick.chosen(), pick.is_open()), (Some("Cedar County"), false));
    }

    #[test]
    fn what_matches_nothing_is_not_taken() {
        let mut pick = pick();
        press(&mut pick, "z z Enter");
        assert!(pick.is_open() && pick.chosen().is_none());
        press(&mut pick, "Esc");
        assert!(!pick.is_open());
    }

    #[test]
    fn tab_takes_what_was_found_and_goes_on() {
        let mut pick = pick();
        press(&mut pick, "b");
        assert_eq!(pick.press("Tab".parse().expect("a key")), KeyTaken::No);
        assert_eq!((pick.chosen(), pick.is_open()), (Some("Borealis"), false));
    }

    #[test]
    fn an_entry_that_goes_is_no_longer_chosen() {
        let mut pick = pick();
        pick.choose("Acme");
        pick.set_items(vec![Item::new(&"Borealis", "Borealis")]);
        assert_eq!(pick.chosen(), None);
    }
}
