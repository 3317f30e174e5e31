//! What each command does. Where it can't be used now, it says why instead.

use crate::domain::Verb;
use crate::tui::clipboard::What;
use crate::tui::command::Command;
use crate::tui::effect::Effect;
use crate::tui::focus::Focus;
use crate::tui::form::{Form, Origin};
use crate::tui::layers::{CommandLine, JobList, Menu, TabChoice, Text, UnconfirmedList};
use crate::tui::model::Model;
use crate::tui::news::News;
use crate::tui::notice::Kind;
use crate::tui::offer::Offer;
use crate::tui::picker::{Picker, Subject};
use crate::tui::place::{Context, Place, Taken, Then};
use crate::tui::screen::Screen;
use crate::tui::screens::Screens;
use crate::tui::search::SearchIn;
use crate::tui::shared::Shared;

impl Screens {
    /// Shows the tokens of the account.
    fn show_tokens(&mut self, shared: &mut Shared) {
        self.back_to_list(shared);
        self.tokens.close_user(shared);
        self.at = Screen::Tokens;
        self.tokens.reload(shared);
    }
}

impl Model {
    #[expect(clippy::too_many_lines, reason = "it is a table: a line for each command")]
    pub(super) fn run(&mut self, command: Command) {
        self.another_command(command);
        let seen = self.seen();
        if seen.offers(command) != Offer::Here {
            if let Some(reason) = seen.refusal(command) {
                self.say(Kind::Refused, reason);
            }
            return;
        }
        if self.on_top(|place, context| place.run(command, context)) == Taken::Here {
            return;
        }
        if self.run_in_users(command) || self.run_in_catalog(command) {
            return;
        }
        match command {
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
            | Command::LastPage => self.move_by(command),
            Command::Search => self.search_from_here(SearchIn::Name),
            Command::SearchGuid => self.search_from_here(SearchIn::Guid),
            Command::Filters => self.open_picker(Subject::filters(&self.seen())),
            Command::ClearFilters => self.clear_filters(),
            Command::Sort => self.open_picker(Subject::Sort),
            Command::Columns => self.open_picker(Subject::Columns),
            Command::Tokens => self.screens.show_tokens(&mut self.shared),
            Command::Users => self.screens.show_users(&mut self.shared),
            Command::Catalog => self.show_catalog(),
            Command::Account => self.open_picker(Subject::Account),
            Command::Backend => self.open_picker(Subject::Backend),
            Command::ColumnsLeft => self.screens.tokens.scroll_columns(&self.shared, false),
            Command::ColumnsRight => self.screens.tokens.scroll_columns(&self.shared, true),
            Command::PageSize => self.cycle_page_size(),
            Command::Open => self.screens.tokens.open_details(&mut self.shared),
            Command::Select
            | Command::SelectRange
            | Command::SelectAll
            | Command::InvertSelection
            | Command::ClearSelection => self.select(command),
            Command::More => self.layers.push(Menu::open(&self.seen())),
            Command::New => {
                let owner = self.screens.tokens.viewed().map(|viewed| viewed.user.user.id);
                self.open_token_form(Origin::New { account: self.account(), owner });
            }
            Command::Edit | Command::Clone => {
                let Some(view) = self.screens.target().cloned().map(Box::new) else { return };
                let edits = command == Command::Edit;
                self.open_token_form(if edits { Origin::Edit(view) } else { Origin::Clone(view) });
            }
            Command::ToggleEnabled => self.confirm_switch(),
            Command::Enable => self.confirm_verb(Verb::Enable),
            Command::Disable => self.confirm_verb(Verb::Disable),
            Command::Regenerate => self.confirm(Verb::Regenerate),
            Command::ToggleValue => self.screens.tokens.toggle_value(&mut self.shared),
            Command::Accept => self.accept(),
            // Only some places have them, which took them above.
            Command::Save
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
            | Command::ToggleTab
            | Command::CancelRequests
            | Command::GenerateExport
            | Command::NextList
            | Command::PreviousList
            | Command::PreviousButton
            | Command::NextButton
            | Command::PreviousChoice
            | Command::NextChoice
            | Command::OtherField
            | Command::Press
            | Command::Retry
            | Command::Insist
            | Command::Dismiss
            | Command::Tick
            | Command::Take
            | Command::ClearField
            | Command::NextField
            | Command::PreviousField
            | Command::Find
            | Command::ClosePicker => {}
            Command::Revoke => self.confirm_verb(Verb::Revoke),
            Command::RevokeAll => self.confirm_revoke_all(),
            Command::Delete => self.confirm_verb(Verb::Delete),
            Command::DropOld => self.confirm(Verb::DropOld),
            Command::ChooseTabs => self.layers.push(TabChoice::open(&self.screens)),
            Command::CommandLine => {
                // In place of help or messages; they have nothing to lose.
                self.layers.clear();
                self.layers.push(CommandLine::default());
            }
            Command::CopyGuid => self.copy(What::Guid),
            Command::CopyValue => self.copy(What::Value),
            Command::CopyEndpoint => self.copy(What::Endpoint),
            Command::NextTab => self.screens.tokens.go_to_tab(&mut self.shared, true),
            Command::PreviousTab => self.screens.tokens.go_to_tab(&mut self.shared, false),
            Command::Cancel | Command::Back => self.back(),
            Command::Help => self.layers.toggle_reader(Text::Help),
            Command::Jobs => {
                self.layers.toggle(JobList::default());
                self.ask_jobs();
            }
            Command::Unconfirmed => self.layers.toggle(UnconfirmedList::default()),
            Command::Messages => self.layers.toggle_reader(Text::Messages),
            Command::Refresh => self.refresh(),
            Command::Repaint => self.put(Effect::Repaint),
            Command::Suspend => self.suspend(),
            Command::Quit => self.quit(),
            Command::Interrupt => self.interrupt(),
        }
    }

    /// Asks what lies on top, and does what it wants done besides.
    pub(super) fn on_top(
        &mut self,
        ask: impl FnOnce(&mut dyn Place, &mut Context<'_>) -> Taken,
    ) -> Taken {
        let top = self.layers.len().wrapping_sub(1);
        self.within(top, ask).unwrap_or(Taken::NotMine)
    }

    /// The same of what lies there; the lowest is the first.
    pub(super) fn within<T>(
        &mut self,
        at: usize,
        ask: impl FnOnce(&mut dyn Place, &mut Context<'_>) -> T,
    ) -> Option<T> {
        let mut place = self.layers.lift(at)?;
        let (shared, screens) = (&mut self.shared, &mut self.screens);
        let (pending, then) = (self.pending.as_slice(), Vec::new());
        let mut context = Context { shared, screens, under: &self.layers, pending, then };
        let said = ask(place.as_mut(), &mut context);
        let then = context.then;
        self.layers.lay(at, place);
        for step in then {
            self.take_step(step, at);
        }
        Some(said)
    }

    /// Tells everybody what happened, the topmost first.
    pub(super) fn tell(&mut self, news: &News) {
        for at in (0..self.layers.len()).rev() {
            self.within(at, |place, context| place.heed(news, context));
        }
    }

    /// Does what the place there wants done.
    fn take_step(&mut self, step: Then, at: usize) {
        match step {
            Then::Close => drop(self.layers.lift(at)),
            Then::Open(place) => self.layers.open(place),
            Then::Run(command) => self.run(command),
            Then::Carry(deed) => self.carry_out(deed),
            Then::Copy(clip) => self.copy_clip(clip),
            Then::OrderAgain(number) => self.order_again(number),
            Then::ChooseAccount(account) => self.choose_account(account),
            Then::SwitchTo(name) => self.switch_to(&name),
            Then::Propose(verb) => self.propose_holders(verb),
            Then::Seek(leaks) => self.look_for_leaks(&leaks),
            Then::Fulfil(wish) => self.fulfil(wish),
            Then::Tell(news) => self.tell(&news),
            Then::Show(issued) => self.show_issued(*issued),
        }
    }

    /// Puts the form of a token on the screen.
    pub(super) fn open_token_form(&mut self, origin: Origin) {
        let form = self.token_form(origin);
        self.open_form(form);
    }

    /// Puts a form on the screen.
    pub(super) fn open_form(&mut self, form: Form) {
        self.screens.tokens.list.selection.range = None;
        self.layers.clear();
        self.layers.push(form);
    }

    /// Opens a picker on the entry in force.
    pub(super) fn open_picker(&mut self, subject: Subject) {
        let picker = Picker::open(subject, &self.seen());
        self.layers.push(picker);
    }

    /// One step back: what lies on top, then the details.
    pub(super) fn back(&mut self) {
        let leave = |place: &mut dyn Place, context: &mut Context<'_>| {
            place.leave(context);
            Taken::Here
        };
        if self.on_top(leave) == Taken::Here || self.stay() {
            return;
        }
        if self.is_at_top() && self.stop_waiting() {
            return;
        }
        if self.screens.tokens.list.selection.range.take().is_some() {
            return;
        }
        if self.screens.tokens.focus == Focus::Details {
            self.screens.tokens.leave_details(&self.shared);
            // It may have shown a token that is no row of the list.
            return self.screens.tokens.follow_later(&mut self.shared);
        }
        self.screens.back_to_users(&mut self.shared);
    }

    fn quit(&mut self) {
        if self.layers.is_empty()
            && self.screens.tokens.focus == Focus::List
            && self.screens.tokens.viewed().is_none()
        {
            return self.leave();
        }
        self.back();
    }

    fn refresh(&mut self) {
        self.screens.tokens.renew_dates(&self.shared);
        self.link.reach.forget_told();
        self.screens.tokens.reload(&mut self.shared);
        self.screens.tokens.list.announced = self.screens.at == Screen::Tokens;
        self.screens.reload_shown_users(&mut self.shared);
        self.screens.users.list.announced = self.screens.at == Screen::Users;
        self.screens.tokens.ask_events(&mut self.shared);
        if self.layers.is::<JobList>() {
            self.ask_jobs();
        }
        self.ask_who();
        self.read_back();
        self.screens.shelf.announced = self.screens.at == Screen::Catalog;
        if self.link.reach.signed_out {
            // The credential may be another by now.
            self.switch_to(&self.backends.open.clone());
        }
    }
}
