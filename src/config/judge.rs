//! Whoever knows what may be written under `[keys]` and as a theme. The settings
//! do not: commands and themes are the screen's.

use toml::de::{DeTable, DeValue};

use super::Keys;
use crate::text::position;

/// Says what is wrong with the parts of the settings that others understand.
pub trait Judge {
    /// Every fault of the keys.
    fn keys(&self, keys: &Keys) -> Vec<KeyFault>;
    /// Every fault of the theme of that name.
    fn theme(&self, name: &str) -> Vec<String>;
}

/// Nobody there who knows better: all is taken as it stands.
impl Judge for () {
    fn keys(&self, _: &Keys) -> Vec<KeyFault> {
        vec![]
    }

    fn theme(&self, _: &str) -> Vec<String> {
        vec![]
    }
}

/// What is wrong under `[keys]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFault {
    /// The scope it stands under.
    pub scope: String,
    /// The command; none = the scope itself.
    pub command: Option<String>,
    /// What is wrong.
    pub message: String,
}

impl KeyFault {
    /// The fault with the place where it was written.
    pub(super) fn told(&self, text: &str, name: &str) -> String {
        let Self { scope, command, message } = self;
        let key = command.as_ref().map_or_else(String::new, |command| format!(".{command}"));
        let place = self.place(text).map_or_else(String::new, |byte| {
            let (line, column) = position(text, byte);
            format!(":{line}:{column}")
        });
        format!("{name}{place}: keys.{scope}{key}: {message}")
    }

    /// Where the command, or else the scope, stands in the text.
    pub(super) fn place(&self, text: &str) -> Option<usize> {
        let scope = place(text, &["keys", &self.scope]);
        let command = self.command.as_ref();
        command.and_then(|command| place(text, &["keys", &self.scope, command])).or(scope)
    }
}

/// Where a key stands in a text of TOML, by the names of the tables around it.
pub(super) fn place(text: &str, path: &[&str]) -> Option<usize> {
    let table = DeTable::parse(text).ok()?;
    let (last, tables) = path.split_last()?;
    let mut inner = table.get_ref();
    for name in tables {
        let DeValue::Table(next) = inner.get(*name)?.get_ref() else { return None };
        inner = next;
    }
    Some(inner.get_key_value(*last)?.0.span().start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_told_with_line_and_column() {
        let text = "[ui]\n\n[keys.list]\nsearch = [\"x\"]\n  open = []\n";
        let told = |scope: &str, command: Option<&str>| {
            let (scope, command) = (scope.to_owned(), command.map(str::to_owned));
            KeyFault { scope, command, message: "no".to_owned() }.told(text, "c.toml")
        };
        assert_eq!(told("list", Some("open")), "c.toml:5:3: keys.list.open: no");
        assert_eq!(told("list", None), "c.toml:3:7: keys.list: no");
        assert_eq!(told("act", None), "c.toml: keys.act: no");
    }
}
