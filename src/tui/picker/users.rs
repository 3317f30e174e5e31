//! The filters and the order of the users. Nothing of the filters is in force before
//! the draft is applied.

use strum::IntoEnumIterator as _;

use super::arrangement::arrow;
use super::entry::{Choice, Entry, tick};
use super::filters::flip;
use crate::domain::Role;
use crate::tui::place::Seen;
use crate::tui::users::offered;
use crate::wire::{HoldingFilter, UserColumn, UserQuery};

/// Filters of the users that are being chosen.
#[derive(Debug, Clone)]
pub(in crate::tui) struct UserDraft(UserQuery);

impl UserDraft {
    /// A draft that starts from what is listed.
    pub(in crate::tui) fn of(query: &UserQuery) -> Self {
        Self(query.clone())
    }

    /// What is to be listed.
    pub(in crate::tui) fn finish(&self) -> UserQuery {
        self.0.clone()
    }

    /// Ticks an entry, or takes its tick away.
    pub(in crate::tui) fn tick(&mut self, choice: Choice) {
        let UserQuery { modules, holding, roles, .. } = &mut self.0;
        match choice {
            Choice::Module(module) => flip(modules, module),
            Choice::Holding(chosen) => {
                *holding = Some(chosen).filter(|chosen| *holding != Some(*chosen));
            }
            Choice::Role(role) => match roles.iter().position(|known| *known == role) {
                Some(place) => drop(roles.remove(place)),
                None => roles.push(role),
            },
            _ => {}
        }
        // Every role is no filter.
        if Role::iter().all(|role| roles.contains(&role)) {
            roles.clear();
        }
    }

    /// Makes an entry the only one of its field.
    pub(in crate::tui) fn take_alone(&mut self, choice: Choice) {
        self.clear(choice);
        self.tick(choice);
    }

    /// Clears the field that an entry belongs to (R43).
    pub(in crate::tui) fn clear(&mut self, choice: Choice) {
        match choice {
            Choice::Module(_) => self.0.modules.clear(),
            Choice::Holding(_) => self.0.holding = None,
            Choice::Role(_) => self.0.roles.clear(),
            _ => {}
        }
    }

    pub(super) fn entries(&self, model: &Seen<'_>) -> Vec<Entry> {
        let UserQuery { modules, holding, roles, .. } = &self.0;
        let module = |module: &crate::domain::Module| {
            let on = modules.contains(&module.id);
            Entry::new(Choice::Module(module.id), tick(on), &*module.name).of("Modules")
        };
        let holds = |filter: HoldingFilter| {
            let (word, note) = match filter {
                HoldingFilter::Has => ("Has", "an accepted one"),
                HoldingFilter::Pending => ("Pending", "a request or an export waits"),
                HoldingFilter::Nothing => ("None", "neither"),
            };
            let on = *holding == Some(filter);
            Entry::new(Choice::Holding(filter), tick(on), word).noted(note).of("API token")
        };
        let role = |role: Role| {
            let on = roles.contains(&role);
            Entry::new(Choice::Role(role), tick(on), role.to_string()).of("Role")
        };
        let modules = offered(model.shared).into_iter().map(module);
        modules.chain(HoldingFilter::iter().map(holds)).chain(Role::iter().map(role)).collect()
    }
}

/// Every column, with the direction of the one in force.
pub(super) fn sort(model: &Seen<'_>) -> Vec<Entry> {
    let (by, direction) = model.screens.users.list.query.sort;
    let entry = |column: UserColumn| {
        let mark = if column == by { format!("{} ", arrow(direction)) } else { "  ".to_owned() };
        Entry::new(Choice::UserSort(column), mark, title(column))
    };
    UserColumn::iter().map(entry).collect()
}

/// What a column is called.
pub(in crate::tui) fn title(column: UserColumn) -> &'static str {
    match column {
        UserColumn::Name => "User",
        UserColumn::Id => "ID",
        UserColumn::Token => "API token",
        UserColumn::Expires => "Expires",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ModuleId;

    #[test]
    fn r041_one_or_several_modules_and_one_holding_are_chosen() {
        let mut draft = UserDraft::of(&UserQuery::default());
        for number in [2, 4] {
            draft.tick(Choice::Module(ModuleId::new(number)));
        }
        draft.tick(Choice::Holding(HoldingFilter::Has));
        draft.tick(Choice::Holding(HoldingFilter::Pending));
        let query = draft.finish();
        assert_eq!((query.modules.len(), query.holding), (2, Some(HoldingFilter::Pending)));
        draft.tick(Choice::Holding(HoldingFilter::Pending));
        draft.take_alone(Choice::Module(ModuleId::new(4)));
        let query = draft.finish();
        assert_eq!((query.modules.len(), query.holding), (1, None));
    }
}
