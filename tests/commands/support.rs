//! Runs the program on a store of its own, away from the user's settings.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::LazyLock;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

/// The clock of the fixture.
pub(crate) const NOW: &str = "2026-03-10T12:00:00Z";

static VALUES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../config/demo/values.toml")).expect("values of the fixture")
});

/// The value of a token of the fixture.
pub(crate) fn value_of(name: &str) -> &'static str {
    &VALUES[name]
}

/// Every value of the fixture.
pub(crate) fn all_values() -> impl Iterator<Item = &'static str> {
    VALUES.values().map(String::as_str)
}

/// A folder with a store, or with none yet.
pub(crate) struct Place {
    folder: TempDir,
    user: Option<&'static str>,
    frozen: bool,
}

/// How a run ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    /// No store, and the system's login at work.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), user: None, frozen: false }
    }

    /// The example at its own time, with ada at work.
    pub(crate) fn example() -> Self {
        Self::empty().with_example()
    }

    /// The same in a place that has no store yet.
    pub(crate) fn with_example(self) -> Self {
        self.run(&["store", "init", "--example"]).ends(0);
        Self { user: Some("ada"), frozen: true, ..self }
    }

    /// Another place with a copy of the store, which nobody may be using.
    pub(crate) fn copy(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let copy = Self { folder, user: self.user, frozen: self.frozen };
        let (from, to) = (self.store(), copy.store());
        std::fs::create_dir(to.parent().unwrap()).unwrap();
        for found in std::fs::read_dir(from.parent().unwrap()).unwrap() {
            let found = found.unwrap().path();
            std::fs::copy(&found, to.with_file_name(found.file_name().unwrap())).unwrap();
        }
        copy
    }

    /// The same store with somebody else at work.
    pub(crate) fn by(self, user: &'static str) -> Self {
        Self { user: Some(user), ..self }
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    pub(crate) fn store(&self) -> PathBuf {
        self.folder.path().join("data/store.db")
    }

    /// The command with no arguments but those that every run has.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tokendeck"));
        command.env_clear().env("HOME", self.home()).env("TOKENDECK_STORE", self.store());
        if let Some(user) = self.user {
            command.env("TOKENDECK_AS", user);
        }
        command.args(arguments);
        if self.frozen {
            command.args(["--now", NOW]);
        }
        command
    }

    /// The same as the standard library starts it, for streams of one's own.
    pub(crate) fn process(&self, arguments: &[&str]) -> std::process::Command {
        let plain = self.command(arguments);
        let mut command = std::process::Command::new(plain.get_program());
        command.args(plain.get_args()).env_clear();
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.piped(arguments, "")
    }

    /// With a text on standard input.
    pub(crate) fn piped(&self, arguments: &[&str], input: &str) -> Ran {
        Ran::of(&mut self.command(arguments), input)
    }

    /// The result as JSON.
    pub(crate) fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(&[arguments, &["--output", "json"]].concat()).ends(0);
        serde_json::from_str(&ran.out).unwrap()
    }

    /// How far the store has come: equal heads mean that nothing changed between.
    pub(crate) fn head(&self) -> u64 {
        self.json(&["store", "status"])["sequence"].as_u64().unwrap()
    }

    /// The status of one token.
    pub(crate) fn status_of(&self, token: &str) -> String {
        self.json(&["token", "show", token])["status"].as_str().unwrap().to_owned()
    }

    /// The store's database, opened past the program.
    pub(crate) fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.store()).unwrap()
    }
}

impl Ran {
    pub(crate) fn of(command: &mut Command, input: &str) -> Self {
        let output = command.write_stdin(input).output().unwrap();
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Fails the test unless it ended with this code.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    /// The error as JSON.
    pub(crate) fn error(&self) -> Value {
        serde_json::from_str(&self.err).unwrap()
    }
}

/// The names of the tokens in a list.
pub(crate) fn names(list: &Value) -> Vec<&str> {
    let tokens = list["tokens"].as_array().unwrap();
    tokens.iter().map(|token| token["name"].as_str().unwrap()).collect()
}

/// Arguments of any kind, for a path.
pub(crate) fn text(path: PathBuf) -> String {
    OsString::from(path).into_string().unwrap()
}
