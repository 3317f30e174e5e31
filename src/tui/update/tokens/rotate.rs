//! New values: for one token on screen, for many in a file, which is complete before any of
//! them is in force.

use crate::backend::Answer;
use crate::domain::Verb;
use crate::tui::bulk::{BulkRenewal, Ending, Rotated};
use crate::tui::news::News;
use crate::tui::place::{Outside, Then};
use crate::tui::screens::tokens::Tokens;
use crate::tui::unconfirmed::Attempt;
use crate::wire::JobReport;

impl Tokens {
    /// Asks before a token gets a new value. Where others are selected than the one under the
    /// cursor, it is for those.
    pub(super) fn confirm_new_value(&self, outside: &mut Outside<'_>) {
        if self.selects_others() {
            return self.propose(Some(Verb::Regenerate), outside.shared);
        }
        self.confirm(Verb::Regenerate, outside);
    }

    pub(super) fn rotated(
        &mut self,
        renewal: &BulkRenewal,
        result: Answer<Rotated>,
        outside: &mut Outside<'_>,
    ) {
        let plan = &renewal.bulk.plan;
        for item in plan.acting() {
            outside.shared.acting.remove(&item.id);
        }
        match result {
            Ok(Rotated { report, place }) => {
                outside.tell_written(&Ending::of_tokens(&report), &place);
                self.deselect_done(&JobReport::Tokens(report));
            }
            Err(error) => {
                outside.shared.failed("regenerate tokens", &error);
                outside.shared.doubt(Attempt::from(plan), false, &error);
            }
        }
        self.reload(outside.shared);
        outside.then.push(Then::Tell(News::Written));
    }
}
