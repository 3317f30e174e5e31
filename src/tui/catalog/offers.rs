//! What the Catalog screen has, and why a command can't be used there now. Who may change
//! what is the domain's word, so that the authority would answer alike.

use crate::domain::catalogue_rules::{may_add, may_change, may_remove};
use crate::domain::{EntryId, Refusal};
use crate::tui::command::Command;
use crate::tui::offer::Offer;
use crate::tui::shared::Shared;

use super::Shelf;

impl Shelf {
    /// What a command is here.
    #[expect(clippy::too_many_lines, reason = "it is a table: a line for each command")]
    pub(in crate::tui) fn offers(&self, command: Command, shared: &Shared) -> Offer {
        let (operator, catalogue) = (&shared.session.operator, &shared.catalogue);
        match command {
            Command::New => allowed(may_add(operator, self.list.query.kind)),
            Command::Edit => self.on_entry(|id| may_change(operator, catalogue, id)),
            Command::Delete => self.on_entry(|id| may_remove(operator, catalogue, id)),
            Command::ToggleEnabled | Command::Enable | Command::Disable => match self.current() {
                // No other entry can be switched off by its key.
                Some(EntryId::User(id)) => shared.offers_switch(command, id),
                Some(_) | None => Offer::Absent,
            },
            Command::Open | Command::More => self.on_entry(|_| Ok(())),
            Command::ClearFilters => {
                let none = self.list.query.text.is_empty();
                Offer::unless(none.then(|| "No filter is set".to_owned()))
            }
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
            | Command::PageSize
            | Command::NextList
            | Command::PreviousList => Offer::Here,
            Command::Search
            | Command::SearchGuid
            | Command::Filters
            | Command::Sort
            | Command::Columns
            | Command::ColumnsLeft
            | Command::ColumnsRight
            | Command::Select
            | Command::SelectRange
            | Command::SelectAll
            | Command::InvertSelection
            | Command::ClearSelection
            | Command::Clone
            | Command::Regenerate
            | Command::ToggleValue
            | Command::Accept
            | Command::Revoke
            | Command::CopyGuid
            | Command::CopyValue
            | Command::CopyEndpoint
            | Command::ChooseTabs
            | Command::ToggleTab
            | Command::CommandLine
            | Command::RevokeAll
            | Command::DropOld
            | Command::HandOver
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
            | Command::Save
            | Command::SaveBecause
            | Command::NextInput
            | Command::PreviousInput
            | Command::NextSection
            | Command::PreviousSection
            | Command::NewGuid
            | Command::CopyFormGuid
            | Command::OpenReport
            | Command::ResumeJob
            | Command::StopJob
            | Command::AbandonJob
            | Command::Retry
            | Command::Insist
            | Command::Dismiss
            | Command::Tokens
            | Command::Users
            | Command::Catalog
            | Command::Audit
            | Command::CancelRequests
            | Command::GenerateExport
            | Command::Account
            | Command::Backend
            | Command::Help
            | Command::Refresh
            | Command::Messages
            | Command::Jobs
            | Command::Unconfirmed
            | Command::Repaint
            | Command::Suspend
            | Command::Back
            | Command::Quit
            | Command::NextToken
            | Command::PreviousToken
            | Command::Interrupt
            | Command::Report
            | Command::Own(_) => Offer::Absent,
        }
    }

    fn on_entry(&self, may: impl Fn(EntryId) -> Result<(), Refusal>) -> Offer {
        let nothing = || Offer::Refused("No entry here".to_owned());
        self.current().map_or_else(nothing, |id| allowed(may(id)))
    }
}

fn allowed(answer: Result<(), Refusal>) -> Offer {
    Offer::unless(answer.err().map(|refusal| refusal.to_string()))
}
