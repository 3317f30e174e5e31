//! Ticks and levels of settings, put into fields that offer them.

use crate::domain::Settings;
use crate::tui::form::{Control, Sheet};

/// Ticks scopes and groups and gives the levels.
pub(super) fn grants(sheet: &mut Sheet, settings: &Settings) {
    let scopes: Vec<_> = settings.scopes.iter().map(ToString::to_string).collect();
    let groups: Vec<_> = settings.groups.iter().map(ToString::to_string).collect();
    for (name, keys) in [("scopes", scopes), ("groups", groups)] {
        if let Some(Control::Choices(choices)) =
            sheet.field_mut(name).map(|field| &mut field.control)
        {
            choices.tick(&keys);
        }
    }
    if let Some(Control::Grid(grid)) = sheet.field_mut("access").map(|field| &mut field.control) {
        for (module, level) in &settings.access {
            grid.set(&module.to_string(), Some(*level));
        }
    }
}
