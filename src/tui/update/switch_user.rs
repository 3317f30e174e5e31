//! Users out of service and back, from their list in the catalogue.

use crate::backend::Answer;
use crate::domain::{EntryId, Switch};
use crate::text::safe_line;
use crate::tui::call::Call;
use crate::tui::catalog::{Shelf, switch_of};
use crate::tui::deed::Deed;
use crate::tui::layers::Confirm;
use crate::tui::news::News;
use crate::tui::notice::Kind;
use crate::tui::orders::UserSwitch;
use crate::tui::place::{Outside, Then};
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::wire::Ability;

impl Shelf {
    /// Switches a user, after that was confirmed.
    pub(super) fn switch_user(&mut self, shared: &mut Shared, order: UserSwitch) {
        self.acting += 1;
        shared.ask(Call::SwitchUser(order));
    }

    pub(in crate::tui::update) fn ask_switch(&self, outside: &mut Outside<'_>) {
        let Some(EntryId::User(id)) = self.current() else { return };
        let Some(user) = outside.shared.catalogue.users.get(&id) else { return };
        let (switch, name) = (switch_of(user), user.name.clone());
        let (title, button, then) = match switch {
            Switch::Disable => {
                ("Disable user", "Disable", "Their credentials and tokens are refused until then.")
            }
            Switch::Enable => ("Enable user", "Enable", "Their credentials and tokens pass again."),
        };
        let name_shown = safe_line(&name);
        let text = vec![
            format!("Are you sure you want to {switch} {name_shown}?"),
            format!("{id}   {then}"),
        ];
        let deed = Deed::SwitchUser(UserSwitch { id, name, switch });
        let stages = vec![Stage { text, button }];
        let question = Confirm::new(title.to_owned(), outside.here(), stages, deed)
            .warning(outside.shared.warnings(&[Ability::SwitchUser], None));
        outside.open(question);
    }

    pub(in crate::tui::update) fn switched(
        &mut self,
        order: &UserSwitch,
        result: Answer<()>,
        outside: &mut Outside<'_>,
    ) {
        self.acting = self.acting.saturating_sub(1);
        let (name, switch) = (safe_line(&order.name), order.switch);
        match result {
            Ok(()) => outside.shared.say(Kind::Ok, format!("User {name} was {}", switch.event())),
            Err(error) => outside.shared.failed(&format!("{switch} {name}"), &error),
        }
        // What it made of their tokens, and who the list says is out of service.
        outside.then.push(Then::Tell(News::Written));
        outside.shared.ask(Call::Who);
    }
}
