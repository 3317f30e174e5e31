//! A search while it is typed (R36, R37): it narrows the list under it with every letter.
//! It lies on one line of the screen, and every key is its own.

use crossterm::event::KeyCode;
use ratatui::Frame;

use crate::domain::leak::{self, Leak};
use crate::tui::command::{Command, Scope};
use crate::tui::hint::Hint;
use crate::tui::key::Key;
use crate::tui::line::Words;
use crate::tui::offer::Offer;
use crate::tui::paint::{clear, put_typed};
use crate::tui::place::{Context, Cover, Place, Seen, Taken, Then};
use crate::tui::search::SearchIn;
use crate::tui::shared::Shared;

/// A search while it is typed.
#[derive(Debug)]
pub(in crate::tui) struct Search {
    /// What it looks at.
    pub(in crate::tui) within: SearchIn,
    /// What was typed so far.
    pub(in crate::tui) words: Words,
}

impl Search {
    fn look(&self, text: String, context: &mut Context<'_>) {
        context.screens.search_for(context.shared, self.within, text);
    }

    fn look_as_typed(&self, context: &mut Context<'_>) {
        let text = self.words.value().to_owned();
        match leak::find(&text) {
            // More of it may be to come, and no part of a secret is asked for.
            Some(Leak::Part(_)) => {}
            Some(leak) => context.then.push(Then::Seek(vec![leak])),
            None => self.look(text, context),
        }
    }
}

impl Place for Search {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[]
    }

    fn called(&self) -> &'static str {
        "the search"
    }

    fn help(&self) -> &'static [(&'static str, &'static str)] {
        &[
            ("letters", "what is searched for, as it stands: the rows follow"),
            ("Enter", "keep what was found, and go back to the list"),
            ("Esc", "search for nothing any more"),
        ]
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn cover(&self) -> Cover {
        Cover::Line
    }

    fn offers(&self, _command: Command, _shared: &Shared) -> Offer {
        Offer::Absent
    }

    fn key(&mut self, key: Key, context: &mut Context<'_>) -> Taken {
        match key.code() {
            KeyCode::Enter => {
                if let Some(leak) = leak::find(self.words.value()) {
                    context.then.push(Then::Seek(vec![leak]));
                } else {
                    self.look(self.words.value().trim().to_owned(), context);
                    context.then.push(Then::Close);
                }
            }
            KeyCode::Esc => self.leave(context),
            _ if self.words.take(key) => self.look_as_typed(context),
            _ if context.is_for_help(key) => context.then.push(Then::Run(Command::Help)),
            _ => {}
        }
        Taken::Here
    }

    fn paste(&mut self, text: &str, context: &mut Context<'_>) -> Taken {
        let leaks = leak::pasted(text);
        if leaks.is_empty() {
            self.words.paste(text);
            self.look_as_typed(context);
        } else {
            context.then.push(Then::Seek(leaks));
        }
        Taken::Here
    }

    /// Gives it up, and what it searched for.
    fn leave(&mut self, context: &mut Context<'_>) {
        self.look(String::new(), context);
        context.then.push(Then::Close);
    }

    fn hints(&self, _seen: &Seen<'_>) -> Vec<Hint> {
        let mut hints = vec![Hint::new("Enter", "keep")];
        if self.words.are_selected() {
            hints.extend([Hint::new("letters", "replace"), Hint::new("Left Right", "edit")]);
        }
        hints.push(Hint::new("Esc", "clear"));
        hints
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        let area = seen.areas_in(frame.area()).filter;
        let mark = match self.within {
            SearchIn::Name | SearchIn::User | SearchIn::Entry => "/",
            SearchIn::Guid => "#",
        };
        clear(frame, area);
        put_typed(&seen.theme, mark, &self.words, true, frame, area);
    }
}
