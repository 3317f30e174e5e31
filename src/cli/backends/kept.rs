//! The file beside the settings that servers are written into. People may write into it
//! too: what they wrote beside the entry that is changed stays as it stands.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::ops::Range;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::cli::call::Invocation;
use crate::cli::failure::Failure;
use crate::config;
use crate::domain::Refusal;

/// That file as it is, or as it is to be.
pub(super) struct KeptServers {
    path: PathBuf,
    text: String,
}

impl KeptServers {
    pub(super) fn of(call: &Invocation) -> Result<Self, Failure> {
        let settings = call.settings.settings.iter().find(|setting| setting.key == "config");
        let settings = settings.map(|setting| PathBuf::from(&setting.value));
        let settings = settings.filter(|path| path.is_absolute()).or_else(config::config_file);
        let none =
            || Failure::Usage("there is no home folder to keep it in: name --config".to_owned());
        let path = config::backends_file(&settings.ok_or_else(none)?);
        let unread = |error| Failure::Usage(format!("cannot read '{}': {error}", path.display()));
        let text = config::read_if_there(&path).map_err(unread)?.unwrap_or_default();
        Ok(Self { path, text })
    }

    /// Where it lies.
    pub(super) fn place(&self) -> String {
        self.path.display().to_string()
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn holds(&self, name: &str) -> bool {
        backends(&table(&self.text)).is_some_and(|backends| backends.contains_key(name))
    }

    /// What it holds of a backend. One that stands elsewhere is not ours to change.
    pub(super) fn entry(&self, call: &Invocation, name: &str) -> Result<Table, Failure> {
        let all = table(&self.text);
        let entry = backends(&all).and_then(|backends| backends.get(name)?.as_table());
        if let Some(entry) = entry {
            return Ok(entry.clone());
        }
        if !call.settings.config.backends.contains_key(name) {
            return Err(Refusal::NotFound { what: "backend", name: name.to_owned() }.into());
        }
        if name == config::LOCAL {
            let message = "'local' is always there: its file is named in your settings";
            return Err(Failure::Usage(message.to_owned()));
        }
        Err(Failure::Usage(format!(
            "'{name}' stands in your settings, which only you write: change it there, not in '{}'",
            self.place()
        )))
    }

    /// Puts an entry under this name, in the place of `before`; returns it as it is written.
    pub(super) fn put(
        &mut self,
        name: &str,
        before: Option<&str>,
        entry: &Table,
    ) -> Result<String, Failure> {
        let unfit = |error: toml::ser::Error| Failure::Usage(error.to_string());
        let block = format!("[backends.{name}]\n{}", toml::to_string(entry).map_err(unfit)?);
        let mut wanted = table(&self.text);
        let entries = wanted.entry("backends").or_insert_with(|| Value::Table(Table::new()));
        if let Value::Table(entries) = entries {
            before.and_then(|before| entries.remove(before));
            entries.insert(name.to_owned(), Value::Table(entry.clone()));
        }
        let text = match before.map(|before| self.lines_of(before)) {
            None if self.text.trim().is_empty() => block.clone(),
            None => format!("{}\n\n{block}", self.text.trim_end()),
            Some(lines) => {
                let (above, old, below) = self.cut(&lines);
                // Whole lines that people wrote into the entry stay with it.
                let notes = old.lines().filter(|line| line.trim_start().starts_with('#'));
                let notes: String = notes.flat_map(|line| [line, "\n"]).collect();
                let (head, keys) = block.split_once('\n').unwrap_or((&block, ""));
                format!("{above}{head}\n{notes}{keys}{below}")
            }
        };
        self.become_text(text, &wanted)?;
        Ok(block)
    }

    /// Takes an entry out.
    pub(super) fn remove(&mut self, name: &str) -> Result<(), Failure> {
        let mut wanted = table(&self.text);
        if let Some(Value::Table(backends)) = wanted.get_mut("backends") {
            backends.remove(name);
        }
        let (above, _, below) = self.cut(&self.lines_of(name));
        let text = format!("{above}{}", below.trim_start_matches('\n'));
        self.become_text(text, &wanted)
    }

    /// Takes the text where it says just what is wanted: one may be written in a form that
    /// we can't follow, such as an entry on one line.
    fn become_text(&mut self, text: String, wanted: &Table) -> Result<(), Failure> {
        let backends = |all: &Table| backends(all).filter(|all| !all.is_empty()).cloned();
        let found: Option<Table> = toml::from_str(&text).ok();
        if found.is_none_or(|found| backends(&found) != backends(wanted)) {
            let message = format!("'{}' is written by hand: change it there", self.place());
            return Err(Failure::Usage(message));
        }
        self.text = text;
        Ok(())
    }

    /// The lines from the head of an entry up to what belongs to the next one.
    fn lines_of(&self, name: &str) -> Range<usize> {
        let lines: Vec<_> = self.text.lines().collect();
        let is_own = |line: &&str| head(line).is_some_and(|path| path == ["backends", name]);
        let Some(first) = lines.iter().position(is_own) else { return 0..0 };
        let after = lines.iter().skip(first + 1).position(|line| head(line).is_some());
        let mut last = after.map_or(lines.len(), |count| first + 1 + count);
        let is_between = |line: &str| line.trim().is_empty() || line.starts_with('#');
        while last > first + 1 && lines.get(last - 1).is_some_and(|line| is_between(line)) {
            last -= 1;
        }
        first..last
    }

    /// The text above, in and below these lines.
    fn cut(&self, lines: &Range<usize>) -> (String, String, String) {
        let all: Vec<_> = self.text.split_inclusive('\n').collect();
        let of = |range: Range<usize>| all.get(range).unwrap_or_default().concat();
        (of(0..lines.start), of(lines.clone()), of(lines.end..all.len()))
    }

    /// Written whole or not at all, in a folder that nobody else writes to. A link stays
    /// one: what it leads to is written.
    pub(super) fn write(&self) -> Result<(), Failure> {
        write(&self.path, &self.text)
            .map_err(|error| Failure::Write { path: self.path.clone(), error })
    }
}

/// The text as TOML; it was read as settings before.
fn table(text: &str) -> Table {
    toml::from_str(text).unwrap_or_default()
}

fn backends(all: &Table) -> Option<&Table> {
    all.get("backends")?.as_table()
}

/// The path of tables that a line names, where it is the head of one.
fn head(line: &str) -> Option<Vec<String>> {
    let mut inner: Table =
        line.trim_start().starts_with('[').then(|| toml::from_str(line).ok())??;
    let mut path = Vec::new();
    while let Some((name, below)) = inner.into_iter().next() {
        path.push(name);
        let Value::Table(below) = below else { break };
        inner = below;
    }
    Some(path)
}

fn write(file: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let file = &if file.is_symlink() { file.canonicalize()? } else { file.to_owned() };
    let draft = file.with_extension("toml.new");
    let mut new =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    new.write_all(text.as_bytes())?;
    new.sync_all()?;
    std::fs::rename(&draft, file)
}
