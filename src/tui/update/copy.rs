//! Copying: a key sends a text to the clipboard, the same key again shows it in a
//! plain box (R77 to R79). A value is on record before it leaves the store.

use std::sync::Arc;
use std::time::Duration;

use crate::backend::Answer;
use crate::domain::{Guid, TokenId};
use crate::text::Safe;
use crate::tui::clipboard::{Copy, KEPT, Missed, Payload, Way, What};
use crate::tui::command::Command;
use crate::tui::effect::{Call, Effect};
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::overlay::{Overlay, Plain};
use crate::wire::Revealed;

/// What copying has to remember.
#[derive(Debug, Default)]
pub(in crate::tui) struct Copied {
    /// What the latest key copied, if no other command came since.
    last: Option<(What, TokenId)>,
    /// The value that was asked for, by the request's number.
    awaited: Option<(u64, Then)>,
}

/// What becomes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Then {
    /// It goes to the clipboard.
    Send,
    /// It is shown.
    Show,
}

/// The command whose key copies it.
fn command(what: What) -> Command {
    match what {
        What::Guid => Command::CopyGuid,
        What::FormGuid => Command::CopyFormGuid,
        What::Value => Command::CopyValue,
        What::Endpoint => Command::CopyEndpoint,
    }
}

impl Model {
    /// Another command came: the next key that copies does copy.
    pub(super) fn another_command(&mut self, next: Command) {
        if !self.copied.last.is_some_and(|(what, _)| command(what) == next) {
            self.copied.last = None;
        }
    }

    /// Copies it, or shows it where that was just done.
    pub(super) fn copy(&mut self, what: What) -> Vec<Effect> {
        let Some(view) = self.target() else { return vec![] };
        let id = view.token.id;
        let text = match what {
            What::Guid => view.guid.map(|guid| guid.to_string()),
            What::Endpoint => view.endpoint.clone(),
            What::Value | What::FormGuid => None,
        };
        let then = self.next_step(what, id);
        match text {
            Some(text) => self.deliver(what, id, Payload::Plain(text), then),
            None if what == What::Value => self.ask_value(id, then),
            None => vec![],
        }
    }

    /// Whether to send it or, where that was just done or can't be, to show it.
    fn next_step(&mut self, what: What, id: TokenId) -> Then {
        let now = Some((what, id));
        let again = self.copied.last == now;
        self.copied.last = now.filter(|_| !again);
        let nowhere = self.options.clipboard.first.is_none();
        if again || nowhere { Then::Show } else { Then::Send }
    }

    /// Copies the GUID of a form, of a token that may not exist yet.
    pub(super) fn copy_proposed(&mut self, guid: Guid) -> Vec<Effect> {
        let nobody = TokenId::new(0);
        let then = self.next_step(What::FormGuid, nobody);
        self.deliver(What::FormGuid, nobody, Payload::Plain(guid.to_string()), then)
    }

    /// Copies the value of the dialog on top, which needs not be asked for (R112).
    pub(super) fn copy_issue(&mut self) -> Vec<Effect> {
        let Some(Overlay::Issue(issue)) = self.overlays.last() else { return vec![] };
        let id = issue.token.token.id;
        let payload = Payload::Value(Arc::clone(&issue.value));
        let then = self.next_step(What::Value, id);
        self.deliver(What::Value, id, payload, then)
    }

    /// The value left the dialog: closing that loses nothing any more.
    fn issue_taken(&mut self, id: TokenId, payload: &Payload) {
        for overlay in &mut self.overlays {
            if let Overlay::Issue(issue) = overlay
                && issue.token.token.id == id
                && payload.is_secret()
            {
                issue.taken = true;
            }
        }
    }

    fn ask_value(&mut self, id: TokenId, then: Then) -> Vec<Effect> {
        let request = self.next_request();
        self.copied.awaited = Some((request, then));
        vec![Effect::Call(Call::Reveal { request, id })]
    }

    /// Whether an answer is for copying.
    pub(super) fn awaits_copy(&self, request: u64) -> bool {
        self.copied.awaited.is_some_and(|(awaited, _)| awaited == request)
    }

    /// The value that was asked for.
    pub(super) fn value_to_copy(&mut self, result: Answer<Revealed>) -> Vec<Effect> {
        let Some((_, then)) = self.copied.awaited.take() else { return vec![] };
        match result {
            Ok(Revealed { token, value }) => {
                self.deliver(What::Value, token, Payload::Value(Arc::new(value)), then)
            }
            Err(error) => {
                self.failed("copy the value", &error);
                vec![]
            }
        }
    }

    fn deliver(&mut self, what: What, id: TokenId, payload: Payload, then: Then) -> Vec<Effect> {
        let way = self.options.clipboard.first.filter(|_| then == Then::Send);
        if let Some(way) = way {
            return vec![Effect::Copy(Copy { what, id, payload, way })];
        }
        self.show_plain(what, id, payload, None);
        vec![]
    }

    /// A text got to a clipboard, as far as can be known, or not.
    pub(super) fn arrived(&mut self, copy: Copy, result: Result<(), Missed>) -> Vec<Effect> {
        let Copy { what, id, payload, way } = copy;
        let reason = match result {
            Ok(()) => {
                self.issue_taken(id, &payload);
                self.say_copied(what, way);
                return vec![];
            }
            Err(Missed::Elsewhere(way)) => {
                return vec![Effect::Copy(Copy { what, id, payload, way })];
            }
            Err(Missed::Failed(reason)) => reason,
        };
        let which = match way {
            Way::Native => "desktop",
            Way::Tmux | Way::Terminal(_) => "terminal",
        };
        let reason = format!("The {which}'s clipboard failed: {reason}");
        if let Some(way) = self.options.clipboard.after(way) {
            self.say(Kind::Info, reason);
            return vec![Effect::Copy(Copy { what, id, payload, way })];
        }
        self.say(Kind::Error, &reason);
        self.copied.last = None;
        self.show_plain(what, id, payload, Some(reason));
        vec![]
    }

    /// Says no more than is known: a terminal never answers.
    fn say_copied(&mut self, what: What, way: Way) {
        let key = self.keymap.first_key_of(command(what));
        let done = match way {
            Way::Tmux | Way::Terminal(_) => "sent to the terminal's clipboard".to_owned(),
            Way::Native if what == What::Value => {
                format!("copied, for {} s at most", KEPT.as_secs())
            }
            Way::Native => "copied".to_owned(),
        };
        self.say(Kind::Ok, format!("{what} {done}; {key} again shows it"));
    }

    /// The text alone on the screen. It does not push itself over a question.
    fn show_plain(&mut self, what: What, id: TokenId, payload: Payload, reason: Option<String>) {
        if self.leaving || self.is_too_small() || self.is_asked() {
            return;
        }
        self.issue_taken(id, &payload);
        let until = payload
            .is_secret()
            .then(|| self.now.after(Duration::from_secs(self.options.reveal_seconds)));
        let known = self.list.find(id).or(self.details.token.as_deref());
        let name = known
            .filter(|view| view.token.id == id)
            .map_or_else(|| id.to_string(), |view| view.token.name.clone());
        let title = match what {
            What::FormGuid => what.to_string(),
            _ => Safe::line(&format!("{what} of {name}")).into_string(),
        };
        self.overlays.push(Overlay::Plain(Plain { title, payload, reason, until }));
    }

    /// Takes a value off the screen that is shown in the plain box, and drops one
    /// that is on its way there.
    pub(super) fn hide_plain(&mut self) {
        self.copied = Copied::default();
        self.overlays.retain(|overlay| match overlay {
            Overlay::Plain(plain) => !plain.payload.is_secret(),
            _ => true,
        });
    }

    /// Hides the value in the plain box when its time is over.
    pub(super) fn expire_plain(&mut self) {
        let now = self.now;
        self.overlays.retain(|overlay| match overlay {
            Overlay::Plain(plain) => plain.until.is_none_or(|until| until > now),
            _ => true,
        });
    }
}
