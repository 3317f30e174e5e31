//! What may come next on the line, for Tab and to be shown above it.

use super::filter::{modules, scopes};
use super::{Word, names};
use crate::text::safe_line;
use crate::tui::catalog;
use crate::tui::offer::Offer;
use crate::tui::place::Seen;

/// A word that could stand at the end of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) struct Completion {
    /// The word, safe for a terminal.
    pub(in crate::tui) word: String,
    /// The whole line with it.
    pub(in crate::tui) line: String,
    /// Whether it could not be done now.
    pub(in crate::tui) dim: bool,
}

impl Completion {
    /// The name of a screen, which is all of its line.
    pub(in crate::tui) fn of_screen(name: &str) -> Self {
        Self { word: name.to_owned(), line: name.to_owned(), dim: false }
    }
}

/// All that fits what was typed so far.
pub(in crate::tui) fn offers(line: &str, model: &Seen<'_>) -> Vec<Completion> {
    let Some((name, rest)) = line.split_once(' ') else {
        return first_words(line, model);
    };
    let offered = match name.parse::<Word>() {
        Ok(Word::Account) => fitting(rest, accounts(model)),
        Ok(Word::Backend) => {
            fitting(rest, model.backends.offers.iter().map(|offer| offer.name.clone()))
        }
        Ok(Word::Catalog) => {
            let titles = catalog::LISTS.into_iter().map(catalog::title);
            fitting(rest, titles.map(str::to_lowercase))
        }
        Ok(Word::Theme) => fitting(rest, model.options.themes.names().map(str::to_owned)),
        Ok(Word::Sort) => {
            let (before, last) = after_last(rest, ',');
            let (minus, last) = last.strip_prefix('-').map_or(("", last), |last| ("-", last));
            let sorting = model.session.descriptors.columns.iter().filter(|column| column.sorts);
            let columns = fitting(last, sorting.map(|column| column.key.typed().into_owned()));
            let before = format!("{before}{minus}");
            return with(&format!("{name} {before}"), columns);
        }
        Ok(Word::Filter) => {
            let (before, last) = after_last(rest, ' ');
            return with(&format!("{name} {before}"), filters(last, model));
        }
        _ => vec![],
    };
    with(&format!("{name} "), offered)
}

fn first_words(line: &str, model: &Seen<'_>) -> Vec<Completion> {
    let dim = |name: &str| {
        name.parse::<Word>().is_err()
            && name.parse().is_ok_and(|command| model.offers(command) != Offer::Here)
    };
    let takes_more = |name: &str| name.parse::<Word>().is_ok_and(|word| word.argument().is_some());
    let offer = |name: &str| Completion {
        dim: dim(name),
        line: if takes_more(name) { format!("{name} ") } else { name.to_owned() },
        word: name.to_owned(),
    };
    let names = names();
    names.iter().filter(|name| name.starts_with(line)).map(|name| offer(name)).collect()
}

/// Words that begin with what was typed, in either case.
fn fitting(typed: &str, words: impl Iterator<Item = String>) -> Vec<String> {
    let typed = typed.trim_start().to_lowercase();
    words.filter(|word| word.to_lowercase().starts_with(&typed)).collect()
}

fn with(before: &str, words: Vec<String>) -> Vec<Completion> {
    let offer = |word: String| Completion {
        line: format!("{before}{word}"),
        word: safe_line(&word),
        dim: false,
    };
    words.into_iter().map(offer).collect()
}

/// What stands before and behind the last of these signs.
fn after_last(text: &str, sign: char) -> (&str, &str) {
    text.rfind(sign).and_then(|at| text.split_at_checked(at + 1)).unwrap_or(("", text))
}

fn accounts(model: &Seen<'_>) -> impl Iterator<Item = String> {
    let accounts = model.session.operator.accounts_in(&model.catalogue);
    let names: Vec<_> = accounts.into_iter().map(|account| account.name.clone()).collect();
    std::iter::once("all".to_owned()).chain(names)
}

/// A filter's name, or what may follow it.
fn filters(typed: &str, model: &Seen<'_>) -> Vec<String> {
    let (minus, typed) = typed.strip_prefix('-').map_or(("", typed), |typed| ("-", typed));
    let Some((key, value)) = typed.split_once(':') else {
        let words = model.session.descriptors.filters.iter();
        let starts = words.flat_map(|word| word.spelling().starts.iter());
        let fits = fitting(typed, starts.map(|start| (*start).to_owned()));
        return fits.into_iter().map(|start| format!("{minus}{start}")).collect();
    };
    let (before, last) = after_last(value, ',');
    let values = values(key, model);
    let bare = |word: &str| word.trim_matches('"').to_lowercase();
    let typed = bare(last);
    let fits = values.into_iter().filter(|value| bare(value).starts_with(&typed));
    fits.map(|value| format!("{minus}{key}:{before}{value}")).collect()
}

/// What may follow a filter's name.
fn values(key: &str, model: &Seen<'_>) -> Vec<String> {
    let said = &model.session.descriptors;
    match key {
        _ if !said.filters.iter().any(|word| word.key() == key) => vec![],
        "status" => said
            .statuses
            .iter()
            .map(|status| status.to_string().to_lowercase())
            .chain(std::iter::once("inactive".to_owned()))
            .collect(),
        "module" => modules(model).map(|module| quoted(&module.name)).collect(),
        "level" => {
            let level = |module: String| ["read", "full"].map(|level| format!("{module}={level}"));
            let names = modules(model).map(|module| quoted(&module.name));
            std::iter::once("*".to_owned()).chain(names).flat_map(level).collect()
        }
        "scope" => scopes(model).map(|scope| quoted(&scope.name)).collect(),
        "account" => accounts(model).map(|account| quoted(&account)).collect(),
        "group" => {
            model.catalogue.groups_of(model.account()).map(|group| quoted(&group.name)).collect()
        }
        "owner" | "by" => model.catalogue.users.values().map(|user| quoted(&user.login)).collect(),
        _ => vec![],
    }
}

fn quoted(name: &str) -> String {
    if name.contains(char::is_whitespace) { format!("\"{name}\"") } else { name.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::fixture;

    fn lines(line: &str) -> Vec<String> {
        offers(line, &fixture::model().seen()).into_iter().map(|offer| offer.line).collect()
    }

    #[test]
    fn the_beginning_of_a_word_offers_its_ends() {
        assert_eq!(lines("toggle-v"), ["toggle-value"]);
        assert_eq!(lines("so"), ["sort "]);
        assert!(lines("zz").is_empty());
        assert!(lines("").len() > 30);
    }

    #[test]
    fn what_cannot_be_done_now_is_offered_dimmed() {
        let model = fixture::model();
        let dim = |name: &str| offers(name, &model.seen()).iter().any(|offer| offer.dim);
        assert!(dim("clear-filters") && dim("next-tab"));
        assert!(!dim("refresh") && !dim("sort"));
    }

    #[test]
    fn arguments_are_completed_where_they_stand() {
        assert_eq!(lines("sort name,-exp"), ["sort name,-expires"]);
        assert_eq!(lines("theme da"), ["theme dark"]);
        assert_eq!(lines("catalog mo"), ["catalog modules"]);
        assert_eq!(lines("filter rob st"), ["filter rob status:"]);
        assert_eq!(lines("filter status:active,pe"), ["filter status:active,pending"]);
        assert_eq!(lines("account a"), ["account all"]);
    }

    #[test]
    fn everything_offered_can_be_read() {
        let model = fixture::model();
        for offer in offers("", &model.seen()).iter().filter(|offer| !offer.line.ends_with(' ')) {
            assert!(super::super::parse(&offer.line, &model.seen()).is_ok(), "{}", offer.line);
        }
        for line in [
            "sort ",
            "theme ",
            "catalog ",
            "filter status:",
            "filter -level:",
            "filter account:",
            "filter by:",
        ] {
            for offer in offers(line, &model.seen()) {
                assert!(super::super::parse(&offer.line, &model.seen()).is_ok(), "{}", offer.line);
            }
        }
    }
}
