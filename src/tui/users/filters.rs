//! What narrows the list of users, in words (R42).

use crate::domain::{Catalogue, ModuleId, Role};
use crate::wire::{HoldingFilter, UserQuery};

/// Whether anything was chosen that clearing would take away.
pub(in crate::tui) fn is_narrowed(query: &UserQuery) -> bool {
    let UserQuery { words, account: _, modules, holding, roles, sort: _ } = query;
    !(words.is_empty() && modules.is_empty() && holding.is_none() && roles.is_empty())
}

/// Each as a word: `find:dor  module:eRecording  token:pending  role:admin`.
pub(in crate::tui) fn words(query: &UserQuery, catalogue: &Catalogue) -> String {
    let find = (!query.words.is_empty()).then(|| format!("find:{}", query.words.join(" ")));
    let name = |id: &ModuleId| {
        catalogue.modules.get(id).map_or_else(|| id.to_string(), |module| module.name.clone())
    };
    let modules = list("module", query.modules.iter().map(name));
    let holding = query.holding.map(|holding| format!("token:{}", holding_word(holding)));
    let roles = list("role", query.roles.iter().map(Role::to_string));
    let words: Vec<_> = [find, modules, holding, roles].into_iter().flatten().collect();
    words.join("  ")
}

fn holding_word(holding: HoldingFilter) -> &'static str {
    match holding {
        HoldingFilter::Has => "has",
        HoldingFilter::Pending => "pending",
        HoldingFilter::Nothing => "none",
    }
}

fn list(name: &str, values: impl Iterator<Item = String>) -> Option<String> {
    let values: Vec<_> = values.collect();
    (!values.is_empty()).then(|| format!("{name}:{}", values.join(",")))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_filter_is_named_and_counts_as_one() {
        let query = UserQuery {
            words: vec!["dor".to_owned(), "dep".to_owned()],
            modules: BTreeSet::from([ModuleId::new(4)]),
            holding: Some(HoldingFilter::Nothing),
            roles: vec![Role::Admin, Role::Member],
            ..UserQuery::default()
        };
        let text = words(&query, &Catalogue::default());
        let module = ModuleId::new(4);
        assert_eq!(text, format!("find:dor dep  module:{module}  token:none  role:Admin,Member"));
        assert!(is_narrowed(&query) && !is_narrowed(&UserQuery::default()));
    }
}
