//! What may come next on the line, for Tab and to be shown above it.

use super::filter::{modules, scopes};
use super::{Word, names};
use crate::domain::query::Spelling;
use crate::domain::{Account, view};
use crate::text::safe_line;
use crate::tui::catalog;
use crate::tui::command::Command;
use crate::tui::offer::Offer;
use crate::tui::place::Seen;

/// A word that could stand at the end of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tui) struct Completion {
    /// The word, safe for a terminal.
    pub(in crate::tui) word: String,
    /// The whole line with it.
    pub(in crate::tui) line: String,
    /// The keys that do the same.
    pub(in crate::tui) keys: String,
    /// What it means, safe for a terminal; empty where the word says it.
    pub(in crate::tui) meaning: String,
    /// Whether it could not be done now.
    pub(in crate::tui) dim: bool,
}

impl Completion {
    /// A word at the end of that line.
    pub(in crate::tui) fn new(line: String, word: &str, meaning: &str) -> Self {
        let [word, meaning] = [word, meaning].map(safe_line);
        Self { word, line, keys: String::new(), meaning, dim: false }
    }

    /// The name of a screen, which is all of its line.
    pub(in crate::tui) fn of_screen(name: &str) -> Self {
        Self::new(name.to_owned(), name, "a screen, until a step back")
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
            let offers = model.backends.offers.iter();
            fitting(rest, offers.map(|to| (to.name.clone(), format!("{}  {}", to.kind, to.place))))
        }
        Ok(Word::Catalog) => {
            let titles = catalog::LISTS.into_iter().map(catalog::title);
            fitting(rest, titles.map(|title| bare(title.to_lowercase())))
        }
        Ok(Word::Theme) => {
            fitting(rest, model.options.themes.names().map(|name| bare(name.to_owned())))
        }
        Ok(Word::View) => {
            let kept = |own: bool| {
                let all = view::all_views(&model.views).into_iter();
                let all = all.map(|(name, view)| (name, view.filter));
                all.filter(move |(name, _)| !own || !view::is_built_in(name))
            };
            if let Some(typed) = rest.strip_prefix("remove ") {
                return with(&format!("{name} remove "), fitting(typed, kept(true)));
            }
            let verbs = [("save ", "keep what is shown"), ("remove ", "take one away")];
            let verbs = verbs.map(|(verb, about)| (verb.to_owned(), about.to_owned()));
            fitting(rest, kept(false).chain(verbs))
        }
        Ok(Word::Sort) => {
            let (before, last) = after_last(rest, ',');
            let (minus, last) = last.strip_prefix('-').map_or(("", last), |last| ("-", last));
            let sorting = model.session.descriptors.columns.iter().filter(|column| column.sorts);
            let named = sorting.map(|column| {
                let title = model.session.descriptors.title(column.key);
                (column.key.typed().into_owned(), format!("by {title}; - before it reverses"))
            });
            let before = format!("{before}{minus}");
            return with(&format!("{name} {before}"), fitting(last, named));
        }
        Ok(Word::Filter) => {
            let (before, last) = after_last(rest, ' ');
            return with(&format!("{name} {before}"), filters(last, model));
        }
        _ => vec![],
    };
    with(&format!("{name} "), offered)
}

/// A word, and what it means.
type Meant = (String, String);

/// A word that says all of it.
fn bare(word: String) -> Meant {
    (word, String::new())
}

fn first_words(line: &str, model: &Seen<'_>) -> Vec<Completion> {
    let names = names();
    let known = names.iter().filter(|name| name.starts_with(line));
    let known = known.map(|name| first_word(name, model));
    let own = model.options.own.iter().filter(|(_, own)| own.name.starts_with(line));
    let own = own.map(|(id, own)| Completion {
        keys: model.keymap.first_key_of(Command::Own(id)),
        dim: model.offers(Command::Own(id)) != Offer::Here,
        ..Completion::new(own.name.clone(), &own.name, &own.meaning())
    });
    known.chain(own).collect()
}

fn first_word(name: &'static str, model: &Seen<'_>) -> Completion {
    let key = |command| model.keymap.first_key_of(command);
    match (name.parse::<Word>(), name.parse::<Command>()) {
        (Ok(word), _) => {
            let argument = word.argument();
            let line = argument.map_or_else(|| name.to_owned(), |_| format!("{name} "));
            let wants = argument.map(|wants| format!(": {wants}")).unwrap_or_default();
            let completion = Completion::new(line, name, &format!("{}{wants}", word.about()));
            Completion { keys: word.alone().map(key).unwrap_or_default(), ..completion }
        }
        (Err(_), Ok(command)) => Completion {
            keys: key(command),
            dim: model.offers(command) != Offer::Here,
            ..Completion::new(name.to_owned(), name, command.row().help)
        },
        (Err(_), Err(_)) => Completion::new(name.to_owned(), name, ""),
    }
}

/// Words that begin with what was typed, in either case.
fn fitting(typed: &str, words: impl Iterator<Item = Meant>) -> Vec<Meant> {
    let typed = typed.trim_start().to_lowercase();
    words.filter(|(word, _)| word.to_lowercase().starts_with(&typed)).collect()
}

fn with(before: &str, words: Vec<Meant>) -> Vec<Completion> {
    let offer =
        |(word, meaning): Meant| Completion::new(format!("{before}{word}"), &word, &meaning);
    words.into_iter().map(offer).collect()
}

/// What stands before and behind the last of these signs.
fn after_last(text: &str, sign: char) -> (&str, &str) {
    text.rfind(sign).and_then(|at| text.split_at_checked(at + 1)).unwrap_or(("", text))
}

fn accounts(model: &Seen<'_>) -> impl Iterator<Item = Meant> {
    let accounts = model.session.operator.accounts_in(&model.catalogue);
    let with_id = |account: &&Account| (account.name.clone(), account.id.to_string());
    let names: Vec<_> = accounts.iter().map(with_id).collect();
    std::iter::once(("all".to_owned(), model.all_accounts().to_owned())).chain(names)
}

/// A filter's name, or what may follow it.
fn filters(typed: &str, model: &Seen<'_>) -> Vec<Meant> {
    let (minus, typed) = typed.strip_prefix('-').map_or(("", typed), |typed| ("-", typed));
    let Some((key, value)) = typed.split_once(':') else {
        let words = model.session.descriptors.filters.iter();
        let starts = words.flat_map(|word| {
            let Spelling { starts, wants, about, .. } = word.spelling();
            let wants = if wants.is_empty() { String::new() } else { format!("{wants}: ") };
            starts.iter().map(move |start| ((*start).to_owned(), format!("{wants}{about}")))
        });
        let fits = fitting(typed, starts);
        return fits.into_iter().map(|(start, about)| (format!("{minus}{start}"), about)).collect();
    };
    let (before, last) = after_last(value, ',');
    let unquoted = |word: &str| word.trim_matches('"').to_lowercase();
    let typed = unquoted(last);
    let fits =
        values(key, model).into_iter().filter(|(value, _)| unquoted(value).starts_with(&typed));
    fits.map(|(value, about)| (format!("{minus}{key}:{before}{value}"), about)).collect()
}

/// What may follow a filter's name.
fn values(key: &str, model: &Seen<'_>) -> Vec<Meant> {
    let said = &model.session.descriptors;
    let with_id = |name: &str, id: &dyn ToString| (quoted(name), id.to_string());
    match key {
        _ if !said.filters.iter().any(|word| word.key() == key) => vec![],
        "status" => said
            .statuses
            .iter()
            .map(|status| bare(status.to_string().to_lowercase()))
            .chain(std::iter::once(("inactive".to_owned(), "all but active".to_owned())))
            .collect(),
        "module" => modules(model).map(|module| with_id(&module.name, &module.id)).collect(),
        "level" => {
            let level =
                |module: String| ["read", "full"].map(|level| bare(format!("{module}={level}")));
            let names = modules(model).map(|module| quoted(&module.name));
            std::iter::once("*".to_owned()).chain(names).flat_map(level).collect()
        }
        "scope" => scopes(model).map(|scope| with_id(&scope.name, &scope.id)).collect(),
        "account" => accounts(model).map(|(name, about)| (quoted(&name), about)).collect(),
        "group" => {
            let groups = model.catalogue.groups_of(model.account());
            groups.map(|group| with_id(&group.name, &group.id)).collect()
        }
        "owner" | "by" => {
            let users = model.catalogue.users.values();
            users.map(|user| (quoted(&user.login), user.name.clone())).collect()
        }
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
