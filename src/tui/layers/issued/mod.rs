//! The dialog with a new value (R112): the one place where a value that can't be
//! shown again is seen. Nothing else of the program holds it.

mod draw;

use std::sync::Arc;

use ratatui::Frame;

use crate::domain::TokenValue;
use crate::text::safe_line;
use crate::tui::clipboard::{Clip, Payload, What};
use crate::tui::command::{Command, Scope};
use crate::tui::deed::{Deed, Exit};
use crate::tui::guard::Guard;
use crate::tui::hint::Hint;
use crate::tui::hints;
use crate::tui::key::Key;
use crate::tui::keymap::Lookup;
use crate::tui::layers::confirm::Confirm;
use crate::tui::offer::Offer;
use crate::tui::place::{Context, Place, Seen, Stack, Taken, Then};
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::wire::{RowId, TokenView};

/// A new value on screen.
#[derive(Debug)]
pub(crate) struct Issue {
    /// Whose value it is.
    pub(crate) token: Box<TokenView>,
    /// The value. It goes with the dialog.
    pub(crate) value: Arc<TokenValue>,
    /// Whether nothing can show it again.
    pub(crate) once: bool,
    /// Whether it is hidden for now: others may look at the screen.
    pub(crate) masked: bool,
    /// Whether the operator took it somewhere.
    pub(crate) taken: bool,
    /// The button with the focus.
    pub(crate) button: Exit,
    /// Drops keys that come too early.
    pub(crate) guard: Guard,
}

impl Issue {
    /// A value that has just been made.
    pub(crate) fn new(token: Box<TokenView>, value: TokenValue, once: bool) -> Self {
        Self {
            token,
            value: Arc::new(value),
            once,
            masked: false,
            taken: false,
            button: Exit::default(),
            guard: Guard::default(),
        }
    }

    /// Whether closing it would lose the value for good.
    pub(crate) fn would_be_lost(&self) -> bool {
        self.once && !self.taken
    }

    /// Its value, which needs not be asked for.
    fn clip(&self) -> Clip {
        let what = What::Value;
        let token = &self.token.token;
        Clip {
            what,
            ids: vec![token.id.clone()],
            said: format!("{what} of {}", token.name),
            payload: Payload::Value(Arc::clone(&self.value)),
        }
    }

    /// Leaves it, after a question where the value would be lost. Otherwise the value is
    /// nowhere any more.
    fn leave_to(&self, exit: Exit, context: &mut Context<'_>) {
        if self.would_be_lost() {
            let text = vec!["Not copied. It can't be shown again. Close?".to_owned()];
            let stage = Stage { text, button: "Close" };
            let account = context.shared.account_named(&self.token);
            let place = format!("{account}  {}", context.shared.backend());
            let place = safe_line(&place);
            let (title, deed) = ("New value".to_owned(), Deed::Leave(exit));
            let question = Confirm::new(title, place, vec![stage], deed);
            context.then.push(Then::Open(Box::new(question)));
            return;
        }
        context.then.push(Then::Close);
        match exit {
            Exit::Details => {
                context.screens.tokens_mut().open_details_of(context.shared, (*self.token).clone());
            }
            Exit::Close => {}
        }
    }
}

impl Stack {
    /// Others may see the screen now: new values stay, but hidden.
    pub(in crate::tui) fn mask_values(&mut self) {
        for issue in self.each_mut::<Issue>() {
            issue.masked = true;
        }
    }

    /// The value of one of these left its dialog: closing that loses nothing any more.
    pub(in crate::tui) fn value_taken(&mut self, ids: &[RowId]) {
        for issue in self.each_mut::<Issue>() {
            issue.taken |= ids.contains(&issue.token.token.id);
        }
    }
}

impl Place for Issue {
    fn scopes(&self, _seen: &Seen<'_>) -> &'static [Scope] {
        &[Scope::Dialog]
    }

    fn called(&self) -> &'static str {
        "the new value"
    }

    fn gives_way(&self) -> bool {
        false
    }

    /// Like any dialog it swallows what it does not know, and what comes too early;
    /// besides, it takes the keys that show, hide and copy a value.
    fn key(&mut self, key: Key, context: &mut Context<'_>) -> Taken {
        let now = context.shared.now;
        if !self.guard.admits(now) {
            return Taken::Here;
        }
        if let Lookup::Found(command) = context.look_up(self.scopes(&context.seen()), key) {
            context.then.push(Then::Run(command));
            return Taken::Here;
        }
        match context.look_up(&[Scope::Act], key) {
            Lookup::Found(Command::ToggleValue) => self.masked = !self.masked,
            Lookup::Found(Command::CopyValue) => context.then.push(Then::Copy(self.clip())),
            _ if context.is_for_help(key) => context.then.push(Then::Run(Command::Help)),
            Lookup::Found(_) | Lookup::Prefix | Lookup::Unknown => self.guard.startle(now),
        }
        Taken::Here
    }

    fn paste(&mut self, _text: &str, context: &mut Context<'_>) -> Taken {
        self.guard.startle(context.shared.now);
        Taken::Here
    }

    fn leave(&mut self, context: &mut Context<'_>) {
        self.leave_to(Exit::Close, context);
    }

    fn offers(&self, command: Command, _shared: &Shared) -> Offer {
        Offer::of(command.row().scope == Scope::Dialog && command != Command::Reason)
    }

    fn run(&mut self, command: Command, context: &mut Context<'_>) -> Taken {
        match command {
            Command::PreviousButton => self.button = Exit::Details,
            Command::NextButton => self.button = Exit::Close,
            Command::Press => self.leave_to(self.button, context),
            _ => return Taken::NotMine,
        }
        Taken::Here
    }

    fn guard(&self) -> Option<&Guard> {
        Some(&self.guard)
    }

    fn guard_mut(&mut self) -> Option<&mut Guard> {
        Some(&mut self.guard)
    }

    fn hints(&self, seen: &Seen<'_>) -> Vec<Hint> {
        hints::in_scopes(seen, &[Scope::Dialog])
    }

    fn draw(&self, seen: &Seen<'_>, frame: &mut Frame<'_>) {
        // Not under a question about it: the pieces that stand out would confuse.
        if !seen.layers.is::<Confirm>() {
            draw::draw(seen, self, frame);
        }
    }
}
