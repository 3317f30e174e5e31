//! A place: what can be on top of what is shown, and then has the keys. It knows what it
//! keeps, what a key means in it, and how it looks; what lies under it, it does not know.

mod seen;
mod stack;

use std::any::Any;
use std::fmt;
use std::path::Path;

use ratatui::Frame;

use crate::domain::leak::Leak;
use crate::domain::{AccountId, HolderVerb};
use crate::wire::{Issued, TokenView};

use crate::text::safe_line;
use crate::tui::clipboard::Clip;
use crate::tui::command::{Command, Scope};
use crate::tui::copied::CopyStep;
use crate::tui::deed::Deed;
use crate::tui::guard::Guard;
use crate::tui::hint::Hint;
use crate::tui::key::Key;
use crate::tui::keymap::Lookup;
use crate::tui::moment::Moment;
use crate::tui::news::News;
use crate::tui::offer::Offer;
use crate::tui::reply::{Answered, Known};
use crate::tui::screens::Screens;
use crate::tui::shared::Shared;
use crate::tui::trail::EventFilters;
use crate::tui::wish::Wish;

pub(in crate::tui) use seen::Seen;
pub(in crate::tui) use stack::{Stack, as_a, is_a};

/// What a place may change besides itself.
pub(in crate::tui) struct Context<'a> {
    /// What every place may know.
    pub(in crate::tui) shared: &'a mut Shared,
    /// The screens.
    pub(in crate::tui) screens: &'a mut Screens,
    /// What lies under the place.
    pub(in crate::tui) under: &'a Stack,
    /// Keys of a sequence that waits for its next key.
    pub(in crate::tui) pending: &'a [Key],
    /// What is to be done once the place has said all it wants, in its order.
    pub(in crate::tui) then: Vec<Then>,
}

impl Context<'_> {
    /// What reasons look at.
    pub(in crate::tui) fn seen(&self) -> Seen<'_> {
        Seen {
            shared: self.shared,
            screens: self.screens,
            layers: self.under,
            pending: self.pending,
        }
    }

    /// Whether a key leads to the help, wherever it is pressed.
    pub(in crate::tui) fn is_for_help(&self, key: Key) -> bool {
        self.look_up(&[Scope::Global], key) == Lookup::Found(Command::Help)
    }

    /// What a key stands for there.
    pub(in crate::tui) fn look_up(&self, scopes: &[Scope], key: Key) -> Lookup {
        self.shared.keymap.look_up(scopes, &[key])
    }
}

/// What a place wants done to the stack it lies on.
#[derive(Debug)]
pub(in crate::tui) enum Then {
    /// This lies on top.
    Open(Box<dyn Place>),
    /// The place itself goes.
    Close,
    /// Whatever lies on top then does this, or says why it can't.
    Run(Command),
    /// This was confirmed.
    Carry(Deed),
    /// This unconfirmed change is ordered once more.
    OrderAgain(u64),
    /// The tokens of this account are listed, or of all.
    ChooseAccount(Option<AccountId>),
    /// That backend is gone to.
    SwitchTo(String),
    /// It is asked what this would come to for the selected users.
    Propose(HolderVerb),
    /// The tokens are looked for that somebody gave away.
    Seek(Vec<Leak>),
    /// This was asked for on the command line.
    Fulfil(Wish),
    /// A value goes to the clipboard, or is shown where it just went there.
    Copy(Clip),
    /// This lies on the screen alone: all else goes.
    Alone(Box<dyn Place>),
    /// This lies on top, unless something is asked there.
    Offer(Box<dyn Place>),
    /// What comes of what is seen now lies on top.
    Build(fn(&Seen<'_>) -> Box<dyn Place>),
    /// The user under the cursor is opened.
    OpenUser,
    /// A text goes to the clipboard, or is shown.
    Deliver(Clip, CopyStep),
    /// Everybody hears of this.
    Tell(News),
    /// The audit trail is narrowed by these.
    FilterTrail(Box<EventFilters>),
    /// It is narrowed to the record of that id or name; without one, to none.
    NarrowTrailTo(String),
    /// The details of this token are shown, and nothing over them.
    OpenToken(Box<TokenView>),
    /// A token has a new value, or at least a new state, and is shown with it.
    Show(Box<Issued>),
    /// The backend answered for the first time: this is who is at work there.
    Begin(Known),
}

/// What a screen may change besides itself.
pub(in crate::tui) struct Outside<'a> {
    /// What every place may know.
    pub(in crate::tui) shared: &'a mut Shared,
    /// What lies over it.
    pub(in crate::tui) over: &'a Stack,
    /// Whether it is the screen that is shown.
    pub(in crate::tui) shown: bool,
    /// What is to be done once it has said all it wants, in its order.
    pub(in crate::tui) then: Vec<Then>,
}

impl Outside<'_> {
    /// Lays a dialog on top.
    pub(in crate::tui) fn open(&mut self, place: impl Place) {
        self.then.push(Then::Open(Box::new(place)));
    }

    /// Asks in a dialog that says where the operator looks.
    pub(in crate::tui) fn here(&self) -> String {
        safe_line(&format!("{}  {}", self.shared.place(), self.shared.backend()))
    }
}

/// How much of the screen a place takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) enum Cover {
    /// One line that the screen leaves to it.
    Line,
    /// A part: the screen is still seen around it or through its keys.
    Part,
    /// All of it, and the keys that are in force without it.
    Whole,
}

/// Whose business something was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::tui) enum Taken {
    /// The place's own: nobody else is asked.
    Here,
    /// Not its own: whatever lies under it is asked.
    NotMine,
}

/// What can be on top.
pub(in crate::tui) trait Place: Any + fmt::Debug + Send {
    /// Where keys are looked up, innermost first.
    fn scopes(&self, seen: &Seen<'_>) -> &'static [Scope];

    /// Whether letters are text here.
    fn takes_text(&self) -> bool {
        false
    }

    /// How much of the screen it takes.
    fn cover(&self) -> Cover {
        Cover::Part
    }

    /// Whether the backend has not yet answered a change it asked for.
    fn is_at_work(&self) -> bool {
        false
    }

    /// What the help calls it.
    fn called(&self) -> &'static str {
        "this place"
    }

    /// Keys that the help tells of besides those of the keymap, with what they do.
    fn help(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// Whether it asks something, so that nothing may cover it or close it.
    fn asks(&self) -> bool {
        false
    }

    /// Whether it can only be read, so that a search or a switch of backends closes it.
    fn gives_way(&self) -> bool {
        !self.asks()
    }

    /// What keeps early keys from it.
    fn guard(&self) -> Option<&Guard> {
        None
    }

    /// The same, to change it.
    fn guard_mut(&mut self) -> Option<&mut Guard> {
        None
    }

    /// When something happens to it by itself.
    fn deadline(&self) -> Option<Moment> {
        None
    }

    /// A moment came that it waited for.
    fn due(&mut self, _context: &mut Context<'_>) {}

    /// A key, before anybody looks up what it stands for.
    fn key(&mut self, _key: Key, _context: &mut Context<'_>) -> Taken {
        Taken::NotMine
    }

    /// Pasted text.
    fn paste(&mut self, _text: &str, _context: &mut Context<'_>) -> Taken {
        Taken::NotMine
    }

    /// Whether it takes so many letters in one piece for a paste, which it then dropped.
    fn refuses(&mut self, _letters: usize, _now: Moment) -> bool {
        false
    }

    /// One step back from it.
    fn leave(&mut self, context: &mut Context<'_>) {
        context.then.push(Then::Close);
    }

    /// What it shows, or the screen, has another size now.
    fn settle(&mut self, _seen: &Seen<'_>) {}

    /// An answer of the backend; it is given back where another asked.
    fn answer(&mut self, answered: Answered, _context: &mut Context<'_>) -> Option<Answered> {
        Some(answered)
    }

    /// Something happened that others asked for, or that came by itself.
    fn heed(&mut self, _news: &News, _context: &mut Context<'_>) {}

    /// What a command is here.
    fn offers(&self, command: Command, shared: &Shared) -> Offer;

    /// Whether a command that it does not have is asked of what lies under it: one that its
    /// keys lead to.
    fn passes(&self, command: Command, seen: &Seen<'_>) -> bool {
        // What lies over the tokens goes to none of them.
        let goes_on = matches!(command, Command::NextToken | Command::PreviousToken);
        !goes_on && self.scopes(seen).contains(&command.row().scope)
    }

    /// A command.
    fn run(&mut self, _command: Command, _context: &mut Context<'_>) -> Taken {
        Taken::NotMine
    }

    /// Whether what it lists can be written to a file of that name, where it lists anything; the
    /// error says what would be right.
    fn may_write(&self, _path: &Path) -> Option<Result<(), String>> {
        None
    }

    /// The keys that the footer tells of.
    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint>;

    /// Its picture.
    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>);
}
