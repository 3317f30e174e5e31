//! What narrows the list besides the searches, as the operator set it. The dates a
//! query needs are made of lengths of time, anew whenever the list is refreshed.

use std::collections::BTreeSet;

use crate::domain::calendar::{DayEnd, When};
use crate::domain::query::QueryTerms;
use crate::domain::{Catalogue, ModuleId, Query, ScopeId, Status, Time};

/// The filters of the form `f` opens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Filters {
    /// Only these; empty for all but Deleted (R40).
    pub(super) statuses: BTreeSet<Status>,
    /// With any of these (R39).
    pub(super) scopes: BTreeSet<ScopeId>,
    /// That reach any of these (R41).
    pub(super) modules: BTreeSet<ModuleId>,
    /// That end within this time, or before this day.
    pub(super) expires_within: Option<When>,
    /// Not used for so long, or since this day.
    pub(super) unused_for: Option<When>,
    /// Not used at all.
    pub(super) never_used: bool,
    /// What else was asked for in the query language, as it was typed.
    pub(super) terms: QueryTerms,
}

impl Filters {
    /// Puts them into a query, and leaves alone what is none of theirs.
    pub(super) fn put_into(&self, query: &mut Query, now: Time) {
        query.statuses.clone_from(&self.statuses);
        query.scopes.clone_from(&self.scopes);
        query.modules.clone_from(&self.modules);
        query.expires_before = self.expires_within.and_then(|when| when.at(now, DayEnd::Start));
        query.unused_since = self.unused_for.and_then(|when| when.ago(now));
        query.never_used = self.never_used;
        query.filter = self.terms.explicit();
    }

    /// Each as a word: `status:Active`, `scope:North plant,South plant`, `exp<30d`.
    fn words(&self, catalogue: &Catalogue) -> Vec<String> {
        let scopes = self.scopes.iter().map(|id| {
            catalogue.scopes.get(id).map_or_else(|| id.to_string(), |scope| scope.name.clone())
        });
        let modules = self.modules.iter().map(|id| {
            catalogue.modules.get(id).map_or_else(|| id.to_string(), |module| module.name.clone())
        });
        let expires = self.expires_within.map(|when| format!("exp<{when}"));
        let unused = self.unused_for.map(|when| format!("unused:{when}"));
        let never = self.never_used.then(|| "neverused".to_owned());
        let typed = (!self.terms.is_empty()).then(|| self.terms.to_string());
        [statuses_word(&self.statuses), list("scope", scopes), list("module", modules)]
            .into_iter()
            .chain([expires, unused, never, typed])
            .flatten()
            .collect()
    }
}

/// All that narrows a list, in the query language: it means the same at every door, and
/// lengths of time stay such.
pub(super) fn terms_of(query: &Query, filters: &Filters, catalogue: &Catalogue) -> String {
    let statuses = filters.statuses.iter().map(|status| status.to_string().to_lowercase());
    let scopes = filters.scopes.iter().map(ToString::to_string);
    let modules = filters.modules.iter().map(|id| {
        let named = catalogue.modules.values().filter(|module| {
            catalogue.modules.get(id).is_some_and(|known| known.name == module.name)
        });
        // By its name where that is its alone.
        let known = catalogue.modules.get(id).filter(|_| named.count() == 1);
        known.map_or_else(|| id.to_string(), |module| quoted(&module.name))
    });
    let search = |key: &str, text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| format!("{key}:{}", quoted(text)))
    };
    let typed = filters.terms.explicit();
    [
        search("text", &query.search),
        (!query.guid.trim().is_empty()).then(|| {
            format!("guid:{}", query.guid.split_whitespace().collect::<Vec<_>>().join(","))
        }),
        list("status", statuses),
        list("scope", scopes),
        list("module", modules),
        filters.expires_within.map(|when| format!("exp<{when}")),
        filters.unused_for.map(|when| format!("unused:{when}")),
        filters.never_used.then(|| "neverused".to_owned()),
        (!typed.is_empty()).then_some(typed),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" ")
}

/// A text that is one word of the language.
fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

fn list(name: &str, values: impl Iterator<Item = String>) -> Option<String> {
    let values: Vec<_> = values.collect();
    (!values.is_empty()).then(|| format!("{name}:{}", values.join(",")))
}

fn statuses_word(statuses: &BTreeSet<Status>) -> Option<String> {
    if *statuses == BTreeSet::from(Status::INACTIVE) {
        return Some("status:Inactive".to_owned());
    }
    list("status", statuses.iter().map(Status::to_string))
}

/// All that narrows the list, as it stands above it (R42): `text:exp  status:Active`.
pub(super) fn words(query: &Query, filters: &Filters, catalogue: &Catalogue) -> String {
    let search = |name: &str, text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| format!("{name}:{text}"))
    };
    let searches = [search("text", &query.search), search("guid", &query.guid)];
    let words: Vec<_> = searches.into_iter().flatten().chain(filters.words(catalogue)).collect();
    words.join("  ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Span;
    use crate::domain::query::Bare;

    #[test]
    fn r042_every_filter_is_named() {
        let filters = Filters {
            statuses: BTreeSet::from([Status::Expired, Status::Revoked]),
            modules: BTreeSet::from([ModuleId::new(4)]),
            expires_within: Some(When::Span(Span::Days(30))),
            unused_for: Some(When::Span(Span::Months(3))),
            never_used: true,
            terms: QueryTerms::parse("-by:zed  level:*=full", Bare::Text).unwrap_or_default(),
            ..Filters::default()
        };
        let query =
            Query { search: " exp ".to_owned(), guid: "f5d7".to_owned(), ..Query::default() };
        let expected = format!(
            "text:exp  guid:f5d7  status:Expired,Revoked  module:{}  exp<30d  unused:3m  neverused  \
             -by:zed level:*=full",
            ModuleId::new(4)
        );
        assert_eq!(words(&query, &filters, &Catalogue::default()), expected);
    }

    #[test]
    fn r040_all_that_is_not_active_has_one_word() {
        let filters = Filters { statuses: BTreeSet::from(Status::INACTIVE), ..Filters::default() };
        let words = words(&Query::default(), &filters, &Catalogue::default());
        assert_eq!(words, "status:Inactive");
    }

    #[test]
    fn whatever_a_filter_sets_the_query_counts_as_filtered() {
        let now = Time::UNIX_EPOCH;
        let one = |change: fn(&mut Filters)| {
            let mut filters = Filters::default();
            change(&mut filters);
            let mut query = Query::default();
            filters.put_into(&mut query, now);
            query.is_filtered()
        };
        assert!(!one(|_| ()));
        assert!(one(|filters| filters.never_used = true));
        assert!(one(|filters| filters.expires_within = Some(When::Span(Span::Days(1)))));
        assert!(one(|filters| filters.unused_for = Some(When::Span(Span::Days(1)))));
        assert!(one(|filters| {
            filters.terms = QueryTerms::parse("overlap", Bare::Text).unwrap_or_default();
        }));
        assert!(one(|filters| filters.statuses = BTreeSet::from([Status::Active])));
    }
}
