//! A place: what can be on top of what is shown, and then has the keys. It knows what it
//! keeps, what a key means in it, and how it looks; what lies under it, it does not know.

use std::any::Any;
use std::fmt;
use std::ops::Deref;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::domain::leak::Leak;
use crate::domain::{AccountId, HolderVerb};
use crate::wire::TokenView;

use super::clipboard::Clip;
use super::command::{Command, Scope};
use super::deed::Deed;
use super::focus::Focus;
use super::form::Form;
use super::guard::Guard;
use super::hint::Hint;
use super::key::Key;
use super::keymap::Lookup;
use super::layout::Areas;
use super::list_view::Sight;
use super::moment::Moment;
use super::screen::Screen;
use super::screens::Screens;
use super::search::Search;
use super::shared::Shared;
use super::wish::Wish;

/// What a place may change besides itself.
pub(super) struct Context<'a> {
    /// What every place may know.
    pub(super) shared: &'a mut Shared,
    /// The screens.
    pub(super) screens: &'a mut Screens,
    /// What lies under the place.
    pub(super) under: &'a Stack,
    /// The form under all that lies over the screen.
    pub(super) form: Option<&'a Form>,
    /// Keys of a sequence that waits for its next key.
    pub(super) pending: &'a [Key],
    /// What is to be done once the place has said all it wants, in its order.
    pub(super) then: Vec<Then>,
}

impl Context<'_> {
    /// What reasons look at.
    pub(super) fn seen(&self) -> Seen<'_> {
        Seen {
            shared: self.shared,
            screens: self.screens,
            layers: self.under,
            form: self.form,
            search: None,
            pending: self.pending,
            asking: false,
        }
    }

    /// What a key stands for there.
    pub(super) fn look_up(&self, scopes: &[Scope], key: Key) -> Lookup {
        self.shared.keymap.look_up(scopes, &[key])
    }
}

/// What a place wants done to the stack it lies on.
#[derive(Debug)]
pub(super) enum Then {
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
}

/// Whose business something was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// The place's own: nobody else is asked.
    Here,
    /// Not its own: whatever lies under it is asked.
    NotMine,
}

/// What can be on top.
pub(super) trait Place: Any + fmt::Debug + Send {
    /// Where keys are looked up, innermost first.
    fn scopes(&self, seen: &Seen<'_>) -> &'static [Scope];

    /// Whether letters are text here.
    fn takes_text(&self) -> bool {
        false
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

    /// A command.
    fn run(&mut self, _command: Command, _context: &mut Context<'_>) -> Taken {
        Taken::NotMine
    }

    /// The keys that the footer tells of.
    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint>;

    /// Its picture.
    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>);
}

/// What lies over the screen, the top last.
#[derive(Debug, Default)]
pub(super) struct Stack(Vec<Box<dyn Place>>);

impl Stack {
    /// Whether nothing lies over the screen.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// From the lowest to the top.
    pub(super) fn iter(&self) -> impl Iterator<Item = &dyn Place> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// What lies on top.
    pub(super) fn last(&self) -> Option<&dyn Place> {
        self.0.last().map(AsRef::as_ref)
    }

    /// The same, to change it.
    pub(super) fn last_mut(&mut self) -> Option<&mut (dyn Place + 'static)> {
        self.0.last_mut().map(AsMut::as_mut)
    }

    /// What lies on top, where it is of that kind.
    pub(super) fn top<P: Place>(&self) -> Option<&P> {
        self.last().and_then(as_a)
    }

    /// The same, to change it.
    pub(super) fn top_mut<P: Place>(&mut self) -> Option<&mut P> {
        let top: &mut dyn Any = self.last_mut()?;
        top.downcast_mut()
    }

    /// All of that kind, to change them.
    pub(super) fn each_mut<P: Place>(&mut self) -> impl Iterator<Item = &mut P> {
        self.0.iter_mut().filter_map(|place| {
            let place: &mut dyn Any = place.as_mut();
            place.downcast_mut()
        })
    }

    /// Whether a question or a choice is open that nothing may cover.
    pub(super) fn asks(&self) -> bool {
        self.last().is_some_and(Place::asks)
    }

    /// What keeps early keys from what lies on top.
    pub(super) fn guard(&self) -> Option<&Guard> {
        self.last().and_then(Place::guard)
    }

    /// The same, to change it.
    pub(super) fn guard_mut(&mut self) -> Option<&mut Guard> {
        self.last_mut().and_then(Place::guard_mut)
    }

    /// Whether what lies on top is of that kind.
    pub(super) fn is<P: Place>(&self) -> bool {
        self.top::<P>().is_some()
    }

    /// Lays something on top.
    pub(super) fn push(&mut self, place: impl Place) {
        self.0.push(Box::new(place));
    }

    /// Takes away what lies on top; says whether there was anything.
    pub(super) fn pop(&mut self) -> bool {
        self.0.pop().is_some()
    }

    /// Lays a list over the screen, takes it away where it lies there, and replaces another.
    pub(super) fn toggle<P: Place>(&mut self, list: P) {
        let open = self.is::<P>();
        self.pop();
        if !open {
            self.push(list);
        }
    }

    /// Takes what lies on top, where it is of that kind.
    pub(super) fn take<P: Place>(&mut self) -> Option<P> {
        let place: Box<dyn Any> = self.0.pop_if(|place| as_a::<P>(place.as_ref()).is_some())?;
        place.downcast().ok().map(|place| *place)
    }

    /// Takes all away.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// Lifts what lies on top off the stack.
    pub(super) fn lift(&mut self) -> Option<Box<dyn Place>> {
        self.0.pop()
    }

    /// Lays on top what was lifted, or what is new.
    pub(super) fn lay(&mut self, place: Box<dyn Place>) {
        self.0.push(place);
    }

    /// Keeps only these.
    pub(super) fn retain(&mut self, keep: impl Fn(&dyn Place) -> bool) {
        self.0.retain(|place| keep(place.as_ref()));
    }
}

/// A place as one of that kind.
pub(super) fn as_a<P: Place>(place: &dyn Place) -> Option<&P> {
    let place: &dyn Any = place;
    place.downcast_ref()
}

/// Whether a place is of that kind.
pub(super) fn is_a<P: Place>(place: &dyn Place) -> bool {
    as_a::<P>(place).is_some()
}

/// What drawing and reasons look at: all that is shared, the screens, and what lies over
/// them. Nothing can be changed through it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'a> {
    /// What every place may know.
    pub(super) shared: &'a Shared,
    /// The screens.
    pub(super) screens: &'a Screens,
    /// What lies over the screen.
    pub(super) layers: &'a Stack,
    /// The form that lies over the screen.
    pub(super) form: Option<&'a Form>,
    /// The search while it is typed.
    pub(super) search: Option<&'a Search>,
    /// Keys of a sequence that waits for its next key.
    pub(super) pending: &'a [Key],
    /// Whether keys wait for an answer.
    pub(super) asking: bool,
}

impl Deref for Seen<'_> {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        self.shared
    }
}

impl<'a> Seen<'a> {
    /// The parts of the screen.
    pub(super) fn areas(&self) -> Areas {
        self.screens.areas_in(self.shared, self.shared.area())
    }

    /// The parts of a screen of that size.
    pub(super) fn areas_in(&self, area: Rect) -> Areas {
        self.screens.areas_in(self.shared, area)
    }

    /// How much of the list on screen can be seen.
    pub(super) fn sight(&self) -> Sight {
        self.shared.sight_of(self.areas())
    }

    /// The token that an action is for.
    pub(super) fn target(&self) -> Option<&'a TokenView> {
        self.screens.target()
    }

    /// Whether an action is for the selected tokens.
    pub(super) fn acts_on_selection(&self) -> bool {
        self.screens.acts_on_selection()
    }

    /// Whether others are selected than the token under the cursor.
    pub(super) fn selects_others(&self) -> bool {
        self.screens.selects_others()
    }

    /// Whether tokens are on screen, be they of an account or of a user.
    pub(super) fn lists_tokens(&self) -> bool {
        self.screens.lists_tokens()
    }

    /// Where keys are looked up, innermost first.
    pub(super) fn scopes(&self) -> &'static [Scope] {
        self.layers.last().map_or_else(|| self.pane_scopes(), |place| place.scopes(self))
    }

    /// Where keys are looked up when nothing lies over the screen.
    pub(super) fn pane_scopes(&self) -> &'static [Scope] {
        if self.form.is_some() {
            return &[Scope::Form, Scope::Global];
        }
        match self.screens.at {
            Screen::Tokens => self.screens.tokens.token_scopes(),
            Screen::Users => &[Scope::Users, Scope::Act, Scope::List, Scope::Move, Scope::Global],
            Screen::Catalog => {
                &[Scope::Catalog, Scope::Act, Scope::List, Scope::Move, Scope::Global]
            }
        }
    }

    /// Whether there is no step back from here, so that its key is free to stop waiting:
    /// keys typed ahead must not mean something else because an answer is late.
    pub(super) fn is_at_top(&self) -> bool {
        let covered = !self.layers.is_empty() || self.form.is_some() || self.search.is_some();
        let inside =
            self.screens.tokens.focus == Focus::Details || self.screens.tokens.viewed().is_some();
        let ranging = self.screens.tokens.list.selection.range.is_some()
            || self.screens.users.list.selection.range.is_some();
        !covered && !inside && !ranging && self.backends.opening.is_none()
    }

    /// Whether the backend has not yet said what became of a change.
    pub(super) fn owes_answers(&self) -> bool {
        let saving = self.form.is_some_and(|form| form.saving.is_some());
        let at_work = self.screens.users.acting > 0 || self.screens.shelf.acting > 0;
        saving || !self.acting.is_empty() || at_work
    }
}
