//! What each command takes of the backend. One that takes what the backend lacks is refused
//! in the backend's own sentence, before anything opens.

use crate::domain::{HolderVerb, Verb};
use crate::wire::Ability;

use super::command::Command;
use super::screen::Screen;

/// Where a command is given, as far as it matters for what it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground {
    /// The screen.
    pub(super) screen: Screen,
    /// Whether who a user is has the place of their tokens.
    pub(super) general: bool,
    /// Whether it is for the selected tokens, and not for the one under the cursor.
    pub(super) many: bool,
    /// Whether others are selected than the one under the cursor.
    pub(super) others: bool,
    /// What the key that enables and disables does there.
    pub(super) switch: Verb,
    /// What the key that revokes does there.
    pub(super) revoke: Verb,
}

/// The ability that a command takes where the operator is; none where it asks nothing of
/// the backend, or only what no backend is without.
#[expect(clippy::too_many_lines, reason = "it is a table: a line for each command")]
pub(super) fn ability_of(command: Command, on: Ground) -> Option<Ability> {
    let screen = on.screen;
    match command {
        Command::New => Some(match screen {
            Screen::Tokens => Ability::Create,
            Screen::Users => Ability::of_holders(HolderVerb::Request),
            Screen::Catalog => Ability::AddEntry,
        }),
        Command::Edit => Some(match screen {
            Screen::Tokens if !on.general => Ability::Edit,
            Screen::Tokens | Screen::Users | Screen::Catalog => Ability::EditEntry,
        }),
        Command::Delete => Some(match screen {
            Screen::Tokens => on_tokens(Verb::Delete, on),
            Screen::Users => Ability::of_holders(HolderVerb::Remove),
            Screen::Catalog => Ability::RemoveEntry,
        }),
        Command::ToggleEnabled => Some(switching(on.switch, on)),
        Command::Enable => Some(switching(Verb::Enable, on)),
        Command::Disable => Some(switching(Verb::Disable, on)),
        Command::Revoke => of_tokens(on_tokens(on.revoke, on), screen),
        Command::Clone => of_tokens(Ability::Create, screen),
        Command::Regenerate => {
            // A value that is alone is shown, and goes into no file.
            of_tokens(on_tokens(Verb::Regenerate, Ground { many: on.others, ..on }), screen)
        }
        Command::HandOver => of_tokens(on_tokens(Verb::HandOver, on), screen),
        Command::ToggleValue | Command::CopyValue => of_tokens(Ability::Reveal, screen),
        Command::Accept => of_tokens(Ability::Accept, screen),
        Command::DropOld => of_tokens(Ability::DropOld, screen),
        Command::RevokeAll => of_tokens(Ability::RevokeMany, screen),
        Command::Filters => of_tokens(Ability::Filter, screen),
        Command::Sort => of_tokens(Ability::Sort, screen),
        Command::Search | Command::SearchGuid => of_tokens(Ability::Search, screen),
        Command::NewGuid => Some(Ability::ProposeGuid),
        Command::CancelRequests => Some(Ability::of_holders(HolderVerb::Cancel)),
        Command::GenerateExport => Some(Ability::of_holders(HolderVerb::Generate)),
        Command::Users => Some(Ability::Users),
        Command::Audit => Some(Ability::Events),
        Command::Catalog | Command::Account => Some(Ability::Catalogue),
        Command::Jobs | Command::OpenReport => Some(Ability::Jobs),
        Command::ResumeJob | Command::StopJob | Command::AbandonJob => Some(Ability::SteerJobs),
        Command::Down
        | Command::Up
        | Command::Top
        | Command::Bottom
        | Command::HalfDown
        | Command::HalfUp
        | Command::PageDown
        | Command::PageUp
        | Command::NextPage
        | Command::PreviousPage
        | Command::FirstPage
        | Command::LastPage
        | Command::ClearFilters
        | Command::Columns
        | Command::ColumnsLeft
        | Command::ColumnsRight
        | Command::PageSize
        // What is known of a row is shown without asking for it.
        | Command::Open
        | Command::Select
        | Command::SelectRange
        | Command::SelectAll
        | Command::InvertSelection
        | Command::ClearSelection
        | Command::More
        | Command::CopyGuid
        | Command::CopyEndpoint
        | Command::ChooseTabs
        | Command::ToggleTab
        | Command::CommandLine
        | Command::NextTab
        | Command::PreviousTab
        | Command::PreviousButton
        | Command::NextButton
        | Command::PreviousChoice
        | Command::NextChoice
        | Command::OtherField
        | Command::Press
        | Command::Reason
        | Command::Cancel
        | Command::Tick
        | Command::Take
        | Command::ClearField
        | Command::NextField
        | Command::PreviousField
        | Command::Find
        | Command::ClosePicker
        | Command::NextList
        | Command::PreviousList
        // A form opens only where it can be saved.
        | Command::Save
        | Command::SaveBecause
        | Command::NextInput
        | Command::PreviousInput
        | Command::NextSection
        | Command::PreviousSection
        | Command::CopyFormGuid
        // What was ordered before could be ordered.
        | Command::Retry
        | Command::Insist
        | Command::Dismiss
        | Command::Tokens
        | Command::Backend
        | Command::Help
        | Command::Refresh
        | Command::Messages
        | Command::Unconfirmed
        | Command::Repaint
        | Command::Suspend
        | Command::Back
        | Command::Quit
        | Command::NextToken
        | Command::PreviousToken
        | Command::Interrupt
        | Command::Report
        // What it asks for nobody knows.
        | Command::Own(_) => None,
    }
}

/// What it takes to do this to the token under the cursor, or to those that are selected.
fn on_tokens(verb: Verb, on: Ground) -> Ability {
    if on.many { Ability::of_many(verb) } else { Ability::of(verb) }
}

/// The same for who is enabled and disabled: users, wherever no tokens are.
fn switching(verb: Verb, on: Ground) -> Ability {
    match on.screen {
        Screen::Tokens if !on.general => on_tokens(verb, on),
        Screen::Tokens | Screen::Users | Screen::Catalog => Ability::SwitchUser,
    }
}

/// Users and the catalogue refuse in their own words what is for tokens.
fn of_tokens(ability: Ability, screen: Screen) -> Option<Ability> {
    match screen {
        Screen::Tokens => Some(ability),
        Screen::Users | Screen::Catalog => None,
    }
}
