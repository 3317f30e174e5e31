//! What can only be read: help, messages, a report, all that is known of an entry.

mod draw;
mod entry;
mod help;

use ratatui::Frame;

use crate::tui::bulk::Reason;
use crate::tui::command::{Command, Scope};
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::list_view::{moves, target};
use crate::tui::news::News;
use crate::tui::offer::Offer;
use crate::tui::place::{Context, Place, Seen, Stack, Taken};
use crate::tui::shared::Shared;

/// A text over the screen.
#[derive(Debug)]
pub(in crate::tui) struct Reader {
    /// What it is.
    pub(in crate::tui) text: Text,
    /// Lines scrolled off its top.
    pub(in crate::tui) scroll: usize,
}

/// What there is to read.
#[derive(Debug)]
pub(in crate::tui) enum Text {
    /// The keys in force and the words of other products (R13).
    Help,
    /// The messages so far.
    Messages,
    /// What came of a bulk action, where a message can't say it (R52).
    Report {
        /// How it ended, in one line.
        title: String,
        /// Why some tokens were not changed.
        reasons: Vec<Reason>,
    },
    /// All that is known of the entry under the cursor of the catalogue.
    Entry,
}

impl Reader {
    /// A text from its top.
    pub(in crate::tui) fn of(text: Text) -> Self {
        Self { text, scroll: 0 }
    }

    /// Whether it is about this program, and not about what a backend keeps.
    pub(in crate::tui) fn is_of_program(&self) -> bool {
        matches!(self.text, Text::Help | Text::Messages)
    }

    /// Whether it is about the entry under the cursor.
    pub(in crate::tui) fn is_entry(&self) -> bool {
        matches!(self.text, Text::Entry)
    }
}

impl Stack {
    /// Opens help or messages, closes it where it is open, and replaces the other.
    pub(in crate::tui) fn toggle_reader(&mut self, text: Text) {
        let open = self.take::<Reader>();
        let same = open.as_ref().is_some_and(|open| {
            std::mem::discriminant(&open.text) == std::mem::discriminant(&text)
        });
        if open.is_none() {
            self.close_what_gives_way();
        }
        if !same {
            self.push(Reader::of(text));
        }
    }
}

impl Place for Reader {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        if self.is_entry() {
            return &[Scope::Act, Scope::Move, Scope::Global];
        }
        &[Scope::Move, Scope::Global]
    }

    fn offers(&self, command: Command, _shared: &Shared) -> Offer {
        Offer::of(moves(command))
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        let (height, lines) = self.extent(&context.seen());
        match target(command, self.scroll, height.max(1), lines.saturating_sub(height)) {
            Some(scroll) => self.scroll = scroll,
            None => return Taken::NotMine,
        }
        Taken::Here
    }

    fn settle(&mut self, seen: &Seen<'_>) {
        let (height, lines) = self.extent(seen);
        self.scroll = self.scroll.min(lines.saturating_sub(height));
    }

    /// Something to read stays something to read: the next key is meant for it.
    fn heed(&mut self, news: &News, context: &mut Context<'_>) {
        match news {
            News::Known if self.is_entry() && context.screens.shelf.current().is_none() => {
                let title = "This entry is no longer here".to_owned();
                *self = Self::of(Text::Report { title, reasons: vec![] });
            }
            News::Known
            | News::Tokens
            | News::Users
            | News::Token(_)
            | News::Gone(_)
            | News::Ended(_)
            | News::Written => {}
        }
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        let key = |command| seen.keymap.first_key_of(command);
        let scroll = format!("{} {}", key(Command::Down), key(Command::Up));
        let mut hints = vec![Hint::new(scroll, "scroll")];
        if self.is_entry() {
            hints.extend(hints::danger(seen));
        }
        hints.push(Hint::new(key(Command::Back), "close"));
        hints
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, self, frame);
    }
}
