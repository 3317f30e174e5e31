//! The help: the keys in force by scope, and the words other products use. Made
//! from the command table, so that it cannot fall behind it.

use strum::IntoEnumIterator as _;

use crate::tui::command::{Command, Scope};
use crate::tui::place::{Place, Seen};

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
}

/// What the keys do in the field that has them, where it says.
pub(crate) fn of_field(hints: &[(&str, &str)]) -> Vec<HelpLine> {
    let head = (!hints.is_empty()).then(|| HelpLine::Head("This field".to_owned()));
    let entries = hints.iter().map(HelpLine::plain);
    head.into_iter().chain(entries).collect()
}

/// The whole help: the scopes that have the keys now, the words, the other scopes.
pub(super) fn lines(seen: &Seen<'_>) -> Vec<HelpLine> {
    let here = seen.pane_scopes();
    // One key away from the list, and what most look for.
    let next = here.contains(&Scope::List).then_some(Scope::Details);
    let near: Vec<_> = here.iter().copied().chain(next).collect();
    let elsewhere = Scope::iter().filter(|scope| !near.contains(scope));
    let mut lines = Vec::new();
    // What was typed must not be left behind unasked.
    let whole = seen.layers.whole();
    let stays = |command: &Command| {
        let leads_away = |place: &dyn Place| !place.passes(*command, seen);
        command.row().scope != Scope::Global || !whole.is_some_and(leads_away)
    };
    for scope in &near {
        lines.extend(part(seen, *scope, stays));
    }
    lines.push(HelpLine::Head("Words".to_owned()));
    lines.extend(SYNONYMS.iter().map(HelpLine::plain));
    lines.extend(elsewhere.flat_map(|scope| part(seen, scope, |_| true)));
    lines
}

fn part(seen: &Seen<'_>, scope: Scope, works: impl Fn(&Command) -> bool) -> Vec<HelpLine> {
    let commands = Command::all().filter(|command| command.section() == scope);
    let entries = commands.filter(works).map(|command| entry(seen, command));
    [HelpLine::Head(scope.to_string())].into_iter().chain(entries).collect()
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

    #[test]
    fn r013_help_names_every_command_and_the_words_of_other_products() {
        let lines = lines(&fixture::model().seen());
        let entries: Vec<_> = lines
            .iter()
            .filter_map(|line| match line {
                HelpLine::Entry { right, .. } => Some(right.as_str()),
                HelpLine::Head(_) => None,
            })
            .collect();
        for command in Command::all() {
            assert!(entries.contains(&command.row().help), "{command}");
        }
        assert!(entries.iter().any(|right| right.contains("client")));
        assert!(entries.iter().any(|right| right.contains("Revoke all")));
        assert_eq!(lines.first(), Some(&HelpLine::Head("List".to_owned())));
    }
}
