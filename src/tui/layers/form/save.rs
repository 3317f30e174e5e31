//! What both kinds of form make of a save that failed: it stays, with what was typed and the
//! reason.

use crate::backend::{BackendError, Cause};
use crate::domain::{Refusal, Time, calendar};
use crate::text::safe_line;
use crate::tui::deed::Deed;
use crate::tui::form::Form;
use crate::tui::place::Context;
use crate::tui::stage::Stage;
use crate::tui::unconfirmed::Attempt;

impl Form {
    pub(super) fn not_saved(
        &mut self,
        (attempt, what): (Attempt, &str),
        error: &BackendError,
        context: &mut Context<'_>,
    ) {
        self.saving = None;
        self.unsure = context.shared.doubt(attempt, false, error);
        match error {
            BackendError { cause: Cause::Refused(Refusal::StaleVersion { by, at }), .. } => {
                self.ask_to_reload(by, *at, context);
            }
            BackendError { cause: Cause::Refused(Refusal::Invalid(errors)), .. } => {
                self.refuse(errors.clone(), &context.shared.ground());
                if self.sheet.errors() == 0 {
                    context.shared.failed(what, error);
                }
            }
            _ => context.shared.failed(what, error),
        }
    }

    fn ask_to_reload(&self, by: &str, at: Time, context: &mut Context<'_>) {
        let asked = format!("Changed by {by} at {} - reload?", calendar::seconds(at));
        let asked = safe_line(&asked);
        let text = vec![asked, "What you typed stays; what they changed is marked.".to_owned()];
        self.ask_about((Stage { text, button: "Reload" }, Deed::Reload), context);
    }
}
