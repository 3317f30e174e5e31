//! Noticing that the backend stopped answering, and that it answers again. What was
//! read before stays on screen, marked as old.

use crate::backend::BackendError;
use crate::text::Safe;
use crate::tui::effect::Effect;
use crate::tui::model::Model;
use crate::tui::reach::{Reach, Sign};

impl Model {
    /// Takes what an answer tells of the connection. All is read again once there is
    /// one after a silence.
    pub(super) fn heed_sign(&mut self, sign: Option<Sign>) -> Vec<Effect> {
        match (sign, self.reach.silent_since) {
            (Some(Sign::Silence), None) => {
                self.reach.silent_since = Some(self.wall());
                vec![]
            }
            (Some(Sign::Answer), Some(since)) => {
                self.reach = Reach::default();
                let backend = Safe::line(&self.backend()).into_string();
                let since = since.format("%H:%M:%S");
                self.mention(format!("{backend} answers again, after silence since {since}"));
                self.changed()
            }
            _ => vec![],
        }
    }

    /// Something that is read again by itself could not be read. Of a silence that is
    /// said once; then the mark on screen says it.
    pub(super) fn unread(&mut self, what: &str, error: &BackendError) {
        if Sign::of(error) == Sign::Silence && self.reach.told {
            return;
        }
        self.failed(what, error);
    }
}
