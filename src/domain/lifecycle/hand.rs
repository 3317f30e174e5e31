//! What a token becomes in other hands, and how long an old value passes beside a new one.

use super::Act;
use crate::domain::{Credential, CredentialChange, Detail, EventAction, Overlap, Receiver, Time};

impl Act {
    /// Until when the old value passes beside a new one; none = it dies at once. An
    /// overlap must not lengthen the life the old value had.
    pub(super) fn overlap_end(&self, overlap: Overlap) -> Option<Time> {
        let until = self.now + overlap.length()?;
        let until = self.before.valid_to.map_or(until, |end| until.min(end));
        (until > self.now).then_some(until)
    }

    /// Whoever had it still knows its value, so it should get a new one. What is sealed is
    /// for the managers of an account token; of a user's nobody is to see it, and what was
    /// erased no taking back restores. Its end stays: it is the same grant.
    pub(super) fn hand_over(
        &mut self,
        to: Receiver,
        credential: Option<&Credential>,
        overlap: Overlap,
    ) {
        self.token.owner = to.owner();
        let (before, after) = (self.before.owner, self.token.owner);
        self.record(EventAction::HandedOver, vec![Detail::Owner { before, after }]);
        match (credential, to) {
            (Some(credential), _) => {
                let until = self.overlap_end(overlap);
                self.replace_value(credential, until);
            }
            (None, Receiver::User(_)) => {
                if let Some(value) = &mut self.token.value {
                    value.retained = false;
                }
                self.credential = CredentialChange::Erase;
            }
            (None, Receiver::Account) => {}
        }
    }
}
