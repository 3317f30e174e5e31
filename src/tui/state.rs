//! What the terminal program remembers between runs: how the screen was set up,
//! never a token. Pure; where the text is kept is the business of a [`Memory`].
//!
//! A field that is missing, damaged or of a later version counts as its default, so
//! that no state, however old or broken, keeps the program from starting.
//!
//! [`Memory`]: super::memory::Memory

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::domain::{AccountId, Column, ModuleId};

use super::options::PageSize;
use super::unconfirmed::Kept;

/// For how many operators and backends the last account is remembered.
const PLACES: usize = 32;
/// How many lines of the command line are remembered.
const LINES: usize = 200;
/// How many unconfirmed changes are remembered.
const UNCONFIRMED: usize = 100;

/// All that is remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(super) struct ViewState {
    /// The columns shown, the most important first; none for the default ones.
    pub(super) columns: Option<Vec<Column>>,
    /// Rows of a page; none for what the settings say.
    pub(super) page_size: Option<PageSize>,
    /// The names of the details tabs that are not shown.
    pub(super) hidden_tabs: BTreeSet<String>,
    /// The names of the tabs of a user that are not shown.
    pub(super) hidden_user_tabs: BTreeSet<String>,
    /// What was typed on the command line, the latest last.
    pub(super) history: Vec<String>,
    /// Where operators were last, the latest last.
    pub(super) accounts: Vec<LastAccount>,
    /// What they asked about users last, the latest last.
    pub(super) modules: Vec<LastModules>,
    /// Changes that are not known to be done, the latest last.
    pub(super) unconfirmed: Vec<Kept>,
}

/// The account an operator chose last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LastAccount {
    /// Who, and on which backend.
    pub(super) seat: String,
    /// Which account.
    pub(super) account: AccountId,
}

/// The modules an operator chose last on the Users screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LastModules {
    /// Who, and on which backend.
    pub(super) seat: String,
    /// Which modules.
    pub(super) modules: BTreeSet<ModuleId>,
}

/// What is still to be written of it.
#[derive(Debug, Default)]
pub(super) struct Unkept {
    /// Changes that no write has taken along yet.
    pub(super) changes: Vec<Change>,
    /// Whether a write is under way.
    pub(super) writing: bool,
}

/// One thing to remember. Changes, not states, are what is kept: two programs at
/// once then undo nothing of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// The columns shown from now on.
    Columns(Option<Vec<Column>>),
    /// The rows of a page from now on.
    PageSize(Option<PageSize>),
    /// The details tabs hidden from now on.
    HiddenTabs(BTreeSet<String>),
    /// The tabs of a user hidden from now on.
    HiddenUserTabs(BTreeSet<String>),
    /// A line was typed on the command line.
    Line(String),
    /// The operator went to this account, or to all of theirs.
    Account {
        /// Who, and on which backend.
        seat: String,
        /// Which account.
        account: Option<AccountId>,
    },
    /// The operator asked what users hold of these modules, or of none.
    Modules {
        /// Who, and on which backend.
        seat: String,
        /// Which modules.
        modules: BTreeSet<ModuleId>,
    },
    /// A change is not known to be done.
    Unconfirmed(Box<Kept>),
    /// It is known what became of it.
    Settled {
        /// Who ordered it, and where.
        seat: String,
        /// What it was about.
        subject: String,
    },
}

impl ViewState {
    /// Reads what was kept. The text is to be a table; of its fields, each that can't
    /// be read counts as its default.
    pub(super) fn read(text: &str) -> Result<Self, toml::de::Error> {
        let table: toml::Table = text.parse()?;
        Ok(Self {
            columns: field(&table, "columns"),
            page_size: field(&table, "page_size"),
            hidden_tabs: field(&table, "hidden_tabs").unwrap_or_default(),
            hidden_user_tabs: field(&table, "hidden_user_tabs").unwrap_or_default(),
            history: field(&table, "history").unwrap_or_default(),
            accounts: field(&table, "accounts").unwrap_or_default(),
            modules: field(&table, "modules").unwrap_or_default(),
            unconfirmed: each(&table, "unconfirmed"),
        })
    }

    /// The text to keep.
    pub(super) fn text(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
    }

    /// Takes one change.
    pub(super) fn apply(&mut self, change: Change) {
        match change {
            Change::Columns(columns) => self.columns = columns,
            Change::PageSize(size) => self.page_size = size,
            Change::HiddenTabs(tabs) => self.hidden_tabs = tabs,
            Change::HiddenUserTabs(tabs) => self.hidden_user_tabs = tabs,
            Change::Line(line) => {
                self.history.retain(|known| *known != line);
                self.history.push(line);
                keep_last(&mut self.history, LINES);
            }
            Change::Account { seat, account } => {
                self.accounts.retain(|last| last.seat != seat);
                self.accounts.extend(account.map(|account| LastAccount { seat, account }));
                keep_last(&mut self.accounts, PLACES);
            }
            Change::Modules { seat, modules } => {
                self.modules.retain(|last| last.seat != seat);
                if !modules.is_empty() {
                    self.modules.push(LastModules { seat, modules });
                }
                keep_last(&mut self.modules, PLACES);
            }
            Change::Unconfirmed(kept) => {
                let subject = kept.attempt.subject();
                self.unconfirmed.retain(|known| !known.is_about(&kept.seat, &subject));
                self.unconfirmed.push(*kept);
                keep_last(&mut self.unconfirmed, UNCONFIRMED);
            }
            Change::Settled { seat, subject } => {
                self.unconfirmed.retain(|known| !known.is_about(&seat, &subject));
            }
        }
    }

    /// The account chosen last at that seat.
    pub(super) fn account_at(&self, seat: &str) -> Option<AccountId> {
        self.accounts.iter().find(|last| last.seat == seat).map(|last| last.account)
    }

    /// The modules asked about last at that seat.
    pub(super) fn modules_at(&self, seat: &str) -> BTreeSet<ModuleId> {
        let last = self.modules.iter().find(|last| last.seat == seat);
        last.map(|last| last.modules.clone()).unwrap_or_default()
    }
}

fn field<T: DeserializeOwned>(table: &toml::Table, name: &str) -> Option<T> {
    table.get(name)?.clone().try_into().ok()
}

/// The elements that can be read; one that can't costs no other.
fn each<T: DeserializeOwned>(table: &toml::Table, name: &str) -> Vec<T> {
    let list = table.get(name).and_then(toml::Value::as_array);
    list.into_iter().flatten().filter_map(|value| value.clone().try_into().ok()).collect()
}

fn keep_last<T>(list: &mut Vec<T>, most: usize) {
    list.drain(..list.len().saturating_sub(most));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(seat: &str, number: u64) -> Change {
        Change::Account { seat: seat.to_owned(), account: Some(AccountId::new(number)) }
    }

    fn modules(seat: &str, numbers: &[u64]) -> Change {
        let modules = numbers.iter().map(|number| ModuleId::new(*number)).collect();
        Change::Modules { seat: seat.to_owned(), modules }
    }

    fn full() -> ViewState {
        let mut state = ViewState::default();
        for change in [
            Change::Columns(Some(vec![Column::Name, Column::Guid])),
            Change::PageSize(Some(PageSize::Rows(25))),
            Change::HiddenTabs(BTreeSet::from(["Modules".to_owned()])),
            Change::HiddenUserTabs(BTreeSet::from(["General".to_owned()])),
            Change::Line("sort expires".to_owned()),
            account("rosa@/store", 10_003),
            modules("rosa@/store", &[4]),
        ] {
            state.apply(change);
        }
        state
    }

    #[test]
    fn what_is_written_is_read_again() {
        for state in [ViewState::default(), full()] {
            let text = state.text();
            assert_eq!(text.map(|text| ViewState::read(&text)), Ok(Ok(state)));
        }
    }

    #[test]
    fn a_field_that_cannot_be_read_costs_no_other() {
        let text = "columns = [\"name\", \"of-a-later-version\"]\npage_size = -3\nnew = 1\n\
                    hidden_tabs = 7\nhistory = [\"help\"]\n";
        let state = ViewState::read(text);
        let expected = ViewState { history: vec!["help".to_owned()], ..ViewState::default() };
        assert_eq!(state, Ok(expected));
        assert!(ViewState::read("columns = [").is_err());
    }

    #[test]
    fn the_last_account_is_kept_for_each_seat() {
        let mut state = ViewState::default();
        for change in [account("rosa@a", 1), account("pia@a", 2), account("rosa@a", 3)] {
            state.apply(change);
        }
        assert_eq!(state.account_at("rosa@a"), Some(AccountId::new(3)));
        assert_eq!(state.account_at("pia@a"), Some(AccountId::new(2)));
        state.apply(Change::Account { seat: "rosa@a".to_owned(), account: None });
        assert_eq!(state.account_at("rosa@a"), None);
    }

    #[test]
    fn b16_the_last_modules_are_kept_for_each_seat() {
        let mut state = ViewState::default();
        for change in [modules("kim@a", &[4]), modules("kim@b", &[1, 2])] {
            state.apply(change);
        }
        assert_eq!(state.modules_at("kim@a"), BTreeSet::from([ModuleId::new(4)]));
        assert_eq!(state.modules_at("kim@b").len(), 2);
        state.apply(modules("kim@a", &[]));
        assert!(state.modules_at("kim@a").is_empty());
    }

    #[test]
    fn the_oldest_lines_are_forgotten_and_none_is_kept_twice() {
        let mut state = ViewState::default();
        for number in 0..LINES + 5 {
            state.apply(Change::Line(number.to_string()));
        }
        state.apply(Change::Line("7".to_owned()));
        assert_eq!(state.history.len(), LINES);
        assert_eq!(state.history.last().map(String::as_str), Some("7"));
        assert_eq!(state.history.iter().filter(|line| *line == "7").count(), 1);
    }
}
