//! What a backend can do: one row for each verb and question. A backend says it of itself
//! in its session, so that what it lacks is refused with one sentence everywhere, before
//! anything is asked. Who may do it is another matter, which the rules say.

use strum::IntoEnumIterator as _;

use crate::domain::{HolderVerb, Refusal, Verb};

use super::http::{HttpCall, calls};

/// Something that a backend may be able to do, or not.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::Display,
)]
#[strum(serialize_all = "kebab-case")]
pub enum Ability {
    /// List tokens; to say where in a list one is, and which are in it, follows from it.
    List,
    /// Find tokens by words.
    Search,
    /// Narrow a list by what tokens are.
    Filter,
    /// Order a list.
    Sort,
    /// Show one token.
    Show,
    /// Say whose a value, a GUID or an id is.
    Lookup,
    /// Say whether a presented value may pass.
    Verify,
    /// List who did what.
    Events,
    /// Prove that nothing of the log was changed.
    CheckLog,
    /// Tell of a catalogue: accounts, users, modules, scopes and groups.
    Catalogue,
    /// Add an entry to it.
    AddEntry,
    /// Change an entry of it.
    EditEntry,
    /// Remove an entry from it.
    RemoveEntry,
    /// Take a catalogue out of a file.
    ImportCatalogue,
    /// Take a user out of service and bring them back.
    SwitchUser,
    /// Make a token.
    Create,
    /// Say the GUID of a value before it is drawn.
    ProposeGuid,
    /// Say what would come of a change, and change nothing.
    TryFirst,
    /// Change the settings of a token.
    Edit,
    /// Give a token a new value.
    Regenerate,
    /// Let the old value pass for a while beside a new one.
    Overlap,
    /// End that while.
    DropOld,
    /// Give a token to somebody else.
    HandOver,
    /// Show the value of a token.
    Reveal,
    /// Take a token into service that waits for its owner.
    Accept,
    /// Switch a token on.
    Enable,
    /// Switch a token off for the time being.
    Disable,
    /// Take a token out of service for good.
    Revoke,
    /// Remove a token for good.
    Delete,
    /// Many new values at once, into a file.
    RegenerateMany,
    /// The same for many tokens at once as for one.
    DropOldMany,
    /// Likewise.
    HandOverMany,
    /// Likewise.
    EnableMany,
    /// Likewise.
    DisableMany,
    /// Likewise.
    RevokeMany,
    /// Likewise.
    DeleteMany,
    /// Make many tokens out of a file.
    ImportTokens,
    /// List users and what they hold.
    Users,
    /// Ask for tokens on behalf of users.
    RequestTokens,
    /// Delete what users hold.
    RemoveHeld,
    /// Withdraw requests.
    CancelRequests,
    /// New tokens for users, whose values go into a file.
    GenerateExport,
    /// Do bulk work in a process of its own and tell of it.
    Jobs,
    /// Resume, stop and abandon such work.
    SteerJobs,
}

/// What is said of an ability in the table.
struct AbilityRow {
    /// What a backend without it cannot do: goes on after "This backend cannot".
    doing: &'static str,
    /// The calls of a server that it takes.
    calls: Vec<&'static HttpCall>,
}

fn row<const CALLS: usize>(doing: &'static str, calls: [&'static HttpCall; CALLS]) -> AbilityRow {
    AbilityRow { doing, calls: calls.to_vec() }
}

impl Ability {
    fn row(self) -> AbilityRow {
        let many = [&calls::PLAN, &calls::START];
        let many_users = [&calls::PLAN_HOLDERS, &calls::START_HOLDERS];
        match self {
            Self::List => row("list tokens", [&calls::LIST]),
            Self::Search => row("find tokens by words", [&calls::LIST]),
            Self::Filter => row("narrow a list", [&calls::LIST]),
            Self::Sort => row("sort a list", [&calls::LIST]),
            Self::Show => row("show a token", [&calls::RESOLVE]),
            Self::Lookup => row("say whose a value is", [&calls::LOOKUP]),
            Self::Verify => row("verify values", [&calls::VERIFY]),
            Self::Events => row("tell who did what", [&calls::EVENTS]),
            Self::CheckLog => row("check the log", [&calls::CHECK_LOG]),
            Self::Catalogue => row("tell of a catalogue", [&calls::CATALOGUE]),
            Self::AddEntry => row("add to the catalogue", [&calls::ADD_ENTRY]),
            Self::EditEntry => row("change the catalogue", [&calls::EDIT_ENTRY]),
            Self::RemoveEntry => row("remove from the catalogue", [&calls::REMOVE_ENTRY]),
            Self::ImportCatalogue => row("import a catalogue", [&calls::IMPORT]),
            Self::SwitchUser => row("disable users", [&calls::SWITCH_USER]),
            Self::Create => row("make tokens", [&calls::CREATE]),
            Self::ProposeGuid => row("propose a GUID", [&calls::PROPOSE]),
            Self::TryFirst => row("try a change without making it", [&calls::CREATE]),
            Self::Edit => row("edit tokens", [&calls::EDIT]),
            Self::Regenerate => row("regenerate a token in place", [&calls::REGENERATE]),
            Self::Overlap => row("let an old value pass beside a new one", [&calls::REGENERATE]),
            Self::DropOld => row("drop an old value", [&calls::ACT]),
            Self::HandOver => row("hand tokens over", [&calls::HAND_OVER]),
            Self::Reveal => row("show a value again", [&calls::REVEAL]),
            Self::Accept => row("accept tokens", [&calls::ACCEPT]),
            Self::Enable => row("enable tokens", [&calls::ACT]),
            Self::Disable => row("disable tokens", [&calls::ACT]),
            Self::Revoke => row("revoke tokens", [&calls::ACT]),
            Self::Delete => row("delete tokens", [&calls::ACT]),
            Self::RegenerateMany => row(
                "regenerate tokens into a file",
                [&calls::PLAN, &calls::STAGE_ROTATION, &calls::ACTIVATE],
            ),
            Self::DropOldMany => row("drop the old values of many tokens at once", many),
            Self::HandOverMany => row("hand many tokens over at once", many),
            Self::EnableMany => row("enable many tokens at once", many),
            Self::DisableMany => row("disable many tokens at once", many),
            Self::RevokeMany => row("revoke many tokens at once", many),
            Self::DeleteMany => row("delete many tokens at once", many),
            Self::ImportTokens => {
                row("import tokens", [&calls::CHECK_IMPORT, &calls::STAGE_IMPORT, &calls::ACTIVATE])
            }
            Self::Users => row("list users", [&calls::USERS]),
            Self::RequestTokens => row("request tokens for users", many_users),
            Self::RemoveHeld => row("remove the tokens of users", many_users),
            Self::CancelRequests => row("cancel requests", many_users),
            Self::GenerateExport => row(
                "generate and export tokens",
                [&calls::PLAN_HOLDERS, &calls::STAGE, &calls::ACTIVATE],
            ),
            Self::Jobs => row("list jobs", [&calls::JOBS, &calls::JOB, &calls::JOB_REPORT]),
            Self::SteerJobs => {
                row("resume, stop or abandon jobs", [&calls::RESUME, &calls::STOP, &calls::ABANDON])
            }
        }
    }

    /// The refusal of a backend that lacks it and says no more.
    pub fn refusal(self) -> Refusal {
        Refusal::Unsupported(self.row().doing.to_owned())
    }

    /// The calls of a server that it takes.
    pub fn calls(self) -> Vec<&'static HttpCall> {
        self.row().calls
    }

    /// What it is nothing without: who can't list jobs does not start one, and who has no
    /// catalogue has nothing to change in it.
    pub fn rests_on(self) -> Option<Self> {
        match self {
            Self::RegenerateMany
            | Self::DropOldMany
            | Self::HandOverMany
            | Self::EnableMany
            | Self::DisableMany
            | Self::RevokeMany
            | Self::DeleteMany
            | Self::ImportTokens
            | Self::RequestTokens
            | Self::RemoveHeld
            | Self::CancelRequests
            | Self::GenerateExport
            | Self::SteerJobs => Some(Self::Jobs),
            Self::AddEntry
            | Self::EditEntry
            | Self::RemoveEntry
            | Self::ImportCatalogue
            | Self::SwitchUser => Some(Self::Catalogue),
            Self::Search | Self::Filter | Self::Sort => Some(Self::List),
            Self::Overlap => Some(Self::Regenerate),
            Self::List
            | Self::Show
            | Self::Lookup
            | Self::Verify
            | Self::Events
            | Self::CheckLog
            | Self::Catalogue
            | Self::Create
            | Self::ProposeGuid
            | Self::TryFirst
            | Self::Edit
            | Self::Regenerate
            | Self::DropOld
            | Self::HandOver
            | Self::Reveal
            | Self::Accept
            | Self::Enable
            | Self::Disable
            | Self::Revoke
            | Self::Delete
            | Self::Users
            | Self::Jobs => None,
        }
    }

    /// What it takes to do this to one token.
    pub fn of(verb: Verb) -> Self {
        match verb {
            Verb::Edit => Self::Edit,
            Verb::Enable => Self::Enable,
            Verb::Disable => Self::Disable,
            Verb::Regenerate => Self::Regenerate,
            Verb::Revoke => Self::Revoke,
            Verb::Delete => Self::Delete,
            Verb::Accept => Self::Accept,
            Verb::Reveal => Self::Reveal,
            Verb::DropOld => Self::DropOld,
            Verb::HandOver => Self::HandOver,
        }
    }

    /// What it takes to do this to many tokens at once; for what is only done to one, that.
    pub fn of_many(verb: Verb) -> Self {
        match verb {
            Verb::Enable => Self::EnableMany,
            Verb::Disable => Self::DisableMany,
            Verb::Regenerate => Self::RegenerateMany,
            Verb::Revoke => Self::RevokeMany,
            Verb::Delete => Self::DeleteMany,
            Verb::DropOld => Self::DropOldMany,
            Verb::HandOver => Self::HandOverMany,
            Verb::Edit | Verb::Accept | Verb::Reveal => Self::of(verb),
        }
    }

    /// The same for one token alone, where it is for many.
    pub fn one_by_one(self) -> Option<Self> {
        let one = Verb::iter().find(|verb| Self::of_many(*verb) == self).map(Self::of);
        one.filter(|one| *one != self)
    }

    /// What it takes to do this for users.
    pub fn of_holders(verb: HolderVerb) -> Self {
        match verb {
            HolderVerb::Request => Self::RequestTokens,
            HolderVerb::Remove => Self::RemoveHeld,
            HolderVerb::Cancel => Self::CancelRequests,
            HolderVerb::Generate => Self::GenerateExport,
        }
    }
}
