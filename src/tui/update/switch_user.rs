//! Users out of service and back, from wherever one of them is under the cursor.

use crate::backend::Answer;
use crate::domain::{EntryId, Switch, UserId};
use crate::text::{counted, safe_line};
use crate::tui::call::Call;
use crate::tui::catalog::Shelf;
use crate::tui::command::Command;
use crate::tui::deed::Deed;
use crate::tui::form::EntryForm;
use crate::tui::layers::Confirm;
use crate::tui::news::News;
use crate::tui::notice::Kind;
use crate::tui::orders::UserSwitch;
use crate::tui::place::{Outside, Then};
use crate::tui::purpose::Purpose;
use crate::tui::shared::Shared;
use crate::tui::stage::Stage;
use crate::tui::switching::switch_of;
use crate::wire::Ability;

/// Asks before a user is switched as a command says; first how many tokens that stops, where
/// it stops any.
pub(super) fn ask(command: Command, id: UserId, outside: &mut Outside<'_>) {
    let shared = &mut *outside.shared;
    let Some(user) = shared.catalogue.users.get(&id) else { return };
    let order = UserSwitch { id, name: user.name.clone(), switch: switch_of(command, user) };
    match order.switch {
        Switch::Disable => {
            shared.asking = Some(Purpose::Switch);
            shared.ask(Call::Working(order));
        }
        Switch::Enable => outside.open(question(order, None, outside.shared, outside.here())),
    }
}

/// The form of a user, to be opened alone.
pub(super) fn form(id: UserId, shared: &Shared) -> Option<Then> {
    let id = EntryId::User(id);
    let now = shared.catalogue.draft(id)?;
    Some(Then::Alone(Box::new(EntryForm::open_edit(id, &now, &shared.ground()))))
}

fn question(order: UserSwitch, working: Option<usize>, shared: &Shared, place: String) -> Confirm {
    let (title, button) = match order.switch {
        Switch::Disable => ("Disable user", "Disable"),
        Switch::Enable => ("Enable user", "Enable"),
    };
    let name = safe_line(&order.name);
    let text = vec![
        format!("Are you sure you want to {} {name}?", order.switch),
        format!("{}   {}", order.id, consequence(order.switch, working)),
    ];
    let stages = vec![Stage { text, button }];
    Confirm::new(title.to_owned(), place, stages, Deed::SwitchUser(order))
        .warning(shared.warnings(&[Ability::SwitchUser], None))
}

/// What comes of it, with the number of tokens that work now where that is known.
fn consequence(switch: Switch, working: Option<usize>) -> String {
    match (switch, working) {
        (Switch::Enable, _) => {
            "Their credentials pass again, and so do their tokens that are enabled.".to_owned()
        }
        (Switch::Disable, None) => {
            "Their credentials and tokens are refused until they are enabled.".to_owned()
        }
        (Switch::Disable, Some(0)) => {
            "Their credentials are refused until they are enabled; no token of theirs works now."
                .to_owned()
        }
        (Switch::Disable, Some(count)) => {
            let tokens = if count == 1 {
                "token is".to_owned()
            } else {
                format!("{} are", counted(count, "token"))
            };
            format!("Their {tokens} refused, and so are their credentials, until they are enabled.")
        }
    }
}

impl Shelf {
    /// Switches a user, after that was confirmed.
    pub(super) fn switch_user(&mut self, shared: &mut Shared, order: UserSwitch) {
        self.acting += 1;
        shared.ask(Call::SwitchUser(order));
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

/// How many of their tokens work is known, or could not be counted: it is asked all the same.
pub(super) fn counted_working(order: UserSwitch, result: Answer<usize>, outside: &mut Outside<'_>) {
    let asked = outside.shared.asking.take_if(|asked| *asked == Purpose::Switch);
    if asked.is_none() {
        return;
    }
    let dialog = question(order, result.ok(), outside.shared, outside.here());
    outside.open(dialog);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a05_the_hazard_counts_what_stops() {
        let words = |count| consequence(Switch::Disable, Some(count));
        assert!(words(0).ends_with("no token of theirs works now."));
        assert!(words(1).starts_with("Their token is refused, and so"));
        assert!(words(3).starts_with("Their 3 tokens are refused, and so"));
    }
}
