//! Filters as they are typed: `status:active exp<30d scope:"North plant" robot`. The language
//! is the domain's; here it meets the catalogue that the operator knows, so that a wrong name
//! is told where it is typed.

use crate::domain::query::{Around, Bare, QuerySight, QueryTerms};
use crate::domain::{Module, Query, Refusal, Scope};
use crate::tui::place::Seen;

/// Reads what is to narrow the list from now on.
pub(super) fn parse(text: &str, model: &Seen<'_>) -> Result<QueryTerms, String> {
    let terms = QueryTerms::parse(text, Bare::Text)?;
    must_be_here(&terms, model)?;
    Ok(terms)
}

/// Refuses terms that name what is not there. Users who stand on tokens may be others than
/// those whom the operator can look up: of them the backend knows.
pub(in crate::tui) fn must_be_here(terms: &QueryTerms, model: &Seen<'_>) -> Result<(), String> {
    let query = Query { filter: terms.explicit(), ..Query::default() };
    model.session.descriptors.must_filter(&query, terms)?;
    let (catalogue, now, around) = (&model.catalogue, model.wall(), Around::default());
    let sight = QuerySight { catalogue, operator: None, around: &around, now };
    match query.ready(&sight, Bare::Text) {
        Ok(_) | Err(Refusal::NotFound { what: "user", .. }) => Ok(()),
        Err(Refusal::Invalid(errors)) => {
            Err(errors.into_iter().map(|error| error.message).collect::<Vec<_>>().join("; "))
        }
        Err(refusal) => Err(refusal.to_string()),
    }
}

/// The modules of the accounts that are listed.
pub(super) fn modules<'a>(model: &Seen<'a>) -> impl Iterator<Item = &'a Module> {
    model.shared.catalogue.modules_of(model.account())
}

/// The scopes of the accounts that are listed, as far as the operator holds them.
pub(super) fn scopes<'a>(model: &Seen<'a>) -> impl Iterator<Item = &'a Scope> {
    let (here, shared) = (model.account(), model.shared);
    let scopes = shared.catalogue.scopes.values();
    scopes
        .filter(move |scope| here.is_none_or(|account| scope.account == account))
        .filter(|scope| shared.session.operator.holds(scope))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::fixture;

    fn filter(text: &str) -> Result<QueryTerms, String> {
        parse(text, &fixture::model().seen())
    }

    #[test]
    fn filters_are_read_together_and_stay_as_typed() {
        let text = "status:active,pending exp<30d never-used bulk name:\"0 1\" by:nobody";
        assert_eq!(filter(text).map(|terms| terms.to_string()), Ok(text.to_owned()));
    }

    #[test]
    fn a_wrong_filter_is_told_what_would_be_right() {
        let error = |text| filter(text).err().unwrap_or_default();
        assert!(error("status:dead").contains("'dead' is not a status: active"));
        assert!(error("exp<soon").contains("'soon' is not a time such as 30d"));
        assert!(error("size:3").contains("'size:3' is not a filter: there are status:"));
        assert_eq!(error("scope:\"North"), "a quote is not closed");
        assert!(error("status:").contains("'status:' wants something after it"));
        assert_eq!(error("module:Nowhere"), "no module 'Nowhere' here");
        assert!(error("exp<9999y").contains("outside the calendar"));
    }
}
