//! What the Tokens screen has: each command that is for tokens, and why it can't be used
//! now. The rules are the domain's own, so that the authority would answer alike.

use crate::domain::query::QueryWord;
use crate::domain::{Refusal, UserId, Verb};
use crate::text::{safe_line, thousands};
use crate::tui::clipboard::MOST_GUIDS;
use crate::tui::command::Command;
use crate::tui::offer::Offer;
use crate::tui::own::OwnGround;
use crate::tui::shared::Shared;

use super::Tokens;

impl Tokens {
    /// What a command is here, whichever pane has the keys.
    #[expect(clippy::too_many_lines, reason = "it is a table: a line for each command")]
    pub(in crate::tui) fn offers(&self, command: Command, shared: &Shared) -> Offer {
        let here = self.without_row();
        if let Some(viewed) = self.viewed().filter(|_| self.views_general()) {
            return self.offers_of_general(command, viewed.user.user.id, shared);
        }
        let on_tokens = Offer::unless;
        match command {
            Command::Edit => on_tokens(self.alone(shared, Verb::Edit)),
            Command::Regenerate => on_tokens(self.refusal(shared, Verb::Regenerate)),
            Command::HandOver => on_tokens(self.refusal(shared, Verb::HandOver)),
            Command::Accept => on_tokens(self.alone(shared, Verb::Accept)),
            Command::DropOld => on_tokens(self.alone(shared, Verb::DropOld)),
            // Hiding is for the value on screen, whatever is selected.
            Command::ToggleValue if self.shows_value() => Offer::Here,
            Command::ToggleValue | Command::CopyValue => {
                on_tokens(self.alone(shared, Verb::Reveal))
            }
            Command::Revoke => on_tokens(self.refusal(shared, Verb::Revoke)),
            Command::Delete => on_tokens(self.refusal(shared, Verb::Delete)),
            Command::Enable => on_tokens(self.refusal(shared, Verb::Enable)),
            Command::Disable => on_tokens(self.refusal(shared, Verb::Disable)),
            Command::ToggleEnabled => {
                let verb = self.target().map_or(Verb::Disable, |view| shared.switching(view));
                on_tokens(self.refusal(shared, verb))
            }
            Command::Clone => {
                on_tokens(self.others(shared).or_else(|| shared.unpermitted()).or(here))
            }
            Command::New => Offer::unless(shared.unpermitted()),
            Command::RevokeAll => Offer::unless(self.nobodys(shared)),
            Command::CopyGuid => on_tokens(self.without_guid()),
            Command::CopyEndpoint => {
                Offer::unless(self.others(shared).or_else(|| self.without_endpoint(shared)))
            }
            Command::Own(id) => on_tokens(match shared.options.own.get(id).map(|own| own.on) {
                Some(OwnGround::Row) => self.others(shared).or(here),
                Some(OwnGround::Selection) | None => here,
            }),
            Command::More
            | Command::Open
            | Command::Select
            | Command::SelectRange
            | Command::Report => on_tokens(here),
            Command::SelectAll
            | Command::InvertSelection
            | Command::NextToken
            | Command::PreviousToken => on_tokens((self.list.total() == 0).then(no_token)),
            Command::ClearSelection => {
                let none = self.list.selection.is_empty() && self.list.selection.range.is_none();
                on_tokens(none.then(|| "No token is selected".to_owned()))
            }
            Command::ClearFilters => {
                let none = !self.list.query.is_filtered();
                on_tokens(none.then(|| "No filter is set".to_owned()))
            }
            Command::NextPage
            | Command::PreviousPage
            | Command::FirstPage
            | Command::LastPage
            | Command::Filters
            | Command::Sort
            | Command::Columns
            | Command::ColumnsLeft
            | Command::ColumnsRight
            | Command::PageSize => on_tokens(None),
            Command::Down
            | Command::Up
            | Command::Top
            | Command::Bottom
            | Command::HalfDown
            | Command::HalfUp
            | Command::PageDown
            | Command::PageUp
            | Command::NextTab
            | Command::PreviousTab
            | Command::ChooseTabs => Offer::Here,
            Command::SearchGuid => {
                Offer::unless(shared.session.descriptors.must_have(QueryWord::Guid).err())
            }
            Command::Search
            | Command::ToggleTab
            | Command::CommandLine
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
            | Command::Interrupt => Offer::Absent,
        }
    }

    /// What a command is while who a user is stands there, and none of their tokens: what is
    /// for a token is not there, and what is for a user is.
    fn offers_of_general(&self, command: Command, user: UserId, shared: &Shared) -> Offer {
        match command {
            Command::Edit => shared.offers_form(user),
            Command::ToggleEnabled | Command::Enable | Command::Disable => {
                shared.offers_switch(command, user)
            }
            Command::New => Offer::unless(shared.unpermitted()),
            Command::RevokeAll => Offer::unless(self.nobodys(shared)),
            Command::More
            | Command::Down
            | Command::Up
            | Command::Top
            | Command::Bottom
            | Command::HalfDown
            | Command::HalfUp
            | Command::PageDown
            | Command::PageUp
            | Command::NextTab
            | Command::PreviousTab
            | Command::ChooseTabs => Offer::Here,
            Command::SearchGuid => {
                Offer::unless(shared.session.descriptors.must_have(QueryWord::Guid).err())
            }
            _ => Offer::Absent,
        }
    }

    /// Whether the value on screen is that of the token that an action is for.
    pub(in crate::tui) fn shows_value(&self) -> bool {
        let target = self.target().map(|view| view.token.id.clone());
        self.details.value().is_some() && self.details.id() == target
    }

    fn without_row(&self) -> Option<String> {
        self.target().is_none().then(no_token)
    }

    /// What is done to one token is not done while others are selected.
    fn others(&self, shared: &Shared) -> Option<String> {
        let none = shared.keymap.first_key_of(Command::ClearSelection);
        let several = format!("One token at a time: {none} clears the selection");
        self.selects_others().then_some(several)
    }

    fn alone(&self, shared: &Shared, verb: Verb) -> Option<String> {
        self.others(shared).or_else(|| self.of_target(shared, verb))
    }

    /// Each selected token is asked about when the plan is made; the permission comes
    /// before. An owner may revoke without it.
    fn refusal(&self, shared: &Shared, verb: Verb) -> Option<String> {
        match verb {
            Verb::Revoke if self.acts_on_selection() => None,
            _ if self.acts_on_selection() => shared.unpermitted(),
            verb => self.of_target(shared, verb),
        }
    }

    /// The permission is asked for before the row (R8).
    fn of_target(&self, shared: &Shared, verb: Verb) -> Option<String> {
        let Some(view) = self.target() else {
            return shared.unpermitted().or_else(|| Some(no_token()));
        };
        let verb = if verb == Verb::Revoke { shared.revoking(view) } else { verb };
        if shared.acting.contains(&view.token.id) && verb != Verb::Reveal {
            return Some("A change of this token is under way".to_owned());
        }
        shared.refused(view, verb).map(|refusal| refusal.to_string())
    }

    /// Why all tokens of somebody can't be revoked.
    fn nobodys(&self, shared: &Shared) -> Option<String> {
        let nobodys = self.viewed().is_none() && shared.account().is_none();
        shared.unpermitted().or_else(|| nobodys.then(|| shared.without_account()))
    }

    /// Terminals drop a text for their clipboard that is longer than they like.
    fn without_guid(&self) -> Option<String> {
        let most = thousands(MOST_GUIDS);
        match self.target() {
            _ if self.selects_others() => (self.list.selection.len() > MOST_GUIDS).then(|| {
                format!("A clipboard takes {most} GUIDs at most: ':export' writes the list")
            }),
            None => Some(no_token()),
            Some(view) => view.guid.is_none().then(|| Refusal::NoValueYet.to_string()),
        }
    }

    fn without_endpoint(&self, shared: &Shared) -> Option<String> {
        let Some(view) = self.target() else { return Some(no_token()) };
        let account = shared.account_named(view);
        let none = format!("No API endpoint is configured for {}", safe_line(&account));
        view.endpoint.is_none().then_some(none)
    }
}

fn no_token() -> String {
    "No token here".to_owned()
}
