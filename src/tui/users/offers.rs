//! What the Users screen has, and why a command can't be used there now. The permission is
//! asked for before the row, as everywhere (R8).

use crate::domain::{HolderVerb, UserId};
use crate::tui::command::Command;
use crate::tui::offer::Offer;
use crate::tui::shared::Shared;

use super::{Users, is_narrowed};

/// What a command does to users.
pub(in crate::tui) fn verb_of(command: Command) -> Option<HolderVerb> {
    match command {
        Command::New => Some(HolderVerb::Request),
        Command::CancelRequests => Some(HolderVerb::Cancel),
        Command::GenerateExport => Some(HolderVerb::Generate),
        Command::Delete => Some(HolderVerb::Remove),
        _ => None,
    }
}

impl Users {
    /// What a command is here.
    #[expect(clippy::too_many_lines, reason = "it is a table: a line for each command")]
    pub(in crate::tui) fn offers(&self, command: Command, shared: &Shared) -> Offer {
        match command {
            Command::New | Command::Delete | Command::CancelRequests | Command::GenerateExport => {
                Offer::unless(self.without_target(shared))
            }
            Command::Edit => self.on_one(shared, |user| shared.offers_form(user)),
            Command::ToggleEnabled | Command::Enable | Command::Disable => {
                self.on_one(shared, |user| shared.offers_switch(command, user))
            }
            Command::More | Command::Open | Command::Select | Command::SelectRange => {
                Offer::unless(self.without_row(shared))
            }
            Command::SelectAll | Command::InvertSelection => {
                Offer::unless((self.list.total() == 0).then(|| self.nobody(shared)))
            }
            Command::ClearSelection => {
                let none = self.list.selection.is_empty() && self.list.selection.range.is_none();
                Offer::unless(none.then(|| "No user is selected".to_owned()))
            }
            Command::ClearFilters => {
                let none = !is_narrowed(&self.list.query);
                Offer::unless(none.then(|| "No filter is set".to_owned()))
            }
            Command::Columns | Command::ColumnsLeft | Command::ColumnsRight => {
                Offer::Refused("The columns of the users are always these".to_owned())
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
            | Command::Filters
            | Command::Sort
            | Command::PageSize => Offer::Here,
            Command::Search
            | Command::SearchGuid
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
            | Command::NextList
            | Command::PreviousList
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

    /// What is done to one user is not done while others are selected.
    fn on_one(&self, shared: &Shared, offer: impl Fn(UserId) -> Offer) -> Offer {
        let Some(id) = self.list.current().map(|view| view.user.id) else {
            return Offer::Refused(self.nobody(shared));
        };
        let selection = &self.list.selection;
        if !selection.is_empty() && !selection.is_only(&id) {
            let none = shared.keymap.first_key_of(Command::ClearSelection);
            return Offer::Refused(format!("One user at a time: {none} clears the selection"));
        }
        offer(id)
    }

    fn without_target(&self, shared: &Shared) -> Option<String> {
        let row = || self.without_row(shared).filter(|_| self.list.selection.is_empty());
        let account = || shared.account().is_none().then(|| shared.without_account());
        shared.unpermitted().or_else(row).or_else(account)
    }

    fn without_row(&self, shared: &Shared) -> Option<String> {
        self.list.current().is_none().then(|| self.nobody(shared))
    }

    /// Who was not read may be there all the same.
    fn nobody(&self, shared: &Shared) -> String {
        if self.list.is_read() {
            return "No user here".to_owned();
        }
        let again = shared.keymap.first_key_of(Command::Refresh);
        format!("The users are not read yet: {again} reads them")
    }
}
