//! The help of a place: its keys in force, what is looked for most first, then the words other
//! products use, then the keys of other places. Made from the command table and from what the
//! place offers, so that it cannot fall behind either.

use strum::IntoEnumIterator as _;

use crate::tui::command::{Command, Scope};
use crate::tui::offer::Offer;
use crate::tui::place::{Place, Seen, as_a};

use super::Reader;

/// The words of other products (D1, D2, D4).
const SYNONYMS: [(&str, &str); 7] = [
    ("account", "client, organization, tenant, site"),
    ("module", "API, product, service, integration"),
    ("scope", "the data a token reaches"),
    ("delete", "remove"),
    ("inactive", "not Active"),
    ("revoke", "final; the record stays"),
    ("disable", "deactivate; for the time being"),
];

/// What the keys of a place are for, what is looked for most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter, strum::Display)]
enum Topic {
    Find,
    Open,
    Act,
    #[strum(serialize = "Danger: what can't be taken back")]
    Danger,
    Select,
    Move,
    Pages,
    #[strum(serialize = "Order and columns")]
    Arrange,
    Anywhere,
}

impl Topic {
    fn of(command: Command) -> Self {
        use Command as C;
        let row = command.row();
        if row.danger {
            return Self::Danger;
        }
        match (command, row.scope) {
            (C::Search | C::SearchGuid | C::Filters | C::ClearFilters | C::Find, _) => Self::Find,
            (C::Open | C::More | C::OpenReport, _) => Self::Open,
            (
                C::Select | C::SelectRange | C::SelectAll | C::InvertSelection | C::ClearSelection,
                _,
            ) => Self::Select,
            (C::NextPage | C::PreviousPage | C::FirstPage | C::LastPage | C::PageSize, _) => {
                Self::Pages
            }
            (C::Sort | C::Columns | C::ColumnsLeft | C::ColumnsRight | C::ChooseTabs, _) => {
                Self::Arrange
            }
            (C::NextTab | C::PreviousTab | C::NextList | C::PreviousList, _) | (_, Scope::Move) => {
                Self::Move
            }
            (_, Scope::Global) => Self::Anywhere,
            (
                _,
                Scope::List
                | Scope::Details
                | Scope::Users
                | Scope::Catalog
                | Scope::Form
                | Scope::Act
                | Scope::Tabs
                | Scope::Choice
                | Scope::Pick
                | Scope::Jobs
                | Scope::Open
                | Scope::Dialog,
            ) => Self::Act,
        }
    }
}

/// A line of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HelpLine {
    /// The head of a part.
    Head(String),
    /// A key or word and what it means.
    Entry {
        /// The keys, or the word.
        left: String,
        /// The meaning.
        right: String,
        /// Whether it can't be taken back.
        danger: bool,
        /// Whether the backend can't do it.
        lacks: bool,
    },
}

impl HelpLine {
    /// What can always be done, and harms nothing.
    fn plain((left, right): &(&str, &str)) -> Self {
        let (left, right) = ((*left).to_owned(), (*right).to_owned());
        Self::Entry { left, right, danger: false, lacks: false }
    }

    /// Whether it holds all of these words, in either case.
    fn holds(&self, words: &[String]) -> bool {
        let text = match self {
            Self::Head(text) => text.to_lowercase(),
            Self::Entry { left, right, .. } => format!("{left} {right}").to_lowercase(),
        };
        words.iter().all(|word| text.contains(word))
    }
}

/// How many places lie over the one that the help is of: itself, and what came over it.
fn over(seen: &Seen<'_>) -> usize {
    let is_help = |place: &dyn Place| as_a::<Reader>(place).is_some_and(Reader::is_help);
    seen.layers.downwards().position(is_help).map_or(0, |at| at + 1)
}

/// The place that the help is of; none where it is of the screen.
fn place<'a>(seen: &Seen<'a>) -> Option<&'a dyn Place> {
    seen.layers.downwards().nth(over(seen))
}

/// What the place is called.
pub(super) fn of_what(seen: &Seen<'_>) -> String {
    match place(seen) {
        Some(place) => place.called().to_owned(),
        None => seen.screens.called().to_owned(),
    }
}

/// The help, or what of it holds these words.
pub(super) fn lines(seen: &Seen<'_>, sought: &str) -> Vec<HelpLine> {
    let place = place(seen);
    let here = place.map_or_else(|| seen.pane_scopes(), |place| place.scopes(seen));
    let over = over(seen);
    let near: Vec<_> = Command::all()
        .filter(|command| here.contains(&command.section()))
        .filter(|command| seen.offers_under(*command, over) != Offer::Absent)
        .collect();
    let of_topic = |topic: Topic| {
        let of_it = near.iter().filter(move |command| Topic::of(**command) == topic);
        part(topic.to_string(), of_it.map(|command| entry(seen, *command)))
    };
    let of_field =
        part("This field", place.map(Place::help).into_iter().flatten().map(HelpLine::plain));
    let words = part("Words", SYNONYMS.iter().map(HelpLine::plain));
    let elsewhere = Scope::iter().filter(|scope| !here.contains(scope)).flat_map(|scope| {
        let of_it = Command::all().filter(move |command| command.section() == scope);
        part(format!("Elsewhere: {scope}"), of_it.map(|command| entry(seen, command)))
    });
    let near = Topic::iter().flat_map(of_topic);
    let own = part("Your commands", own(seen));
    let all = of_field.into_iter().chain(near).chain(own).chain(words).chain(elsewhere).collect();
    narrowed(all, sought)
}

/// A head and what stands under it; nothing where that is nothing.
fn part(head: impl Into<String>, entries: impl Iterator<Item = HelpLine>) -> Vec<HelpLine> {
    let mut entries = entries.peekable();
    let head = entries.peek().is_some().then(|| HelpLine::Head(head.into()));
    head.into_iter().chain(entries).collect()
}

/// What holds the words, under its heads; all that stands under a head that holds them.
fn narrowed(lines: Vec<HelpLine>, sought: &str) -> Vec<HelpLine> {
    let words: Vec<_> = sought.split_whitespace().map(str::to_lowercase).collect();
    let mut kept = Vec::new();
    let (mut head, mut whole) = (None, false);
    for line in lines {
        let holds = line.holds(&words);
        match line {
            HelpLine::Head(_) => (head, whole) = (Some(line), holds),
            HelpLine::Entry { .. } if holds || whole => {
                kept.extend(head.take().into_iter().chain([line]));
            }
            HelpLine::Entry { .. } => {}
        }
    }
    kept
}

/// The operator's own commands.
fn own<'s>(seen: &'s Seen<'_>) -> impl Iterator<Item = HelpLine> + 's {
    seen.options.own.iter().map(|(id, own)| {
        let keys = seen.keymap.keys_of(Command::Own(id));
        let name = format!(":{}", own.name);
        let left = keys.into_iter().chain([name]).collect::<Vec<_>>().join("  ");
        HelpLine::Entry { left, right: own.meaning(), danger: false, lacks: false }
    })
}

fn entry(seen: &Seen<'_>, command: Command) -> HelpLine {
    let row = command.row();
    let keys = seen.keymap.keys_of(command);
    HelpLine::Entry {
        left: if keys.is_empty() { "(no key)".to_owned() } else { keys.join("  ") },
        right: row.help.to_owned(),
        danger: row.danger,
        lacks: seen.lack(command).is_some(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::fixture;

    fn entries(lines: &[HelpLine]) -> Vec<&str> {
        let mut found = Vec::new();
        for line in lines {
            if let HelpLine::Entry { right, .. } = line {
                found.push(right.as_str());
            }
        }
        found
    }

    #[test]
    fn r013_help_names_every_command_and_the_words_of_other_products() {
        let lines = lines(&fixture::model().seen(), "");
        let entries = entries(&lines);
        for command in Command::all() {
            assert!(entries.contains(&command.row().help), "{command}");
        }
        assert!(entries.iter().any(|right| right.contains("client")));
        assert!(entries.iter().any(|right| right.contains("Revoke all")));
        assert_eq!(lines.first(), Some(&HelpLine::Head("Find".to_owned())));
    }

    #[test]
    fn words_narrow_it_and_heads_without_entries_go() {
        let model = fixture::model();
        let found = lines(&model.seen(), "REVOKE good");
        assert!(entries(&found).iter().all(|right| right.to_lowercase().contains("revoke")));
        assert!(found.len() > 1 && found.contains(&HelpLine::Head(Topic::Danger.to_string())));
        assert!(!found.contains(&HelpLine::Head("Find".to_owned())), "{found:?}");
        assert!(lines(&model.seen(), "zzz").is_empty());
    }
}
