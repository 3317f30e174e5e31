//! Where keys are in force. Which of them have the keys together is the keymap's rule.

/// Where a command's keys are in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::Display, strum::EnumIter)]
pub enum Scope {
    /// The list has the keys.
    List,
    /// The details pane has the keys.
    Details,
    /// The Users screen has the keys.
    Users,
    /// The Catalog screen has the keys.
    Catalog,
    /// A form has the keys.
    Form,
    /// List or details: what acts on a token.
    #[strum(serialize = "Token")]
    Act,
    /// Whatever moves or scrolls: list, details, help, messages.
    #[strum(serialize = "Moving and scrolling")]
    Move,
    /// The choice of tabs.
    #[strum(serialize = "Choosing tabs")]
    Tabs,
    /// A confirmation with choices.
    #[strum(serialize = "Choices in a dialog")]
    Choice,
    /// A list to choose from: columns, sort order, account, filters.
    #[strum(serialize = "Choosing")]
    Pick,
    /// The list of jobs.
    Jobs,
    /// The list of unconfirmed changes.
    #[strum(serialize = "Unconfirmed changes")]
    Open,
    /// A confirmation.
    Dialog,
    /// Everywhere.
    #[strum(serialize = "Anywhere")]
    Global,
}

impl Scope {
    /// Its name in the configuration: `[keys.list]`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Details => "details",
            Self::Users => "users",
            Self::Catalog => "catalog",
            Self::Form => "form",
            Self::Act => "act",
            Self::Move => "move",
            Self::Choice => "choice",
            Self::Pick => "pick",
            Self::Tabs => "tabs",
            Self::Jobs => "jobs",
            Self::Open => "unconfirmed",
            Self::Dialog => "dialog",
            Self::Global => "global",
        }
    }
}
