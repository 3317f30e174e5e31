//! Choosing from a list that lies over the screen: columns, sort order, account,
//! backend, filters. An entry carries what choosing it means as data.

mod account;
mod arrangement;
mod backends;
mod draw;
mod entry;
mod events;
mod filters;
mod keys;
mod named;
mod receivers;
mod users;
mod views;

use ratatui::Frame;
use tui_input::Input as LineInput;

use crate::domain::HolderVerb;
use crate::tui::command::Scope;
use crate::tui::hint::Hint;
use crate::tui::key::Key;
use crate::tui::offer::Offer;
use crate::tui::place::{Context, Place, Seen, Taken};
use crate::tui::shared::Shared;

use super::command::Command;
use super::line::Words;
use super::list_view::{ListView, moves};

pub(super) use entry::{Choice, Entry};
pub(super) use events::EventDraft;
pub(super) use filters::Draft;
pub(super) use receivers::Giving;
pub(super) use users::{UserDraft, title as user_column};
pub(super) use views::ViewChoice;

/// What is chosen.
#[derive(Debug, Clone)]
pub(super) enum Subject {
    /// The columns of the list (R35).
    Columns,
    /// The order of the list (R45).
    Sort,
    /// Whose tokens are listed (R10).
    Account,
    /// Which backend is asked (R2).
    Backend,
    /// What the list shows, by the name it is kept under.
    Views(Vec<ViewChoice>),
    /// What narrows the list; nothing of it is in force before it is applied.
    Filters(Box<Draft>),
    /// The order of the users.
    UserSort,
    /// What narrows the users, and the modules they are asked about.
    UserFilters(Box<UserDraft>),
    /// What narrows the audit trail.
    Events(Box<EventDraft>),
    /// Who gets a token, or the selected ones.
    Receiver(Box<Giving>),
}

impl Subject {
    /// The filters, as they are in force.
    pub(super) fn filters(seen: &Seen<'_>) -> Self {
        Self::Filters(Box::new(Draft::of(&seen.screens.tokens().filters, seen)))
    }

    /// Those of the users, as they are in force.
    pub(super) fn user_filters(seen: &Seen<'_>) -> Self {
        Self::UserFilters(Box::new(UserDraft::of(&seen.screens.users.list.query)))
    }

    /// Whether letters narrow the entries from the first: one of them is chosen, and
    /// there is nothing else to do.
    pub(super) fn is_typed(&self) -> bool {
        matches!(self, Self::Account | Self::Backend | Self::Views(_) | Self::Receiver(_))
    }
}

/// A list to choose from.
#[derive(Debug)]
pub(super) struct Picker {
    /// What is chosen.
    pub(super) subject: Subject,
    /// The entries that match.
    list: ListView<Vec<Choice>>,
    /// Whether arrows or words put the cursor where it is in its field.
    pub(super) moved: bool,
    /// Whether anything was chosen.
    pub(super) touched: bool,
    /// What the entries are narrowed by.
    pub(super) words: Words,
    /// Whether letters are typed into it now.
    pub(super) finding: bool,
    /// What is wrong with what was typed.
    pub(super) error: Option<String>,
    /// What was asked for before a module was chosen, and goes on once one is.
    pub(super) then: Option<HolderVerb>,
}

impl Picker {
    /// A picker, before any key.
    pub(super) fn new(subject: Subject) -> Self {
        let finding = subject.is_typed();
        Self {
            subject,
            list: ListView::default(),
            moved: false,
            touched: false,
            words: Words::default(),
            finding,
            error: None,
            then: None,
        }
    }

    /// Whether Enter takes the entry under the cursor, because nothing was ticked and
    /// the cursor was put there.
    pub(super) fn takes_the_one_here(&self) -> bool {
        self.moved && !self.touched
    }

    /// What it is called.
    pub(super) fn title(&self) -> &'static str {
        match self.subject {
            Subject::Columns => "Columns",
            Subject::Sort | Subject::UserSort => "Sort by",
            Subject::Account => "Account",
            Subject::Backend => "Backend",
            Subject::Views(_) => "Views",
            Subject::Filters(_) | Subject::UserFilters(_) | Subject::Events(_) => "Filters",
            Subject::Receiver(_) => "Hand over to",
        }
    }

    /// What a key does here, in few words; nothing where it does nothing.
    pub(super) fn word(&self, command: Command) -> Option<&'static str> {
        use Subject::{
            Account, Backend, Columns, Events, Filters, Receiver, Sort, UserFilters, UserSort,
            Views,
        };
        match (command, &self.subject) {
            (Command::ClosePicker, _) => Some("close"),
            (Command::Take, Account | Backend | Views(_) | Receiver(_)) => Some("choose"),
            (Command::Take, _) if self.finding => Some("done"),
            (_, Account | Backend | Views(_) | Receiver(_)) => None,
            _ if self.finding => None,
            (Command::Find, _) => Some("find"),
            (Command::Tick, Columns) => Some("show/hide"),
            (Command::Tick, Sort) => Some("add"),
            (Command::Tick, Filters(_) | UserFilters(_) | Events(_)) => Some("tick"),
            (Command::Take, Sort | UserSort) if !self.touched => Some("sort by it"),
            (Command::Take, Filters(_) | UserFilters(_) | Events(_)) => Some("apply"),
            (Command::Take, _) => Some("done"),
            (Command::ClearField, Sort) => Some("take away"),
            (Command::ClearField, Filters(_) | UserFilters(_) | Events(_)) => Some("clear field"),
            (Command::NextField, Filters(_) | UserFilters(_) | Events(_)) => Some("next field"),
            _ => None,
        }
    }

    /// What the words of the keys leave unsaid.
    pub(super) fn hint(&self, model: &Seen<'_>) -> String {
        let key = |command| model.keymap.first_key_of(command);
        match self.subject {
            Subject::Columns => "one just shown outranks the others".to_owned(),
            Subject::Sort => format!(
                "{} by it alone, again reverses; {} as one key more",
                key(Command::Take),
                key(Command::Tick)
            ),
            Subject::UserSort => format!("{} again reverses", key(Command::Take)),
            // The same before and after moving: another text would cost a move its bytes.
            Subject::Filters(_) | Subject::UserFilters(_) | Subject::Events(_) => {
                format!("{} takes what is ticked, or the one moved to", key(Command::Take))
            }
            Subject::Account | Subject::Backend | Subject::Views(_) | Subject::Receiver(_) => {
                String::new()
            }
        }
    }

    /// All there is to choose from.
    pub(super) fn all(&self, model: &Seen<'_>) -> Vec<Entry> {
        match &self.subject {
            Subject::Columns => arrangement::columns(model),
            Subject::Sort => arrangement::sort(model),
            Subject::Account => account::entries(model),
            Subject::Backend => backends::entries(model),
            Subject::Views(all) => views::entries(all),
            Subject::Filters(draft) => draft.entries(model),
            Subject::UserSort => users::sort(model),
            Subject::UserFilters(draft) => draft.entries(model),
            Subject::Events(draft) => draft.entries(model),
            Subject::Receiver(giving) => receivers::entries(giving, model),
        }
    }

    /// What matches the words typed.
    pub(super) fn entries(&self, model: &Seen<'_>) -> Vec<Entry> {
        let mut entries = self.all(model);
        entries.retain(|entry| entry.matches(self.words.value()));
        entries
    }

    /// The list over what matches now.
    pub(super) fn over(&self, entries: &[Entry]) -> ListView<Vec<Choice>> {
        self.list.over(entries.iter().map(|entry| entry.choice))
    }

    /// The field under the cursor, if letters are typed into it.
    pub(super) fn field_mut(&mut self, choice: Option<Choice>) -> Option<&mut LineInput> {
        match &mut self.subject {
            Subject::Filters(draft) => draft.line_mut(choice?),
            Subject::Events(draft) => draft.line_mut(choice?),
            _ => None,
        }
    }
}

impl Place for Picker {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Pick, Scope::Move]
    }

    fn called(&self) -> &'static str {
        match self.subject {
            Subject::Columns => "columns",
            Subject::Sort | Subject::UserSort => "the order",
            Subject::Account => "the account",
            Subject::Backend => "the backend",
            Subject::Filters(_) | Subject::UserFilters(_) | Subject::Events(_) => "filters",
            Subject::Views(_) => "views",
            Subject::Receiver(_) => "who gets it",
        }
    }

    fn help(&self) -> &'static [(&'static str, &'static str)] {
        if self.finding {
            return &[
                ("letters", "narrow the entries"),
                ("Up  Down", "the entry before, the next"),
            ];
        }
        &[]
    }

    fn asks(&self) -> bool {
        true
    }

    fn takes_text(&self) -> bool {
        self.finding
    }

    fn key(&mut self, key: Key, context: &mut Context<'_>) -> Taken {
        self.on_key(key, context)
    }

    fn paste(&mut self, text: &str, context: &mut Context<'_>) -> Taken {
        self.paste_text(text, context);
        Taken::Here
    }

    fn offers(&self, command: Command, _shared: &Shared) -> Offer {
        Offer::of(moves(command) || command.row().scope == Scope::Pick)
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        self.on_command(command, context)
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        // The way out last, as everywhere.
        let commands = Command::all().filter(|command| command.row().scope == Scope::Pick);
        let mut hints: Vec<_> = commands
            .filter_map(|command| {
                Some(Hint::new(seen.keymap.first_key_of(command), self.word(command)?))
            })
            .collect();
        if self.finding {
            // Letters are typed there, so that only the arrows move.
            hints.insert(0, Hint::new("type", "to find"));
            hints.insert(hints.len() - 1, Hint::new("Up Down", "move"));
        }
        hints
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, self, frame);
    }
}
