//! Commands of the operator's own: which there are, and what a run of one is given. Ids and
//! names, never a value.

use super::command::OwnId;
use crate::text::safe_line;
use crate::wire::TokenView;

/// Which tokens a command is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnGround {
    /// The one under the cursor.
    Row,
    /// The selected ones, else the one under the cursor.
    Selection,
}

/// A command of the operator's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCommand {
    /// What it is called.
    pub name: String,
    /// The keys that it is on, as they were written.
    pub key: Option<String>,
    /// The program and what it is given, word by word.
    pub run: Vec<String>,
    /// What it does.
    pub description: String,
    /// Which tokens it is for.
    pub on: OwnGround,
    /// Whether it is asked first.
    pub confirm: bool,
    /// Whether Enter is waited for at its end.
    pub wait: bool,
}

impl OwnCommand {
    /// Its words, safe for a terminal.
    pub(super) fn words(&self) -> String {
        safe_line(&self.run.join(" "))
    }

    /// What it does; its words where nobody said.
    pub(super) fn meaning(&self) -> String {
        if self.description.is_empty() { self.words() } else { safe_line(&self.description) }
    }
}

/// All of them, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnCommands(pub Vec<OwnCommand>);

impl OwnCommands {
    /// Each with its id.
    pub(super) fn iter(&self) -> impl Iterator<Item = (OwnId, &OwnCommand)> {
        self.0.iter().enumerate().map(|(place, command)| (OwnId(place), command))
    }

    pub(super) fn get(&self, id: OwnId) -> Option<&OwnCommand> {
        self.0.get(id.0)
    }

    pub(super) fn named(&self, name: &str) -> Option<OwnId> {
        self.iter().find(|(_, command)| command.name == name).map(|(id, _)| id)
    }
}

/// A token that a command is run on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSubject {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The id of its account; empty = all accounts.
    pub account: String,
}

impl OwnSubject {
    pub(super) fn of(view: &TokenView) -> Self {
        let account = view.token.account.map(|id| id.to_string()).unwrap_or_default();
        Self { id: view.token.id.to_string(), name: view.token.name.clone(), account }
    }
}

/// A command and what it is run on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRun {
    /// The command.
    pub command: OwnCommand,
    /// The tokens.
    pub tokens: Vec<OwnSubject>,
    /// Where they are: the variables of the environment beside those of the tokens.
    pub place: Vec<(&'static str, String)>,
}

impl OwnRun {
    /// What its environment holds besides. Each list has a line for each token, whatever
    /// stands in a name.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        let lines = |of: fn(&OwnSubject) -> &str| {
            let lines = self.tokens.iter().map(|token| safe_line(of(token)));
            lines.collect::<Vec<_>>().join("\n")
        };
        let mut all = vec![
            ("TOKENDECK_IDS", lines(|token| &token.id)),
            ("TOKENDECK_NAMES", lines(|token| &token.name)),
            ("TOKENDECK_ACCOUNTS", lines(|token| &token.account)),
        ];
        all.extend(self.place.iter().cloned());
        all
    }
}

/// How a program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnEnd {
    /// With this exit code.
    Code(i32),
    /// By this signal.
    Signal(i32),
}
