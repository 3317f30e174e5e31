//! Copying: a key sends a text to the clipboard, the same key again shows it in a
//! plain box (R77 to R79). A value is on record before it leaves the store.

use std::sync::Arc;
use std::time::Duration;

use crate::backend::Answer;
use crate::domain::Guid;
use crate::text::{safe_line, thousands};
use crate::tui::call::Call;
use crate::tui::clipboard::{Clip, KEPT, Missed, Payload, Way, What};
use crate::tui::command::Command;
use crate::tui::copied::{Awaited, Copied, CopyStep};
use crate::tui::effect::Effect;
use crate::tui::layers::Plain;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::wire::{Revealed, RowId};

/// The command whose key copies it.
fn command(what: What) -> Command {
    match what {
        What::Guid => Command::CopyGuid,
        What::FormGuid => Command::CopyFormGuid,
        What::Value => Command::CopyValue,
        What::Endpoint => Command::CopyEndpoint,
    }
}

impl Shared {
    /// Another command came: the next key that copies does copy.
    pub(super) fn another_command(&mut self, next: Command) {
        if !self.copied.last.as_ref().is_some_and(|(what, _)| command(*what) == next) {
            self.copied.last = None;
        }
    }

    /// Whether to send it or, where that was just done or can't be, to show it.
    fn next_step(&mut self, what: What, ids: &[RowId]) -> CopyStep {
        let again =
            self.copied.last.as_ref().is_some_and(|(last, of)| *last == what && *of == *ids);
        self.copied.last = (!again).then(|| (what, ids.to_vec()));
        let nowhere = self.options.clipboard.first.is_none();
        if again || nowhere { CopyStep::Show } else { CopyStep::Send }
    }

    /// Says whose it is, as the row under the cursor may be another by now, and no more
    /// than is known: a terminal never answers.
    fn say_copied(&mut self, what: What, (said, tokens): (&str, usize), way: Way) {
        let key = self.keymap.first_key_of(command(what));
        let done = match way {
            Way::Tmux | Way::Terminal(_) => "sent to the terminal's clipboard".to_owned(),
            Way::Native if what == What::Value => {
                format!("copied, for {} s at most", KEPT.as_secs())
            }
            Way::Native => "copied".to_owned(),
        };
        let it = if tokens > 1 { "them" } else { "it" };
        self.say(Kind::Ok, format!("{said} {done}; {key} shows {it}"));
    }
}

impl Tokens {
    /// Asks for the GUIDs of the selected tokens: not all of them are rows in memory.
    fn ask_guids(&mut self, shared: &mut Shared) {
        let ids = self.list.selection.ids();
        let then = shared.next_step(What::Guid, &ids);
        let name = String::new();
        shared.copied.awaited = Some(Awaited { what: What::Guid, ids: ids.clone(), name, then });
        shared.ask(Call::CopyGuids(ids));
    }
}

impl Model {
    /// Copies it, or shows it where that was just done. With others selected the GUIDs
    /// are those of the selection.
    pub(super) fn copy(&mut self, what: What) {
        if what == What::Guid && self.screens.selects_others() {
            return self.screens.tokens.ask_guids(&mut self.shared);
        }
        let Some(view) = self.screens.target() else { return };
        let (id, name) = (view.token.id.clone(), view.token.name.clone());
        let text = match what {
            What::Guid => view.guid.map(|guid| guid.to_string()),
            What::Endpoint => view.endpoint.clone(),
            What::Value | What::FormGuid => None,
        };
        let then = self.next_step(what, std::slice::from_ref(&id));
        match text {
            Some(text) => {
                let payload = Payload::Plain(text);
                let said = format!("{what} of {name}");
                self.deliver(Clip { what, ids: vec![id], said, payload }, then);
            }
            None if what == What::Value => {
                self.copied.awaited = Some(Awaited { what, ids: vec![id.clone()], name, then });
                self.ask(Call::CopyValue(id));
            }
            None => {}
        }
    }

    /// The GUIDs that were asked for, one a line.
    pub(super) fn guids_to_copy(&mut self, result: Answer<Vec<(String, Guid)>>) {
        let Some(Awaited { what, ids, then, .. }) = self.copied.awaited.take() else {
            return;
        };
        let found = match result {
            Ok(found) => found,
            Err(error) => {
                self.copied.last = None;
                self.failed("copy the GUIDs", &error);
                return;
            }
        };
        let without = ids.len().saturating_sub(found.len());
        let said = match (found.as_slice(), without) {
            ([], _) => {
                self.copied.last = None;
                self.say(Kind::Refused, "None of the selected tokens has a GUID");
                return;
            }
            ([(name, _)], 0) => format!("{what} of {name}"),
            ([(name, _)], without) => format!("{what} of {name} ({without} selected without)"),
            (all, 0) => format!("{} GUIDs", thousands(all.len())),
            (all, without) => {
                format!("{} GUIDs ({} selected without)", thousands(all.len()), thousands(without))
            }
        };
        let lines: Vec<_> = found.iter().map(|(_, guid)| guid.to_string()).collect();
        let payload = Payload::Plain(lines.join("\n"));
        self.deliver(Clip { what, ids, said, payload }, then);
    }

    /// Copies what needs not be asked for.
    pub(super) fn copy_clip(&mut self, clip: Clip) {
        let then = self.next_step(clip.what, &clip.ids);
        self.deliver(clip, then);
    }

    /// The value left its dialog, if it has one.
    fn was_taken(&mut self, clip: &Clip) {
        if clip.payload.is_secret() {
            self.layers.value_taken(&clip.ids);
        }
    }

    /// The value that was asked for.
    pub(super) fn value_to_copy(&mut self, result: Answer<Revealed>) {
        let Some(Awaited { what, ids, name, then, .. }) = self.copied.awaited.take() else {
            return;
        };
        match result {
            Ok(Revealed { value, .. }) => {
                let said = format!("{what} of {name}");
                self.deliver(
                    Clip { what, ids, said, payload: Payload::Value(Arc::new(value)) },
                    then,
                );
            }
            Err(error) => {
                self.failed("copy the value", &error);
            }
        }
    }

    fn deliver(&mut self, clip: Clip, then: CopyStep) {
        match self.options.clipboard.first.filter(|_| then == CopyStep::Send) {
            Some(way) => self.put(Effect::Copy(clip, way)),
            None => self.show_plain(clip, None),
        }
    }

    /// A text got to a clipboard, as far as can be known, or not.
    pub(super) fn arrived(&mut self, clip: Clip, way: Way, result: Result<(), Missed>) {
        let reason = match result {
            Ok(()) => {
                self.was_taken(&clip);
                return self.say_copied(clip.what, (&clip.said, clip.ids.len()), way);
            }
            Err(Missed::Elsewhere(way)) => return self.put(Effect::Copy(clip, way)),
            Err(Missed::Failed(reason)) => reason,
        };
        let which = match way {
            Way::Native => "desktop",
            Way::Tmux | Way::Terminal(_) => "terminal",
        };
        let reason = format!("The {which}'s clipboard failed: {reason}");
        if let Some(way) = self.options.clipboard.after(way) {
            self.say(Kind::Info, reason);
            return self.put(Effect::Copy(clip, way));
        }
        self.say(Kind::Error, &reason);
        self.copied.last = None;
        self.show_plain(clip, Some(reason));
    }

    /// The text alone on the screen. It does not push itself over a question.
    fn show_plain(&mut self, clip: Clip, reason: Option<String>) {
        if self.leaving || self.is_too_small() || self.layers.asks() {
            return;
        }
        self.was_taken(&clip);
        let Clip { said, payload, .. } = clip;
        let until = payload
            .is_secret()
            .then(|| self.now.after(Duration::from_secs(self.options.reveal_seconds)));
        let title = safe_line(&said);
        self.layers.push(Plain { title, payload, reason, until });
    }

    /// Takes a value off the screen that is shown in the plain box, and drops one
    /// that is on its way there.
    pub(super) fn hide_plain(&mut self) {
        self.copied = Copied::default();
        self.layers.hide_values();
    }
}
