//! The command line while it is typed: its text, where in the history it is, which
//! completion was chosen. Knows not what a line means.

mod draw;

use ratatui::Frame;

use crate::tui::command::Scope;
use crate::tui::hint::Hint;
use crate::tui::place::{Place, Seen};
use tui_input::Input as LineInput;

/// The command line.
#[derive(Debug, Default)]
pub(crate) struct CommandLine {
    /// What is typed.
    pub(crate) input: LineInput,
    /// What Tab was first pressed on, and which of its completions is in place.
    pub(crate) tabbed: Option<(String, usize)>,
    /// Why the line could not be done.
    pub(crate) error: Option<String>,
    /// How many lines back in the history, and what was typed before.
    back: Option<(usize, String)>,
}

impl CommandLine {
    /// The text whose completions are shown: what was typed, not what Tab made of it.
    pub(crate) fn typed(&self) -> &str {
        self.tabbed.as_ref().map_or(self.input.value(), |(typed, _)| typed)
    }

    /// Something was typed: Tab and the history begin anew.
    pub(crate) fn changed(&mut self) {
        self.tabbed = None;
        self.back = None;
        self.error = None;
    }

    /// Puts the next of these completions in place, or the one before.
    pub(crate) fn complete(&mut self, lines: &[String], on: bool) {
        let last = lines.len().saturating_sub(1);
        let (typed, at) = match self.tabbed.take() {
            None => (self.input.value().to_owned(), if on { 0 } else { last }),
            Some((typed, at)) if on => (typed, if at >= last { 0 } else { at + 1 }),
            Some((typed, at)) => (typed, at.checked_sub(1).unwrap_or(last)),
        };
        let Some(line) = lines.get(at) else { return };
        self.input = LineInput::new(line.clone());
        self.error = None;
        // With one completion there is nothing to go round: the next Tab goes on from it.
        self.tabbed = (lines.len() > 1).then_some((typed, at));
    }

    /// Puts an older line of the history in place, or a newer one.
    pub(crate) fn recall(&mut self, history: &[String], older: bool) {
        let (back, typed) = self.back.take().unwrap_or_else(|| (0, self.input.value().to_owned()));
        let back = if older { (back + 1).min(history.len()) } else { back.saturating_sub(1) };
        let line = match back.checked_sub(1) {
            None => Some(&typed),
            Some(newest) => history.iter().rev().nth(newest),
        };
        if let Some(line) = line {
            self.input = LineInput::new(line.clone());
        }
        self.tabbed = None;
        self.error = None;
        self.back = (back > 0).then_some((back, typed));
    }
}

impl Place for CommandLine {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Global]
    }

    fn asks(&self) -> bool {
        true
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn hints(&self, _seen: &Seen<'_>) -> Vec<Hint> {
        vec![
            Hint::new("Enter", "run"),
            Hint::new("Tab", "complete"),
            Hint::new("Up", "history"),
            Hint::new("Esc", "cancel"),
        ]
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, self, frame);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn tab_goes_round() {
        let mut line =
            CommandLine { input: LineInput::new("s".to_owned()), ..CommandLine::default() };
        let offers = words(&["search", "sort "]);
        let mut seen = Vec::new();
        for on in [true, true, true, false] {
            line.complete(&offers, on);
            assert_eq!(line.typed(), "s");
            seen.push(line.input.value().to_owned());
        }
        assert_eq!(seen, ["search", "sort ", "search", "sort "]);
        line.complete(&[], true);
        assert_eq!(line.input.value(), "sort ");
    }

    #[test]
    fn the_history_leads_back_to_what_was_typed() {
        let mut line =
            CommandLine { input: LineInput::new("new".to_owned()), ..CommandLine::default() };
        let history = words(&["first", "second"]);
        let mut seen = Vec::new();
        for older in [true, true, true, false, false, false] {
            line.recall(&history, older);
            seen.push(line.input.value().to_owned());
        }
        assert_eq!(seen, ["second", "first", "first", "second", "new", "new"]);
    }
}
