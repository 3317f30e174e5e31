//! What is wrong with one setting, and where in its file it stands.

use toml::de::{DeTable, DeValue};

use crate::text::position;

/// What is wrong with one setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettingFault {
    /// The tables it stands in, and its key.
    pub path: Vec<String>,
    /// What is wrong.
    pub message: String,
}

impl SettingFault {
    /// A fault of the setting at that path.
    pub fn at(path: &[&str], message: impl Into<String>) -> Self {
        Self { path: path.iter().map(|&part| part.to_owned()).collect(), message: message.into() }
    }

    /// "ui.theme".
    pub(super) fn key(&self) -> String {
        self.path.join(".")
    }

    /// The fault with the place where it was written: that of the key, or of the table
    /// that lacks it.
    pub(super) fn told(&self, text: &str, name: &str) -> String {
        let place = self.place(text).map_or_else(String::new, |byte| {
            let (line, column) = position(text, byte);
            format!(":{line}:{column}")
        });
        format!("{name}{place}: {}: {}", self.key(), self.message)
    }

    /// Where as much of the path as there is stands in the text.
    pub(super) fn place(&self, text: &str) -> Option<usize> {
        let parts: Vec<_> = self.path.iter().map(String::as_str).collect();
        (1..=parts.len()).rev().find_map(|count| place(text, parts.get(..count)?))
    }

    /// Whether the key itself, and not only a table around it, stands in the text.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let parts: Vec<_> = self.path.iter().map(String::as_str).collect();
        place(text, &parts).is_some()
    }
}

/// Where a key stands in a text of TOML, by the names of the tables around it.
fn place(text: &str, path: &[&str]) -> Option<usize> {
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
        let told = |path: &[&str]| SettingFault::at(path, "no").told(text, "c.toml");
        assert_eq!(told(&["keys", "list", "open"]), "c.toml:5:3: keys.list.open: no");
        assert_eq!(told(&["keys", "list"]), "c.toml:3:7: keys.list: no");
        assert_eq!(told(&["ui", "theme"]), "c.toml:1:2: ui.theme: no");
        assert_eq!(told(&["backends", "x"]), "c.toml: backends.x: no");
    }
}
