//! The language of the command line: what a line asks for. Pure; what is done about
//! it is `update`'s business, and how a line is edited the command line's in `layers`.

mod complete;
mod filter;
mod record;

use std::path::PathBuf;

use strum::IntoEnumIterator as _;

use super::catalog;
use super::command::{Command, Scope};
use super::place::Seen;
use super::wish::Wish;
use crate::backend::evidence::ReportForm;
use crate::backend::list_file::ListForm;
use crate::domain::{EntryKind, SortKey, view};
use crate::text::did_you_mean;

pub(super) use complete::{Completion, offers};
pub(super) use filter::must_be_here;

/// The words that are no commands of the table: they take something, or lead
/// somewhere.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter, strum::EnumString, strum::IntoStaticStr,
)]
#[strum(serialize_all = "kebab-case")]
enum Word {
    Account,
    Backend,
    Sort,
    Filter,
    Export,
    Report,
    Theme,
    View,
    Catalog,
    Q,
    Quit,
}

impl Word {
    fn name(self) -> &'static str {
        self.into()
    }

    /// What has to follow it.
    fn argument(self) -> Option<&'static str> {
        match self {
            Self::Account => Some("NAME, ID or all"),
            Self::Sort => Some("COLUMN,-COLUMN"),
            Self::Filter => Some("status:active exp<30d level:MODULE=full -never WORD"),
            Self::Export => Some("FILE.csv or FILE.json"),
            Self::Report => Some("FILE.md or FILE.json"),
            Self::Backend | Self::Theme => Some("NAME"),
            Self::View => Some("NAME, save NAME or remove NAME"),
            Self::Catalog => Some("accounts, modules, scopes, groups or users"),
            Self::Q | Self::Quit => None,
        }
    }

    /// What it does, in few words.
    fn about(self) -> &'static str {
        match self {
            Self::Account => "list the tokens of an account",
            Self::Backend => "go to another backend",
            Self::Sort => "order the list by columns",
            Self::Filter => "narrow the list by these terms alone",
            Self::Export => "write the list to a new file",
            Self::Report => "write a report on the tokens to a new file",
            Self::Theme => "draw in other colours",
            Self::View => "show what is kept under a name, keep what is shown, or list all",
            Self::Catalog => "show a list of the catalogue",
            Self::Q | Self::Quit => "leave the program",
        }
    }

    /// The command that lets its argument be chosen.
    fn alone(self) -> Option<Command> {
        match self {
            Self::Account => Some(Command::Account),
            Self::Backend => Some(Command::Backend),
            Self::Sort => Some(Command::Sort),
            Self::Filter => Some(Command::Filters),
            Self::Catalog => Some(Command::Catalog),
            Self::Report => Some(Command::Report),
            Self::View | Self::Export | Self::Theme | Self::Q | Self::Quit => None,
        }
    }
}

/// Whether a command makes sense on the line: those of boxes and dialogs do not.
fn is_offered(command: Command) -> bool {
    let on_screen =
        [Scope::List, Scope::Details, Scope::Users, Scope::Act, Scope::Move, Scope::Global];
    on_screen.contains(&command.row().scope)
        && !matches!(command, Command::CommandLine | Command::Quit | Command::Own(_))
}

/// The path at the end of a line whose word takes one, and what stands before it.
pub(super) fn path(line: &str) -> Option<(&str, &str)> {
    let at = line.find(' ')?;
    let (before, path) = line.split_at_checked(at + 1)?;
    let takes_path = matches!(before.trim_end().parse(), Ok(Word::Export));
    takes_path.then_some((before, path))
}

/// Every word that a line may begin with, in alphabetical order.
fn names() -> Vec<&'static str> {
    let commands = Command::all().filter(|command| is_offered(*command)).map(Command::name);
    let mut names: Vec<_> = commands.chain(Word::iter().map(Word::name)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether a word means something on the line already.
pub(super) fn is_taken(name: &str) -> bool {
    name.parse::<Word>().is_ok() || name.parse::<Command>().is_ok()
}

/// Reads a line; an error says what would be right.
pub(super) fn parse(line: &str, model: &Seen<'_>) -> Result<Wish, String> {
    let line = line.trim();
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    if !line.is_empty() && line.bytes().all(|digit| digit.is_ascii_digit()) {
        // One too long for a number is beyond any list, too.
        return Ok(Wish::Row(line.parse().unwrap_or(usize::MAX)));
    }
    if let Ok(word) = name.parse::<Word>() {
        return match (word.argument(), rest.is_empty()) {
            (Some(_), true) if word == Word::View => Ok(Wish::Views),
            (Some(argument), true) => {
                word.alone().map(Wish::Run).ok_or_else(|| format!("write {name} {argument}"))
            }
            (None, false) => Err(format!("{name} takes nothing after it")),
            _ => follow(word, rest, model),
        };
    }
    if let Some(id) = model.options.own.named(name) {
        let nothing = || format!("{name} takes nothing after it");
        return rest.is_empty().then_some(Wish::Run(Command::Own(id))).ok_or_else(nothing);
    }
    match name.parse::<Command>() {
        Ok(command) if is_offered(command) && rest.is_empty() => Ok(Wish::Run(command)),
        Ok(command) if is_offered(command) => Err(format!("{name} takes nothing after it")),
        _ => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> String {
    let hint = did_you_mean(name, names()).unwrap_or_else(|| "Tab shows what there is".to_owned());
    format!("there is no command '{name}'; {hint}")
}

fn follow(word: Word, rest: &str, model: &Seen<'_>) -> Result<Wish, String> {
    match word {
        Word::Q | Word::Quit => Ok(Wish::Leave),
        Word::Account => record::account(rest, model).map(Wish::Account),
        Word::Backend => record::backend(rest, model).map(Wish::Backend),
        Word::Sort => sort(rest, model),
        Word::Catalog => list(rest),
        Word::Filter => filter::parse(rest, model).map(Wish::Filter),
        Word::Export => {
            let path = PathBuf::from(rest);
            let other = model.layers.whole().and_then(|place| place.may_write(&path));
            let may = other.unwrap_or_else(|| ListForm::of(&path).map(drop));
            may.map(|()| Wish::Export(path))
        }
        Word::Report => {
            let path = PathBuf::from(rest);
            ReportForm::of(&path).map(|_| Wish::Report(path))
        }
        Word::View => view(rest, model),
        Word::Theme => match model.options.themes.missing(rest) {
            Some(missing) => Err(missing),
            None => Ok(Wish::Theme(rest.to_owned())),
        },
    }
}

fn sort(text: &str, model: &Seen<'_>) -> Result<Wish, String> {
    let keys = SortKey::parse_list(text)?;
    if keys.is_empty() {
        return Err("write columns such as expires,-name".to_owned());
    }
    model.session.descriptors.must_sort(&keys).map(|()| Wish::Sort(keys))
}

fn view(text: &str, model: &Seen<'_>) -> Result<Wish, String> {
    let (verb, name) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let name = name.trim();
    match (verb, name.is_empty()) {
        ("save" | "remove", true) => Err(format!("write view {verb} NAME")),
        ("save", false) => view::must_be_view_name(name).map(|()| Wish::SaveView(name.to_owned())),
        ("remove", false) if view::is_built_in(name) => {
            Err(format!("'{name}' is built in: it can't be removed"))
        }
        ("remove", false) => {
            view::view_named(&model.views, name).map(|_| Wish::RemoveView(name.to_owned()))
        }
        _ => {
            let terms = view::view_named(&model.views, text)?.terms();
            must_be_here(&terms, model).map(|()| Wish::View(text.to_owned()))
        }
    }
}

fn list(text: &str) -> Result<Wish, String> {
    let named = |kind: &EntryKind| catalog::title(*kind).eq_ignore_ascii_case(text);
    let kind = catalog::LISTS.into_iter().find(named);
    kind.map(Wish::List).ok_or_else(|| {
        let words = Word::Catalog.argument().unwrap_or_default();
        format!("'{text}' is not a list of the catalogue: {words}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Column, Direction};
    use crate::tui::fixture;

    fn wish(line: &str) -> Result<Wish, String> {
        parse(line, &fixture::model().seen())
    }

    #[test]
    fn every_command_of_the_screens_has_its_name_on_the_line() {
        for command in Command::all().filter(|command| is_offered(*command)) {
            assert_eq!(wish(command.name()), Ok(Wish::Run(command)), "{command}");
        }
    }

    #[test]
    fn no_word_hides_a_command() {
        for word in Word::iter().filter(|word| *word != Word::Quit) {
            let command = word.name().parse::<Command>();
            assert!(command.is_err() || command.ok() == word.alone(), "{word:?}");
        }
    }

    #[test]
    fn dialogs_are_answered_by_keys_only() {
        for name in ["press", "cancel", "next-button", "toggle-tab", "command-line"] {
            assert!(wish(name).is_err(), "{name}");
        }
    }

    #[test]
    fn a_slip_is_told_what_would_be_right() {
        let error = |line| wish(line).err().unwrap_or_default();
        assert_eq!(error("sotr"), "there is no command 'sotr'; did you mean 'sort'?");
        assert_eq!(error("zzzzzzzz"), "there is no command 'zzzzzzzz'; Tab shows what there is");
        assert_eq!(error("theme"), "write theme NAME");
        assert_eq!(wish("sort"), Ok(Wish::Run(Command::Sort)));
        assert_eq!(error("tokens now"), "tokens takes nothing after it");
        assert_eq!(error("revoke robot-1"), "revoke takes nothing after it");
        assert!(error("sort size").contains("'size' is not a column: name, status"));
        assert_eq!(error("theme drak"), "there is no theme 'drak'; did you mean 'dark'?");
    }

    #[test]
    fn b26_a_number_is_a_row() {
        assert_eq!(wish(" 120 "), Ok(Wish::Row(120)));
        assert_eq!(wish("99999999999999999999999"), Ok(Wish::Row(usize::MAX)));
        assert!(wish("12 3").is_err() && wish("-3").is_err());
    }

    #[test]
    fn a_sort_order_is_read_as_on_the_command_line_of_the_shell() {
        let expires = SortKey { column: Column::Expires, direction: Direction::Ascending };
        let name = SortKey { column: Column::Name, direction: Direction::Descending };
        assert_eq!(wish("  sort  expires, -name "), Ok(Wish::Sort(vec![expires, name])));
    }
}
