//! The one dialog behind every confirmation. It starts on Cancel, carries what it
//! confirms as data, and ignores keys that were typed before it could be read.

mod again;
mod agreed;
mod draw;
mod entry;
mod gift;
mod hints;
mod of_token;
mod reason;
mod terms;
#[cfg(test)]
mod tests;
mod word;

pub(in crate::tui) use again::{BulkAsk, bulk_question};
pub(in crate::tui) use terms::Terms;
pub(in crate::tui) use word::Word;

use reason::ReasonLine;

use ratatui::Frame;

use crate::tui::call::Call;
use crate::tui::command::{Command, Scope};
use crate::tui::hint::Hint;
use crate::tui::key::Key;
use crate::tui::keymap::Lookup;
use crate::tui::place::{Context, Place, Seen, Taken, Then};

use crate::tui::deed::Deed;
use crate::tui::guard::Guard;
use crate::tui::moment::Moment;
use crate::tui::news::News;
use crate::tui::offer::Offer;
use crate::tui::orders::Order;
use crate::tui::reply::{Answered, answer};
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::wire::Job;

/// The most letters of a word that confirms that may arrive in one piece: as many as a
/// hand has typed while a line stood still for a moment.
const AT_ONCE: usize = 4;

/// A button.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Button {
    /// Leaves everything as it is.
    #[default]
    Cancel,
    /// Goes on.
    Act,
    /// Does something else instead.
    Other,
}

/// What a third button of a question stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alternative {
    /// What it says.
    pub(crate) button: &'static str,
    /// What it does.
    pub(crate) deed: Deed,
}

/// What pressing a button came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pressed {
    /// There is one more question.
    Next,
    /// Nothing is to be done.
    Cancelled,
    /// Something is still missing, which the dialog now says.
    Missing,
    /// This is to be done.
    Confirmed(Deed),
}

/// What a confirmation wants besides a button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Nothing.
    Nothing,
    /// A word that must be typed.
    Word(Word),
    /// How long the new value lives, and the old one besides.
    Terms(Terms),
}

/// A confirmation of one or more stages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Confirm {
    /// What it is about.
    pub(crate) title: String,
    /// Account and backend concerned.
    pub(crate) place: String,
    /// The button with the focus.
    pub(crate) button: Button,
    /// Drops keys that come too early.
    pub(crate) guard: Guard,
    /// What happened since it was opened.
    pub(crate) note: Option<String>,
    /// What the backend says has to be known before.
    pub(crate) warnings: Vec<String>,
    /// What is done when all is confirmed.
    pub(crate) deed: Deed,
    /// What it wants besides a button.
    pub(crate) entry: Entry,
    /// What the last question wants besides, once it is reached.
    last: Entry,
    /// Why it is done, where that may be said.
    reason: ReasonLine,
    /// The terms that were agreed on before it.
    agreed: Option<Terms>,
    /// What the button says that leaves everything as it is.
    pub(crate) cancel: &'static str,
    /// A third button.
    pub(crate) other: Option<Alternative>,
    stages: Vec<Stage>,
    at: usize,
}

impl Confirm {
    /// A dialog at its first stage.
    pub(crate) fn new(
        title: String,
        place: String,
        stages: Vec<Stage>,
        deed: impl Into<Deed>,
    ) -> Self {
        Self {
            title,
            place,
            button: Button::Cancel,
            guard: Guard::default(),
            note: None,
            warnings: Vec::new(),
            deed: deed.into(),
            entry: Entry::Nothing,
            last: Entry::Nothing,
            reason: ReasonLine::default(),
            agreed: None,
            cancel: "Cancel",
            other: None,
            stages,
            at: 0,
        }
    }

    /// The same where that has to be known before.
    pub(crate) fn warning(self, warnings: Vec<String>) -> Self {
        Self { warnings, ..self }
    }

    /// The same with something to enter.
    pub(crate) fn wanting(self, entry: Entry) -> Self {
        Self { entry, ..self }
    }

    /// The same with something to enter at the last question; those before want a
    /// button only.
    pub(crate) fn wanting_last(self, entry: Entry) -> Self {
        if self.stages.len() > 1 { Self { last: entry, ..self } } else { self.wanting(entry) }
    }

    /// The same with another word for Cancel, and a third button.
    pub(crate) fn offering(self, cancel: &'static str, other: Alternative) -> Self {
        Self { cancel, other: Some(other), ..self }
    }

    /// What was asked about is no longer so. The box stays and says why: whoever is about
    /// to answer must not press the keys of what lies under it.
    pub(crate) fn void(&mut self, why: String) {
        self.stages = vec![Stage { text: vec![why], button: "" }];
        self.at = 0;
        self.button = Button::Cancel;
        self.deed = Deed::Nothing;
        self.entry = Entry::Nothing;
        self.last = Entry::Nothing;
        self.reason = ReasonLine::default();
        self.agreed = None;
        self.note = None;
        self.warnings.clear();
        self.cancel = "Close";
        self.other = None;
        self.guard = Guard::default();
    }

    /// Its buttons, from left to right.
    pub(crate) fn buttons(&self) -> Vec<(Button, &'static str)> {
        if self.deed == Deed::Nothing {
            return vec![(Button::Cancel, self.cancel)];
        }
        let act = self.stage().map_or("", |stage| stage.button);
        let other = self.other.as_ref().map(|other| (Button::Other, other.button));
        [(Button::Cancel, self.cancel), (Button::Act, act)].into_iter().chain(other).collect()
    }

    /// The one token it is about, if it is about one.
    pub(crate) fn order(&self) -> Option<&Order> {
        match &self.deed {
            Deed::Act(order) | Deed::Regenerate(order) => Some(order),
            Deed::Give(gift) => Some(&gift.order),
            _ => None,
        }
    }

    /// The job it is about, if it is about one that waits.
    pub(crate) fn job(&self) -> Option<&Job> {
        match &self.deed {
            Deed::Steer(steer) => Some(&steer.job),
            _ => None,
        }
    }

    /// The word being typed, while its field has the keys.
    pub(crate) fn field(&mut self) -> Option<&mut Word> {
        match &mut self.entry {
            Entry::Word(word) => Some(word),
            Entry::Nothing | Entry::Terms(_) => None,
        }
    }

    /// Puts the focus on the button to the right, or to the left.
    pub(crate) fn step(&mut self, right: bool) {
        let buttons = self.buttons();
        let at = buttons.iter().position(|(button, _)| *button == self.button).unwrap_or_default();
        let to = if right { at + 1 } else { at.saturating_sub(1) };
        if let Some((button, _)) = buttons.get(to) {
            self.focus(*button);
        }
    }

    /// Puts the focus on a button.
    pub(crate) fn focus(&mut self, button: Button) {
        self.button = button;
        self.reason.focused = false;
        if let Entry::Word(word) = &mut self.entry {
            word.focused = false;
        }
    }

    /// The question on screen.
    pub(crate) fn stage(&self) -> Option<&Stage> {
        self.stages.get(self.at)
    }

    /// A key or paste that means nothing here: whoever sent it did not read this, so
    /// it goes back to Cancel and waits.
    pub(crate) fn startle(&mut self, now: Moment) {
        self.button = Button::Cancel;
        if let Entry::Word(word) = &mut self.entry {
            word.clear();
        }
        self.guard.startle(now);
    }

    /// Text that nobody typed here: it is dropped, and where a word is wanted that is
    /// said.
    pub(crate) fn refuse(&mut self, now: Moment, why: fn(&Word) -> String) {
        self.startle(now);
        if let Entry::Word(word) = &self.entry {
            self.note = Some(why(word));
        }
    }

    /// Presses the button with the focus. The next stage starts on Cancel and
    /// waits anew.
    pub(crate) fn press(&mut self) -> Pressed {
        let in_field = matches!(&self.entry, Entry::Word(word) if word.focused);
        if self.button == Button::Cancel && !in_field {
            return Pressed::Cancelled;
        }
        if let (Button::Other, Some(other)) = (self.button, &self.other) {
            return Pressed::Confirmed(other.deed.clone());
        }
        if let Entry::Word(word) = &mut self.entry
            && !word.is_given()
        {
            word.focused = true;
            self.button = Button::Cancel;
            self.note = Some(word.missing());
            return Pressed::Missing;
        }
        self.at += 1;
        if self.stage().is_none() {
            return Pressed::Confirmed(self.deed.clone());
        }
        if self.at + 1 == self.stages.len() {
            self.entry = std::mem::replace(&mut self.last, Entry::Nothing);
        }
        self.button = Button::Cancel;
        self.guard = Guard::default();
        self.note = None;
        Pressed::Next
    }
}

impl Place for Confirm {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        match self.entry {
            Entry::Terms(_) => &[Scope::Choice, Scope::Dialog],
            Entry::Nothing | Entry::Word(_) => &[Scope::Dialog],
        }
    }

    fn called(&self) -> &'static str {
        "the question"
    }

    fn help(&self) -> &'static [(&'static str, &'static str)] {
        self.keys_of_field()
    }

    fn asks(&self) -> bool {
        true
    }

    /// It swallows what it does not know, and what comes too early; only the way out is
    /// open from its first moment.
    fn key(&mut self, key: Key, context: &mut Context<'_>) -> Taken {
        let now = context.shared.now;
        let found = context.look_up(self.scopes(&context.seen()), key);
        match found {
            // Whoever leaves a question need not have read it.
            Lookup::Found(Command::Cancel) => context.then.push(Then::Run(Command::Cancel)),
            _ if !self.guard.admits(now) => {}
            Lookup::Found(Command::Press | Command::Reason) if self.reason.focused => {
                self.turn_to_reason();
            }
            _ if self.reason.focused => self.reasoned(key),
            _ if self.field().is_some_and(|word| word.take(key)) => {}
            _ if self.types(key) => {}
            Lookup::Found(command) => context.then.push(Then::Run(command)),
            // It lies over the question, and answers nothing.
            Lookup::Prefix | Lookup::Unknown if context.is_for_help(key) => {
                context.then.push(Then::Run(Command::Help));
            }
            Lookup::Prefix | Lookup::Unknown => self.startle(now),
        }
        Taken::Here
    }

    fn paste(&mut self, text: &str, context: &mut Context<'_>) -> Taken {
        let now = context.shared.now;
        if self.reason.focused {
            self.note = self.reason.paste(text).map(str::to_owned);
        } else if !self.guard.is_open(now) || !self.pastes(text) {
            self.refuse(now, Word::pasted);
        }
        Taken::Here
    }

    fn refuses(&mut self, letters: usize, now: Moment) -> bool {
        let open = self.guard.is_open(now) && !self.reason.focused;
        let refused = letters > AT_ONCE && open && self.field().is_some();
        if refused {
            self.refuse(now, Word::at_once);
        }
        refused
    }

    fn offers(&self, command: Command, shared: &Shared) -> Offer {
        if command == Command::Reason {
            return Offer::of(self.takes_reason(shared));
        }
        Offer::of(matches!(command.row().scope, Scope::Dialog | Scope::Choice))
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        match command {
            Command::PreviousButton => self.step(false),
            Command::NextButton => self.step(true),
            Command::PreviousChoice => self.choose(|terms| terms.choose(false)),
            Command::NextChoice => self.choose(|terms| terms.choose(true)),
            Command::OtherField => self.choose(Terms::turn),
            Command::Reason => self.turn_to_reason(),
            Command::Press if self.refuses_terms(context.shared) => {}
            Command::Press if self.button == Button::Act && self.refuses_reason() => {}
            Command::Press => {
                self.agree(context.shared);
                match self.press() {
                    Pressed::Next | Pressed::Missing => {}
                    Pressed::Cancelled => context.then.push(Then::Close),
                    Pressed::Confirmed(deed) => {
                        context.then.extend([Then::Close, Then::Carry(self.settled(deed))]);
                    }
                }
            }
            _ => return Taken::NotMine,
        }
        Taken::Here
    }

    /// The plan that it is about, as it would be now.
    fn answer(&mut self, answered: Answered, context: &mut Context<'_>) -> Option<Answered> {
        let Answered { ticket, call, result } = answered;
        match call {
            Call::Plan(proposal) if proposal.again => {
                self.planned_again(*proposal, answer(result), context.shared);
            }
            Call::PlanHolders(proposal) if proposal.again => {
                self.planned_again(*proposal, answer(result), context.shared);
            }
            call => return Some(Answered { ticket, call, result }),
        }
        None
    }

    fn heed(&mut self, news: &News, context: &mut Context<'_>) {
        self.hear(news, context);
    }

    fn guard(&self) -> Option<&Guard> {
        Some(&self.guard)
    }

    fn guard_mut(&mut self) -> Option<&mut Guard> {
        Some(&mut self.guard)
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        self.hinted(seen)
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        draw::draw(seen, self, frame);
    }
}
