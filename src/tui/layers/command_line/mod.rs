//! The command line while it is typed: its text, where in the history it is, which
//! completion was chosen. What a line asks for is done by others.

mod draw;
mod folder;

use crossterm::event::KeyCode;
use ratatui::Frame;
use tui_input::Input as LineInput;

use crate::domain::leak::{self, Leak};
use crate::tui::call::Call;
use crate::tui::command::{Command, Scope};
use crate::tui::hint::Hint;
use crate::tui::key::Key;
use crate::tui::notice::Kind;
use crate::tui::offer::Offer;
use crate::tui::place::{Context, Place, Seen, Taken, Then};
use crate::tui::prompt::Completion;
use crate::tui::reply::{Answered, answer};
use crate::tui::shared::Shared;
use crate::tui::state::Change;
use crate::tui::{line, prompt};

use super::named::SCREENS;
use folder::Folder;

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
    /// The folder that a path on the line leads into.
    folder: Folder,
}

impl CommandLine {
    /// The line with something on it to go on from.
    pub(crate) fn saying(text: String) -> Self {
        Self { input: LineInput::new(text), ..Self::default() }
    }

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
        (self.error, self.back) = (None, None);
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

impl CommandLine {
    fn complete_from(&mut self, context: &mut Context<'_>, on: bool) {
        let offers = self.offers(&context.seen());
        let lines: Vec<_> = offers.into_iter().map(|offer| offer.line).collect();
        self.complete(&lines, on);
        self.look_into_folder(context.shared);
    }

    /// Where a path is typed, what is in its folder comes next.
    fn look_into_folder(&mut self, shared: &mut Shared) {
        if let Some((_, path)) = prompt::path(self.typed()) {
            let path = path.to_owned();
            self.folder.follow(&path, shared);
        }
    }

    /// What can become of what is typed: a word of the line, or the name of a screen.
    fn offers(&self, seen: &Seen<'_>) -> Vec<Completion> {
        if let Some((before, path)) = prompt::path(self.typed()) {
            return self.folder.offers(before, path);
        }
        let typed = self.typed().trim_start();
        let screens = SCREENS.iter().filter(|(name, _)| name.starts_with(typed));
        let screens = screens.map(|(name, _)| Completion::of_screen(name));
        prompt::offers(self.typed(), seen).into_iter().chain(screens).collect()
    }

    /// Asks for what the line says; where it can't be read it stays, with the reason.
    fn submit(&mut self, context: &mut Context<'_>) {
        let text = self.input.value().trim().to_owned();
        if text.is_empty() {
            context.then.push(Then::Close);
            return;
        }
        if let Some(leak) = leak::find(&text) {
            context.then.extend([Then::Close, Then::Seek(vec![leak])]);
            return;
        }
        if let Some((_, open)) = SCREENS.iter().find(|(name, _)| *name == text) {
            context.shared.remember(Change::Line(text));
            context.then.extend([Then::Close, Then::Build(*open), Then::Run(Command::Refresh)]);
            return;
        }
        match prompt::parse(&text, &context.seen()) {
            Err(error) => {
                // In the messages too, where it stays to be read.
                context.shared.say(Kind::Refused, format!(":{text}: {error}"));
                self.error = Some(error);
            }
            Ok(wish) => {
                context.shared.remember(Change::Line(text));
                context.then.extend([Then::Close, Then::Fulfil(wish)]);
            }
        }
    }
}

impl Place for CommandLine {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Global]
    }

    fn called(&self) -> &'static str {
        "the command line"
    }

    fn help(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("Enter", "do what the line says"),
            ("Tab  Down", "the next of what is listed above the line"),
            ("S-Tab  Up", "the one before"),
            ("Up  Ctrl-p", "an older line of the history, where nothing of the list is chosen"),
            ("Down  Ctrl-n", "a newer one"),
            ("Esc", "leave the line"),
        ]
    }

    fn asks(&self) -> bool {
        true
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn key(&mut self, key: Key, context: &mut Context<'_>) -> Taken {
        let letter = |c| key == Key::control(c);
        match key.code() {
            KeyCode::Enter => self.submit(context),
            KeyCode::Esc => context.then.push(Then::Close),
            KeyCode::BackTab => self.complete_from(context, false),
            // In the list that Tab or Down went into; before that Up is the history's.
            KeyCode::Up if self.tabbed.is_some() => self.complete_from(context, false),
            KeyCode::Up => self.recall(&context.shared.state.history, true),
            KeyCode::Down if self.back.is_some() => {
                self.recall(&context.shared.state.history, false);
            }
            KeyCode::Tab | KeyCode::Down => self.complete_from(context, true),
            _ if letter('p') => self.recall(&context.shared.state.history, true),
            _ if letter('n') => self.recall(&context.shared.state.history, false),
            // As in vi and less, deleting from an empty line leaves it.
            KeyCode::Backspace if self.input.value().is_empty() => {
                context.then.push(Then::Close);
            }
            _ if line::take(&mut self.input, key) => {
                self.changed();
                self.look_into_folder(context.shared);
                // Of a part more may be to come.
                let leak = leak::find(self.input.value());
                if let Some(leak) = leak.filter(|leak| !matches!(leak, Leak::Part(_))) {
                    context.then.extend([Then::Close, Then::Seek(vec![leak])]);
                }
            }
            _ if context.is_for_help(key) => context.then.push(Then::Run(Command::Help)),
            _ => {}
        }
        Taken::Here
    }

    /// What is in the folder of a path.
    fn answer(&mut self, answered: Answered, _context: &mut Context<'_>) -> Option<Answered> {
        let Answered { ticket, call, result } = answered;
        match call {
            Call::Folder(folder) => self.folder.came(&folder, answer(result)),
            call => return Some(Answered { ticket, call, result }),
        }
        None
    }

    /// A pasted line is typed, never run.
    fn paste(&mut self, text: &str, context: &mut Context<'_>) -> Taken {
        let leaks = leak::pasted(text);
        if leaks.is_empty() {
            line::paste(&mut self.input, text.trim());
            self.changed();
            self.look_into_folder(context.shared);
        } else {
            context.then.extend([Then::Close, Then::Seek(leaks)]);
        }
        Taken::Here
    }

    fn offers(&self, _command: Command, _shared: &Shared) -> Offer {
        Offer::Absent
    }

    /// What may be written is what there is under it.
    fn passes(&self, _command: Command, _seen: &Seen<'_>) -> bool {
        true
    }

    fn hints(&self, _seen: &Seen<'_>) -> Vec<Hint> {
        vec![
            Hint::new("Enter", "run"),
            Hint::new("Tab Down", "choose"),
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
