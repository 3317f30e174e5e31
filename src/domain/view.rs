//! Views: what a list of tokens shows, under a name. Some are built in; an operator keeps
//! others. Lengths of time in them count from the clock of whoever is asked.

use std::collections::BTreeMap;

use super::query::{Bare, QueryTerms};
use super::{Column, SortKey};
use crate::text::did_you_mean;

/// What a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedView {
    /// Terms of the query language, as typed.
    pub filter: String,
    /// The order; empty leaves it as it is.
    pub sort: Vec<SortKey>,
    /// The columns; empty leaves them as they are.
    pub columns: Vec<Column>,
}

/// The views an operator keeps, by name.
pub type Views = BTreeMap<String, SavedView>;

/// Those that are always there: their name, their terms, their order.
pub const BUILT_IN: [(&str, &str, &str); 7] = [
    ("expiring", "exp<30d", "expires"),
    ("unused", "unused:90d", "last-access"),
    ("never", "never", ""),
    ("full", "level:*=full", ""),
    ("overlap", "overlap", ""),
    ("out-of-service", "out-of-service", ""),
    ("offends", "offends", ""),
];

/// Words that follow `:view` and are no names.
const VERBS: [&str; 2] = ["save", "remove"];
/// The longest name.
const LONGEST: usize = 40;

impl SavedView {
    /// A view out of texts. The error names the part and says what is wrong with it.
    pub fn read(
        filter: &str,
        sort: &str,
        columns: &[String],
    ) -> Result<Self, (&'static str, String)> {
        let terms = QueryTerms::parse(filter, Bare::Text).map_err(|why| ("filter", why))?;
        let sort = SortKey::parse_list(sort).map_err(|why| ("sort", why))?;
        let columns = columns.iter().map(|name| name.trim().parse());
        let columns = columns.collect::<Result<_, _>>().map_err(|why| ("columns", why))?;
        Ok(Self { filter: terms.explicit(), sort, columns })
    }

    /// Its terms. They were read before.
    pub fn terms(&self) -> QueryTerms {
        QueryTerms::parse(&self.filter, Bare::Text).unwrap_or_default()
    }

    /// Its order as it is typed.
    pub fn order(&self) -> String {
        self.sort.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    }
}

/// Whether a view is always there.
pub fn is_built_in(name: &str) -> bool {
    BUILT_IN.iter().any(|(built_in, ..)| *built_in == name)
}

/// Every view with its name: those that are built in, then the operator's own.
pub fn all_views(own: &Views) -> Vec<(String, SavedView)> {
    let built_in = BUILT_IN.iter().filter_map(|(name, filter, sort)| {
        Some(((*name).to_owned(), SavedView::read(filter, sort, &[]).ok()?))
    });
    built_in.chain(own.iter().map(|(name, view)| (name.clone(), view.clone()))).collect()
}

/// The view of that name; the error names the nearest.
pub fn view_named(own: &Views, name: &str) -> Result<SavedView, String> {
    let all = all_views(own);
    if let Some((_, view)) = all.iter().find(|(known, _)| known == name) {
        return Ok(view.clone());
    }
    let names: Vec<_> = all.iter().map(|(known, _)| known.as_str()).collect();
    let near = did_you_mean(name, names.iter().copied());
    let hint = near.unwrap_or_else(|| format!("there are {}", names.join(", ")));
    Err(format!("there is no view '{name}'; {hint}"))
}

/// Refuses a name that no view can be kept under.
pub fn must_be_view_name(name: &str) -> Result<(), String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let starts = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    if !starts || !name.chars().all(fits) || name.len() > LONGEST {
        return Err(format!("a view's name is letters, digits, - and _, {LONGEST} at the most"));
    }
    if is_built_in(name) {
        return Err(format!("'{name}' is built in: keep yours under another name"));
    }
    if VERBS.contains(&name) {
        return Err(format!("'{name}' is what is done to a view: keep it under another name"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_are_built_in_can_be_read() {
        assert_eq!(all_views(&Views::new()).len(), BUILT_IN.len());
        for (name, ..) in BUILT_IN {
            let view = view_named(&Views::new(), name);
            assert!(view.is_ok_and(|view| !view.terms().is_empty()), "{name}");
        }
    }

    #[test]
    fn a_name_that_is_taken_or_odd_is_refused() {
        for name in ["", "a b", "-x", "expiring", "save", "remove", "é", &"x".repeat(41)] {
            assert!(must_be_view_name(name).is_err(), "{name}");
        }
        assert_eq!(must_be_view_name("q1-review"), Ok(()));
        let near = view_named(&Views::new(), "expirng");
        assert!(near.is_err_and(|why| why.contains("did you mean 'expiring'?")));
    }
}
