//! What the keys do to a token as it is, and whether they may: the rules are the domain's
//! own, so that the authority would answer alike.

use crate::domain::{Refusal, Status, Verb};
use crate::text::safe_line;
use crate::wire::{Ability, TokenView};

use super::shared::Shared;

impl Shared {
    /// The domain's refusal of an action on a token now.
    pub(super) fn refused(&self, view: &TokenView, verb: Verb) -> Option<Refusal> {
        view.allows(verb, &self.session.operator, self.wall()).err()
    }

    /// What has to be known before something is done that takes these, be it to that row.
    pub(super) fn warnings(&self, takes: &[Ability], row: Option<&TokenView>) -> Vec<String> {
        let row = row.map(|view| view.abilities.clone()).unwrap_or_default();
        let said = self.session.abilities.warnings(&row, takes);
        said.iter().map(|warning| safe_line(warning)).collect()
    }

    /// Why the operator may change nothing that belongs to others, where that is so.
    pub(super) fn unpermitted(&self) -> Option<String> {
        self.session.operator.must_manage().err().map(|refusal| refusal.to_string())
    }

    /// Enable is for a token that is switched off itself, Disable for any other (R57):
    /// what its account or owner takes out of service, no key of its own brings back.
    pub(super) fn switching(&self, view: &TokenView) -> Verb {
        let off = match view.status {
            Status::Unknown => !view.token.enabled,
            _ => Status::alone(&view.token, self.wall()) == Status::Disabled,
        };
        if off { Verb::Enable } else { Verb::Disable }
    }

    /// Revoking a request cancels it (R64).
    pub(super) fn revoking(&self, view: &TokenView) -> Verb {
        if self.status(view) == Status::Pending { Verb::Delete } else { Verb::Revoke }
    }
}
