//! A token that somebody else changed while it was edited: what was typed stays, what
//! was not touched becomes as it is now, and both are said (R138).

use std::collections::BTreeSet;

use crate::domain::{GroupId, ModuleId, ScopeId, Settings};
use crate::tui::form::{Field, Ground, Sheet};
use crate::wire::TokenView;

use super::TokenForm;
use super::overview::SETTINGS;

impl TokenForm {
    /// Goes on from the token as it is now.
    pub(in crate::tui) fn rebase(
        &mut self,
        sheet: &mut Sheet,
        theirs: &TokenView,
        ground: &Ground<'_>,
    ) {
        let Some(base) = self.base.clone() else { return };
        let by = theirs
            .token
            .updated
            .by
            .map_or_else(|| "its bearer".to_owned(), |id| theirs.names.user(id));
        let base_sheet = self.edit_sheet(&base, ground);
        let mut fresh = self.edit_sheet(theirs, ground);
        let told = self.news(&base, theirs, ground);
        keep_typed(sheet, &base_sheet, &mut fresh);
        keep_chosen(sheet, &base, &mut fresh);
        for (name, news) in told {
            let mine = print(sheet, name) != print(&base_sheet, name);
            if let Some(field) = fresh.field_mut(name) {
                field.warning = if mine {
                    format!("changed by {by}: {news}; yours is kept")
                } else {
                    format!("changed by {by}: {news}")
                };
            }
        }
        (fresh.at, fresh.spot) = (sheet.at, sheet.spot);
        *sheet = fresh;
        if !self.new_value {
            self.guid = theirs.guid;
        }
    }

    /// What they changed, each at its field.
    fn news(
        &self,
        base: &TokenView,
        theirs: &TokenView,
        ground: &Ground<'_>,
    ) -> Vec<(&'static str, String)> {
        let (old, new) = (Settings::of(&base.token), Settings::of(&theirs.token));
        let mut news = Vec::new();
        for (field, _) in SETTINGS {
            let (old, new) =
                (self.describe(field, &old, ground), self.describe(field, &new, ground));
            if old != new {
                let field = if field == "valid_to" { "expires" } else { field };
                news.push((field, format!("{old} -> {new}")));
            }
        }
        let level = |of: &Settings, id: &ModuleId| {
            of.access.get(id).map_or_else(|| "No".to_owned(), ToString::to_string)
        };
        let modules: BTreeSet<_> = old.access.keys().chain(new.access.keys()).collect();
        let changed: Vec<_> = modules
            .into_iter()
            .filter(|id| old.access.get(id) != new.access.get(id))
            .map(|id| {
                let name = self.module_name(*id, ground.catalogue);
                format!("{name} {} -> {}", level(&old, id), level(&new, id))
            })
            .collect();
        if !changed.is_empty() {
            news.push(("access", changed.join(", ")));
        }
        news
    }
}

fn print(sheet: &Sheet, name: &str) -> String {
    sheet.field(name).map(Field::print).unwrap_or_default()
}

/// Fields of one value: mine where I changed it.
fn keep_typed(mine: &Sheet, base: &Sheet, fresh: &mut Sheet) {
    // A period and its date are one.
    let end = ["expires", "valid_to"];
    let end_changed = end.iter().any(|name| print(mine, name) != print(base, name));
    for name in ["name", "description", "labels", "enabled", "valid_from", "expires", "valid_to"] {
        let changed =
            if end.contains(&name) { end_changed } else { print(mine, name) != print(base, name) };
        let control = mine.field(name).map(|field| field.control.clone());
        if let (true, Some(control), Some(field)) = (changed, control, fresh.field_mut(name)) {
            field.control = control;
        }
    }
}

/// Fields of many values: mine for each that I changed.
fn keep_chosen(mine: &Sheet, base: &TokenView, fresh: &mut Sheet) {
    let token = &base.token;
    let scopes: BTreeSet<ScopeId> = mine.ticked("scopes");
    let groups: BTreeSet<GroupId> = mine.ticked("groups");
    let scopes = merged(&scopes, &token.scopes, &fresh.ticked("scopes"));
    let groups = merged(&groups, &token.groups, &fresh.ticked("groups"));
    fresh.tick("scopes", &scopes);
    fresh.tick("groups", &groups);
    let levels = mine.levels("access");
    let modules: BTreeSet<_> = levels.keys().chain(token.access.keys()).collect();
    let levels = modules.into_iter().map(|id| (id, levels.get(id).copied()));
    fresh.give("access", levels.filter(|(id, level)| *level != token.access.get(id).copied()));
}

/// Theirs with what I added to the base, and without what I took from it.
fn merged<T: Ord + Copy>(
    mine: &BTreeSet<T>,
    base: &BTreeSet<T>,
    theirs: &BTreeSet<T>,
) -> BTreeSet<T> {
    let added = mine.difference(base);
    let removed: BTreeSet<_> = base.difference(mine).collect();
    theirs.iter().filter(|id| !removed.contains(id)).chain(added).copied().collect()
}
