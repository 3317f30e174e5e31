//! What the keys that enable and disable do to a user, and whether they may: the rules are
//! the domain's own, so that the authority would answer alike.

use crate::domain::catalogue_rules::{may_change, may_switch};
use crate::domain::{EntryId, Switch, User, UserId};

use super::command::Command;
use super::offer::Offer;
use super::shared::Shared;

/// What a command does to a user as they are: one key does whichever they can have.
pub(super) fn switch_of(command: Command, user: &User) -> Switch {
    match command {
        Command::Enable => Switch::Enable,
        Command::Disable => Switch::Disable,
        _ if user.is_disabled() => Switch::Enable,
        _ => Switch::Disable,
    }
}

impl Shared {
    /// What a command that enables or disables is for a user.
    pub(super) fn offers_switch(&self, command: Command, id: UserId) -> Offer {
        let Some(user) = self.catalogue.users.get(&id) else { return gone() };
        let order = (user, switch_of(command, user));
        let may = may_switch(&self.session.operator, &self.catalogue, order);
        Offer::unless(may.err().map(|refusal| refusal.to_string()))
    }

    /// What the command that edits is for a user.
    pub(super) fn offers_form(&self, id: UserId) -> Offer {
        if !self.catalogue.users.contains_key(&id) {
            return gone();
        }
        let may = may_change(&self.session.operator, &self.catalogue, EntryId::User(id));
        Offer::unless(may.err().map(|refusal| refusal.to_string()))
    }

    /// The word for what the key does to them that enables and disables.
    pub(super) fn switch_word(&self, id: UserId) -> Option<Switch> {
        self.catalogue.users.get(&id).map(|user| switch_of(Command::ToggleEnabled, user))
    }
}

fn gone() -> Offer {
    Offer::Refused("This user is no longer here".to_owned())
}
