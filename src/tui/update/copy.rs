//! Copying: a key sends a text to the clipboard, the same key again shows it in a
//! plain box (R77 to R79). A value is on record before it leaves the store.

use std::time::Duration;

use crate::text::safe_line;
use crate::tui::clipboard::{Clip, KEPT, Missed, Way, What};
use crate::tui::command::Command;
use crate::tui::copied::{Copied, CopyStep};
use crate::tui::effect::Effect;
use crate::tui::layers::Plain;
use crate::tui::model::Model;
use crate::tui::notice::Kind;
use crate::tui::shared::Shared;
use crate::wire::RowId;

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
    pub(super) fn next_step(&mut self, what: What, ids: &[RowId]) -> CopyStep {
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

impl Model {
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

    pub(in crate::tui) fn deliver(&mut self, clip: Clip, then: CopyStep) {
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
