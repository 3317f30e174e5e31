//! What can only be read: help, messages, a report, all that is known of an entry. The help
//! lies on top of the place that it is of, and is searched.

mod draw;
mod entry;
mod help;
mod words;

use ratatui::Frame;

use crate::tui::bulk::Reason;
use crate::tui::command::{Command, Scope};
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::key::Key;
use crate::tui::list_view::{moves, target};
use crate::tui::news::News;
use crate::tui::offer::Offer;
use crate::tui::place::{Context, Cover, Place, Seen, Stack, Taken, Then, is_a};
use crate::tui::shared::Shared;

use words::HelpWords;

/// A text over the screen.
#[derive(Debug)]
pub(in crate::tui) struct Reader {
    /// What it is.
    pub(in crate::tui) text: Text,
    /// Lines scrolled off its top.
    pub(in crate::tui) scroll: usize,
    /// The words that the help is narrowed by.
    words: HelpWords,
}

/// What there is to read.
#[derive(Debug)]
pub(in crate::tui) enum Text {
    /// The keys of the place under it, and the words of other products (R13).
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
        Self { text, scroll: 0, words: HelpWords::default() }
    }

    /// Whether it is about this program, and not about what a backend keeps.
    pub(in crate::tui) fn is_of_program(&self) -> bool {
        matches!(self.text, Text::Help | Text::Messages)
    }

    /// Whether it is about the entry under the cursor.
    pub(in crate::tui) fn is_entry(&self) -> bool {
        matches!(self.text, Text::Entry)
    }

    /// Whether it is the help.
    pub(in crate::tui) fn is_help(&self) -> bool {
        matches!(self.text, Text::Help)
    }
}

/// Whether a command leaves alone what lies under the help, be it a question.
fn stays_here(command: Command) -> bool {
    use Command::{Back, Help, Interrupt, Quit, Repaint, Suspend};
    matches!(command, Back | Help | Interrupt | Quit | Repaint | Suspend)
}

impl Stack {
    /// Lays the help of what is on top over it, or takes it away.
    pub(in crate::tui) fn toggle_help(&mut self) {
        if !self.close_help() {
            self.push(Reader::of(Text::Help));
        }
    }

    /// Opens the messages, or closes them, and replaces another list that can only be read.
    pub(in crate::tui) fn toggle_messages(&mut self) {
        let had_help = self.close_help();
        let open = self.top::<Reader>().is_some_and(|top| matches!(top.text, Text::Messages));
        if open && had_help {
            return;
        }
        self.close_what_gives_way();
        if !open {
            self.push(Reader::of(Text::Messages));
        }
    }

    /// Takes the help away, where it lies on top.
    fn close_help(&mut self) -> bool {
        self.top::<Reader>().is_some_and(Reader::is_help) && self.pop()
    }
}

impl Place for Reader {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        if self.is_entry() {
            return &[Scope::Act, Scope::Move, Scope::Global];
        }
        &[Scope::Move, Scope::Global]
    }

    fn called(&self) -> &'static str {
        match self.text {
            Text::Help => "the help",
            Text::Messages => "messages",
            Text::Report { .. } => "the report",
            Text::Entry => "the entry",
        }
    }

    fn takes_text(&self) -> bool {
        self.words.is_typed()
    }

    fn key(&mut self, key: Key, context: &mut Context<'_>) -> Taken {
        let taken = self.words.take(key, context.shared);
        if taken == Taken::Here {
            self.scroll = 0;
        }
        taken
    }

    fn paste(&mut self, text: &str, context: &mut Context<'_>) -> Taken {
        self.words.paste(text, context.shared)
    }

    fn offers(&self, command: Command, _shared: &Shared) -> Offer {
        Offer::of(moves(command) || (command == Command::Search && self.is_help()))
    }

    /// The help leaves what it is of as it is: from a question or a value no key leads away
    /// through it.
    fn passes(&self, command: Command, seen: &Seen<'_>) -> bool {
        let mut under = seen.layers.downwards().filter(|place| !is_a::<Self>(*place));
        let is_kept = |place: &dyn Place| !place.gives_way() && place.cover() != Cover::Whole;
        let stays = self.is_help() && under.next().is_some_and(is_kept);
        self.scopes(seen).contains(&command.row().scope) && (!stays || stays_here(command))
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        if command == Command::Search && self.is_help() {
            self.words.open();
            return Taken::Here;
        }
        let (height, lines) = self.extent(&context.seen());
        match target(command, self.scroll, height.max(1), lines.saturating_sub(height)) {
            Some(scroll) => self.scroll = scroll,
            None => return Taken::NotMine,
        }
        Taken::Here
    }

    /// Words that narrow it go before it does.
    fn leave(&mut self, context: &mut Context<'_>) {
        if !self.words.clear() {
            context.then.push(Then::Close);
        }
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
            | News::Jobs
            | News::Ended(_)
            | News::Written => {}
        }
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        if self.words.is_typed() {
            return vec![Hint::new("Enter", "keep"), Hint::new("Esc", "clear")];
        }
        let key = |command| seen.keymap.first_key_of(command);
        let scroll = format!("{} {}", key(Command::Down), key(Command::Up));
        let mut hints = vec![Hint::new(scroll, "scroll")];
        if self.is_help() {
            hints.push(Hint::new(key(Command::Search), "find"));
        }
        if self.is_entry() {
            hints.extend(hints::danger(seen));
        }
        let back = if self.words.value().is_empty() { "close" } else { "clear" };
        hints.push(Hint::new(key(Command::Back), back));
        if self.is_help() { hints } else { hints::with_help(seen, hints) }
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, self, frame);
    }
}
