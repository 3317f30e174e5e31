//! What the form comes to: every value, and on an edit what was before (R88, R109).

use std::collections::BTreeMap;

use crate::domain::calendar::{day, end_day};
use crate::domain::{Grant, ModuleId, Settings, Source, access, label};
use crate::text::{or_dash, yes_no};
use crate::tui::form::{Control, Fact, Ground, Sheet};

use super::{TokenForm, values};

/// The names of the settings, in their order.
pub(super) const SETTINGS: [(&str, &str); 8] = [
    ("name", "Name"),
    ("description", "Description"),
    ("enabled", "Enabled"),
    ("scopes", "Scopes"),
    ("groups", "Groups"),
    ("valid_from", "Valid from"),
    ("valid_to", "Expires"),
    ("labels", "Labels"),
];

impl TokenForm {
    /// All there is to say of it. What could not be read, `unread`, is never given
    /// out for an empty field: "Never" would be the opposite of what was meant.
    pub(super) fn facts(
        &self,
        sheet: &Sheet,
        settings: &Settings,
        unread: &[&str],
        ground: &Ground<'_>,
    ) -> Vec<Fact> {
        let before = self.base.as_ref().map(|view| Settings::of(&view.token));
        let new = self.base.is_none();
        let asked = |field: &str| values::is_asked(field, new, ground);
        let mut facts: Vec<_> = SETTINGS
            .into_iter()
            .filter(|(field, _)| asked(field))
            .map(|(field, name)| {
                let now = if unread.contains(&field) {
                    if field == "labels" { "not labels yet" } else { "not a date yet" }.to_owned()
                } else {
                    self.describe(field, settings, ground)
                };
                let before = before.as_ref().map(|before| self.describe(field, before, ground));
                fact(name, before, now)
            })
            .collect();
        let place = facts.len().min(2);
        let whose = [("Owner", "owner"), ("Account", "account")];
        for (name, field) in whose.into_iter().filter(|(_, field)| asked(field)) {
            facts.insert(place, fact(name, None, fixed_or_picked(sheet, field)));
        }
        facts.extend(self.guid.filter(|_| asked("guid")).map(|guid| Fact {
            name: "GUID",
            value: guid.to_string(),
            changed: self.new_value,
        }));
        if asked("access") || asked("groups") {
            facts.extend(self.module_facts(settings, before.as_ref(), ground));
        }
        facts
    }

    /// One of the settings in words.
    pub(super) fn describe(&self, field: &str, of: &Settings, ground: &Ground<'_>) -> String {
        let names = self.base.as_ref().map(|view| &view.names);
        let join = |names: Vec<String>| or_dash(&names.join(", "));
        match field {
            "name" => or_dash(&of.name),
            "description" => or_dash(&of.description),
            "enabled" => yes_no(of.enabled).to_owned(),
            "scopes" => join(
                of.scopes
                    .iter()
                    .map(|id| match (ground.catalogue.scopes.get(id), names) {
                        (Some(scope), _) => scope.name.clone(),
                        (None, Some(names)) => names.scope(*id),
                        (None, None) => id.to_string(),
                    })
                    .collect(),
            ),
            "groups" => join(of.groups.iter().map(|id| self.group_name(*id, ground)).collect()),
            "labels" => or_dash(&label::line(&of.labels)),
            "valid_from" => of.valid_from.map_or_else(|| "-".to_owned(), day),
            "valid_to" => of.valid_to.map_or_else(|| "Never".to_owned(), end_day),
            _ => String::new(),
        }
    }

    fn group_name(&self, id: crate::domain::GroupId, ground: &Ground<'_>) -> String {
        match (ground.catalogue.groups.get(&id), &self.base) {
            (Some(group), _) => group.name.clone(),
            (None, Some(view)) => view.names.group(id),
            (None, None) => id.to_string(),
        }
    }

    /// `Orders Read (Order readers)`: the effective levels and where they come from
    /// (R102).
    fn module_facts(
        &self,
        now: &Settings,
        before: Option<&Settings>,
        ground: &Ground<'_>,
    ) -> Vec<Fact> {
        let levels = |of: &Settings| -> BTreeMap<ModuleId, String> {
            let grants = access::together(&of.access, &of.groups, ground.catalogue);
            grants.iter().map(|grant| (grant.module, self.level(grant, ground))).collect()
        };
        let (now, old) = (levels(now), before.map(levels));
        let mut modules: Vec<_> = now.keys().chain(old.iter().flat_map(BTreeMap::keys)).collect();
        modules.sort();
        modules.dedup();
        let none = || "No".to_owned();
        let mut label = "Modules";
        let mut facts = Vec::new();
        for id in modules {
            let name = self.module_name(*id, ground.catalogue);
            let level = now.get(id).cloned().unwrap_or_else(none);
            let old = old.as_ref().map(|old| old.get(id).cloned().unwrap_or_else(none));
            let Fact { value, changed, .. } = fact(label, old, level);
            facts.push(Fact { name: label, value: format!("{name} {value}"), changed });
            label = "";
        }
        if facts.is_empty() {
            facts.push(fact(label, None, "-".to_owned()));
        }
        facts
    }

    fn level(&self, grant: &Grant, ground: &Ground<'_>) -> String {
        let names: Vec<_> = grant
            .from
            .iter()
            .map(|source| match source {
                Source::Own => "own".to_owned(),
                Source::Group(id) => self.group_name(*id, ground),
            })
            .collect();
        // Where the form itself gives it there is nothing to explain.
        if names == ["own"] {
            return grant.level.to_string();
        }
        format!("{} ({})", grant.level, names.join(", "))
    }
}

fn fact(name: &'static str, before: Option<String>, now: String) -> Fact {
    match before.filter(|before| *before != now) {
        Some(before) => Fact { name, value: format!("{before} -> {now}"), changed: true },
        None => Fact { name, value: now, changed: false },
    }
}

/// What stands in a field that is chosen from a list, or given.
fn fixed_or_picked(sheet: &Sheet, field: &str) -> String {
    match sheet.control(field) {
        Some(Control::Fixed(text)) => text.clone(),
        Some(Control::Pick(pick)) => pick.text().unwrap_or("-").to_owned(),
        _ => String::new(),
    }
}
