//! A theme as a file holds it: a style for each role, those of the statuses in a
//! table of their own. Reads a text; where it lies is not its concern.

use std::ops::Range;

use strum::IntoEnumIterator as _;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::{Role, Theme, style};
use crate::domain::Status;
use crate::text::meant_or_known;

const STATUS: &str = "status";

/// Reads the text of a theme; every failure is told, each with its line and column.
pub(super) fn parse(text: &str) -> Result<Theme, Vec<String>> {
    let table = DeTable::parse(text).map_err(|error| vec![error.to_string()])?;
    let mut reader = Reader { text, theme: Theme::default(), wrong: vec![] };
    reader.roles(table.get_ref());
    if reader.wrong.is_empty() { Ok(reader.theme) } else { Err(reader.wrong) }
}

type Key<'i> = Spanned<DeString<'i>>;
type Value<'i> = Spanned<DeValue<'i>>;

struct Reader<'t> {
    text: &'t str,
    theme: Theme,
    wrong: Vec<String>,
}

impl Reader<'_> {
    fn roles(&mut self, table: &DeTable<'_>) {
        let known = || Role::iter().map(<&'static str>::from).chain([STATUS]);
        for (key, value) in table {
            let name: &str = key.get_ref();
            let role = Role::iter().find(|role| <&'static str>::from(*role) == name);
            match (role, value.get_ref()) {
                (Some(role), _) => self.role(role, value),
                (None, DeValue::Table(statuses)) if name == STATUS => self.statuses(statuses),
                (None, _) if name == STATUS => {
                    self.fail(value.span(), "'status' is a table: write [status]");
                }
                (None, _) => self.unknown("role", key, known()),
            }
        }
    }

    fn statuses(&mut self, table: &DeTable<'_>) {
        let names: Vec<_> =
            Status::iter().map(|status| status.to_string().to_lowercase()).collect();
        for (key, value) in table {
            let name: &str = key.get_ref();
            // Only as written in the documented file, so that a theme reads one way.
            let status = name.parse().ok().filter(|_| names.iter().any(|known| known == name));
            match status {
                Some(status) => self.role(Role::Status(status), value),
                None => self.unknown("status", key, names.iter().map(String::as_str)),
            }
        }
    }

    fn role(&mut self, role: Role, value: &Value<'_>) {
        let DeValue::String(text) = value.get_ref() else {
            return self.fail(value.span(), "a style is a text such as \"bold red\"");
        };
        match style::parse(text) {
            Ok(style) => self.theme.styles.push((role, style)),
            Err(message) => self.fail(value.span(), &message),
        }
    }

    fn unknown<'c>(&mut self, what: &str, key: &Key<'_>, known: impl Iterator<Item = &'c str>) {
        let name: &str = key.get_ref();
        let hint = meant_or_known(name, known);
        self.fail(key.span(), &format!("there is no {what} '{name}'; {hint}"));
    }

    fn fail(&mut self, at: Range<usize>, message: &str) {
        let (line, column) = crate::text::position(self.text, at.start);
        self.wrong.push(format!("line {line}, column {column}: {message}"));
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Color;

    use super::*;

    fn fg(theme: &Theme, role: Role) -> Option<Color> {
        theme.style(role).fg
    }

    #[test]
    fn a_missing_role_looks_like_its_parent() {
        let theme = parse("error = \"magenta\"\nstatus.active = \"blue\"\n").unwrap_or_default();
        assert_eq!(fg(&theme, Role::Danger), Some(Color::Magenta));
        assert_eq!(fg(&theme, Role::Status(Status::Revoked)), Some(Color::Magenta));
        assert_eq!(fg(&theme, Role::Status(Status::Active)), Some(Color::Blue));
        assert_eq!(fg(&theme, Role::Header), Some(Color::Reset));
        assert_eq!(theme.style(Role::Selected), style::CURSOR);
    }

    #[test]
    fn all_that_is_wrong_is_told_with_its_place() {
        let text = "titel = \"bold\"\ndim = \"grean\"\nok = 3\n[status]\nactiv = \"red\"\n";
        let wrong = parse(text).err().unwrap_or_default();
        assert_eq!(wrong.len(), 4, "{wrong:?}");
        let has = |part: &str| assert!(wrong.iter().any(|line| line.contains(part)), "{wrong:?}");
        has("line 1, column 1: there is no role 'titel'; did you mean 'title'?");
        has("line 2, column 7: 'grean'");
        has("line 3, column 6: a style is a text");
        has("line 5, column 1: there is no status 'activ'; did you mean 'active'?");
    }
}
