//! The key table of the README.

use std::fmt::Write as _;
use std::fs;

use strum::IntoEnumIterator as _;
use tokendeck::tui::{Command, Scope};

use super::{hold, path};

const START: &str = "<!-- keys -->\n";
const END: &str = "<!-- end of keys -->";

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn table() -> String {
    let mut table = String::from("| keys | | name |\n|---|---|---|\n");
    for scope in Scope::iter() {
        writeln!(table, "| **{scope}** | | `[keys.{}]` |", scope.name()).unwrap();
        for command in Command::all().filter(|command| command.section() == scope) {
            let row = command.row();
            let keys: Vec<_> = row.keys.iter().map(|keys| format!("`{}`", cell(keys))).collect();
            let keys = keys.join(" ");
            writeln!(table, "| {keys} | {} | `{command}` |", cell(row.help)).unwrap();
        }
    }
    table
}

#[test]
fn the_readme_has_every_key() {
    let readme = fs::read_to_string(path("README.md")).unwrap();
    let (before, rest) = readme.split_once(START).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    hold("README.md", &format!("{before}{START}{}{END}{after}", table()));
}
