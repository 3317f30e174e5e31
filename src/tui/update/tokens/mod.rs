//! What happens on the Tokens screen, be they of an account or of a user.

mod accept;
mod answers;
mod changes;
mod columns;
mod copy;
mod details;
mod find;
mod hand_over;
mod list;
mod own;
mod rotate;
mod tabs;

use crate::domain::{Query, Verb};
use crate::tui::call::Call;
use crate::tui::clipboard::What;
use crate::tui::command::Command;
use crate::tui::focus::Focus;
use crate::tui::form::Origin;
use crate::tui::layers::Menu;
use crate::tui::layout::ROOMY;
use crate::tui::moment::Moment;
use crate::tui::news::News;
use crate::tui::picker::{Picker, Subject};
use crate::tui::place::{Outside, Taken, Then};
use crate::tui::reply::{Answered, answer};
use crate::tui::screens::tokens::Tokens;
use crate::tui::shared::Shared;
use crate::tui::update::base::Base;
use crate::tui::update::{plan, switch_user};

impl Tokens {
    /// What opens something over the list.
    fn opens(&self, command: Command, shared: &mut Shared) -> Option<Then> {
        let origin = match command {
            Command::Filters => {
                return Some(Then::Build(|seen| {
                    Box::new(Picker::open(Subject::filters(seen), seen))
                }));
            }
            Command::Sort => {
                return Some(Then::Build(|seen| Box::new(Picker::open(Subject::Sort, seen))));
            }
            Command::Columns => {
                return Some(Then::Build(|seen| Box::new(Picker::open(Subject::Columns, seen))));
            }
            Command::More => return Some(Then::Build(|seen| Box::new(Menu::open(seen)))),
            Command::New => {
                let owner = self.viewed().map(|viewed| viewed.user.user.id);
                Origin::New { account: shared.account(), owner }
            }
            Command::Edit => Origin::Edit(Box::new(self.target()?.clone())),
            Command::Clone => Origin::Clone(Box::new(self.target()?.clone())),
            _ => return None,
        };
        Some(Then::Alone(Box::new(shared.token_form(origin))))
    }

    /// Whether a query is one of this list: of the same account and user.
    fn is_of_this_list(&self, query: &Query) -> bool {
        let here = &self.list.query;
        (query.account, query.owner) == (here.account, here.owner)
    }

    /// What is done to the user whose tokens these are, while who they are stands there.
    fn acts_on_user(&self, command: Command, outside: &mut Outside<'_>) -> Taken {
        let Some(viewed) = self.viewed().filter(|_| self.views_general()) else {
            return Taken::NotMine;
        };
        let id = viewed.user.user.id;
        match command {
            Command::Edit => outside.then.extend(switch_user::form(id, outside.shared)),
            Command::ToggleEnabled | Command::Enable | Command::Disable => {
                switch_user::ask(command, id, outside);
            }
            _ => return Taken::NotMine,
        }
        Taken::Here
    }

    /// What is done to a token or the selected ones, after a question.
    fn acts(&mut self, command: Command, outside: &mut Outside<'_>) -> Taken {
        match command {
            Command::ToggleEnabled => self.confirm_switch(outside),
            Command::Enable => self.confirm_verb(Verb::Enable, outside),
            Command::Disable => self.confirm_verb(Verb::Disable, outside),
            Command::Revoke => self.confirm_verb(Verb::Revoke, outside),
            Command::Delete => self.confirm_verb(Verb::Delete, outside),
            Command::Regenerate => self.confirm_new_value(outside),
            Command::HandOver => self.choose_receiver(outside),
            Command::DropOld => self.confirm(Verb::DropOld, outside),
            Command::RevokeAll => self.confirm_revoke_all(outside.shared),
            Command::Accept => self.accept(outside.shared),
            Command::CopyGuid => self.copy(What::Guid, outside),
            Command::CopyValue => self.copy(What::Value, outside),
            Command::CopyEndpoint => self.copy(What::Endpoint, outside),
            Command::Report => self.ask_report(outside),
            Command::Own(id) => self.run_own(id, outside),
            _ => return Taken::NotMine,
        }
        Taken::Here
    }
}

impl Base for Tokens {
    fn run(&mut self, command: Command, outside: &mut Outside<'_>) -> Taken {
        if self.acts_on_user(command, outside) == Taken::Here {
            return Taken::Here;
        }
        if let Some(then) = self.opens(command, outside.shared) {
            // A range that is drawn out ends where something else begins.
            if matches!(then, Then::Alone(_)) {
                self.drop_range();
            }
            outside.then.push(then);
            return Taken::Here;
        }
        if self.acts(command, outside) == Taken::Here {
            return Taken::Here;
        }
        let shared = &mut *outside.shared;
        match command {
            Command::ClearFilters => self.clear_filters(shared),
            Command::ColumnsLeft => self.scroll_columns(shared, false),
            Command::ColumnsRight => self.scroll_columns(shared, true),
            Command::Open => self.open_details(shared),
            Command::Select
            | Command::SelectRange
            | Command::SelectAll
            | Command::InvertSelection
            | Command::ClearSelection => self.select(command, shared),
            Command::ToggleValue => self.toggle_value(shared),
            Command::NextToken | Command::PreviousToken => self.step_token(shared, command),
            Command::NextTab => self.go_to_tab(shared, true),
            Command::PreviousTab => self.go_to_tab(shared, false),
            command => return self.move_by(command, shared),
        }
        Taken::Here
    }

    fn leave(&mut self, outside: &mut Outside<'_>) -> Taken {
        if self.list.selection.range.take().is_some() {
            return Taken::Here;
        }
        if self.focus == Focus::Details {
            self.hide(outside.shared);
            // It may have shown a token that is no row of the list.
            self.follow_later(outside.shared);
            return Taken::Here;
        }
        if self.lists_tokens() && std::mem::take(&mut self.scrolled) > 0 {
            return Taken::Here;
        }
        if self.viewed().is_some() {
            outside.then.push(Then::Run(Command::Users));
            return Taken::Here;
        }
        if self.leave_view(outside.shared) {
            return Taken::Here;
        }
        Taken::NotMine
    }

    fn hide(&mut self, shared: &Shared) {
        if self.focus == Focus::Details {
            self.leave_details(shared);
        }
    }

    fn answer(&mut self, answered: Answered, outside: &mut Outside<'_>) -> Option<Answered> {
        let Answered { ticket, call, result } = answered;
        match call {
            Call::List(wanted) if self.is_of_this_list(&wanted.query) => {
                self.listed(answer(result), outside);
            }
            // Of the list that another took the place of meanwhile.
            Call::List(_) => {}
            Call::Show(id) => self.shown(&id, answer(result), outside),
            Call::Events(id) => self.events(outside.shared, id, answer(result)),
            Call::Reveal(_) => self.revealed(outside.shared, ticket, answer(result)),
            Call::OwnTokens(..) => own::own_tokens_came(answer(result), outside),
            Call::CopyGuids(_) => copy::guids_came(answer(result), outside),
            Call::CopyValue(_) => copy::value_came(answer(result), outside),
            Call::Act(order) => self.acted(order, answer(result), outside),
            Call::Found(_) => self.found(answer(result), outside.shared),
            Call::Plan(proposal) => plan::planned(*proposal, answer(result), outside),
            Call::Start(bulk) => self.started(&bulk, answer(result), outside.shared),
            Call::Regenerate(renewal) => {
                self.regenerated(renewal.order, answer(result), outside);
            }
            Call::Give(gift) => self.given(gift, answer(result), outside),
            Call::Rotate(renewal) => self.rotated(&renewal, answer(result), outside),
            Call::Replaced(_) => self.replaced(answer(result), outside),
            Call::Accept(order) => self.accepted(order, answer(result), outside),
            call => return Some(Answered { ticket, call, result }),
        }
        None
    }

    fn heed(&mut self, news: &News, outside: &mut Outside<'_>) {
        match news {
            News::Ended(report) => {
                if let Some(report) = report {
                    self.deselect_done(report);
                }
                self.reload(outside.shared);
            }
            News::Written => self.reload(outside.shared),
            News::Tokens
            | News::Users
            | News::Token(_)
            | News::Gone(_)
            | News::Jobs
            | News::Known => {}
        }
    }

    fn renew(&mut self, shared: &mut Shared, _shown: bool) {
        self.reload(shared);
        self.ask_events(shared);
    }

    fn refresh(&mut self, shared: &mut Shared, shown: bool) {
        self.renew_dates(shared);
        self.renew(shared, shown);
        self.list.announced = shown;
    }

    fn settle(&mut self, shared: &mut Shared) {
        let (_, rows) = shared.size;
        if self.focus == Focus::List {
            self.details.open = rows >= ROOMY;
        }
        if shared.is_too_small() || !self.details.open {
            self.details.hide_value();
        }
        let sight = self.sight(shared);
        self.list.settle(sight);
    }

    fn fill(&mut self, shared: &mut Shared) {
        self.ask_if_rows_lack(shared);
    }

    fn due(&mut self, shared: &mut Shared) {
        let now = shared.now;
        let is_over = |at: Option<Moment>| at.is_some_and(|at| at <= now);
        if is_over(self.details.shown.as_ref().map(|shown| shown.until)) {
            self.details.hide_value();
        }
        if is_over(self.details.follow_at) {
            self.follow(shared);
        }
        if is_over(self.status_due) {
            self.status_due = None;
            self.reload(shared);
        }
    }

    fn deadline(&self, shared: &Shared) -> Option<Moment> {
        let hides = self.details.shown.as_ref().map(|shown| shown.until);
        let dates = [hides, self.details.follow_at, self.status_due, self.overlap_ends(shared)];
        dates.into_iter().flatten().min()
    }

    fn hide_value(&mut self) {
        self.details.hide_value();
    }

    fn waits_for_rows(&self) -> bool {
        self.list.is_outdated()
    }

    fn lacks_its_row(&self) -> bool {
        let list = &self.list;
        let lacks = list.current().is_none() && list.total() > 0 && list.failure().is_none();
        lacks && (self.focus == Focus::List || self.details.awaits_row)
    }

    fn draws_range(&self) -> bool {
        self.list.selection.range.is_some() && self.focus == Focus::List
    }

    fn end_range(&mut self, outside: &mut Outside<'_>) {
        let marking = self.list.end_range();
        self.mark(marking, outside.shared);
    }

    fn drop_range(&mut self) {
        self.list.selection.range = None;
    }

    fn rows(&self) -> usize {
        self.list.total()
    }

    fn go_to_row(&mut self, row: usize, shared: &mut Shared) {
        self.show_list_of_user(shared);
        self.hide(shared);
        let sight = self.sight(shared);
        self.list.go_to(row, sight);
        self.moved(shared);
    }

    fn is_at_top(&self) -> bool {
        self.focus == Focus::List && self.viewed().is_none()
    }
}
