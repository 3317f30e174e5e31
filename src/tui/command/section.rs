//! What a command is called, and where it is looked for by people: under which heads its keys may be set and
//! are shown. Where its keys are in force, its row says.

use strum::IntoEnumIterator as _;

use super::{Command, Scope};

impl Command {
    /// Every command of the table, in the order of footer and help.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::iter().filter(|command| !matches!(command, Self::Own(_)))
    }

    /// Its name in the configuration: `toggle-enabled`.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Whether its keys may be set under that scope in the configuration: its own, or
    /// the list's, where whatever acts on tokens, moves or finds them is in force too.
    pub fn may_stand_under(self, section: Scope) -> bool {
        let scope = self.row().scope;
        let of_list = matches!(scope, Scope::Act | Scope::Move) || self.finds_in_list();
        section == scope || (section == Scope::List && of_list)
    }

    /// Under which head help and papers have it: where people look for it, which is not
    /// always where its keys are in force.
    pub fn section(self) -> Scope {
        if self.finds_in_list() { Scope::List } else { self.row().scope }
    }

    /// Whether it opens the search of the list on screen.
    fn finds_in_list(self) -> bool {
        matches!(self, Self::Search | Self::SearchGuid)
    }

    /// Whether letters typed after it are text, so that it must never be lost.
    pub(in crate::tui) fn opens_text(self) -> bool {
        self.finds_in_list() || self == Self::CommandLine
    }
}
